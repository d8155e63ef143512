# SPDX-License-Identifier: EUPL-1.2
"""Decisions on what lots are in law: the answers, the reason and its source."""

from __future__ import annotations

import uuid
from datetime import date
from enum import StrEnum

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from inventory.tables.base import Base, Code, code_check


class Processing(StrEnum):
    """What was done to a product since it was taken down."""

    NONE = "none"
    LIGHT = "light"
    REPROCESSED = "reprocessed"


class Waste(StrEnum):
    """Whether it has been waste."""

    NEVER = "never"
    ENDED = "ended"
    STILL = "still"


class ProductDecision(Base):
    """What one lot is by the legal tests; `lot.product_status` follows, empty where nothing is decided."""

    __tablename__ = "product_decision"
    __table_args__ = (code_check("processing", Processing), code_check("waste", Waste))

    lot_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("lot.id", ondelete="CASCADE"), primary_key=True)
    installed: Mapped[bool | None] = mapped_column(comment="Empty = not known")
    processing: Mapped[Processing | None] = mapped_column(
        Code(Processing), comment="Light = checked, cleaned or repaired"
    )
    waste: Mapped[Waste | None] = mapped_column(Code(Waste), comment="Ended = it was, and is no longer")
    reason: Mapped[str] = mapped_column(comment="Code of `product_tests.csv`")
    source: Mapped[str]
    decided_on: Mapped[date]
    decided_by: Mapped[str | None] = mapped_column(comment="Who; empty while there are no accounts")
