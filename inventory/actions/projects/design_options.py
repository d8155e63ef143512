# SPDX-License-Identifier: EUPL-1.2
"""Design options: the alternatives of a project, of which its builder may choose one."""

from __future__ import annotations

from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from inventory.actions.changes import record_changes
from inventory.actions.projects.projects import lock_project
from inventory.actions.projects.requirements import copy_requirement
from inventory.actions.projects.undone import ChangedAfterwardsError
from inventory.actions.projects.wanted import OptionElsewhereError
from inventory.errors import BadInputError, StateError
from inventory.tables import DesignOption, Requirement, RequirementStatus


class OptionNameTakenError(BadInputError):
    """The project has a design option called {name} already. Give this one another name."""


class OptionInUseError(StateError):
    """Design option {name} holds {count} requirements, removed ones among them, so it stays."""


def add_option(
    session: Session, *, project_id: UUID, name: str, copy_of: UUID | None = None, by: str | None = None
) -> UUID:
    """Add a design option to a project, empty or with a copy of every open requirement of another.

    Raises
    ------
    inventory.actions.projects.projects.ProjectUnknownError, OptionNameTakenError
        See there.
    inventory.actions.projects.wanted.OptionElsewhereError
        What is to be copied is no option of the project.
    """
    lock_project(session, project_id)
    _refuse_taken(session, project_id, name)
    if copy_of is not None:
        _find(session, project_id, copy_of)
    option = DesignOption(id=uuid4(), project_id=project_id, name=name)
    session.add(option)
    session.flush()
    _record(session, "design_option_added", option, field="option_name", change=[None, name], by=by)
    if copy_of is not None:
        query = select(Requirement.id).where(
            Requirement.design_option_id == copy_of, Requirement.status == RequirementStatus.OPEN
        )
        for requirement_id in session.scalars(query.order_by(Requirement.ref)).all():
            copy_requirement(session, requirement_id=requirement_id, option_id=option.id, by=by)
    return option.id


def rename_option(
    session: Session, *, project_id: UUID, option_id: UUID, name: str, by: str | None = None
) -> bool:
    """Give a design option another name; whether that is another.

    Raises
    ------
    OptionNameTakenError, inventory.actions.projects.wanted.OptionElsewhereError
        See there.
    """
    lock_project(session, project_id)
    option = _find(session, project_id, option_id)
    before = option.name
    if before == name:
        return False
    _refuse_taken(session, project_id, name)
    option.name = name
    session.flush()
    _record(session, "design_option_renamed", option, field="option_name", change=[before, name], by=by)
    return True


def choose_option(
    session: Session, *, project_id: UUID, option_id: UUID | None, by: str | None = None
) -> bool:
    """Choose the design option that is built, or none, so that plans choose; whether that is another.

    Raises
    ------
    inventory.actions.projects.wanted.OptionElsewhereError
        See there.
    """
    project = lock_project(session, project_id)
    option = None if option_id is None else _find(session, project_id, option_id)
    before = _find_chosen(session, project_id)
    if before is option:
        return False
    _choose(session, before=before, after=option)
    return record_changes(
        session,
        "design_option_chosen",
        subject="project",
        subject_id=project.id,
        changes={
            "chosen_option": [
                None if before is None else before.name,
                None if option is None else option.name,
            ]
        },
        by=by,
        more={
            "options": [
                None if before is None else str(before.id),
                None if option is None else str(option.id),
            ]
        },
    )


def remove_option(session: Session, *, project_id: UUID, option_id: UUID, by: str | None = None) -> None:
    """Remove a design option that holds no requirement.

    Raises
    ------
    OptionInUseError, inventory.actions.projects.wanted.OptionElsewhereError
        See there.
    """
    lock_project(session, project_id)
    option = _find(session, project_id, option_id)
    _refuse_used(session, option)
    _record(session, "design_option_removed", option, field="option_name", change=[option.name, None], by=by)
    session.delete(option)
    session.flush()


def undo_option(session: Session, *, project_id: UUID, kind: str, data: dict[str, Any]) -> dict[str, Any]:
    """Take back what an event of the design options of a project did, and give the change that makes.

    Raises
    ------
    inventory.actions.projects.undone.ChangedAfterwardsError
        The option is not as the event left it.
    OptionInUseError
        An option that was added holds requirements now.
    OptionNameTakenError
        The name is another's now.
    """
    if kind == "design_option_chosen":
        before, after = data["options"]
        present = _find_chosen(session, project_id)
        if (None if present is None else str(present.id)) != after:
            raise ChangedAfterwardsError(what="the choice", name="the design options")
        earlier = None if before is None else session.get(DesignOption, UUID(before))
        if before is not None and earlier is None:
            raise ChangedAfterwardsError(what="the choice", name="the design options")
        _choose(session, before=present, after=earlier)
        return {"chosen_option": data["changes"]["chosen_option"][::-1]}
    option_id = UUID(data["option"])
    was, now = data["changes"]["option_name"]
    option = session.get(DesignOption, option_id)
    if (None if option is None else option.name) != now:
        raise ChangedAfterwardsError(what="the name", name="the design option")
    if was is not None:
        _refuse_taken(session, project_id, was)
    if option is None:
        session.add(DesignOption(id=option_id, project_id=project_id, name=was))
    elif was is None:
        _refuse_used(session, option)
        session.delete(option)
    else:
        option.name = was
    session.flush()
    return {"option_name": [now, was]}


def _find(session: Session, project_id: UUID, option_id: UUID) -> DesignOption:
    option = session.get(DesignOption, option_id)
    if option is None or option.project_id != project_id:
        raise OptionElsewhereError
    return option


def _find_chosen(session: Session, project_id: UUID) -> DesignOption | None:
    return session.scalars(
        select(DesignOption).where(DesignOption.project_id == project_id, DesignOption.chosen)
    ).one_or_none()


def _choose(session: Session, *, before: DesignOption | None, after: DesignOption | None) -> None:
    if before is not None:
        before.chosen = False
        session.flush()  # the database lets one at a time be chosen
    if after is not None:
        after.chosen = True
    session.flush()


def _refuse_taken(session: Session, project_id: UUID, name: str) -> None:
    taken = select(DesignOption.id).where(DesignOption.project_id == project_id, DesignOption.name == name)
    if session.scalar(taken) is not None:
        raise OptionNameTakenError(name=name)


def _refuse_used(session: Session, option: DesignOption) -> None:
    query = select(func.count()).where(Requirement.design_option_id == option.id).select_from(Requirement)
    count = session.scalar(query) or 0
    if count:
        raise OptionInUseError(name=option.name, count=count)


def _record(
    session: Session, kind: str, option: DesignOption, *, field: str, change: list[Any], by: str | None
) -> None:
    record_changes(
        session,
        kind,
        subject="project",
        subject_id=option.project_id,
        changes={field: change},
        by=by,
        more={"option": str(option.id)},
    )
