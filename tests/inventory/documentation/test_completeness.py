# SPDX-License-Identifier: EUPL-1.2
"""How complete a lot's papers are: what counts, what is enough to offer, and what a gap would open."""

from dataclasses import replace
from uuid import uuid4

import pytest

from inventory.documentation.class_tests import list_tests
from inventory.documentation.completeness import (
    Asked,
    Completeness,
    JudgedItem,
    LotKnown,
    judge_completeness,
    read_items,
)
from inventory.tables import Documentation, TestOutcome

NOTHING = LotKnown(
    classes=("brick_lime_mortar", "brick"),
    attributes=dict.fromkeys(
        ("length_mm", "width_mm", "height_mm", "grade", "year", "strength", "colour"), False
    ),
    counted=False,
    placed=False,
    year_known=False,
    pictured=False,
    screened=False,
    has_window=False,
    condition_based=False,
    fixing_known=False,
    access_known=False,
    priced=False,
    declared=False,
    product_decided=False,
    documentation=Documentation.NONE,
    tests={},
)
BASIC = replace(NOTHING, counted=True, placed=True, year_known=True, pictured=True, screened=True)


def find(found: Completeness, code: str) -> JudgedItem:
    """Find one item of a judgement."""
    return next(one for one in found.items if one.item.code == code)


def ask(**more: object) -> Asked:
    """Make a requirement that asks for basic papers and a screening."""
    plain = Asked(
        requirement_id=uuid4(),
        documentation_min=Documentation.BASIC,
        screened_only=True,
        attributes=frozenset(),
    )
    return replace(plain, **more)  # type: ignore[arg-type]


def test_nothing_is_nothing_and_all_is_a_hundred() -> None:
    """The score runs from 0 to 100, and a lot of which all is known lacks nothing."""
    assert judge_completeness(NOTHING, asked=[]).score == 0
    whole = replace(
        BASIC,
        attributes=dict.fromkeys(NOTHING.attributes, True),
        has_window=True,
        condition_based=True,
        fixing_known=True,
        access_known=True,
        priced=True,
        declared=True,
        product_decided=True,
        tests={test.code: TestOutcome.PASSED for test in list_tests(NOTHING.classes)},
    )
    found = judge_completeness(whole, asked=[ask()])
    assert (found.score, found.missing, found.level) == (100, (), Documentation.TESTED)


def test_what_a_contractor_can_give_is_enough() -> None:
    """Place, year, count, photos and screening make it basic, with no test taken; one less does not."""
    found = judge_completeness(BASIC, asked=[])
    assert found.enough_to_offer
    assert found.level is Documentation.BASIC
    assert {one.item.code for one in found.items if one.item.basic} == {
        "address", "year", "count", "photos", "screening",
    }  # fmt: skip
    for lacking in ("counted", "placed", "year_known", "screened"):
        poorer = judge_completeness(replace(BASIC, **{lacking: False}), asked=[])  # type: ignore[arg-type]
        assert not poorer.enough_to_offer
        assert poorer.level is Documentation.NONE
        assert poorer.missing[0].item.basic


def test_a_failed_test_is_recorded_but_does_not_make_it_tested() -> None:
    """Every test taken and one failed: nothing is missing of the tests, and the level stays basic."""
    tests = {test.code: TestOutcome.PASSED for test in list_tests(BASIC.classes)}
    failed = judge_completeness(replace(BASIC, tests=tests | {"brick_frost": TestOutcome.FAILED}), asked=[])
    assert find(failed, "tests").percent == 100
    assert failed.level is Documentation.BASIC
    assert judge_completeness(replace(BASIC, tests=tests), asked=[]).level is Documentation.TESTED


@pytest.mark.parametrize(
    ("item", "requirement", "opened"),
    [
        ("screening", ask(), 1),
        ("screening", ask(screened_only=False, documentation_min=Documentation.NONE), 0),
        ("photos", ask(documentation_min=Documentation.NONE), 0),
        ("window", ask(documentation_min=Documentation.NONE, screened_only=False), 1),
        ("dimensions", ask(attributes=frozenset({"height_mm"})), 1),
        ("dimensions", ask(attributes=frozenset({"strength"})), 0),
        ("tests", ask(attributes=frozenset({"strength"})), 1),
        ("tests", ask(documentation_min=Documentation.TESTED), 1),
        ("tests", ask(), 0),
        ("condition", ask(attributes=frozenset({"grade"})), 1),
        ("price", ask(), 0),
    ],
)
def test_a_gap_opens_what_asks_for_it(item: str, requirement: Asked, opened: int) -> None:
    """Of each missing thing the requirements are counted that ask for it, each once."""
    assert find(judge_completeness(NOTHING, asked=[requirement]), item).requirements == opened


def test_a_missing_test_names_the_uses_it_opens() -> None:
    """Bricks without tests lack load-bearing and outdoor use; a compression test leaves the outdoor one."""
    found = find(judge_completeness(BASIC, asked=[]), "tests")
    assert found.uses == ("load_bearing", "outdoor", "bonded_masonry")
    tested = replace(BASIC, tests={"brick_strength": TestOutcome.MEASURED})
    part = find(judge_completeness(tested, asked=[]), "tests")
    assert part.uses == ("outdoor", "bonded_masonry")
    assert part.lacking == ("brick_frost", "brick_suction")
    assert 0 < part.percent < 100


def test_dimensions_count_by_parts() -> None:
    """Two of a brick's three dimensions are two thirds, and the third is named."""
    attributes = dict(NOTHING.attributes) | {"length_mm": True, "width_mm": True}
    found = find(judge_completeness(replace(BASIC, attributes=attributes), asked=[]), "dimensions")
    assert (found.percent, found.lacking) == (67, ("height_mm",))


def test_every_item_says_what_to_do() -> None:
    """Each has a name and an advice in both languages, a weight, and a paper it helps."""
    for item in read_items():
        assert item.name_da
        assert item.name_en
        assert item.how_da.endswith(".")
        assert item.how_en.endswith(".")
        assert item.weight > 0
        assert item.papers
