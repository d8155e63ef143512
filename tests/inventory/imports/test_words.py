# SPDX-License-Identifier: EUPL-1.2
"""Headers, words and messages are whole in both languages, and the documentation lists them all."""

import re
import string
from pathlib import Path

import pytest

from inventory.imports.cells.words import WORDS, parse_attributes, parse_word, parse_yes_no, show_word
from inventory.imports.headers import Layout, match_headers
from inventory.imports.layouts.buildings import BUILDING_LAYOUT
from inventory.imports.layouts.hubs import HUB_LAYOUT
from inventory.imports.layouts.lots import LOT_LAYOUT
from inventory.imports.layouts.requirements import REQUIREMENT_LAYOUT
from inventory.imports.messages import MESSAGES
from inventory.tables import (
    ATTRIBUTES,
    Documentation,
    Firmness,
    OrganisationKind,
    ProductStatus,
    Screening,
    Unit,
)

LAYOUTS = [LOT_LAYOUT, REQUIREMENT_LAYOUT, BUILDING_LAYOUT, HUB_LAYOUT]
ROOT = Path(__file__).parents[3]


@pytest.mark.parametrize("layout", LAYOUTS, ids=lambda layout: layout.kind)
def test_every_spelling_finds_its_column(layout: Layout):
    """Each header of each column, in either language and any case, leads to that column alone."""
    for column in layout.columns:
        for spelling in column.spellings:
            for written in (spelling, spelling.upper(), f" {spelling.replace('_', ' ')} "):
                assert match_headers([written], layout=layout) == {0: column.name}


def test_register_columns_are_found_by_number():
    """The register's columns are known by their number, however the name behind it is spelt."""
    titles = ["byg026Opfoerelsesaar", "BYG026", "byg032YdervaeggensMateriale"]
    assert list(match_headers(titles, layout=BUILDING_LAYOUT).values()) == [
        "year_built",
        "year_built",
        "wall_code",
    ]


def test_unit_in_brackets_may_be_left_out():
    """Brackets of a header are a remark."""
    titles = ["Pris", "PRIS (DKK)", "Længde", "Laengde_mm", "Ledig til", "Ukendt"]
    found = match_headers(titles, layout=LOT_LAYOUT)
    assert found == {0: "price_dkk", 1: "price_dkk", 2: "length_mm", 3: "length_mm", 4: "available_to"}


@pytest.mark.parametrize(
    ("words", "codes"),
    [("firmness", Firmness), ("documentation", Documentation), ("screening", Screening),
     ("product_status", ProductStatus), ("unit", Unit), ("attribute", ATTRIBUTES),
     ("organisation_kind", OrganisationKind)],
)  # fmt: skip
def test_words_cover_the_codes_of_the_tables(words: str, codes: list[str]):
    """A code that a table takes has words here, and no word means a code that no table takes."""
    assert set(WORDS[words]) == {str(code) for code in codes}
    for code, names in WORDS[words].items():
        for name in (code, *names):
            assert parse_word(name.upper(), words=words).value == code


def test_near_words_are_suggested():
    """A slip is refused with the word that was meant."""
    problem = parse_word("tilladelse gvet", words="firmness").problem
    assert problem is not None
    assert "tilladelse givet" in problem.params["suggested"]  # type: ignore[operator]


def test_yes_and_no():
    """Yes and no are read in both languages, as Excel's truth values and as 1 and 0."""
    assert [parse_yes_no(cell).value for cell in ("ja", "Nej", "YES", "no", True, False, 1, 0, 1.0, "x")] == [
        True, False, True, False, True, False, True, False, True, True,
    ]  # fmt: skip
    assert parse_yes_no("måske").value is None


def test_attributes_in_either_language():
    """Names of attributes may be separated by spaces or commas and be Danish or English."""
    assert parse_attributes("length_mm farve").value == ("colour", "length_mm")
    assert parse_attributes("year made, Stand;grade").value == ("grade", "year")
    assert parse_attributes(None).value == ()
    assert parse_attributes("length_mm wieght").value is None


def test_messages_speak_both_languages_with_the_same_values():
    """Each message names the same values in Danish and in English and says how to mend it."""
    for code, message in MESSAGES.items():
        texts = (message.da, message.en, message.mend_da, message.mend_en)
        assert all(texts), code
        fields = [
            {
                name.replace("_da", "").replace("_en", "")
                for _, name, _, _ in string.Formatter().parse(text)
                if name
            }
            for text in texts
        ]
        assert fields[0] == fields[1], code
        assert fields[2] == fields[3], code
        assert message.da != message.en


def test_every_message_is_used():
    """No message is left over: each code stands in the source outside the tables of messages."""
    folder = ROOT / "inventory" / "imports"
    source = "".join(
        path.read_text(encoding="utf-8") for path in folder.rglob("*.py") if "messages" not in path.parts
    )
    built = {"documentation_not_stated", "screening_not_stated"}
    assert [code for code in MESSAGES if f'"{code}"' not in source and code not in built] == []


@pytest.mark.parametrize("layout", LAYOUTS, ids=lambda layout: layout.kind)
def test_documentation_lists_every_header(layout: Layout):
    """The reference page names every column with its Danish and English header."""
    page = (ROOT / "docs" / "reference" / "import-formats.md").read_text(encoding="utf-8")
    rows = {
        tuple(cell.strip() for cell in line.split("|")[1:4])
        for line in page.splitlines()
        if line.startswith("|")
    }
    for column in layout.columns:
        assert (f"`{column.name}`", column.da, column.en) in rows, column.name


def test_a_wrong_unit_is_named_in_danish_too():
    """Whoever wrote "stk" learns that the class is counted in it under that very word."""
    assert show_word("piece", words="unit") == "piece (stk)"
    assert show_word("kg", words="unit") == "kg"


def test_documentation_lists_every_code():
    """The reference page names every code a report may hold."""
    page = (ROOT / "docs" / "reference" / "import-formats.md").read_text(encoding="utf-8")
    listed = set(re.findall(r"^\| `([a-z0-9_]+)` \| (?:error|warning)", page, flags=re.MULTILINE))
    assert set(MESSAGES) == listed
