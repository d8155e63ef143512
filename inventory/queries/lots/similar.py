# SPDX-License-Identifier: EUPL-1.2
"""Lots like another one: of its class, near, of like dimensions and free at about the same time."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cache
from typing import Any
from uuid import UUID

from sqlalchemy import Integer, Subquery, bindparam, func, literal, select
from sqlalchemy.orm import Session

from inventory.queries.offers import AnyRow
from inventory.queries.places.sites import public_point
from inventory.queries.supply import judged_lots
from inventory.tables import Building, Lot, MaterialClass, Municipality, Site

DIMENSIONS = ("length_mm", "width_mm", "height_mm", "thickness_mm")
_LOOKED_AT = 60
"""The nearest of the class that are looked at: the index gives them in order, however many there are."""
_METRES, _DAYS = 75_000, 90
"""How far apart, in place or time, is as unlike as one dimension twice the other: an order, not a rule."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SimilarLot:
    """A lot that counts, of another's class.

    `row` has id, ref, site_id, name_da, name_en, unit, amount (what counts, in the class's unit), basis, the
    window, firmness, municipality_name and the dimensions; `metres` is the distance in a straight line
    between the two public points, empty where one has none.
    """

    row: AnyRow
    metres: float | None


def read_similar_lots(
    session: Session,
    *,
    class_id: int,
    lot_id: UUID | None = None,
    site_id: UUID | None = None,
    limit: int = 6,
) -> list[SimilarLot]:
    """Read the lots that count and are most like one of a class, the likest first.

    The nearest sixty of the class are looked at, by the index on class and place, so the answer takes as long
    among a million lots as among a thousand. Distances are those of the public points: a home is no nearer to
    be told from here than from its own page.

    Parameters
    ----------
    session
    class_id
        What they are of.
    lot_id
        The lot they are like; it is not among them. None where it is gone.
    site_id
        Where it is, or was; None for nowhere.
    limit
        Most to give.
    """
    where = _find_place(session, site_id=site_id)
    near = select(Lot.id).where(Lot.class_id == literal(class_id, Integer), Lot.id != bindparam("lot_id"))
    near = near.order_by(Lot.geom.op("<->")(where.point) if where is not None else Lot.id).limit(_LOOKED_AT)
    ids = list(session.scalars(near, {"lot_id": lot_id or UUID(int=0)}))
    judged = _judged()
    lot, rows = judged.c, _rows(judged, where)
    own = None if lot_id is None else session.execute(rows.where(lot.id == lot_id)).one_or_none()
    counted = rows.where(lot.id.in_(ids), lot.not_counted.is_(None))
    found = [SimilarLot(row=row, metres=row.metres) for row in session.execute(counted)]
    return sorted(found, key=lambda one: (_differ(one, own), str(one.row.id)))[:limit]


def _find_place(session: Session, *, site_id: UUID | None) -> AnyRow | None:
    if site_id is None:
        return None
    query = (
        select(public_point().label("point"))
        .select_from(Site)
        .outerjoin(Building, Building.site_id == Site.id)
        .where(Site.id == site_id, Site.geom.is_not(None))
    )
    return session.execute(query).one_or_none()


@cache
def _judged() -> Subquery:
    """Compose once; two who ask first at once get one each, so whoever asks does so once."""
    return judged_lots().subquery("judged")


def _rows(judged: Subquery, where: AnyRow | None) -> Any:
    lot = judged.c
    metres = literal(None) if where is None else func.ST_Distance(public_point(), where.point)
    return (
        select(
            lot.id,
            lot.ref,
            lot.site_id,
            MaterialClass.name_da,
            MaterialClass.name_en,
            lot.unit,
            (lot.quantity * lot.step).label("amount"),
            lot.basis,
            lot.available_from,
            lot.available_to,
            lot.firmness,
            Municipality.name.label("municipality_name"),
            *(lot[name] for name in DIMENSIONS),
            metres.label("metres"),
        )
        .select_from(judged)
        .join(Site, Site.id == lot.site_id)
        .join(MaterialClass, MaterialClass.id == lot.class_id)
        .outerjoin(Building, Building.site_id == Site.id)
        .outerjoin(Municipality, Municipality.code == Site.municipality_code)
    )


def _differ(one: SimilarLot, own: AnyRow | None) -> float:
    """Say how unlike two lots are: 0 for the same place, dimensions and days."""
    unlike = (one.metres if one.metres is not None else _METRES) / _METRES
    if own is None:
        return unlike
    for name in DIMENSIONS:
        here, there = getattr(own, name), getattr(one.row, name)
        if here and there:
            unlike += float(max(Decimal(here) / there, Decimal(there) / here)) - 1
        elif here or there:
            unlike += 0.5
    return unlike + _days_apart(own, one.row) / _DAYS


def _days_apart(one: AnyRow, other: AnyRow) -> int:
    """Count the days between two windows; 0 where they meet, or where one is not known."""
    starts: tuple[date | None, date | None] = (one.available_from, other.available_from)
    ends: tuple[date | None, date | None] = (one.available_to, other.available_to)
    if starts[0] is None or starts[1] is None or ends[0] is None or ends[1] is None:
        return 0
    return max((starts[1] - ends[0]).days, (starts[0] - ends[1]).days, 0)
