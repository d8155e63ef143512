# SPDX-License-Identifier: EUPL-1.2
"""The life of a lot: which step may follow and what it still needs, and what it was parted from."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import Date, Text, cast, func, literal_column, or_, select, union
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.orm import Session, aliased

from inventory.queries.offers import AnyRow, AnySelect
from inventory.queries.undoable import find_last_undoable
from inventory.tables import Basis, Lot, LotOrigin, LotStatus, LotStep, MaterialClass

UNDOABLE = ("lot_step", "lot_split", "lot_merged", "lot_recounted", "lot_cut")
"""Kinds of event that can be undone; a split, a merge or a cutting leaves one with each lot it touches."""


@dataclass(frozen=True, slots=True, kw_only=True)
class NextStep:
    """A state that may follow: what the lot still needs for it, as codes of `StepNeed`."""

    to: LotStatus
    undo_only: bool
    missing: tuple[str, ...]


def list_next_steps(session: Session, *, lot_id: UUID) -> list[NextStep]:
    """List the states that may follow the one a lot is in, in the order of a lot's life.

    Those that only undo an earlier step are among them; an unknown lot has none.
    """
    missing = func.genbro_lot_missing(literal_column("lot"), LotStep.needs, type_=ARRAY(Text))
    today = cast(func.current_date(), Date)
    query = (
        select(LotStep.to_status, LotStep.undo_only, missing.label("missing"))
        .join(Lot, Lot.status == LotStep.from_status)
        .where(
            Lot.id == lot_id,
            LotStep.valid_from <= today,
            or_(LotStep.valid_to.is_(None), LotStep.valid_to > today),
        )
    )
    order = list(LotStatus)
    rows = sorted(session.execute(query), key=lambda row: order.index(row.to_status))
    return [NextStep(to=row.to_status, undo_only=row.undo_only, missing=tuple(row.missing)) for row in rows]


def find_undoable(session: Session, *, lot_id: UUID) -> AnyRow | None:
    """Find the last event of a lot that can be undone and is not: id, at, kind, data."""
    return find_last_undoable(session, subject="lot", subject_id=lot_id, kinds=UNDOABLE, undoing="lot_undone")


def list_site_states(session: Session, *, site_id: UUID) -> list[AnyRow]:
    """List the surveyed lots of a site as id, ref, status, reuse, waste_number, waste_receiver, amount."""
    query = (
        select(
            Lot.id,
            Lot.ref,
            Lot.status,
            Lot.reuse,
            Lot.waste_number,
            Lot.waste_receiver,
            (Lot.quantity * MaterialClass.step).label("amount"),
        )
        .join(MaterialClass, MaterialClass.id == Lot.class_id)
        .where(Lot.site_id == site_id, Lot.basis == Basis.SURVEYED)
        .order_by(Lot.ref, Lot.id)
    )
    return list(session.execute(query))


def read_moves(session: Session, *, lot_id: UUID) -> list[AnyRow]:
    """Read what came from and went to other lots, the oldest first.

    Returns
    -------
    list of rows
        `at`, `out` (whether it left this lot), `other_id`, `other_ref`, `amount` in the class's unit.
    """
    other = aliased(Lot, name="other")
    parts: list[AnySelect] = [
        select(
            LotOrigin.id,
            LotOrigin.at,
            literal_column(out).label("out"),
            other.id.label("other_id"),
            other.ref.label("other_ref"),
            (LotOrigin.quantity * MaterialClass.step).label("amount"),
        )
        .join(other, other.id == theirs)
        .join(MaterialClass, MaterialClass.id == other.class_id)
        .where(mine == lot_id)
        for out, mine, theirs in (
            ("true", LotOrigin.parent_id, LotOrigin.child_id),
            ("false", LotOrigin.child_id, LotOrigin.parent_id),
        )
    ]
    moves = union(*parts).subquery("moves")
    return list(session.execute(select(moves).order_by(moves.c.id)))
