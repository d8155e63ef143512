# SPDX-License-Identifier: EUPL-1.2
"""The Materialepas as JSON: what is written is read back, and everything wrong is named with its path."""

import csv
import json
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from inventory.documentation.materialepas.document import (
    PassProblemsError,
    PassUnreadableError,
    parse_pass,
    write_pass,
)
from inventory.documentation.materialepas.fields import (
    FieldKind,
    ListStatus,
    PassField,
    list_plain_fields,
    list_record_fields,
    read_class_materials,
    read_fields,
    read_values,
)
from inventory.documentation.materialepas.problems import PassProblem

LOT = "6fa459ea-ee8a-3ca4-894e-db77e160355e"
WORDS = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\x00"), max_size=20)


def values_of(field: PassField) -> st.SearchStrategy[Any]:
    """Give any value a field may hold."""
    listed = [one.code for one in read_values().get(field.list or "", ())]
    kinds: dict[FieldKind, st.SearchStrategy[Any]] = {
        FieldKind.TEXT: WORDS,
        FieldKind.PICTURE: WORDS,
        FieldKind.TEXTS: st.lists(WORDS, max_size=3),
        FieldKind.PICTURES: st.lists(WORDS, max_size=3),
        FieldKind.YES_NO: st.booleans(),
        FieldKind.WHOLE: st.integers(0, 10**15),
        FieldKind.YEAR: st.integers(1001, 2200),
        FieldKind.NUMBER: st.integers(0, 10**15) | st.floats(0, 1e15),
        FieldKind.CHOICE: st.sampled_from(listed or [""]),
        FieldKind.CHOICES: st.lists(st.sampled_from(listed or [""]), max_size=3),
    }
    if field.kind is FieldKind.RECORDS:
        parts = {one.name: values_of(one) for one in list_record_fields(field.name)}
        return st.none() | st.lists(st.fixed_dictionaries(parts), max_size=2)
    return st.none() | kinds[field.kind]


# How fast values are drawn tells of the machine, not of the code.
@settings(deadline=None, max_examples=30, suppress_health_check=[HealthCheck.too_slow])
@given(st.fixed_dictionaries({field.path: values_of(field) for field in list_plain_fields()}))
def test_round_trip_loses_nothing(values: dict[str, Any]) -> None:
    """Whatever the fields hold, JSON written of it reads back as the same, and so does its lot."""
    document = write_pass(values, lot_id=None) | {"lot": LOT}
    found = parse_pass(json.dumps(document).encode(), name="x.json")
    assert found.values == values
    assert str(found.lot_id) == LOT
    assert write_pass(found.values, lot_id=found.lot_id) == document


def test_every_field_of_the_standard_is_there() -> None:
    """Every field stands once, in ten sections, each with names, source, and a list where it chooses."""
    fields = read_fields()
    assert len({field.path for field in fields}) == len(fields)
    assert {field.section for field in fields} == set(range(1, 11))
    for field in fields:
        assert field.name_da
        assert field.name_en
        assert field.source
        if field.kind in {FieldKind.CHOICE, FieldKind.CHOICES}:
            assert field.list_status is ListStatus.CLOSED
        if field.list is not None:
            assert read_values()[field.list], field.path
    assert [field.path for field in fields if field.personal] == [
        "owner.contact_email", "owner.contact_name",
    ]  # fmt: skip


def test_fields_and_materials_are_those_published(real_data: Any) -> None:
    """No field and no closed value of the published lists is missing, and none is ours."""
    folder = real_data / "06_reclaimed_inventories" / "materialepas_dk"
    with (folder / "materialepas_v1_fields.csv").open(encoding="utf-8", newline="") as file:
        published = [(row["field"], row["label_da"]) for row in csv.DictReader(file)]
    assert [(field.name, field.name_da) for field in read_fields()] == published
    with (folder / "materialepas_v1_value_lists.csv").open(encoding="utf-8", newline="") as file:
        materials = [row["key"] for row in csv.DictReader(file) if row["list"] == "Material"]
    assert [value.code for value in read_values()["material"]] == materials


def test_class_materials_are_materials_of_classes(class_codes: set[str]) -> None:
    """Our mapping names classes there are and materials of the closed list."""
    known = {value.code for value in read_values()["material"]}
    for code, materials in read_class_materials().items():
        assert code in class_codes
        assert set(materials) <= known


