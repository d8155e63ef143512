# SPDX-License-Identifier: EUPL-1.2
"""How far from a lot requirements may lie, where neither a requirement nor a run says otherwise."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from inventory.tables import Factor

_KILOMETRE = 1000


@dataclass(frozen=True, slots=True, kw_only=True)
class Reach:
    """Metres by road, how much longer a road is than a straight line, and the metres that makes in one."""

    road_metres: int
    detour: Decimal
    metres: int


def read_reach(session: Session, *, today: date) -> Reach | None:
    """Read the usual reach of a lot; None where the factors are not there.

    The same two factors a run takes where it is given none (docs/explanation/distance.md, tier a): inside one
    land mass a road is the straight line times the detour.
    """
    query = select(Factor.kind, Factor.value).where(
        Factor.kind.in_(("detour", "max_distance_default")),
        Factor.class_id.is_(None),
        Factor.valid_from <= today,
        or_(Factor.valid_to.is_(None), Factor.valid_to > today),
    )
    factors = {row.kind: row.value for row in session.execute(query)}
    if len(factors) < 2:
        return None
    road = int(factors["max_distance_default"] * _KILOMETRE)
    return Reach(road_metres=road, detour=factors["detour"], metres=int(road / factors["detour"]))
