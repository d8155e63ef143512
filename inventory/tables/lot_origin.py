# SPDX-License-Identifier: EUPL-1.2
"""Origins: how much of which lot became part of which other, by a split or a merge."""

from __future__ import annotations

import uuid
from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Identity, func
from sqlalchemy.orm import Mapped, mapped_column

from inventory.tables.base import Base, Big


class LotOrigin(Base):
    """A quantity that went from one lot to another of the same class.

    A trigger at the end of each transaction holds every lot's `moved` to the sum of these. Lines are added,
    never changed: what is undone goes the other way.
    """

    __tablename__ = "lot_origin"
    __table_args__ = (
        CheckConstraint("quantity > 0", name="quantity_positive"),
        CheckConstraint("parent_id <> child_id", name="two_lots"),
    )

    id: Mapped[Big] = mapped_column(Identity(), primary_key=True)
    parent_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("lot.id"), index=True)
    child_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("lot.id"), index=True)
    quantity: Mapped[Big] = mapped_column(comment="Steps")
    move_id: Mapped[uuid.UUID] = mapped_column(
        index=True, comment="The split, merge or undoing it belongs to; its events carry it too"
    )
    at: Mapped[datetime] = mapped_column(server_default=func.now())
    undone_merge: Mapped[uuid.UUID | None] = mapped_column(
        index=True, comment="The merge it takes back: neither line makes an origin"
    )
