# SPDX-License-Identifier: EUPL-1.2
"""How complete a lot's documentation is: a score, what is missing, and what each missing thing would open."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib import resources
from uuid import UUID

from inventory.documentation.class_tests import ClassTest, list_tests
from inventory.tables.lot import Documentation
from inventory.tables.lot_test import TestOutcome

DIMENSIONS = ("length_mm", "width_mm", "height_mm", "thickness_mm")


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """One thing to be known of a lot, from `completeness.csv`.

    `basic` says that whoever takes a building down can give it: all of these together are enough to offer.
    `papers` are codes of the list ``paper`` it helps to fill.
    """

    code: str
    weight: int
    basic: bool
    attribute: str | None
    papers: tuple[str, ...]
    name_da: str
    name_en: str
    how_da: str
    how_en: str


@dataclass(frozen=True, slots=True, kw_only=True)
class LotKnown:
    """What is known of a lot, as far as its documentation asks.

    `classes` are the codes of its class and of those above it; `attributes` those its class
    declares, and whether they are known; `tests` the latest outcome of each test that was taken.
    """

    classes: tuple[str, ...]
    attributes: Mapping[str, bool]
    counted: bool
    placed: bool
    year_known: bool
    pictured: bool
    screened: bool
    has_window: bool
    condition_based: bool
    fixing_known: bool
    access_known: bool
    priced: bool
    declared: bool
    product_decided: bool
    documentation: Documentation
    tests: Mapping[str, TestOutcome]


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """An open requirement of the lot's class, or one that takes the class as a substitute.

    `attributes` are those it bounds and does not let a lot leave empty.
    """

    requirement_id: UUID
    documentation_min: Documentation
    screened_only: bool
    attributes: frozenset[str]


@dataclass(frozen=True, slots=True, kw_only=True)
class JudgedItem:
    """An item and how much of it is known, 0 to 100; of what is missing, what it would open.

    `lacking` names the attributes or tests that are missing where an item has several; `requirements` is the
    number of open requirements that ask for what is missing.
    """

    item: Item
    percent: int
    lacking: tuple[str, ...]
    requirements: int
    uses: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Completeness:
    """A lot's score of 0 to 100, whether it is enough to offer, the level reached, and every item."""

    score: int
    enough_to_offer: bool
    level: Documentation
    items: tuple[JudgedItem, ...]

    @property
    def missing(self) -> tuple[JudgedItem, ...]:
        """The items that are not wholly known: what is enough to offer first, then by weight."""
        missing = [one for one in self.items if one.percent < 100]
        return tuple(sorted(missing, key=lambda one: (not one.item.basic, -one.item.weight)))


@cache
def read_items() -> tuple[Item, ...]:
    """Read the items in the order of the table."""
    text = resources.files("inventory").joinpath("reference", "completeness.csv")
    rows = csv.DictReader(io.StringIO(text.read_text(encoding="utf-8"), newline=""))
    return tuple(
        Item(
            code=row["item"],
            weight=int(row["weight"]),
            basic=row["basic"] == "yes",
            attribute=row["attribute"] or None,
            papers=tuple(row["papers"].split()),
            name_da=row["name_da"],
            name_en=row["name_en"],
            how_da=row["how_da"],
            how_en=row["how_en"],
        )
        for row in rows
    )


def judge_completeness(known: LotKnown, *, asked: Sequence[Asked]) -> Completeness:
    """Judge how complete a lot's documentation is.

    The score is the known share of the items' weights; the weights are our own and stand in the table. The
    level is what the facts bear: ``basic`` where all is known that is enough to offer, ``tested`` where every
    test of the class was taken besides and none failed, whatever the owner has stated.

    Parameters
    ----------
    known
        What is known of it.
    asked
        The open requirements it could serve, were everything known.
    """
    tests = list_tests(known.classes)
    judged = tuple(_judge(item, known, asked=asked, tests=tests) for item in read_items())
    weight = sum(one.item.weight for one in judged)
    basic = all(one.percent == 100 for one in judged if one.item.basic)
    tested = bool(tests) and all(
        known.tests.get(test.code) not in {None, TestOutcome.FAILED} for test in tests
    )
    level = Documentation.NONE
    if basic:
        level = Documentation.TESTED if tested else Documentation.BASIC
    return Completeness(
        score=sum(one.item.weight * one.percent for one in judged) // weight,
        enough_to_offer=basic,
        level=level,
        items=judged,
    )


def _judge(item: Item, known: LotKnown, *, asked: Sequence[Asked], tests: Sequence[ClassTest]) -> JudgedItem:
    lacking: tuple[str, ...] = ()
    uses: tuple[str, ...] = ()
    if item.code == "tests":
        missing = [test for test in tests if test.code not in known.tests]
        lacking = tuple(test.code for test in missing)
        uses = tuple(dict.fromkeys(test.opens for test in missing))
        percent = 100 - 100 * len(missing) // len(tests) if tests else 100
    elif item.code == "dimensions":
        own = [name for name in DIMENSIONS if name in known.attributes]
        lacking = tuple(name for name in own if not known.attributes[name])
        percent = 100 - 100 * len(lacking) // len(own) if own else 100
    else:
        percent = 100 if _IS_KNOWN[item.code](known) else 0
    wanted = (
        {one.requirement_id for one in asked if _asks(one, item, known, lacking=lacking, tests=tests)}
        if percent < 100
        else set()
    )
    return JudgedItem(item=item, percent=percent, lacking=lacking, requirements=len(wanted), uses=uses)


# An item and when it is known; those with several parts are counted above.
_IS_KNOWN: Mapping[str, Callable[[LotKnown], bool]] = {
    "address": lambda known: known.placed,
    "year": lambda known: known.year_known,
    "count": lambda known: known.counted,
    "photos": lambda known: known.pictured,
    "screening": lambda known: known.screened,
    "window": lambda known: known.has_window,
    "condition": lambda known: known.condition_based and known.attributes.get("grade", True),
    "detaching": lambda known: known.fixing_known,
    "access": lambda known: known.access_known,
    "price": lambda known: known.priced,
    "product": lambda known: known.product_decided,
    "declarations": lambda known: known.declared,
}


def _asks(
    requirement: Asked,
    item: Item,
    known: LotKnown,
    *,
    lacking: Collection[str],
    tests: Sequence[ClassTest],
) -> bool:
    """Say whether a requirement asks for an item that is missing."""
    if item.code == "window":
        return True  # without a window nothing is matched at all
    if item.code == "screening" and requirement.screened_only:
        return True
    if item.code == "tests":
        measured = {test.attribute for test in tests if test.code in lacking and test.attribute}
        open_ones = {name for name in measured if not known.attributes.get(name)}
        return requirement.documentation_min is Documentation.TESTED or bool(
            requirement.attributes & open_ones
        )
    if item.code == "dimensions":
        return bool(requirement.attributes & set(lacking))
    if item.attribute in requirement.attributes and not known.attributes.get(item.attribute or ""):
        return True
    papers_asked = requirement.documentation_min is not Documentation.NONE
    return item.basic and papers_asked and known.documentation is Documentation.NONE
