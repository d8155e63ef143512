# SPDX-License-Identifier: EUPL-1.2
"""Parting a lot and putting lots together: quantity moves between them, and none is made or lost."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import func, insert, literal, select
from sqlalchemy.orm import Session

from inventory.actions.events import record_event
from inventory.actions.lots.count import write_count
from inventory.actions.lots.step import lock_lot
from inventory.errors import BadInputError, StateError
from inventory.tables import (
    Base,
    Basis,
    Lot,
    LotOrigin,
    LotStatus,
    LotSurvey,
    MaterialClass,
    Materialepas,
    ProductDecision,
    Site,
)

ENDED = (LotStatus.INSTALLED, LotStatus.DISCARDED)
"""States in which nothing is parted or put together any more."""

# What a part does not take over from the lot it is parted from.
_OWN = frozenset(
    {"id", "ref", "quantity", "quantity_low", "quantity_high", "moved", "geom", "created_at", "updated_at"}
)
# What may differ between lots that are put together.
_MAY_DIFFER = _OWN | {"note"}


class MoveEstimateError(StateError):
    """Lot {ref} is an estimate: it cannot be split or merged. Survey the material instead."""


class MoveEndedError(StateError):
    """Lot {ref} is {status}: nothing of it can be split off or merged any more."""


class SplitAmountError(BadInputError):
    """Cannot split {amount} {unit} off lot {ref}, which holds {there} {unit}: give more than 0 and less than
    that.
    """


class MergeWithItselfError(BadInputError):
    """Cannot merge: name one lot that stays, and at least one other lot, each once."""


class MergeUnlikeError(StateError):
    """Cannot merge lot {other} into lot {ref}: they differ in {fields}. Correct the one that is wrong, or
    keep them apart.
    """


class MergeEmptyError(StateError):
    """Cannot merge lot {ref} into another: there is nothing in it."""


def split_lot(
    session: Session, *, lot_id: UUID, quantity: int, by: str | None = None, why: str | None = None
) -> UUID:
    """Part a lot: some of it becomes a lot of its own, alike in all but its number.

    What is said of the lot is copied to the part: state, survey, screening, way of reuse, window, terms,
    decision in law and Materialepas. What was seen of it (photos, documents, samples, tests) is read from
    where it is: `inventory.queries.lots.origins`.

    Parameters
    ----------
    session
        Its transaction; nothing is committed here.
    lot_id
        The lot.
    quantity
        Steps that go to the new lot: more than 0, less than there is.
    by, why
        Who and for what reason, for the history.

    Returns
    -------
    UUID
        Id of the new lot, whose number is that of the first with -1, -2 and so on.

    Raises
    ------
    inventory.actions.lots.step.LotUnknownError
        There is no such lot.
    MoveEstimateError, MoveEndedError, SplitAmountError
        See there.
    """
    lot = lock_lot(session, lot_id)
    _refuse_unmovable(lot)
    step = session.scalars(select(MaterialClass.step).where(MaterialClass.id == lot.class_id)).one()
    if not 0 < quantity < lot.quantity:
        raise SplitAmountError(ref=lot.ref, amount=quantity * step, unit=lot.unit, there=lot.quantity * step)
    before, move_id = lot.quantity, uuid4()
    part = part_off(session, lot, quantity=quantity, move_id=move_id)
    for one, was in ((lot, before), (part, 0)):
        record_event(
            session,
            kind="lot_split",
            subject_kind="lot",
            subject_id=one.id,
            data={
                "by": by,
                "why": why,
                "move": move_id.hex,
                "from": lot.ref,
                "into": part.ref,
                "steps": quantity,
                "changes": {"quantity": [was, one.quantity]},
            },
        )
    return part.id


def part_off(session: Session, lot: Lot, *, quantity: int, move_id: UUID) -> Lot:
    """Move steps of a locked lot to a new one, alike in all but its number; whoever calls it writes events.

    Of what is copied and what is read where it was seen, see `split_lot`.
    """
    # Two who ask for a number wait for each other.
    session.get(Site, lot.site_id, with_for_update=True)
    part = lock_lot(session, _copy_lot(session, lot, quantity=quantity))
    session.add(LotOrigin(parent_id=lot.id, child_id=part.id, quantity=quantity, move_id=move_id))
    write_count(session, part)
    _move(session, lot, -quantity)
    return part


def merge_lots(
    session: Session,
    *,
    into: UUID,
    sources: Sequence[UUID],
    by: str | None = None,
    why: str | None = None,
) -> None:
    """Put lots together: all of `sources` goes into one, and they are left empty.

    Raises
    ------
    inventory.actions.lots.step.LotUnknownError
        One of them does not exist.
    MoveEstimateError, MoveEndedError, MergeWithItselfError, MergeUnlikeError, MergeEmptyError
        See there.
    """
    if not sources or into in sources or len(set(sources)) < len(sources):
        raise MergeWithItselfError
    # Always in one order, so that two merges of the same lots never wait for each other for ever.
    locked = {lot_id: lock_lot(session, lot_id) for lot_id in sorted({into, *sources})}
    target = locked[into]
    for lot in locked.values():
        _refuse_unmovable(lot)
    for other in (locked[lot_id] for lot_id in sources):
        differing = list_differences(target, other)
        if differing:
            raise MergeUnlikeError(
                ref=target.ref, other=other.ref, fields=", ".join(differing), columns=differing
            )
        if other.quantity == 0:
            raise MergeEmptyError(ref=other.ref)
    move_id, before = uuid4(), {lot.id: lot.quantity for lot in locked.values()}
    for other in (locked[lot_id] for lot_id in sources):
        move_steps(session, parent=other, child=target, quantity=other.quantity, move_id=move_id)
    refs = [locked[lot_id].ref for lot_id in sources]
    for lot in locked.values():
        record_event(
            session,
            kind="lot_merged",
            subject_kind="lot",
            subject_id=lot.id,
            data={
                "by": by,
                "why": why,
                "move": move_id.hex,
                "from": refs,
                "into": target.ref,
                "steps": abs(lot.quantity - before[lot.id]),
                "changes": {"quantity": [before[lot.id], lot.quantity]},
            },
        )


def list_mergeable(session: Session, *, lot_id: UUID) -> list[tuple[Lot, list[str]]]:
    """List the lots of the same site and class that are not empty, by number, with the columns that differ.

    One that differs in none could be merged into the lot.
    """
    lot = session.get(Lot, lot_id)
    if lot is None or lot.basis is not Basis.SURVEYED or lot.status in ENDED:
        return []
    query = select(Lot).where(
        Lot.site_id == lot.site_id,
        Lot.class_id == lot.class_id,
        Lot.basis == Basis.SURVEYED,
        Lot.id != lot_id,
        Lot.quantity > 0,
    )
    return [(other, list_differences(lot, other)) for other in session.scalars(query.order_by(Lot.ref))]


def list_differences(one: Lot, other: Lot) -> list[str]:
    """List the columns in which two lots differ that must agree before they are put together."""
    names = [column.name for column in Lot.__table__.columns if column.name not in _MAY_DIFFER]
    return [name for name in names if getattr(one, name) != getattr(other, name)]


def move_steps(
    session: Session,
    *,
    parent: Lot,
    child: Lot,
    quantity: int,
    move_id: UUID,
    undone_merge: UUID | None = None,
) -> None:
    """Move steps from one locked lot to another, noting where they came from and what merge is taken back."""
    session.add(
        LotOrigin(
            parent_id=parent.id,
            child_id=child.id,
            quantity=quantity,
            move_id=move_id,
            undone_merge=undone_merge,
        )
    )
    _move(session, parent, -quantity)
    _move(session, child, quantity)


def _move(session: Session, lot: Lot, steps: int) -> None:
    """Change quantity and `moved` alike, in one statement, as the database asks."""
    lot.quantity += steps
    lot.moved += steps
    session.flush()
    write_count(session, lot)


def _refuse_unmovable(lot: Lot) -> None:
    if lot.basis is not Basis.SURVEYED:
        raise MoveEstimateError(ref=lot.ref)
    if lot.status in ENDED:
        raise MoveEndedError(ref=lot.ref, status=lot.status)


def _copy_lot(session: Session, lot: Lot, *, quantity: int) -> UUID:
    """Write a lot again under the next number of its own, with all that is said of it but its quantity."""
    part_id = uuid4()
    own: dict[str, Any] = {
        "id": part_id,
        "ref": _next_part(session, lot),
        "quantity": quantity,
        "moved": quantity,
    }
    copied: tuple[tuple[type[Base], Any, dict[str, Any]], ...] = (
        (Lot, Lot.id, own),
        (LotSurvey, LotSurvey.lot_id, {"lot_id": part_id}),
        (ProductDecision, ProductDecision.lot_id, {"lot_id": part_id}),
        (Materialepas, Materialepas.lot_id, {"lot_id": part_id}),
    )
    for model, key, changed in copied:
        columns = model.__table__.c
        skipped = _OWN if model is Lot else frozenset()
        kept = [column for column in columns if column.name not in skipped | set(changed)]
        values = [literal(value, columns[name].type).label(name) for name, value in changed.items()]
        session.execute(
            insert(model).from_select(
                [*changed, *(column.name for column in kept)], select(*values, *kept).where(key == lot.id)
            )
        )
    return part_id


def _next_part(session: Session, lot: Lot) -> str:
    """Number the parts of a lot: 7-1, 7-2 and so on; a part of 7-1 is 7-1-1."""
    taken = set(
        session.scalars(
            select(Lot.ref).where(
                Lot.site_id == lot.site_id,
                Lot.basis == Basis.SURVEYED,
                func.starts_with(Lot.ref, f"{lot.ref}-"),
            )
        )
    )
    number = 1
    while f"{lot.ref}-{number}" in taken:
        number += 1
    return f"{lot.ref}-{number}"
