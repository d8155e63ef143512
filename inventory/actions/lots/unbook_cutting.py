# SPDX-License-Identifier: EUPL-1.2
"""Undoing a booked cutting: all goes back into the bars, while nothing of it was used or changed."""

from decimal import Decimal
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from inventory.actions.events import record_event
from inventory.actions.lots.move import move_steps
from inventory.actions.lots.step import ChangedSinceError, StepRefusedError, change_status, lock_lot
from inventory.errors import StateError
from inventory.queries.lots.life import find_undoable
from inventory.queries.offers import AnyRow
from inventory.tables import (
    Cutting,
    CuttingBar,
    CuttingPart,
    Lot,
    LotOrigin,
    LotStatus,
    LotSurvey,
    TradeUnit,
)


class CuttingNotBookedError(StateError):
    """The cutting plan is not booked: there is nothing to undo."""


def unbook_cutting(
    session: Session, *, cutting_id: UUID, by: str | None = None, why: str | None = None
) -> None:
    """Undo the booking of a cutting plan, which can be booked again afterwards.

    Raises
    ------
    CuttingNotBookedError
        See there.
    inventory.actions.lots.step.ChangedSinceError
        Something was done since with one of the lots it sawed or made.
    """
    query = select(CuttingBar.lot_id).where(CuttingBar.cutting_id == cutting_id)
    lot_id = session.scalars(query.order_by(CuttingBar.lot_id).limit(1)).first()
    if lot_id is None:
        raise CuttingNotBookedError
    lot = lock_lot(session, lot_id)
    event = find_undoable(session, lot_id=lot_id)
    if event is None or event.kind != "lot_cut" or event.data["cutting"] != str(cutting_id):
        raise ChangedSinceError(ref=lot.ref, other=lot.ref, status=lot.status, there=lot.quantity)
    unbook_lots(session, lot, event, by=by, why=why)


def unbook_lots(session: Session, lot: Lot, event: AnyRow, *, by: str | None, why: str | None) -> None:
    """Undo the cutting that an event of a locked lot tells of, for all its lots at once.

    What it made is left empty and discarded; what was done stays in the history.

    Raises
    ------
    inventory.actions.lots.step.ChangedSinceError
        As `unbook_cutting`.
    """
    cutting = session.get(Cutting, UUID(event.data["cutting"]), with_for_update=True, populate_existing=True)
    query = select(LotOrigin).where(LotOrigin.move_id == UUID(event.data["move"])).order_by(LotOrigin.id)
    moves = session.scalars(query).all()
    ids = sorted({one for move in moves for one in (move.parent_id, move.child_id)})
    lots = {one: lock_lot(session, one) for one in ids}
    events = {one: _find_event(session, lots[one], event=event, asked=lot) for one in ids}
    back = uuid4()
    for move in moves:
        made = lots[move.child_id]
        parent = lots[move.parent_id]
        move_steps(session, parent=made, child=parent, quantity=move.quantity, move_id=back)
    for one, found in lots.items():
        was = events[one].data
        changes: dict[str, list[Any]] = {"quantity": list(reversed(was["changes"]["quantity"]))}
        if was.get("counted") is not None:
            _restore_count(session, found, was["counted"])
        if "into" in was:
            changes |= _discard_empty(session, found)
        record_event(
            session,
            kind="lot_undone",
            subject_kind="lot",
            subject_id=one,
            data={"by": by, "why": why, "undoes": events[one].id, "what": "lot_cut", "changes": changes},
        )
    if cutting is not None:
        cutting.booked_at, cutting.booked_by = None, None
        for table in (CuttingPart, CuttingBar):
            session.execute(delete(table).where(table.cutting_id == cutting.id))
        record_event(
            session,
            kind="cutting_unbooked",
            subject_kind="project",
            subject_id=cutting.project_id,
            data={"by": by, "why": why, "cutting": str(cutting.id)},
        )
    session.flush()


def _find_event(session: Session, found: Lot, *, event: AnyRow, asked: Lot) -> AnyRow:
    """Find the event that tells of the cutting, if nothing was done with the lot since."""
    last = find_undoable(session, lot_id=found.id)
    if (
        last is None
        or last.data.get("move") != event.data["move"]
        or found.quantity != last.data["changes"]["quantity"][1]
    ):
        raise ChangedSinceError(ref=asked.ref, other=found.ref, status=found.status, there=found.quantity)
    return last


def _discard_empty(session: Session, lot: Lot) -> dict[str, list[Any]]:
    """Discard what is empty now, where its state lets it; give what changed."""
    before = lot.status
    if before is LotStatus.DISCARDED:
        return {}
    try:
        change_status(session, lot, to=LotStatus.DISCARDED, undo=False)
    except StepRefusedError:
        return {}
    return {"status": [before, lot.status]}


def _restore_count(session: Session, lot: Lot, counted: dict[str, Any]) -> None:
    survey = session.get(LotSurvey, lot.id, populate_existing=True)
    if survey is None:
        return
    for name, value in counted.items():
        setattr(survey, name, Decimal(value) if name in {"count", "content"} and value is not None else value)
    survey.trade_unit = TradeUnit(counted["trade_unit"])
    session.flush()
