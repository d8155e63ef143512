# SPDX-License-Identifier: EUPL-1.2
"""The regions of Denmark."""

from __future__ import annotations

from sqlalchemy import CHAR, CheckConstraint
from sqlalchemy.orm import Mapped, mapped_column

from inventory.tables.base import Base


class Region(Base):
    """A region."""

    __tablename__ = "region"
    __table_args__ = (CheckConstraint("code ~ '^[0-9]{4}$'", name="code_four_digits"),)

    code: Mapped[str] = mapped_column(CHAR(4), primary_key=True)
    name: Mapped[str] = mapped_column(unique=True)
