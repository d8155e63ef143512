# SPDX-License-Identifier: EUPL-1.2
"""How many bars a lot counted in metres is, as it was counted, and what a cutting plan took it to be."""

from collections.abc import Collection
from dataclasses import dataclass
from decimal import Decimal
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Numeric, cast, func, or_, select
from sqlalchemy.orm import Session

from inventory.tables import Lot, LotStatus, LotSurvey, MaterialClass, TradeUnit, Unit

MM_PER_M = 1000
IN_BARS = (TradeUnit.PIECE, TradeUnit.ELEMENT)
SEEN = (
    "class_id",
    "length_mm",
    "width_mm",
    "height_mm",
    "thickness_mm",
    "grade",
    "strength",
    "fire",
    "year",
    "colour",
    "kind",
    "documentation",
    "screening",
)
"""Columns of a lot that decide whether it may be sawn to a piece."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Counted:
    """What the survey of a lot says of its count: columns of `lot_survey`."""

    trade_unit: TradeUnit
    count: Decimal
    content: Decimal | None
    yield_percent: int


def count_bars(
    *, quantity: int, length_mm: int | None, counted: Counted | None, mm_per_step: int
) -> tuple[int, bool]:
    """Say how many whole bars a lot is, and whether somebody counted them.

    Parameters
    ----------
    quantity, length_mm
        Of a lot counted in metres; steps, and None where no length is known.
    counted
        Its survey.
    mm_per_step
        Of its class.

    Notes
    -----
    Eleven bars of 4,150 mm are 45.65 m, of which 456 whole steps are counted: these make ten bars and a
    rest. So a count of bars that agrees with the quantity wins over the quantity.
    """
    if not length_mm:
        return 0, False
    if counted is not None and counted.trade_unit in IN_BARS:
        usable = counted.count * counted.yield_percent / 100
        own_length = counted.content is None or counted.content * MM_PER_M == length_mm
        if own_length and usable == int(usable) and int(usable) * length_mm // mm_per_step == quantity:
            return int(usable), True
    return quantity * mm_per_step // length_mm, False


def list_bars_counted(session: Session) -> dict[UUID, int]:
    """List the offered lots whose quantity, rounded down, makes a bar less than were counted.

    Returns
    -------
    dict
        Lot -> the steps, rounded up, that make as many bars as were counted.
    """
    usable: ColumnElement[Decimal] = LotSurvey.count * LotSurvey.yield_percent / 100
    step = cast(MaterialClass.step * MM_PER_M, Numeric)
    steps: ColumnElement[Decimal] = usable * Lot.length_mm / step
    query = (
        select(Lot.id, func.ceil(steps))
        .join(LotSurvey, LotSurvey.lot_id == Lot.id)
        .join(MaterialClass, MaterialClass.id == Lot.class_id)
        .where(
            Lot.unit == Unit.M,
            Lot.status == LotStatus.OFFERED,
            Lot.length_mm > 0,
            LotSurvey.trade_unit.in_(IN_BARS),
            or_(LotSurvey.content.is_(None), LotSurvey.content * MM_PER_M == Lot.length_mm),
            usable == func.floor(usable),
            Lot.quantity == func.floor(steps),
            steps > Lot.quantity,
        )
    )
    return {row[0]: int(row[1]) for row in session.execute(query)}


def photograph_bars(session: Session, *, lot_ids: Collection[UUID]) -> dict[str, dict[str, Any]]:
    """Take down of lots what decides whether they may be sawn: columns of `SEEN`, by id as text."""
    query = select(Lot.id, *(getattr(Lot, name) for name in SEEN)).where(Lot.id.in_(lot_ids))
    return {str(row.id): {name: getattr(row, name) for name in SEEN} for row in session.execute(query)}
