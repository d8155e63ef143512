# SPDX-License-Identifier: EUPL-1.2
"""Demolitions: when a donor building is thought to come down, from early to late, and who says so."""

from __future__ import annotations

import uuid
from datetime import date
from enum import StrEnum

from sqlalchemy import CheckConstraint, ForeignKey
from sqlalchemy.orm import Mapped, mapped_column, relationship

from inventory.tables.base import Base, Code, code_check, not_negative
from inventory.tables.site import Site


class DemolitionSource(StrEnum):
    """What a demolition is known from, the earliest word of it first."""

    OWNER_PLAN = "owner_plan"
    MASTER_PLAN = "master_plan"
    LOCAL_PLAN = "local_plan"
    TENDER = "tender"
    REGISTER = "register"
    PERMIT = "permit"
    FIRM = "firm"


class Demolition(Base):
    """The days of a donor site's demolition; its stage is the site's firmness.

    The site's window is the cautious one, [start_late, end_early), and follows this row.
    """

    __tablename__ = "demolition"
    __table_args__ = (
        code_check("source_kind", DemolitionSource),
        CheckConstraint("start_early <= start_likely AND start_likely <= start_late", name="start_in_order"),
        CheckConstraint("end_early <= end_likely AND end_likely <= end_late", name="end_in_order"),
        CheckConstraint("start_early < end_early AND start_late < end_late", name="start_before_end"),
        CheckConstraint("start_likely < end_likely", name="likely_days"),
        *not_negative("notice_days"),
    )

    site_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("site.id", ondelete="CASCADE"), primary_key=True)
    source_kind: Mapped[DemolitionSource] = mapped_column(Code(DemolitionSource))
    source: Mapped[str] = mapped_column(comment="The paper or person that says so")
    source_date: Mapped[date] = mapped_column(comment="When it said so")
    start_early: Mapped[date] = mapped_column(comment="The first day, at the earliest")
    start_likely: Mapped[date]
    start_late: Mapped[date] = mapped_column(comment="The first day, at the latest")
    end_early: Mapped[date] = mapped_column(comment="Day after the last, at the earliest")
    end_likely: Mapped[date]
    end_late: Mapped[date] = mapped_column(comment="Day after the last, at the latest")
    notice_days: Mapped[int | None] = mapped_column(
        comment="How long before the first day it is told for sure; empty = not agreed"
    )

    site: Mapped[Site] = relationship(lazy="raise")
