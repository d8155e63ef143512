# SPDX-License-Identifier: EUPL-1.2
"""Requirements added, corrected, copied, removed and put back by people; every step leaves its history."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from inventory.actions.changes import compare_values, record_changes
from inventory.actions.projects.projects import lock_project, refuse_unseen
from inventory.actions.projects.wanted import Wanted, check_wanted
from inventory.errors import BadInputError
from inventory.queries.projects.projects import REQUIREMENT_FIELDS, list_free_refs, read_requirement_values
from inventory.tables import Requirement, RequirementStatus, stable_id


class RequirementUnknownError(BadInputError):
    """There is no requirement {requirement_id}."""


class RequirementNumberTakenError(BadInputError):
    """The project has a requirement numbered {ref} already. Choose another number, or leave it empty."""


def add_requirement(
    session: Session,
    *,
    project_id: UUID,
    wanted: Wanted,
    ref: str | None = None,
    by: str | None = None,
) -> UUID:
    """Add a requirement to a project.

    Parameters
    ----------
    session
        Its transaction; nothing is committed here.
    project_id
        The project.
    wanted
        What is wanted.
    ref
        Its number in the project, by which files find it and which it keeps; None takes the next free one.
    by
        Who, for the history.

    Returns
    -------
    UUID
        Its id, which follows from both numbers as that of an imported one does.

    Raises
    ------
    inventory.actions.projects.projects.ProjectUnknownError
        There is no such project.
    RequirementNumberTakenError
        See there.
    inventory.errors.BadInputError
        From `check_wanted`.
    """
    return _add(session, project_id=project_id, values=wanted.list_values(), ref=ref, by=by)


def copy_requirement(
    session: Session, *, requirement_id: UUID, by: str | None = None, option_id: UUID | None = None
) -> UUID:
    """Add a requirement once more under the next free number, in another design option where one is given.

    Raises
    ------
    RequirementUnknownError, inventory.actions.projects.wanted.OptionElsewhereError
        See there.
    """
    project_id = session.scalar(select(Requirement.project_id).where(Requirement.id == requirement_id))
    if project_id is None:
        raise RequirementUnknownError(requirement_id=requirement_id)
    # Who buys it is chosen of each by itself.
    values = read_requirement_values(session, requirement_id=requirement_id) | {"supplied_by": None}
    if option_id is not None:
        values["design_option_id"] = option_id
    return _add(session, project_id=project_id, values=values, ref=None, by=by, copy_of=requirement_id)


def correct_requirement(
    session: Session,
    *,
    requirement_id: UUID,
    values: Mapping[str, Any],
    by: str | None = None,
    why: str | None = None,
    seen: int | None = None,
) -> bool:
    """Correct columns of a requirement; those not named stay.

    Parameters
    ----------
    session
        Its transaction; nothing is committed here.
    requirement_id
        The requirement.
    values
        Columns of `REQUIREMENT_FIELDS` as they should be.
    by, why
        Who and for what reason, for the history.
    seen
        The last event of the requirement that whoever corrects it has seen; None asks nothing.

    Returns
    -------
    bool
        Whether anything changed; where nothing did, nothing is written.

    Raises
    ------
    RequirementUnknownError, inventory.actions.projects.projects.ProjectChangedError
        See there.
    inventory.errors.BadInputError
        From `check_wanted`.
    """
    requirement = lock_requirement(session, requirement_id)
    refuse_unseen(session, subject=("requirement", requirement_id), seen=seen)
    before = read_requirement_values(session, requirement_id=requirement_id)
    after = before | {name: values[name] for name in REQUIREMENT_FIELDS if name in values}
    changes = compare_values(before, after)
    if not changes:
        return False
    write_columns(session, requirement, after)
    return record_changes(
        session,
        "requirement_corrected",
        subject="requirement",
        subject_id=requirement_id,
        changes=changes,
        by=by,
        why=why,
    )


def withdraw_requirement(session: Session, *, requirement_id: UUID, by: str | None = None) -> bool:
    """Remove a requirement: it is wanted no more and stays in the history; whether it was open."""
    return _set_status(
        session, requirement_id, to=RequirementStatus.WITHDRAWN, kind="requirement_withdrawn", by=by
    )


def restore_requirement(session: Session, *, requirement_id: UUID, by: str | None = None) -> bool:
    """Put a removed requirement back; whether it was removed."""
    return _set_status(session, requirement_id, to=RequirementStatus.OPEN, kind="requirement_restored", by=by)


def lock_requirement(session: Session, requirement_id: UUID) -> Requirement:
    """Lock a requirement until the transaction ends.

    Raises
    ------
    RequirementUnknownError
        There is no such requirement.
    """
    requirement = session.get(Requirement, requirement_id, with_for_update=True, populate_existing=True)
    if requirement is None:
        raise RequirementUnknownError(requirement_id=requirement_id)
    return requirement


def write_columns(session: Session, requirement: Requirement, values: Mapping[str, Any]) -> None:
    """Check and set the columns that people write, all of them; its unit follows its class."""
    material = check_wanted(session, project_id=requirement.project_id, values=values)
    for name, value in values.items():
        setattr(requirement, name, value)
    requirement.unit = material.unit
    session.flush()


def _add(
    session: Session,
    *,
    project_id: UUID,
    values: Mapping[str, Any],
    ref: str | None,
    by: str | None,
    copy_of: UUID | None = None,
) -> UUID:
    project = lock_project(session, project_id)  # two who ask for a number wait for each other
    number = ref or list_free_refs(session, project_id=project_id)[0]
    taken = select(Requirement.id).where(Requirement.project_id == project_id, Requirement.ref == number)
    if session.scalar(taken) is not None:
        raise RequirementNumberTakenError(ref=number)
    requirement_id = stable_id("requirement", project.ref, number)
    requirement = Requirement(id=requirement_id, project_id=project_id, ref=number)
    write_columns(session, requirement, values)
    session.add(requirement)
    session.flush()
    changes = compare_values({}, {"ref": number, **values})
    record_changes(
        session,
        "requirement_added",
        subject="requirement",
        subject_id=requirement_id,
        changes=changes,
        by=by,
        more={} if copy_of is None else {"copy_of": str(copy_of)},
    )
    return requirement_id


def _set_status(
    session: Session, requirement_id: UUID, *, to: RequirementStatus, kind: str, by: str | None
) -> bool:
    requirement = lock_requirement(session, requirement_id)
    before = requirement.status
    if before is to:
        return False
    requirement.status = to
    session.flush()
    changes = compare_values({"status": before}, {"status": to})
    return record_changes(
        session, kind, subject="requirement", subject_id=requirement_id, changes=changes, by=by
    )
