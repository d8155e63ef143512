# SPDX-License-Identifier: EUPL-1.2
"""Undo the last step, split, merge, recount or sawing of a lot; what was done stays in the history."""

from collections.abc import Mapping, Sequence
from uuid import UUID, uuid4

from sqlalchemy import select
from sqlalchemy.orm import Session

from inventory.actions.events import record_event
from inventory.actions.lots.count import write_count
from inventory.actions.lots.move import move_steps
from inventory.actions.lots.step import ChangedSinceError, change_status, lock_lot
from inventory.actions.lots.unbook_cutting import unbook_lots
from inventory.errors import StateError
from inventory.queries.lots.life import find_undoable
from inventory.queries.offers import AnyRow
from inventory.tables import Lot, LotOrigin, LotStatus


class NothingToUndoError(StateError):
    """There is nothing left to undo of lot {ref}."""


def undo_lot(session: Session, *, lot_id: UUID, by: str | None = None, why: str | None = None) -> str:
    """Undo what was last done to a lot: a step, a split, a merge, a recount or its sawing.

    Called again it undoes what came before that. A split, a merge or a cutting is undone for all its lots.

    Returns
    -------
    str
        Kind of the event that was undone.

    Raises
    ------
    inventory.actions.lots.step.LotUnknownError
        There is no such lot.
    NothingToUndoError
        Nothing was done to it, or all is undone.
    ChangedSinceError
        What would have to go back is no longer there, or in another state.
    inventory.actions.lots.step.StepRefusedError, StepMissingError
        The earlier state cannot be had back.
    """
    lot = lock_lot(session, lot_id)
    event = find_undoable(session, lot_id=lot_id)
    if event is None:
        raise NothingToUndoError(ref=lot.ref)
    if event.kind == "lot_step":
        _undo_step(session, lot, event, by=by, why=why)
    elif event.kind == "lot_recounted":
        _undo_recount(session, lot, event, by=by, why=why)
    elif event.kind == "lot_cut":
        unbook_lots(session, lot, event, by=by, why=why)
    else:
        _undo_move(session, lot, event, by=by, why=why)
    return str(event.kind)


def _undo_step(session: Session, lot: Lot, event: AnyRow, *, by: str | None, why: str | None) -> None:
    before, after = LotStatus(event.data["from"]), LotStatus(event.data["to"])
    if lot.status is not after:
        raise ChangedSinceError(ref=lot.ref, other=lot.ref, status=lot.status, there=lot.quantity)
    change_status(session, lot, to=before, undo=True)
    _record(session, lot, event, changes={"status": [after, before]}, by=by, why=why)


def _undo_recount(session: Session, lot: Lot, event: AnyRow, *, by: str | None, why: str | None) -> None:
    before, after = event.data["changes"]["quantity"]
    if lot.quantity != after:
        raise ChangedSinceError(ref=lot.ref, other=lot.ref, status=lot.status, there=lot.quantity)
    lot.quantity = before
    session.flush()
    write_count(session, lot)
    _record(session, lot, event, changes={"quantity": [after, before]}, by=by, why=why)


def _undo_move(session: Session, lot: Lot, event: AnyRow, *, by: str | None, why: str | None) -> None:
    """Send what moved back the way it came."""
    move_id = UUID(event.data["move"])
    moves = session.scalars(
        select(LotOrigin).where(LotOrigin.move_id == move_id).order_by(LotOrigin.id)
    ).all()
    ids = sorted({one for move in moves for one in (move.parent_id, move.child_id)})
    lots = {one: lock_lot(session, one) for one in ids}
    events = {one: find_undoable(session, lot_id=one) for one in ids}
    held = {one: found.quantity for one, found in lots.items()}
    for one, found in lots.items():
        last = events[one]
        leaving = sum(move.quantity for move in moves if move.child_id == one)
        same_move = last is not None and last.data.get("move") == event.data["move"]
        if not same_move or found.status is not lot.status or found.quantity < leaving:
            raise ChangedSinceError(ref=lot.ref, other=found.ref, status=found.status, there=found.quantity)
    back, merge = uuid4(), move_id if event.kind == "lot_merged" else None
    for move in moves:
        move_steps(
            session,
            parent=lots[move.child_id],
            child=lots[move.parent_id],
            quantity=move.quantity,
            move_id=back,
            undone_merge=merge,
        )
    for one, found in lots.items():
        last = events[one]
        assert last is not None
        changes = {"quantity": [held[one], found.quantity]}
        _record(session, found, last, changes=changes, by=by, why=why)


def _record(
    session: Session,
    lot: Lot,
    event: AnyRow,
    *,
    changes: Mapping[str, Sequence[object]],
    by: str | None,
    why: str | None,
) -> None:
    record_event(
        session,
        kind="lot_undone",
        subject_kind="lot",
        subject_id=lot.id,
        data={"by": by, "why": why, "undoes": event.id, "what": event.kind, "changes": changes},
    )
