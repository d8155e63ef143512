# SPDX-License-Identifier: EUPL-1.2
"""The life of a lot: which step may follow and what it still needs, and what it was parted from."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import CTE, Date, Text, cast, func, literal_column, or_, select, type_coerce, union
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.orm import Session, aliased

from inventory.queries.offers import AnyRow, AnySelect
from inventory.tables import Basis, Event, Lot, LotOrigin, LotStatus, LotStep, MaterialClass

UNDOABLE = ("lot_step", "lot_split", "lot_merged", "lot_recounted")
"""Kinds of event that can be undone; a split or a merge leaves one with each lot it touches."""


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
    undone = aliased(Event, name="undone")
    query = (
        select(Event.id, Event.at, Event.kind, Event.data)
        .where(
            Event.subject_kind == "lot",
            Event.subject_id == lot_id,
            Event.kind.in_(UNDOABLE),
            ~select(undone.id)
            .where(
                undone.subject_kind == "lot",
                undone.subject_id == lot_id,
                undone.kind == "lot_undone",
                undone.data["undoes"].as_integer() == Event.id,
            )
            .exists(),
        )
        .order_by(Event.id.desc())
        .limit(1)
    )
    return session.execute(query).one_or_none()


def find_origins(lot_id: UUID) -> CTE:
    """Find the ids of a lot and of all it was made of: the lots whose photos and samples speak of it too."""
    own = select(type_coerce(lot_id, Lot.id.type).label("id")).cte("origin", recursive=True)
    return own.union(select(LotOrigin.parent_id).join(own, LotOrigin.child_id == own.c.id))


def find_origins_of(lot_ids: Collection[UUID]) -> CTE:
    """Find as `find_origins`, of several lots: pairs of `lot_id` and `id`."""
    own = (
        select(Lot.id.label("lot_id"), Lot.id.label("id"))
        .where(Lot.id.in_(lot_ids))
        .cte("origins", recursive=True)
    )
    return own.union(select(own.c.lot_id, LotOrigin.parent_id).join(own, LotOrigin.child_id == own.c.id))


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
