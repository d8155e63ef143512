# SPDX-License-Identifier: EUPL-1.2
"""What a lot inherits from the lots it was made of; who reads photos, papers, samples or tests asks here.

A part gets a copy of what is *said* of its lot (fields, survey, terms, decision in law, Materialepas), which
may be corrected apart from then on. What was *seen* of its lot stays there and is read through the origins:
photos, documents, samples and tests, of the lots it was parted from and of those merged into it, however
many steps back and whenever they were recorded. A merge that was undone makes nobody's origin; after a split
that was undone the lot reads what was recorded of the part while it was apart: that material is in it again.
"""

from __future__ import annotations

from collections.abc import Collection
from typing import Any
from uuid import UUID

from sqlalchemy import CTE, ColumnElement, and_, exists, select, type_coerce
from sqlalchemy.orm import Session, aliased

from inventory.tables import Attachment, AttachmentKind, Lot, LotOrigin, Sample


def is_origin() -> ColumnElement[bool]:
    """State that a line of `lot_origin` makes its parent an origin of its child: no merge that was undone."""
    undoing = aliased(LotOrigin, name="undoing")
    taken_back = exists().where(undoing.undone_merge == LotOrigin.move_id)
    return and_(LotOrigin.undone_merge.is_(None), ~taken_back)


def find_origins(lot_id: UUID) -> CTE:
    """Find the ids of a lot and of all it was made of, as `id`."""
    own = select(type_coerce(lot_id, Lot.id.type).label("id")).cte("origin", recursive=True)
    made = select(LotOrigin.parent_id).join(own, LotOrigin.child_id == own.c.id)
    return own.union(made.where(is_origin()))


def find_origins_of(lots: Collection[UUID] | ColumnElement[bool]) -> CTE:
    """Find as `find_origins`, of lots named or chosen by a condition on `lot`: pairs of `lot_id` and `id`."""
    chosen = lots if isinstance(lots, ColumnElement) else Lot.id.in_(lots)
    own = select(Lot.id.label("lot_id"), Lot.id.label("id")).where(chosen).cte("origins", recursive=True)
    made = select(own.c.lot_id, LotOrigin.parent_id).join(own, LotOrigin.child_id == own.c.id)
    return own.union(made.where(is_origin()))


def speaks_of(owner: Any, lot_id: UUID) -> ColumnElement[bool]:
    """State that a row of the lot in its column `owner` speaks of a lot: of it or of what it was made of."""
    speaks: ColumnElement[bool] = owner.in_(select(find_origins(lot_id).c.id))
    return speaks


def list_made_of(session: Session, *, lot_id: UUID) -> list[UUID]:
    """List the lots that what is recorded of a lot speaks of: itself first, then those made of it, by id."""
    found = _find_made_of(select(type_coerce(lot_id, Lot.id.type).label("id")), name="made")
    return list(session.scalars(select(found.c.id).order_by(found.c.id != lot_id, found.c.id)))


def find_sampled() -> CTE:
    """Find the ids of the lots that a sample speaks of, as `id`."""
    return _find_made_of(select(Sample.lot_id.label("id")), name="sampled")


def find_pictured() -> CTE:
    """Find the ids of the lots that a photo speaks of, as `id`."""
    of_lots = and_(Attachment.lot_id.is_not(None), Attachment.kind == AttachmentKind.PHOTO)
    return _find_made_of(select(Attachment.lot_id.label("id")).where(of_lots), name="pictured")


def _find_made_of(ids: Any, *, name: str) -> CTE:
    own = ids.cte(name, recursive=True)
    made = select(LotOrigin.child_id).join(own, LotOrigin.parent_id == own.c.id)
    found: CTE = own.union(made.where(is_origin()))
    return found
