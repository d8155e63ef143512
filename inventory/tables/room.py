# SPDX-License-Identifier: EUPL-1.2
"""Rooms: where in a building a surveyed lot sits."""

from __future__ import annotations

import uuid

from sqlalchemy import CheckConstraint, ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from inventory.tables.base import Base


class Room(Base):
    """A room, a floor or another part of a building, as those who survey it call it."""

    __tablename__ = "room"
    __table_args__ = (
        UniqueConstraint("site_id", "floor", "name", name="uq_room_name", postgresql_nulls_not_distinct=True),
        CheckConstraint("name <> ''", name="name_not_empty"),
        CheckConstraint("floor <> ''", name="floor_not_empty"),
    )

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True)
    site_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("site.id", ondelete="CASCADE"))
    floor: Mapped[str | None] = mapped_column(comment="Such as st., 1. or kælder")
    name: Mapped[str]
