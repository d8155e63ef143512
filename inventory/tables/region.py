# SPDX-License-Identifier: EUPL-1.2
"""The regions of Denmark."""

from __future__ import annotations

from datetime import date

from sqlalchemy import CHAR, CheckConstraint, ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from inventory.tables.base import Base, window_check


class Region(Base):
    """A region."""

    __tablename__ = "region"
    __table_args__ = (
        CheckConstraint("code ~ '^[0-9a-z]{4}$'", name="code_four_signs"),
        window_check("valid_from", "valid_to"),
    )

    code: Mapped[str] = mapped_column(CHAR(4), primary_key=True)
    name: Mapped[str] = mapped_column(unique=True)
    valid_from: Mapped[date | None]
    valid_to: Mapped[date | None] = mapped_column(comment="Exclusive")
    successor: Mapped[str | None] = mapped_column(
        CHAR(4), ForeignKey("region.code"), comment="The region it became part of"
    )
    source: Mapped[str]
