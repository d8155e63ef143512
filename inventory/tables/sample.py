# SPDX-License-Identifier: EUPL-1.2
"""Samples: what a laboratory found of one substance in one place of a lot."""

from __future__ import annotations

import uuid
from datetime import date, datetime
from decimal import Decimal

from sqlalchemy import CheckConstraint, ForeignKey, Index, UniqueConstraint, func
from sqlalchemy.orm import Mapped, mapped_column

from inventory.tables.base import Base, not_negative


class Sample(Base):
    """A laboratory's result for one substance, taken of a lot; a lot with samples is not deleted."""

    __tablename__ = "sample"
    __table_args__ = (
        UniqueConstraint("lot_id", "place", "substance", "sampled_on", name="uq_sample_taken_once"),
        *not_negative("value"),
        CheckConstraint("place <> ''", name="place_not_empty"),
        CheckConstraint("laboratory <> ''", name="laboratory_not_empty"),
        Index("ix_sample_same_result", "substance", "sampled_on", "value"),
    )

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True)
    lot_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("lot.id"))
    place: Mapped[str] = mapped_column(comment="Where in the building it was taken")
    substance: Mapped[str] = mapped_column(comment="Code of the list `substance`")
    reading: Mapped[str] = mapped_column(comment="As the laboratory wrote it")
    reading_unit: Mapped[str] = mapped_column(comment="As the laboratory wrote it")
    value: Mapped[Decimal] = mapped_column(comment="In `unit`; where below, the detection limit")
    below: Mapped[bool] = mapped_column(comment="Less than `value` was found")
    unit: Mapped[str] = mapped_column(comment="The unit of the limits")
    laboratory: Mapped[str]
    accreditation: Mapped[str | None] = mapped_column(comment="The laboratory's number; empty = not said")
    sampled_on: Mapped[date]
    report: Mapped[str | None] = mapped_column(comment="Name of the report file")
    created_at: Mapped[datetime] = mapped_column(server_default=func.now())
