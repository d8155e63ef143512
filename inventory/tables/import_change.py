# SPDX-License-Identifier: EUPL-1.2
"""What an import inserted and changed, and what was there before."""

from __future__ import annotations

import uuid
from typing import Any

from sqlalchemy import ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from inventory.tables.base import Base


class ImportChange(Base):
    """A row that an import inserted (before is empty) or changed, with what it was before."""

    __tablename__ = "import_change"
    __table_args__ = (Index("ix_import_change_row_id", "row_id"),)

    import_id: Mapped[uuid.UUID] = mapped_column(
        ForeignKey("import.id", ondelete="CASCADE"), primary_key=True
    )
    table_name: Mapped[str] = mapped_column(primary_key=True)
    row_id: Mapped[uuid.UUID] = mapped_column(primary_key=True)
    before: Mapped[dict[str, Any] | None]
    after: Mapped[str | None] = mapped_column(comment="MD5 of the row as the import left it")
