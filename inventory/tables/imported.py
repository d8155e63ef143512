# SPDX-License-Identifier: EUPL-1.2
"""Imports: one file brought in, what it was read as, what became of it, and what it changed."""

from __future__ import annotations

import uuid
from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Index, func, text
from sqlalchemy.orm import Mapped, mapped_column

from inventory.tables.base import Base, Code, code_check, not_negative


class ImportKind(StrEnum):
    """What the rows of a file are."""

    BUILDINGS = "buildings"
    LOTS = "lots"
    REQUIREMENTS = "requirements"
    HUBS = "hubs"
    DEMOLITIONS = "demolitions"
    GEOGRAPHY = "geography"


class ImportStatus(StrEnum):
    """How far an import is."""

    UPLOADED = "uploaded"
    CHECKING = "checking"
    CHECKED = "checked"
    RUNNING = "running"
    DONE = "done"
    FAILED = "failed"
    UNDONE = "undone"


class Import(Base):
    """One import of one file; what it inserted and changed is in import_change until it is undone."""

    __tablename__ = "import"
    __table_args__ = (
        code_check("kind", ImportKind),
        code_check("status", ImportStatus),
        *not_negative("done_rows", "total_rows"),
        CheckConstraint("status NOT IN ('done', 'undone') OR counts IS NOT NULL", name="done_has_counts"),
        CheckConstraint("status <> 'failed' OR error IS NOT NULL", name="failed_has_error"),
        CheckConstraint("(status = 'undone') = (undone_at IS NOT NULL)", name="undone_at_undone"),
        Index("ix_import_created_at", "created_at"),
    )

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True)
    kind: Mapped[ImportKind] = mapped_column(Code(ImportKind))
    file: Mapped[str] = mapped_column(comment="Name of the file")
    organisation_id: Mapped[uuid.UUID | None] = mapped_column(
        ForeignKey("organisation.id", ondelete="SET NULL"),
        index=True,
        comment="Whose; empty = nobody's",
    )
    status: Mapped[ImportStatus] = mapped_column(Code(ImportStatus), server_default=ImportStatus.UPLOADED)
    step: Mapped[str | None] = mapped_column(comment="read, check or write, while it is worked on")
    done_rows: Mapped[int] = mapped_column(server_default=text("0"), comment="Rows of the step that are done")
    total_rows: Mapped[int] = mapped_column(server_default=text("0"))
    mapping: Mapped[dict[str, Any] | None] = mapped_column(comment="How it is read; empty = by its headers")
    counts: Mapped[dict[str, Any] | None] = mapped_column(
        comment="rows, inserted, updated, unchanged, refused, warned, blank, and codes of findings"
    )
    error: Mapped[dict[str, Any] | None] = mapped_column(comment="Why the file was refused: code, da, en")
    created_at: Mapped[datetime] = mapped_column(server_default=func.now())
    finished_at: Mapped[datetime | None]
    undone_at: Mapped[datetime | None]
