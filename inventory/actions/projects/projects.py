# SPDX-License-Identifier: EUPL-1.2
"""Projects begun and corrected by people, each with its site; every step leaves its history."""

from __future__ import annotations

from dataclasses import dataclass, fields
from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID

from sqlalchemy import func, select, text
from sqlalchemy.orm import Session

from inventory.actions.changes import compare_values, record_changes
from inventory.actions.organisations import find_or_add_organisation
from inventory.actions.place_site import place_site
from inventory.errors import BadInputError, StateError
from inventory.queries.projects.change_log import read_last_change
from inventory.queries.projects.projects import read_project_values
from inventory.tables import OrganisationKind, Project, Site, SiteKind, stable_id

# Two who begin a project at once get two numbers.
_NUMBER_LOCK = text("SELECT pg_advisory_xact_lock(hashtext('genbro project number'))")
_PROJECT_COLUMNS = ("name", "building_type", "area_m2", "starts", "ends", "budget_ore")
_SITE_COLUMNS = ("address", "postcode", "town", "municipality_code", "land_mass", "road_node")


class ProjectUnknownError(BadInputError):
    """There is no project {project_id}."""


class ProjectNumberTakenError(BadInputError):
    """There is a project numbered {ref} already. Choose another number, or leave it empty."""


class ProjectDatesError(BadInputError):
    """The building ends on {ends}, before it starts on {starts}."""


