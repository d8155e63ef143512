# SPDX-License-Identifier: EUPL-1.2
"""Keep a lot's survey in step with its quantity, and correct a quantity with a reason."""

from decimal import Decimal
from typing import Any
from uuid import UUID

from sqlalchemy.orm import Session

from inventory.actions.changes import record_changes, set_columns
from inventory.actions.lots.step import lock_surveyed
from inventory.actions.survey_amount import MOST_STEPS, count_usable_steps, find_content
from inventory.errors import BadInputError, StateError
from inventory.tables import Lot, LotSurvey, MaterialClass, TradeUnit

# Finer than anybody counts: 3.125 pallets.
_FINEST = Decimal("0.001")


class RecountEstimateError(StateError):
    """Lot {ref} is an estimate: its quantity cannot be corrected. Survey the material instead."""


class RecountReasonError(BadInputError):
    """Say why the quantity of lot {ref} is another: counted again, breakage, or what else it was."""


class RecountAmountError(BadInputError):
    """The quantity {quantity} is not a whole number of steps from 0 to a billion."""


def recount_lot(session: Session, *, lot_id: UUID, quantity: int, why: str, by: str | None = None) -> bool:
    """Correct the quantity of a lot: there is more or less of it than was written down.

    Parameters
    ----------
    session
        Its transaction; nothing is committed here.
    lot_id
        The lot.
    quantity
        Steps there are.
    why, by
        The reason, which must be given, and who.

    Returns
    -------
    bool
        Whether anything changed.

    Raises
    ------
    inventory.actions.lots.step.LotUnknownError
        There is no such lot.
    RecountEstimateError, RecountReasonError, RecountAmountError
        See there.
    """
    lot = lock_surveyed(session, lot_id, refusal=RecountEstimateError)
    if not 0 <= quantity <= MOST_STEPS:
        raise RecountAmountError(quantity=quantity)
    if not why.strip():
        raise RecountReasonError(ref=lot.ref)
    changes = set_columns(session, lot, {"quantity": quantity})
    if changes:
        write_count(session, lot)
    return record_changes(
        session, "lot_recounted", subject="lot", subject_id=lot_id, changes=changes, by=by, why=why.strip()
    )


def write_count(session: Session, lot: Lot) -> None:
    """Let the survey of a lot say what its quantity is now; a lot without a survey has nothing to say.

    The count stays in the trade unit, gross, where that comes out even; otherwise it becomes the usable
    quantity in the class's own unit.
    """
    seen = session.get(LotSurvey, lot.id, populate_existing=True)
    if seen is None:
        return
    material = session.get_one(MaterialClass, lot.class_id)
    before = seen.count
    seen.count, kept = _reckon_count(lot, seen, step=material.step, unit=material.unit)
    if not kept:
        seen.trade_unit, seen.content = TradeUnit.OWN, None
        seen.yield_percent, seen.yield_source = 100, None
    if seen.identical is not None:
        whole = kept and seen.identical == before and seen.count == int(seen.count) and seen.count > 0
        seen.identical = int(seen.count) if whole else None
    session.flush()


def _reckon_count(lot: Lot, seen: LotSurvey, *, step: Decimal, unit: Any) -> tuple[Decimal, bool]:
    """Give the count of a quantity, and whether it is still in the trade unit."""
    net = lot.quantity * step
    dimensions = {name: getattr(lot, name) for name in ("length_mm", "width_mm", "thickness_mm")}
    content = find_content(seen.trade_unit, unit=unit, content=seen.content, dimensions=dimensions)
    whole = content * seen.yield_percent
    if whole > 0:
        count = (net * 100 / whole).quantize(_FINEST)
        if (
            count * whole == net * 100
            and count_usable_steps(count, content=content, yield_percent=seen.yield_percent, step=step)
            == lot.quantity
        ):
            return _trim(count), True
    return _trim(net), False


def _trim(number: Decimal) -> Decimal:
    """Write a number without zeros at its end, and never as a power of ten."""
    return Decimal(f"{number.normalize():f}")
