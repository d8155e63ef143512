# SPDX-License-Identifier: EUPL-1.2
"""Requirements added, corrected, copied, removed, put back and undone; what cannot be is refused."""

from dataclasses import replace
from datetime import date
from decimal import Decimal
from uuid import UUID, uuid4

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from inventory.actions.projects.projects import ProjectChangedError, ProjectUnknownError, begin_project
from inventory.actions.projects.requirements import (
    RequirementNumberTakenError,
    RequirementUnknownError,
    add_requirement,
    copy_requirement,
    correct_requirement,
    restore_requirement,
    withdraw_requirement,
)
from inventory.actions.projects.undo import undo_requirement
from inventory.actions.projects.undone import ChangedAfterwardsError, NothingLeftToUndoError
from inventory.actions.projects.wanted import (
    BoundsRefusedError,
    CommitTooLateError,
    OptionElsewhereError,
    Wanted,
    WantedMaterialError,
    WantedQuantityError,
    WantedWindowError,
)
from inventory.errors import BadInputError
from inventory.queries.projects.change_log import list_undoable, read_last_change, read_requirement_history
from inventory.queries.projects.projects import list_free_refs, read_requirement_values
from inventory.tables import MaterialClass, Requirement, stable_id
from tests.inventory.actions.projects.test_projects import FACTS


@pytest.fixture
def project(session: Session) -> UUID:
    """A project."""
    return begin_project(session, facts=FACTS, ref="SKOLE")


def find_class(session: Session, code: str) -> int:
    """The number of a class."""
    return session.scalars(select(MaterialClass.id).where(MaterialClass.code == code)).one()


@pytest.fixture
def bricks(session: Session) -> Wanted:
    """A requirement of bricks of at least grade 3, or not known."""
    return Wanted(
        class_id=find_class(session, "brick_lime_mortar"),
        quantity=4200,
        wanted_from=date(2027, 6, 1),
        wanted_to=date(2027, 9, 1),
        max_metres=60_000,
        new_price_ore=Decimal("812.50"),
        bounds={"grade": (3, None), "length_mm": (225, 230)},
        unknown_ok=("grade",),
    )


def test_a_requirement_is_found_by_its_numbers(session: Session, project: UUID, bricks: Wanted) -> None:
    """Its id follows from both numbers, so that a file finds it; numbers are given in turn."""
    first = add_requirement(session, project_id=project, wanted=bricks, by="AB")
    assert first == stable_id("requirement", "SKOLE", "B-001")
    row = session.get_one(Requirement, first)
    assert (row.unit, row.grade_min, row.grade_max, row.length_mm_max) == ("piece", 3, None, 230)
    assert row.unknown_ok == ["grade"]
    add_requirement(session, project_id=project, wanted=bricks, ref="B-009")
    assert list_free_refs(session, project_id=project, count=2) == ["B-010", "B-011"]
    with pytest.raises(RequirementNumberTakenError, match="B-009"):
        add_requirement(session, project_id=project, wanted=bricks, ref="B-009")
    with pytest.raises(ProjectUnknownError):
        add_requirement(session, project_id=uuid4(), wanted=bricks)


def test_what_cannot_be_is_refused(session: Session, project: UUID, bricks: Wanted) -> None:
    """Each slip has its own error, and nothing is written."""
    doors = find_class(session, "door_inner")
    for wrong, error in [
        (replace(bricks, class_id=find_class(session, "brick")), WantedMaterialError),
        (replace(bricks, quantity=0), WantedQuantityError),
        (replace(bricks, wanted_to=bricks.wanted_from), WantedWindowError),
        (replace(bricks, commit_from=bricks.wanted_to), CommitTooLateError),
        (replace(bricks, design_option_id=uuid4()), OptionElsewhereError),
        (replace(bricks, class_id=doors), BoundsRefusedError),
        (replace(bricks, bounds={"grade": (4, 3)}), BoundsRefusedError),
        (replace(bricks, bounds={}, unknown_ok=("fire",)), BoundsRefusedError),
    ]:
        with pytest.raises(error):
            add_requirement(session, project_id=project, wanted=wrong)
    assert session.scalars(select(Requirement.id)).all() == []


