# SPDX-License-Identifier: EUPL-1.2
"""Events: what happened to which thing, and when."""

from __future__ import annotations

import uuid
from datetime import datetime
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Identity, Index, func, text
from sqlalchemy.orm import Mapped, mapped_column

from inventory.tables.base import Base, Big


class Event(Base):
    """A line of the log; lines are added, never changed."""

    __tablename__ = "event"
    __table_args__ = (
        CheckConstraint("kind ~ '^[a-z][a-z0-9_]*$'", name="kind_lower_snake"),
        CheckConstraint("subject_kind ~ '^[a-z][a-z0-9_]*$'", name="subject_kind_lower_snake"),
        Index("ix_event_subject_kind_subject_id", "subject_kind", "subject_id", "id"),
        Index("ix_event_at", "at"),
    )

    id: Mapped[Big] = mapped_column(Identity(), primary_key=True)
    at: Mapped[datetime] = mapped_column(server_default=func.now())
    kind: Mapped[str]
    subject_kind: Mapped[str] = mapped_column(comment="The subject's table")
    subject_id: Mapped[uuid.UUID]
    run_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("run.id", ondelete="SET NULL"), index=True)
    data: Mapped[dict[str, Any]] = mapped_column(server_default=text("'{}'"))
