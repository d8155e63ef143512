# SPDX-License-Identifier: EUPL-1.2
"""The history of a project and its requirements, and what of it can be undone."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, and_, func, or_, select
from sqlalchemy.orm import Session, aliased

from inventory.queries.offers import AnyRow
from inventory.tables import Event, Requirement

UNDOABLE = {
    "project": (
        "project_corrected",
        "design_option_added",
        "design_option_renamed",
        "design_option_chosen",
        "design_option_removed",
    ),
    "requirement": (
        "requirement_added",
        "requirement_corrected",
        "requirement_supplier_chosen",
        "requirement_withdrawn",
        "requirement_restored",
    ),
}
"""Kinds of event that can be undone, by the table of what they happened to."""

UNDONE = {"project": "project_undone", "requirement": "requirement_undone"}
"""The kind of event that undoes them: its data names the event as `undoes`."""


def find_undoable_change(session: Session, *, subject: tuple[str, UUID]) -> AnyRow | None:
    """Find the last change of a thing that can be undone and is not: id, at, kind, data."""
    kind, subject_id = subject
    query = (
        select(Event.id, Event.at, Event.kind, Event.data)
        .where(Event.subject_kind == kind, Event.subject_id == subject_id, _still_stands(kind))
        .order_by(Event.id.desc())
        .limit(1)
    )
    return session.execute(query).one_or_none()


def list_undoable(session: Session, *, requirement_ids: Collection[UUID]) -> set[UUID]:
    """List which requirements have a change that can be undone."""
    query = select(Event.subject_id).where(
        Event.subject_kind == "requirement",
        Event.subject_id.in_(list(requirement_ids)),
        _still_stands("requirement"),
    )
    return set(session.scalars(query.distinct()))


def _still_stands(kind: str) -> ColumnElement[bool]:
    undone = aliased(Event, name="undone")
    return and_(
        Event.kind.in_(UNDOABLE[kind]),
        ~select(undone.id)
        .where(
            undone.subject_kind == kind,
            undone.subject_id == Event.subject_id,
            undone.kind == UNDONE[kind],
            undone.data["undoes"].as_integer() == Event.id,
        )
        .exists(),
    )


def find_supplier_choice(session: Session, *, requirement_id: UUID) -> AnyRow | None:
    """Find the choice of who buys a requirement's material that stands: at and data; None where none does.

    Its data has `by`, `why`, `match` and `compared`: what was compared, with names and money in øre.
    """
    query = (
        select(Event.at, Event.data)
        .where(
            Event.subject_kind == "requirement",
            Event.subject_id == requirement_id,
            Event.kind == "requirement_supplier_chosen",
            _still_stands("requirement"),
        )
        .order_by(Event.id.desc())
        .limit(1)
    )
    return session.execute(query).one_or_none()


@dataclass(frozen=True, slots=True, kw_only=True)
class SupplierChoice:
    """The choice of who buys a requirement's material that stands: `at` and `data` as `find_supplier_choice`.

    `undoable` says that it is the last thing done to the requirement, so that undo takes it back.
    """

    at: datetime
    data: Mapping[str, Any]
    undoable: bool


def map_supplier_choices(
    session: Session, *, requirement_ids: Collection[UUID]
) -> dict[UUID, SupplierChoice]:
    """Map requirements to the choice of who buys their material that stands, those that have one."""
    last = (
        select(
            func.max(Event.id).label("last"),
            func.max(Event.id).filter(Event.kind == "requirement_supplier_chosen").label("chosen"),
        )
        .where(
            Event.subject_kind == "requirement",
            Event.subject_id.in_(list(requirement_ids)),
            _still_stands("requirement"),
        )
        .group_by(Event.subject_id)
        .subquery("stands")
    )
    query = select(Event.id, Event.subject_id, Event.at, Event.data, last.c.last)
    return {
        row.subject_id: SupplierChoice(at=row.at, data=row.data, undoable=row.id == row.last)
        for row in session.execute(query.join(last, last.c.chosen == Event.id))
    }


def read_last_change(session: Session, *, subject: tuple[str, UUID]) -> int:
    """Read the id of the last event of a thing; 0 where nothing ever happened to it."""
    kind, subject_id = subject
    query = select(func.max(Event.id)).where(Event.subject_kind == kind, Event.subject_id == subject_id)
    return session.scalar(query) or 0


def read_project_history(session: Session, *, project_id: UUID, most: int = 200) -> list[AnyRow]:
    """Read what happened to a project and its requirements: at, kind, data, subject_id, ref; newest first.

    `ref` is the requirement's, empty for the project itself.
    """
    # by their ids, so that the index of the log finds them
    wanted = session.scalars(select(Requirement.id).where(Requirement.project_id == project_id)).all()
    mine = or_(
        and_(Event.subject_kind == "project", Event.subject_id == project_id),
        and_(Event.subject_kind == "requirement", Event.subject_id.in_(wanted)),
    )
    return _read(session, mine, most=most)


def read_requirement_history(session: Session, *, requirement_id: UUID, most: int = 200) -> list[AnyRow]:
    """Read what happened to a requirement, as `read_project_history` does."""
    mine = and_(Event.subject_kind == "requirement", Event.subject_id == requirement_id)
    return _read(session, mine, most=most)


def _read(session: Session, mine: ColumnElement[bool], *, most: int) -> list[AnyRow]:
    columns: tuple[Any, ...] = (Event.at, Event.kind, Event.data, Event.subject_id, Requirement.ref)
    of_requirement = and_(Event.subject_kind == "requirement", Requirement.id == Event.subject_id)
    query = select(*columns).outerjoin(Requirement, of_requirement).where(mine)
    return list(session.execute(query.order_by(Event.id.desc()).limit(most)))