def test_corrections_are_undone_one_by_one(session: Session, project: UUID, bricks: Wanted) -> None:
    """Columns not named stay; each undoing goes one step farther back, at last out of the project."""
    made = add_requirement(session, project_id=project, wanted=bricks)
    first = read_requirement_values(session, requirement_id=made)
    assert correct_requirement(session, requirement_id=made, values={"max_metres": 80_000})
    assert correct_requirement(
        session,
        requirement_id=made,
        values={"wanted_to": date(2027, 10, 1), "new_price_ore": None, "unknown_ok": ["grade", "length_mm"]},
        by="AB",
        why="senere",
    )
    assert not correct_requirement(session, requirement_id=made, values={"max_metres": 80_000})
    lines = read_requirement_history(session, requirement_id=made)
    assert lines[0].data["changes"] == {
        "new_price_ore": ["812.50", None],
        "wanted_to": ["2027-09-01", "2027-10-01"],
        "unknown_ok": [["grade"], ["grade", "length_mm"]],
    }
    assert undo_requirement(session, requirement_id=made) == "requirement_corrected"
    assert read_requirement_values(session, requirement_id=made) == first | {"max_metres": 80_000}
    undo_requirement(session, requirement_id=made)
    assert read_requirement_values(session, requirement_id=made) == first
    assert undo_requirement(session, requirement_id=made) == "requirement_added"
    assert session.get_one(Requirement, made).status == "withdrawn"
    with pytest.raises(NothingLeftToUndoError):
        undo_requirement(session, requirement_id=made)
    assert restore_requirement(session, requirement_id=made)
    assert not restore_requirement(session, requirement_id=made)
    assert list_undoable(session, requirement_ids=[made, uuid4()]) == {made}
    undo_requirement(session, requirement_id=made)
    assert session.get_one(Requirement, made).status == "withdrawn"


def test_a_later_hand_is_not_undone_over(session: Session, project: UUID, bricks: Wanted) -> None:
    """What a file has changed since stands in the way, and an older page is told of a newer one."""
    made = add_requirement(session, project_id=project, wanted=bricks)
    seen = read_last_change(session, subject=("requirement", made))
    correct_requirement(session, requirement_id=made, values={"quantity": 4000}, seen=seen)
    with pytest.raises(ProjectChangedError):
        correct_requirement(session, requirement_id=made, values={"quantity": 4100}, seen=seen)
    session.get_one(Requirement, made).quantity = 3000
    session.flush()
    with pytest.raises(ChangedAfterwardsError, match="quantity"):
        undo_requirement(session, requirement_id=made)


def test_a_copy_is_a_requirement_of_its_own(session: Session, project: UUID, bricks: Wanted) -> None:
    """It has the next number and all else alike; removing one leaves the other."""
    made = add_requirement(session, project_id=project, wanted=bricks)
    copy = copy_requirement(session, requirement_id=made)
    assert session.get_one(Requirement, copy).ref == "B-002"
    assert read_requirement_values(session, requirement_id=copy) == read_requirement_values(
        session, requirement_id=made
    )
    assert withdraw_requirement(session, requirement_id=made)
    assert not withdraw_requirement(session, requirement_id=made)
    assert session.get_one(Requirement, copy).status == "open"
    assert undo_requirement(session, requirement_id=made) == "requirement_withdrawn"
    for act in (copy_requirement, withdraw_requirement, undo_requirement):
        with pytest.raises(RequirementUnknownError):
            act(session, requirement_id=uuid4())


def test_another_material_takes_its_unit_along(session: Session, project: UUID, bricks: Wanted) -> None:
    """A material that lacks a bounded attribute is refused; without the bounds it brings its own unit."""
    made = add_requirement(session, project_id=project, wanted=bricks)
    slab = find_class(session, "hollow_core_slab")
    bare = replace(bricks, class_id=slab, bounds={}, unknown_ok=())
    assert correct_requirement(session, requirement_id=made, values=bare.list_values())
    assert session.get_one(Requirement, made).unit == "m2"
    undo_requirement(session, requirement_id=made)
    assert session.get_one(Requirement, made).unit == "piece"
    with pytest.raises(BadInputError):
        gravel = find_class(session, "gravel")
        correct_requirement(session, requirement_id=made, values={"class_id": gravel})
