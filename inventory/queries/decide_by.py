# SPDX-License-Identifier: EUPL-1.2
"""Lots whose day to decide comes up, and how much of each the latest plan has a taker for."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Integer, and_, func, literal, select, true
from sqlalchemy.orm import Session

from inventory.queries.offers import AnyRow
from inventory.queries.runs import newest_plan
from inventory.queries.supply import counted_lots
from inventory.tables import Match, MatchStatus, MaterialClass, Municipality, Site


def decide_day(lot: Any) -> ColumnElement[date]:
    """Give the last day on which a lot can be agreed: its own, else the last day of its window.

    Parameters
    ----------
    lot
        Columns of `judged_lots` or `counted_lots`.
    """
    day: ColumnElement[date] = func.coalesce(lot.decide_by, lot.available_to - literal(1, Integer))
    return day


def list_decide_by(
    session: Session, *, today: date, within: int, organisation_id: UUID | None = None
) -> Sequence[AnyRow]:
    """List the lots to decide on from today on, the most urgent first.

    The day of a lot is its own decide-by day; a lot without one has until the last day of its window.

    Parameters
    ----------
    session : Session
    today : date
        The first day looked at.
    within : int
        Days after `today` that are looked at as well.
    organisation_id : UUID, optional
        Whose lots; None for everybody's.

    Returns
    -------
    Sequence of rows
        Columns ``id, ref, day, stated`` (whether the lot itself names the day), ``site_name,
        municipality, class_code, name_da, name_en, unit, basis``, and ``quantity, placed, free`` in the
        class's unit: what counts, what the latest plan has a taker for, and the rest, never below 0.
        Matches that have gone stale place nothing.
    """
    lot = counted_lots().subquery("lot")
    day = decide_day(lot.c)
    taken = (
        select(Match.lot_id, func.sum(Match.quantity).label("steps"))
        .where(Match.run_id == newest_plan(), Match.status == MatchStatus.PROPOSED)
        .group_by(Match.lot_id)
        .subquery("taken")
    )
    placed = func.least(func.coalesce(taken.c.steps, 0), lot.c.quantity)
    query = (
        select(
            lot.c.id,
            lot.c.ref,
            day.label("day"),
            lot.c.decide_by.is_not(None).label("stated"),
            Site.name.label("site_name"),
            Municipality.name.label("municipality"),
            lot.c.class_code,
            MaterialClass.name_da,
            MaterialClass.name_en,
            lot.c.unit,
            lot.c.basis,
            (lot.c.quantity * lot.c.step).label("quantity"),
            (placed * lot.c.step).label("placed"),
            ((lot.c.quantity - placed) * lot.c.step).label("free"),
        )
        .join(Site, Site.id == lot.c.site_id)
        .join(MaterialClass, MaterialClass.id == lot.c.class_id)
        .outerjoin(Municipality, Municipality.code == lot.c.municipality_code)
        .outerjoin(taken, taken.c.lot_id == lot.c.id)
        .where(and_(day >= today, day <= today + timedelta(days=within)))
        .where(true() if organisation_id is None else lot.c.organisation_id == organisation_id)
        .order_by(day, Site.name, lot.c.ref, lot.c.id)
    )
    return session.execute(query).all()
