# SPDX-License-Identifier: EUPL-1.2
"""Code lists of the registers: BBR codes, waste codes."""

from __future__ import annotations

from datetime import date

from sqlalchemy.orm import Mapped, mapped_column

from inventory.tables.base import Base, window_check


class CodeList(Base):
    """A code of a list, with its names."""

    __tablename__ = "code_list"
    __table_args__ = (window_check("valid_from", "valid_to"),)

    list: Mapped[str] = mapped_column(primary_key=True)
    code: Mapped[str] = mapped_column(primary_key=True)
    name_da: Mapped[str]
    name_en: Mapped[str | None]
    source: Mapped[str]
    valid_from: Mapped[date | None]
    valid_to: Mapped[date | None] = mapped_column(comment="Exclusive")
    note: Mapped[str | None]
