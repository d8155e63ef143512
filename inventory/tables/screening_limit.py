# SPDX-License-Identifier: EUPL-1.2
"""Limits of harmful substances, below which a material is clean; municipalities differ."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from sqlalchemy import CHAR, CheckConstraint, ForeignKey, Identity, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from inventory.tables.base import Base, not_negative, window_check


class ScreeningLimit(Base):
    """A municipality's limits for one substance; without municipality, national guidance."""

    __tablename__ = "screening_limit"
    __table_args__ = (
        UniqueConstraint(
            "municipality_code",
            "substance",
            "unit",
            "valid_from",
            postgresql_nulls_not_distinct=True,
        ),
        *not_negative("clean_below", "hazardous_from"),
        CheckConstraint("clean_below <= hazardous_from", name="clean_then_hazardous"),
        window_check("valid_from", "valid_to"),
    )

    id: Mapped[int] = mapped_column(Identity(), primary_key=True)
    municipality_code: Mapped[str | None] = mapped_column(
        CHAR(4), ForeignKey("municipality.code"), comment="Empty = national guidance"
    )
    substance: Mapped[str]
    unit: Mapped[str]
    clean_below: Mapped[Decimal | None]
    hazardous_from: Mapped[Decimal | None]
    note: Mapped[str | None]
    source: Mapped[str]
    valid_from: Mapped[date | None]
    valid_to: Mapped[date | None] = mapped_column(comment="Exclusive")
