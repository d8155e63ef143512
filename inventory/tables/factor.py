# SPDX-License-Identifier: EUPL-1.2
"""Factors: versioned numbers (CO2e, prices, transport) with their source and dates."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from enum import StrEnum

from sqlalchemy import CheckConstraint, ForeignKey, Identity, UniqueConstraint, text
from sqlalchemy.dialects.postgresql import ExcludeConstraint
from sqlalchemy.orm import Mapped, mapped_column

from inventory.tables.base import Base, Code, code_check, window_check


class FactorStatus(StrEnum):
    """Whether a source gives the number, or we assume it and mark it so."""

    SOURCED = "sourced"
    ASSUMPTION = "assumption"


class Factor(Base):
    """A number in force for a window of days; no two of the same name overlap."""

    __tablename__ = "factor"
    __table_args__ = (
        UniqueConstraint("kind", "class_id", "key", "valid_from", postgresql_nulls_not_distinct=True),
        ExcludeConstraint(
            ("kind", "="),
            (text("(COALESCE(class_id, 0))"), "="),
            ("key", "="),
            (text("daterange(valid_from, valid_to)"), "&&"),
            name="ex_factor_one_in_force",
            using="gist",
        ),
        code_check("status", FactorStatus),
        CheckConstraint("kind ~ '^[a-z][a-z0-9_]*$'", name="kind_lower_snake"),
        CheckConstraint("low <= value AND value <= high", name="low_value_high"),
        CheckConstraint(
            "status <> 'assumption' OR (low IS NOT NULL AND high IS NOT NULL)",
            name="assumption_has_range",
        ),
        window_check("valid_from", "valid_to"),
    )

    id: Mapped[int] = mapped_column(Identity(), primary_key=True)
    kind: Mapped[str]
    class_id: Mapped[int | None] = mapped_column(ForeignKey("material_class.id"), index=True)
    key: Mapped[str] = mapped_column(
        server_default="",
        comment="Name within the kind; empty where the class says it all",
    )
    value: Mapped[Decimal]
    low: Mapped[Decimal | None]
    high: Mapped[Decimal | None]
    unit: Mapped[str]
    source: Mapped[str]
    edition: Mapped[str | None]
    valid_from: Mapped[date]
    valid_to: Mapped[date | None] = mapped_column(comment="Exclusive; empty = still in force")
    status: Mapped[FactorStatus] = mapped_column(Code(FactorStatus))
