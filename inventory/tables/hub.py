# SPDX-License-Identifier: EUPL-1.2
"""Hubs: what a storage hub offers, beside the site that it is."""

from __future__ import annotations

import uuid
from datetime import date
from decimal import Decimal

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column, relationship

from inventory.tables.base import Base, not_negative, window_check
from inventory.tables.site import Site


class Hub(Base):
    """Room and prices of a site of kind hub; lots can wait there between donor and builder."""

    __tablename__ = "hub"
    __table_args__ = (
        window_check("open_from", "open_to"),
        *not_negative("area_m2", "price_ore_per_m2_day", "price_ore_per_step_day"),
    )

    site_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("site.id", ondelete="CASCADE"), primary_key=True)
    open_from: Mapped[date | None] = mapped_column(comment="First day it receives; empty = always")
    open_to: Mapped[date | None] = mapped_column(comment="Day after the last it hands out; empty = never")
    area_m2: Mapped[int | None] = mapped_column(
        comment="Room there is in each calendar month; empty = as much as anybody wants"
    )
    price_ore_per_m2_day: Mapped[Decimal | None] = mapped_column(
        comment="Empty = the factor hub_price of the day"
    )
    price_ore_per_step_day: Mapped[Decimal | None] = mapped_column(comment="For a step of any class, on top")
    opening_hours: Mapped[str | None] = mapped_column(
        comment="When one can deliver and fetch, in its own words"
    )

    site: Mapped[Site] = relationship(lazy="raise")
