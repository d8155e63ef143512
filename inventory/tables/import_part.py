# SPDX-License-Identifier: EUPL-1.2
"""A part of an uploaded file, kept until the import is finished."""

from __future__ import annotations

import uuid

from sqlalchemy import ForeignKey, LargeBinary
from sqlalchemy.orm import Mapped, mapped_column

from inventory.tables.base import Base

REFUSED_PARTS = {"da": -1, "en": -2}
"""Which part holds the refused rows, by the language of their messages."""


TAKEOFF_PART = -3
"""Which part holds the take-off of a building model, as JSON."""


class ImportPart(Base):
    """A part of an uploaded file, kept until the import is done; -1 and -2 are its refused rows, to mend.

    -3 is the take-off of a building model.
    """

    __tablename__ = "import_part"

    import_id: Mapped[uuid.UUID] = mapped_column(
        ForeignKey("import.id", ondelete="CASCADE"), primary_key=True
    )
    part: Mapped[int] = mapped_column(
        primary_key=True,
        autoincrement=False,
        comment="From 0",
    )
    content: Mapped[bytes] = mapped_column(LargeBinary)
