# SPDX-License-Identifier: EUPL-1.2
"""Materialepas of lots: what people said in it beyond what Genbro knows."""

from __future__ import annotations

import uuid
from datetime import datetime
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, func, text
from sqlalchemy.orm import Mapped, mapped_column

from inventory.tables.base import Base


class Materialepas(Base):
    """The Materialepas of one lot: by path, what somebody said; a path that is not there follows the lot."""

    __tablename__ = "materialepas"
    __table_args__ = (CheckConstraint("jsonb_typeof(said) = 'object'", name="said_is_object"),)

    lot_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("lot.id", ondelete="CASCADE"), primary_key=True)
    said: Mapped[dict[str, Any]] = mapped_column(
        server_default=text("'{}'"), comment="Path of the field to its value; null says that it is empty"
    )
    updated_at: Mapped[datetime] = mapped_column(server_default=func.now())
    updated_by: Mapped[str | None] = mapped_column(comment="Who; empty while there are no accounts")
