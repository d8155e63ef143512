# SPDX-License-Identifier: EUPL-1.2
"""Finding classes: the tree, and by a person's word."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from sqlalchemy import text
from sqlalchemy.orm import Session

from inventory.queries.classes import ClassBranch, find_class, fold_name, read_class_tree, read_classes


@pytest.mark.parametrize(
    "word",
    [
        "brick_lime_mortar",
        "Mursten i kalkmørtel",
        "  MURSTEN  i kalkm\u00f8rtel ",
        "clay brick in lime mortar",
    ],
)
def test_class_is_found_by_code_or_name(session: Session, word: str) -> None:
    """Code, Danish and English name find the class, however a person types them."""
    found = find_class(session, word)
    assert found is not None
    assert found.code == "brick_lime_mortar"


def test_unknown_word_finds_nothing(session: Session) -> None:
    """A word no class has finds none, rather than the nearest."""
    assert find_class(session, "unicorn") is None


def test_name_of_two_classes_finds_neither(
    world: Session, insert: Callable[..., None], valid: dict[str, Any]
) -> None:
    """A name two classes share finds neither; their codes find each, also where a code is another's name."""
    first = valid["material_class"] | {"name_da": "tvetydig", "name_en": "twin"}
    insert("material_class", **first)
    insert("material_class", **(first | {"id": 9101, "code": "test_twin", "name_en": "test_other"}))
    assert find_class(world, "Tvetydig") is None
    assert (found := find_class(world, "test_other")) is not None
    assert found.id == 9100


def test_closed_class_is_not_offered(world: Session) -> None:
    """A class that left the reference data is in no list."""
    world.execute(
        text("UPDATE material_class SET valid_to = :day WHERE id = 9003"), {"day": date(2026, 1, 1)}
    )
    assert find_class(world, "test_child") is None
    assert 9003 not in {one.id for one in read_classes(world)}


def test_tree_holds_each_class_once(session: Session) -> None:
    """The branches together hold every class in force, each below its parent, sorted by Danish name."""
    seen: list[int] = []

    def walk(branches: tuple[ClassBranch, ...], parent: int | None) -> None:
        names = [fold_name(branch.material_class.name_da) for branch in branches]
        assert names == sorted(names)
        for branch in branches:
            assert branch.material_class.parent_id == parent
            seen.append(branch.material_class.id)
            walk(branch.children, branch.material_class.id)

    walk(read_class_tree(session), None)
    assert sorted(seen) == [one.id for one in read_classes(session)]


def test_tradable_classes_are_at_least_forty(session: Session) -> None:
    """The reference data offers the breadth that Danish demolitions need."""
    assert len(read_classes(session, tradable_only=True)) >= 40
