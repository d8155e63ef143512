# SPDX-License-Identifier: EUPL-1.2
"""Certificates: the proof of how far at most a plan is from the optimum."""

from __future__ import annotations

import uuid
from decimal import Decimal
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Uuid, text
from sqlalchemy.dialects.postgresql import ARRAY, JSONB
from sqlalchemy.orm import Mapped, mapped_column, relationship

from inventory.tables.base import Base, Big, not_negative
from inventory.tables.run import Run


class Certificate(Base):
    """The bound of a run; its lot prices are in lot_price."""

    __tablename__ = "certificate"
    __table_args__ = (
        CheckConstraint("bound <= cost", name="bound_cost"),
        CheckConstraint("quantum > 0", name="quantum_positive"),
        *not_negative("gap"),
    )

    run_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("run.id", ondelete="CASCADE"), primary_key=True)
    digest: Mapped[str]
    cost: Mapped[Big]
    bound: Mapped[Big]
    baseline: Mapped[Big]
    gap: Mapped[Decimal]
    quantum: Mapped[Big] = mapped_column(comment="Thousandths of an øre in one unit of cost")
    quanta: Mapped[dict[str, Any]] = mapped_column(
        server_default=text("'{}'"),
        comment="Thousandths of an øre in one unit of cost, by code of the class; empty = not kept",
    )
    relaxed: Mapped[list[uuid.UUID]] = mapped_column(
        ARRAY(Uuid()),
        server_default=text("'{}'"),
        comment="Requirements whose least cost was bounded by relaxing their rules, not found exactly",
    )
    hub_prices: Mapped[list[Any]] = mapped_column(
        JSONB,
        server_default=text("'[]'"),
        comment="Hub, month and thousandths of an øre for a cm2 of it: where room in hubs binds",
    )
    versions: Mapped[dict[str, Any]] = mapped_column(server_default=text("'{}'"))

    run: Mapped[Run] = relationship(lazy="raise")
