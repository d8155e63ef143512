# SPDX-License-Identifier: EUPL-1.2
"""Booking a cutting plan once its bars are sawn: each lot loses them, pieces and off-cuts become lots."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from decimal import Decimal
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import select
from sqlalchemy.orm import Session

from inventory.actions.events import record_event
from inventory.actions.lots.move import part_off
from inventory.actions.lots.step import StepMissingError, StepRefusedError, change_status
from inventory.errors import StateError
from inventory.queries.cutting.bars import MM_PER_M, Counted, count_bars
from inventory.queries.cutting.bookings import NOT_PROMISED, list_refusals
from inventory.queries.cutting.sawn import SawnLot, SawnPart, reckon_sawn
from inventory.tables import (
    Cutting,
    CuttingBar,
    CuttingPart,
    CuttingStatus,
    Described,
    Lot,
    LotStatus,
    LotSurvey,
    MaterialClass,
    SawnKind,
    TradeUnit,
)

COUNTED = ("trade_unit", "count", "content", "yield_percent", "yield_source", "identical", "described")
"""What the survey of a lot says of its count, and is put back when the booking is undone."""
_OF_COUNT = ("trade_unit", "count", "content", "yield_percent")
_TO_OFFER: Mapping[LotStatus, tuple[LotStatus, ...]] = {
    LotStatus.OFFERED: (),
    LotStatus.HELD: (LotStatus.OFFERED,),
    LotStatus.AGREED: (LotStatus.OFFERED,),
    LotStatus.DISMANTLED: (LotStatus.OFFERED,),
    LotStatus.STORED: (LotStatus.OFFERED,),
    LotStatus.DELIVERED: (LotStatus.STORED, LotStatus.OFFERED),
}
"""Steps by which an off-cut comes back on offer, from the state of the lot it was sawn from."""


class CuttingNotDoneError(StateError):
    """The cutting plan cannot be booked: it is {status}."""


class CuttingBookedError(StateError):
    """The cutting plan is booked already, and its bars can be sawn only once."""


class NothingSawnError(StateError):
    """The cutting plan saws no bar: there is nothing to book."""


class CuttingStaleError(StateError):
    """Nothing was booked, since something changed after the plan was made: {why}. Make a new plan."""


def book_cutting(
    session: Session, *, cutting_id: UUID, at: datetime, by: str | None = None, why: str | None = None
) -> None:
    """Book a cutting plan: its bars are sawn.

    Pieces and off-cuts become lots of their own, alike their lot in all but length, number and quantity;
    pieces are agreed from then on, off-cuts are offered where nothing stands in the way, and what was sawn
    away or is too short becomes a lot that is discarded. No quantity is made or lost.

    Parameters
    ----------
    session
        Its transaction takes all of it or nothing; nothing is committed here.
    cutting_id
        A cutting there is.
    at
        Now.
    by, why
        Who and for what reason, for the history.

    Raises
    ------
    CuttingNotDoneError, CuttingBookedError, NothingSawnError, CuttingStaleError
        See there; `details` of the last has the `refusals` of `inventory.queries.cutting.bookings`.
    """
    cutting = session.get_one(Cutting, cutting_id, with_for_update=True, populate_existing=True)
    if cutting.status is not CuttingStatus.DONE or cutting.problem is None or cutting.plan is None:
        raise CuttingNotDoneError(status=cutting.status)
    if cutting.booked_at is not None:
        raise CuttingBookedError
    sawn = reckon_sawn(cutting.problem, cutting.plan)
    if not sawn:
        raise NothingSawnError
    lots = _lock_lots(session, sawn)
    refusals = list_refusals(session, sawn=sawn, seen=cutting.seen)
    if refusals:
        raise CuttingStaleError(why="; ".join(map(str, refusals)), refusals=refusals)
    cutting.booked_at, cutting.booked_by = at, by
    session.flush()
    told = {"by": by, "why": why, "move": uuid4().hex, "cutting": str(cutting_id)}
    for one in sawn:
        _saw(session, lots[one.lot_id], one, told=told)
    record_event(
        session,
        kind="cutting_booked",
        subject_kind="project",
        subject_id=cutting.project_id,
        data={**told, "lots": [lots[one.lot_id].ref for one in sawn], "bars": sum(one.bars for one in sawn)},
    )


def _lock_lots(session: Session, sawn: Sequence[SawnLot]) -> dict[UUID, Lot]:
    # always in one order, so that two bookings of the same lots never wait for each other for ever
    query = select(Lot).where(Lot.id.in_([one.lot_id for one in sawn])).order_by(Lot.id).with_for_update()
    return {lot.id: lot for lot in session.scalars(query.execution_options(populate_existing=True))}


def _saw(session: Session, lot: Lot, one: SawnLot, *, told: Mapping[str, Any]) -> None:
    step = session.get_one(MaterialClass, lot.class_id).step
    mm_per_step = int(step * MM_PER_M)
    survey = session.get(LotSurvey, lot.id, populate_existing=True)
    counted = None if survey is None else {name: getattr(survey, name) for name in COUNTED}
    bars, are_counted = count_bars(
        quantity=lot.quantity,
        length_mm=lot.length_mm,
        counted=None if counted is None else Counted(**{name: counted[name] for name in _OF_COUNT}),
        mm_per_step=mm_per_step,
    )
    before = lot.quantity
    # what stays is rounded down, as everything that is there
    left = (bars - one.bars) * one.length_mm // mm_per_step if are_counted else None
    leaving = min(before, -(-one.bars * one.length_mm // mm_per_step)) if left is None else before - left
    for part in one.parts:
        leaving -= _make_part(session, lot, part, mm_per_step=mm_per_step, told=told)
    scrap = None if leaving <= 0 else _discard(session, lot, steps=leaving, told=told)
    if survey is not None and counted is not None and are_counted:
        _count_pieces(survey, bars - one.bars, yield_percent=counted["yield_percent"])
        survey.yield_source, survey.content = counted["yield_source"], counted["content"]
    session.add(
        CuttingBar(
            cutting_id=UUID(told["cutting"]),
            lot_id=lot.id,
            bars=one.bars,
            length_mm=one.length_mm,
            pieces_mm=one.measure(SawnKind.PIECE),
            offcuts_mm=one.measure(SawnKind.OFFCUT),
            kerf_mm=one.kerf_mm,
            scrap_mm=one.scrap_mm,
            scrap_lot_id=None if scrap is None else scrap.id,
        )
    )
    session.flush()
    record_event(
        session,
        kind="lot_cut",
        subject_kind="lot",
        subject_id=lot.id,
        data={
            **told,
            "from": lot.ref,
            "bars": one.bars,
            "length_mm": one.length_mm,
            "changes": {"quantity": [before, lot.quantity]},
            "counted": None if counted is None else {name: _plain(value) for name, value in counted.items()},
        },
    )


def _make_part(
    session: Session, lot: Lot, part: SawnPart, *, mm_per_step: int, told: Mapping[str, Any]
) -> int:
    """Make a lot of pieces or off-cuts; return the steps that went into it."""
    steps = part.count * part.length_mm // mm_per_step
    made = part_off(session, lot, quantity=steps, move_id=UUID(told["move"]))
    before = made.status
    made.length_mm, made.minimum_take = part.length_mm, min(made.minimum_take, steps)
    session.flush()
    survey = session.get(LotSurvey, made.id, populate_existing=True)
    if survey is None:
        survey = LotSurvey(lot_id=made.id, surveyed_by=told["by"])
        session.add(survey)
    _count_pieces(survey, part.count, yield_percent=100)
    survey.yield_source, survey.content = None, None
    session.flush()
    if part.kind is SawnKind.PIECE and before in NOT_PROMISED:
        change_status(session, made, to=LotStatus.AGREED, undo=False)
    elif part.kind is SawnKind.OFFCUT:
        _offer(session, made)
    session.add(
        CuttingPart(
            lot_id=made.id,
            cutting_id=UUID(told["cutting"]),
            parent_id=lot.id,
            kind=part.kind,
            requirement_id=part.requirement_id,
            length_mm=part.length_mm,
            count=part.count,
        )
    )
    changes: dict[str, list[Any]] = {"quantity": [0, steps], "length_mm": [lot.length_mm, part.length_mm]}
    _record_made(session, lot, made, kind=part.kind, changes=changes, before=before, told=told)
    return steps


def _offer(session: Session, made: Lot) -> None:
    """Offer an off-cut; one that lacks what that needs stays where it is, as any lot would."""
    try:
        for to in _TO_OFFER[made.status]:
            change_status(session, made, to=to, undo=False)
    except (StepMissingError, StepRefusedError):
        return


def _discard(session: Session, lot: Lot, *, steps: int, told: Mapping[str, Any]) -> Lot:
    """Make a lot of what was sawn away or is too short, and discard it."""
    made = part_off(session, lot, quantity=steps, move_id=UUID(told["move"]))
    before, made.length_mm = made.status, None
    session.flush()
    if before is LotStatus.HELD:
        change_status(session, made, to=LotStatus.AGREED, undo=False)
    change_status(session, made, to=LotStatus.DISCARDED, undo=False)
    changes: dict[str, list[Any]] = {"quantity": [0, steps], "length_mm": [lot.length_mm, None]}
    _record_made(session, lot, made, kind="scrap", changes=changes, before=before, told=told)
    return made


def _record_made(
    session: Session,
    lot: Lot,
    made: Lot,
    *,
    kind: str,
    changes: dict[str, list[Any]],
    before: LotStatus,
    told: Mapping[str, Any],
) -> None:
    if made.status is not before:
        changes["status"] = [before, made.status]
    record_event(
        session,
        kind="lot_cut",
        subject_kind="lot",
        subject_id=made.id,
        data={**told, "from": lot.ref, "into": made.ref, "made": kind, "changes": changes},
    )


def _count_pieces(survey: LotSurvey, pieces: int, *, yield_percent: int) -> None:
    """Let a survey say how many bars or pieces there are; of a share that is whole, all of them before it."""
    gross = Decimal(pieces) * 100 / yield_percent
    survey.trade_unit, survey.yield_percent, survey.count = TradeUnit.PIECE, yield_percent, gross
    survey.identical = pieces if pieces > 0 and gross == pieces else None
    survey.described = Described.MODEL


def _plain(value: Any) -> Any:
    return str(value) if isinstance(value, Decimal) else value
