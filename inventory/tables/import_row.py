# SPDX-License-Identifier: EUPL-1.2
"""Rows of a file as they are shown, with what was found in each cell."""

from __future__ import annotations

import uuid
from typing import Any

from sqlalchemy import ForeignKey, text
from sqlalchemy.orm import Mapped, mapped_column

from inventory.tables.base import Base


class ImportRow(Base):
    """A row of a file as it is shown: one of the first, or one in which something was found."""

    __tablename__ = "import_row"

    import_id: Mapped[uuid.UUID] = mapped_column(
        ForeignKey("import.id", ondelete="CASCADE"), primary_key=True
    )
    number: Mapped[int] = mapped_column(
        primary_key=True, autoincrement=False, comment="As a spreadsheet shows it; 0 = the headers"
    )
    refused: Mapped[bool]
    cells: Mapped[list[str]] = mapped_column(comment="As the file has them")
    marks: Mapped[dict[str, Any]] = mapped_column(
        server_default=text("'{}'"),
        comment="Position of the cell (-1 = the row) -> list of severity, code, da, en",
    )
