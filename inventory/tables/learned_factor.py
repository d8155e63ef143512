# SPDX-License-Identifier: EUPL-1.2
"""Learned factors: what surveys said of estimates of one class, use and era, with the evidence."""

from __future__ import annotations

import uuid
from datetime import datetime
from decimal import Decimal
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, func
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column

from inventory.tables.base import Base, not_negative


class LearnedFactor(Base):
    """A factor learned from surveys; other surveys give another row, and old rows stay."""

    __tablename__ = "learned_factor"
    __table_args__ = (
        *not_negative("found"),
        CheckConstraint("found <= looked", name="found_of_looked"),
        CheckConstraint("factor > 0 AND spread > 0", name="factor_above_nothing"),
        CheckConstraint("prior_surveys > 0 AND prior_spread > 0", name="prior_above_nothing"),
        CheckConstraint("jsonb_array_length(evidence) = looked", name="evidence_whole"),
    )

    id: Mapped[uuid.UUID] = mapped_column(
        primary_key=True, comment="Made of the evidence, the prior and the method"
    )
    class_id: Mapped[int] = mapped_column(ForeignKey("material_class.id"), index=True)
    use_group: Mapped[str] = mapped_column(comment="Of `estimate_groups.csv`")
    era: Mapped[str] = mapped_column(comment="Of `estimate_eras.csv`, or unknown")
    method: Mapped[int] = mapped_column(comment="Version of the update")
    prior_surveys: Mapped[Decimal] = mapped_column(comment="Buildings the tables' middle weighs as much as")
    prior_spread: Mapped[Decimal] = mapped_column(comment="Buildings the tables' width weighs as much as")
    looked: Mapped[int] = mapped_column(comment="Buildings where a survey says whether the class is there")
    found: Mapped[int] = mapped_column(comment="Those where it is")
    factor: Mapped[Decimal] = mapped_column(comment="The likely quantity is multiplied by it")
    spread: Mapped[Decimal] = mapped_column(
        comment="The width of the range is multiplied by it, in logarithms"
    )
    evidence: Mapped[list[dict[str, Any]]] = mapped_column(
        JSONB, comment="Per building: site_id, likely, variance, surveyed (steps), found"
    )
    created_at: Mapped[datetime] = mapped_column(server_default=func.now())
