# SPDX-License-Identifier: EUPL-1.2
"""Demolitions as the pages show them: one with its history, its lots and the matches that rest on it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from inventory.queries.lots.steps import states_in_the_building
from inventory.queries.offers import AnyRow
from inventory.queries.runs import newest_plan
from inventory.tables import (
    Demolition,
    Event,
    Lot,
    Match,
    MatchStatus,
    MaterialClass,
    Project,
    Requirement,
    Run,
    RunStatus,
    Site,
)

MOVED = "demolition_moved"
UNDONE = "demolition_move_undone"


@dataclass(frozen=True, slots=True, kw_only=True)
class HistoryStep:
    """One step of a demolition's history.

    `data` has ``before`` and ``after`` (each ``site`` and ``plan``, the latter empty where there was none),
    ``by, why, lots, held, lost``; `undone` says that the step was taken back.
    """

    id: int
    at: datetime
    data: dict[str, Any]
    undone: bool


def read_demolition(session: Session, *, site_id: UUID) -> AnyRow | None:
    """Read the days of a site's demolition, or None where nobody has said any."""
    return session.execute(select(Demolition.__table__).where(Demolition.site_id == site_id)).one_or_none()


def read_history(session: Session, *, site_id: UUID) -> list[HistoryStep]:
    """Read how a demolition's days and stage moved, newest first."""
    rows = session.execute(
        select(Event.id, Event.at, Event.kind, Event.data)
        .where(Event.subject_kind == "site", Event.subject_id == site_id, Event.kind.in_((MOVED, UNDONE)))
        .order_by(Event.id.desc())
    ).all()
    undone = {row.data["of"] for row in rows if row.kind == UNDONE}
    return [
        HistoryStep(id=row.id, at=row.at, data=row.data, undone=row.id in undone)
        for row in rows
        if row.kind == MOVED
    ]


def read_movable_lots(session: Session, *, site_id: UUID) -> Sequence[AnyRow]:
    """Read the lots that are still in a building, with their own days.

    Columns ``id, ref, name_da, name_en, available_from, available_to, decide_by``.
    """
    query = (
        select(
            Lot.id,
            Lot.ref,
            MaterialClass.name_da,
            MaterialClass.name_en,
            Lot.available_from,
            Lot.available_to,
            Lot.decide_by,
        )
        .join(MaterialClass, MaterialClass.id == Lot.class_id)
        .where(Lot.site_id == site_id, Lot.status.in_(states_in_the_building()))
        .order_by(Lot.ref, Lot.id)
    )
    return session.execute(query).all()


def read_site_matches(session: Session, *, site_id: UUID) -> Sequence[AnyRow]:
    """Read the matches of finished plans that rest on a site's lots, the newest plan's first.

    Returns
    -------
    Sequence of rows
        Columns ``id, run_id, run_at, newest`` (of the newest plan), ``lot_id, requirement_id, name_da,
        name_en, unit, amount, project_name, pick_up, deliver, status``. Those that went stale while their
        plan was made are left out.
    """
    query = (
        select(
            Match.id,
            Match.run_id,
            Run.created_at.label("run_at"),
            (Match.run_id == newest_plan()).label("newest"),
            Match.lot_id,
            Match.requirement_id,
            MaterialClass.name_da,
            MaterialClass.name_en,
            MaterialClass.unit,
            (Match.quantity * MaterialClass.step).label("amount"),
            Project.name.label("project_name"),
            Match.pick_up,
            Match.deliver,
            Match.status,
        )
        .join(Run, Run.id == Match.run_id)
        .join(Lot, Lot.id == Match.lot_id)
        .join(MaterialClass, MaterialClass.id == Match.class_id)
        .join(Requirement, Requirement.id == Match.requirement_id)
        .join(Project, Project.id == Requirement.project_id)
        .where(Lot.site_id == site_id, Run.status == RunStatus.DONE, Match.status != MatchStatus.STALE)
        .order_by(Run.created_at.desc(), Match.pick_up, Match.id)
    )
    return session.execute(query).all()


def read_project_moves(session: Session, *, site_id: UUID) -> Sequence[AnyRow]:
    """Read the matches of the newest plan that a project of a site loses, since the donor's days moved.

    Columns ``requirement_id, lot_id, donor_id, name_da, name_en, unit, amount, pick_up``.
    """
    query = (
        select(
            Match.requirement_id,
            Match.lot_id,
            Lot.site_id.label("donor_id"),
            MaterialClass.name_da,
            MaterialClass.name_en,
            MaterialClass.unit,
            (Match.quantity * MaterialClass.step).label("amount"),
            Match.pick_up,
        )
        .join(Lot, Lot.id == Match.lot_id)
        .join(MaterialClass, MaterialClass.id == Match.class_id)
        .join(Requirement, Requirement.id == Match.requirement_id)
        .join(Project, Project.id == Requirement.project_id)
        .where(
            Project.site_id == site_id,
            Match.run_id == newest_plan(),
            Match.status == MatchStatus.MOVED,
        )
        .order_by(Match.pick_up, Match.id)
    )
    return session.execute(query).all()


def count_moved(session: Session, *, run_id: UUID) -> int:
    """Count the matches of a plan whose pick-up lies outside their lot's window, since that has moved."""
    query = select(func.count()).where(Match.run_id == run_id, Match.status == MatchStatus.MOVED)
    return session.execute(query).scalar_one()


def read_window(session: Session, *, site_id: UUID) -> tuple[date, date] | None:
    """Read the window of a site, or None where it has none."""
    row = session.execute(select(Site.available_from, Site.available_to).where(Site.id == site_id)).one()
    return None if row.available_from is None else (row.available_from, row.available_to)