class ProjectChangedError(StateError):
    """Somebody else has corrected this since you opened it. Look at it again, then correct it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ProjectFacts:
    """A project as a person writes it down.

    `x` and `y` are metres in EPSG:25832 with what lies about them; `ends` is the day after the last;
    `organisation` the builder, by name, and `organisation_kind` what one is that nobody knows yet.
    """

    name: str
    x: float
    y: float
    land_mass: str | None = None
    road_node: str | None = None
    municipality_code: str | None = None
    address: str | None = None
    postcode: str | None = None
    town: str | None = None
    organisation: str | None = None
    organisation_kind: OrganisationKind = OrganisationKind.OTHER
    building_type: str | None = None
    area_m2: Decimal | None = None
    starts: date | None = None
    ends: date | None = None
    budget_ore: int | None = None


def begin_project(
    session: Session, *, facts: ProjectFacts, ref: str | None = None, by: str | None = None
) -> UUID:
    """Begin a project.

    Parameters
    ----------
    session
        Its transaction; nothing is committed here.
    facts
        The project.
    ref
        Its number, by which files find it and which it keeps; None takes the next free one.
    by
        Who, for the history.

    Returns
    -------
    UUID
        Id of the project, which follows from its number as that of an imported one does.

    Raises
    ------
    ProjectNumberTakenError, ProjectDatesError
        See there.
    """
    _check_dates(facts)
    session.execute(_NUMBER_LOCK)
    number = ref or _find_next_number(session)
    taken = select(func.count()).where(Project.ref == number).select_from(Project)
    if session.scalar(taken):
        raise ProjectNumberTakenError(ref=number)
    project_id = stable_id("project", number)
    site = _take_site(session, number)
    project = Project(id=project_id, ref=number, name=facts.name, site_id=site.id)
    _write(session, project, site, facts)
    session.add(project)
    session.flush()
    changes = compare_values({}, {"ref": number, **_list_values(facts)})
    record_changes(session, "project_begun", subject="project", subject_id=project_id, changes=changes, by=by)
    return project_id


def correct_project(
    session: Session,
    *,
    project_id: UUID,
    facts: ProjectFacts,
    by: str | None = None,
    why: str | None = None,
    seen: int | None = None,
) -> bool:
    """Correct a project; its number stays.

    Parameters
    ----------
    session
        Its transaction; nothing is committed here.
    project_id
        The project.
    facts
        All of it as it should be.
    by, why
        Who and for what reason, for the history.
    seen
        The last event of the project that whoever corrects it has seen; None asks nothing.

    Returns
    -------
    bool
        Whether anything changed; where nothing did, nothing is written.

    Raises
    ------
    ProjectUnknownError, ProjectDatesError, ProjectChangedError
        See there.
    """
    _check_dates(facts)
    project = lock_project(session, project_id)
    refuse_unseen(session, subject=("project", project_id), seen=seen)
    changes = compare_values(read_project_values(session, project_id=project_id), _list_values(facts))
    if not changes:
        return False
    site = own_site(session, project)
    _write(session, project, site, facts)
    session.flush()
    return record_changes(
        session,
        "project_corrected",
        subject="project",
        subject_id=project_id,
        changes=changes,
        by=by,
        why=why,
    )


def refuse_unseen(session: Session, *, subject: tuple[str, UUID], seen: int | None) -> None:
    """Refuse to correct what somebody else has corrected since.

    Parameters
    ----------
    session
        To read with; the subject is locked already.
    subject
        Kind and id of a project, or of what is part of one.
    seen
        The last event of it that whoever corrects it has seen; None asks nothing.

    Raises
    ------
    ProjectChangedError
        There is another event since.
    """
    if seen is not None and seen != read_last_change(session, subject=subject):
        raise ProjectChangedError


def lock_project(session: Session, project_id: UUID) -> Project:
    """Lock a project until the transaction ends.

    Raises
    ------
    ProjectUnknownError
        There is no such project.
    """
    project = session.get(Project, project_id, with_for_update=True, populate_existing=True)
    if project is None:
        raise ProjectUnknownError(project_id=project_id)
    return project


def own_site(session: Session, project: Project) -> Site:
    """Give the site of a project to be moved; where another project stands on it too, one of its own."""
    site = session.get_one(Site, project.site_id, with_for_update=True, populate_existing=True)
    others = select(func.count()).where(Project.site_id == site.id, Project.id != project.id)
    if session.scalar(others.select_from(Project)):
        site = _make_site(session, f"own {project.ref}")
        project.site_id = site.id
    return site


def _check_dates(facts: ProjectFacts) -> None:
    if facts.starts is not None and facts.ends is not None and facts.starts >= facts.ends:
        raise ProjectDatesError(starts=facts.starts, ends=facts.ends)


def _find_next_number(session: Session) -> str:
    # the longest number is the largest: P-9 comes before P-10
    query = select(Project.ref).where(Project.ref.regexp_match("^P-[0-9]{1,9}$"))
    last = session.scalar(query.order_by(func.length(Project.ref).desc(), Project.ref.desc()).limit(1))
    return f"P-{1 if last is None else int(last.removeprefix('P-')) + 1}"


def _take_site(session: Session, number: str) -> Site:
    """Take the site of a project's number: the one an undone import has left, or a new one."""
    found = session.scalars(
        select(Site).where(Site.kind == SiteKind.PROJECT, Site.ref == number).with_for_update()
    ).one_or_none()
    if found is None:
        return _make_site(session, number)
    taken = select(func.count()).where(Project.site_id == found.id).select_from(Project)
    return _make_site(session, f"own {number}") if session.scalar(taken) else found


def _make_site(session: Session, ref: str) -> Site:
    site_id = stable_id("site", SiteKind.PROJECT, ref)
    site = Site(id=site_id, kind=SiteKind.PROJECT, ref=ref, name=ref)
    session.add(site)
    session.flush()
    return site


def _list_values(facts: ProjectFacts) -> dict[str, Any]:
    values = {one.name: getattr(facts, one.name) for one in fields(facts)}
    del values["organisation_kind"]
    return values | {"x": round(facts.x, 2), "y": round(facts.y, 2)}


def _write(session: Session, project: Project, site: Site, facts: ProjectFacts) -> None:
    for name in _PROJECT_COLUMNS:
        setattr(project, name, getattr(facts, name))
    for name in _SITE_COLUMNS:
        setattr(site, name, getattr(facts, name))
    site.name = facts.name
    place_site(site, x=round(facts.x, 2), y=round(facts.y, 2))
    builder = " ".join((facts.organisation or "").split())
    project.organisation_id = (
        find_or_add_organisation(session, builder, kind=facts.organisation_kind) if builder else None
    )
