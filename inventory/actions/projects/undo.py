# SPDX-License-Identifier: EUPL-1.2
"""Undo the last change of a project or a requirement; what was done stays in the history."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from sqlalchemy.orm import Session

from inventory.actions.changes import record_changes, write_plain
from inventory.actions.organisations import find_or_add_organisation
from inventory.actions.place_site import place_site
from inventory.actions.projects.design_options import undo_option
from inventory.actions.projects.projects import lock_project, own_site
from inventory.actions.projects.requirements import lock_requirement, write_columns
from inventory.actions.projects.undone import ChangedAfterwardsError, NothingLeftToUndoError, read_plain
from inventory.queries.projects.change_log import UNDONE, find_undoable_change
from inventory.queries.projects.projects import read_project_values, read_requirement_values
from inventory.tables import Project, Requirement, RequirementStatus, Site


def undo_project(session: Session, *, project_id: UUID, by: str | None = None) -> str:
    """Undo what was last done to a project itself: a correction, or something about its design options.

    Called again it undoes what came before that. The project stays, however far back one goes.

    Returns
    -------
    str
        Kind of the event that was undone.

    Raises
    ------
    inventory.actions.projects.projects.ProjectUnknownError
        See there.
    inventory.actions.projects.undone.NothingLeftToUndoError
        See there.
    inventory.actions.projects.undone.ChangedAfterwardsError,
    inventory.actions.projects.design_options.OptionInUseError
        Something else has come since that rests on it.
    """
    project = lock_project(session, project_id)
    event = find_undoable_change(session, subject=("project", project_id))
    if event is None:
        raise NothingLeftToUndoError(name=project.name)
    if event.kind == "project_corrected":
        changes = _put_project_back(session, project, event.data["changes"])
    else:
        changes = undo_option(session, project_id=project_id, kind=event.kind, data=event.data)
    _record(session, "project", project_id, event=event, changes=changes, by=by)
    return str(event.kind)


def undo_requirement(session: Session, *, requirement_id: UUID, by: str | None = None) -> str:
    """Undo what was last done to a requirement; one that was added is removed, and can be put back.

    Called again it undoes what came before that.

    Returns
    -------
    str
        Kind of the event that was undone.

    Raises
    ------
    inventory.actions.projects.requirements.RequirementUnknownError
        See there.
    inventory.actions.projects.undone.NothingLeftToUndoError
        See there.
    inventory.actions.projects.undone.ChangedAfterwardsError
        A field is no longer as the event left it.
    inventory.errors.BadInputError
        What was before cannot be any more: its design option is gone.
    """
    requirement = lock_requirement(session, requirement_id)
    event = find_undoable_change(session, subject=("requirement", requirement_id))
    if event is None:
        raise NothingLeftToUndoError(name=requirement.ref)
    changes: dict[str, Any] = event.data["changes"]
    if event.kind == "requirement_added":
        changes = {"status": [RequirementStatus.WITHDRAWN, RequirementStatus.OPEN]}
    back = {name: [after, before] for name, (before, after) in changes.items()}
    columns = Requirement.__table__.c
    if set(back) == {"status"}:
        _refuse_changed(requirement.ref, {"status": requirement.status}, back)
        requirement.status = RequirementStatus(back["status"][1])
        session.flush()
    else:
        values = read_requirement_values(session, requirement_id=requirement_id)
        _refuse_changed(requirement.ref, values, back)
        old = {name: read_plain(pair[1], column=columns[name]) for name, pair in back.items()}
        write_columns(session, requirement, values | old)
    _record(session, "requirement", requirement_id, event=event, changes=back, by=by)
    return str(event.kind)


def _put_project_back(session: Session, project: Project, changes: dict[str, Any]) -> dict[str, Any]:
    back = {name: [after, before] for name, (before, after) in changes.items()}
    values = read_project_values(session, project_id=project.id)
    _refuse_changed(project.name, values, back)
    site = own_site(session, project)
    for name, (_now, was) in back.items():
        if name == "organisation":
            project.organisation_id = None if was is None else find_or_add_organisation(session, was)
        elif name in Project.__table__.c:
            setattr(project, name, read_plain(was, column=Project.__table__.c[name]))
        elif name in Site.__table__.c:
            setattr(site, name, was)
    place = values | {name: pair[1] for name, pair in back.items()}
    place_site(site, x=place["x"], y=place["y"])
    site.name = project.name
    session.flush()
    return back


def _refuse_changed(name: str, values: dict[str, Any], back: dict[str, Any]) -> None:
    for field, (now, _was) in back.items():
        if write_plain(values.get(field)) != now:
            raise ChangedAfterwardsError(what=field, name=name)


def _record(
    session: Session,
    table: str,
    subject_id: UUID,
    *,
    event: Any,
    changes: dict[str, Any],
    by: str | None,
) -> None:
    record_changes(
        session,
        UNDONE[table],
        subject=table,
        subject_id=subject_id,
        changes=changes,
        by=by,
        more={"undoes": event.id, "what": event.kind},
    )