@pytest.mark.parametrize(
    ("path", "value", "told"),
    [
        ("dimensions.width_mm", "108", "Skriv tallet uden anførselstegn, med punktum"),
        ("dimensions.width_mm", -1, "et tal fra 0"),
        ("dimensions.width_mm", True, "et tal fra 0"),
        ("dimensions.width_mm", 10**4000, "et tal fra 0"),
        ("construction_item_description.year_of_construction", 1000, "et årstal fra 1001 til 2200"),
        ("construction_item_description.materials", ["brik"], "Ret til brick."),
        ("construction_item_description.materials", "brick", "en liste af tekster"),
        ("pollution.is_chemically_treated", "ja", "en af: yes, no, unknown"),
        ("condition.is_scratched", "ja", "true, false eller null"),
        ("owner.company_name", 7, "en tekst på højst 2000 tegn"),
        ("owner.company_name", "\ud800", "en tekst på højst 2000 tegn"),
        ("certifications.declaration_of_performance", ["a", 2], "en liste af tekster"),
        ("pollution.emissions", {}, "en liste af objekter"),
        ("pollution.emissions", [3], "et objekt med felter"),
        ("dimensions.widht_mm", 1, "Ret navnet til width_mm"),
    ],
)
def test_wrong_value_is_named_with_how_to_mend(path: str, value: Any, told: str) -> None:
    """A wrong value is told by path, value, what was expected and how to mend it; nothing is taken."""
    document = write_pass({}, lot_id=None)
    group, name = path.split(".")
    document[group][name] = value
    with pytest.raises(PassProblemsError) as caught:
        parse_pass(json.dumps(document).encode(), name="x.json", language="da")
    text = str(caught.value)
    assert path in text
    assert told in text
    assert "Intet er gemt" in text


def test_everything_wrong_is_named_at_once() -> None:
    """A wrong version, an unknown group and a wrong part of a record are told together."""
    document = write_pass({}, lot_id=None) | {"version": "2.0", "lot": "7", "histroy": {}}
    document["pollution"]["dangerous_substances"] = [{}, {"concentration_mg_per_kg": "a"}]
    with pytest.raises(PassProblemsError) as caught:
        parse_pass(json.dumps(document).encode(), name="x.json")
    paths = [problem.path for problem in caught.value.details["problems"]]
    assert paths == [
        "version", "lot", "pollution.dangerous_substances[1].concentration_mg_per_kg", "histroy",
    ]  # fmt: skip
    assert "Rename it to history" in str(caught.value)


@pytest.mark.parametrize(
    ("content", "danish"),
    [
        (b"", "den er tom"),
        (b'{"a": ', "linje 1, tegn 7 passer ikke"),
        (b"\xff\xfe", "gem den igen som UTF-8"),
        (b'{"a": NaN}', "NaN er ikke et tal i JSON"),
        (b'{"a": ' + b"9" * 5000 + b"}", "alt for mange cifre"),
        (b"[" * 200_000, "alt for mange lag"),
    ],
    ids=["empty", "cut", "encoding", "nan", "digits", "deep"],
)
def test_what_is_no_json_is_refused(content: bytes, danish: str) -> None:
    """Cut off, of another encoding, with numbers JSON has not, nested without end: refused, in Danish too."""
    with pytest.raises(PassUnreadableError, match=r"x\.json cannot be read as JSON"):
        parse_pass(content, name="x.json")
    with pytest.raises(PassUnreadableError) as caught:
        parse_pass(content, name="x.json", language="da")
    assert danish in caught.value.details["why"]
    with pytest.raises(PassProblemsError):
        parse_pass(b"[]", name="x.json")


def test_a_file_of_nothing_but_wrong_names_costs_no_more_than_a_hundred() -> None:
    """Of 40,000 wrong names a hundred are told, each short enough to be read, half letters made readable."""
    wrong = {f"\ud800{'x' * 200}{number}": number for number in range(20_000)}
    content = json.dumps(write_pass({}, lot_id=None) | wrong | {"dimensions": wrong}).encode()
    with pytest.raises(PassProblemsError) as caught:
        parse_pass(content, name="x.json")
    problems = caught.value.details["problems"]
    assert len(problems) == 100
    assert max(len(problem.show_path()) for problem in problems) < 100
    str(caught.value).encode("utf-8")


def test_a_value_deeper_than_can_be_written_is_still_told() -> None:
    """What is wrong is named though its value has more layers than can be shown."""
    deep: Any = []
    for _ in range(100_000):
        deep = [deep]
    assert PassProblem(path="a", value=deep, code="not_a_text", details={"most": 1}).show_value() == "list"
