# SPDX-License-Identifier: EUPL-1.2
"""How long new goods take from order to site, by class, from the factors in force."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from inventory.tables import Factor, FactorStatus

KIND = "lead_time"


@dataclass(frozen=True, slots=True, kw_only=True)
class LeadTime:
    """Days from order to site, the least and most it is thought to be, and where that is from."""

    days: int
    low: int | None
    high: int | None
    assumption: bool
    source: str
    valid_from: date


def read_lead_times(session: Session, *, class_ids: Collection[int], as_of: date) -> dict[int, LeadTime]:
    """Read the lead time of each class on a day; classes without one are left out."""
    query = select(Factor).where(
        Factor.kind == KIND,
        Factor.class_id.in_(list(class_ids)),
        Factor.valid_from <= as_of,
        or_(Factor.valid_to.is_(None), Factor.valid_to > as_of),
    )
    rows = session.execute(query.with_only_columns(*Factor.__table__.c))
    return {
        row.class_id: LeadTime(
            days=int(row.value),
            low=None if row.low is None else int(row.low),
            high=None if row.high is None else int(row.high),
            assumption=row.status == FactorStatus.ASSUMPTION,
            source=row.source,
            valid_from=row.valid_from,
        )
        for row in rows
    }
