# SPDX-License-Identifier: EUPL-1.2
"""What a change of many lots did to each of them, by which it is shown and undone."""

from __future__ import annotations

import uuid
from typing import Any

from sqlalchemy import CheckConstraint
from sqlalchemy.orm import Mapped, mapped_column

from inventory.tables.base import Base, Big


class BulkEditLot(Base):
    """One lot of a change of many: the fields that changed, before and after, or why it was left out."""

    __tablename__ = "bulk_edit_lot"
    __table_args__ = (CheckConstraint("(error IS NULL) = (after <> '{}')", name="changed_or_refused"),)

    edit_id: Mapped[uuid.UUID] = mapped_column(
        primary_key=True, comment="Subject of the event lots_edited, which says who, when and why"
    )
    place: Mapped[int] = mapped_column(primary_key=True, comment="In the order in which it is told of")
    lot_id: Mapped[uuid.UUID] = mapped_column(comment="Kept when the lot is gone")
    ref: Mapped[str] = mapped_column(comment="What the lot was called")
    before: Mapped[dict[str, Any]]
    after: Mapped[dict[str, Any]]
    step_id: Mapped[Big | None] = mapped_column(comment="Event of the step taken, if one was")
    surveyed: Mapped[bool] = mapped_column(comment="Whether the change began the lot's survey")
    error: Mapped[str | None] = mapped_column(comment="Class of the refusal, where it was left out")
    told: Mapped[str | None] = mapped_column(comment="The refusal in English")
    details: Mapped[dict[str, Any] | None] = mapped_column(comment="What the refusal names")
