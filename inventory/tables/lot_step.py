# SPDX-License-Identifier: EUPL-1.2
"""Steps in the life of a lot: which state may follow which, and what it takes."""

from __future__ import annotations

from datetime import date
from enum import StrEnum

from sqlalchemy import CheckConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from inventory.tables.base import Base, Code, code_check, window_check
from inventory.tables.lot import LotStatus


class StepNeed(StrEnum):
    """What a step may ask of a lot; the database's `genbro_lot_missing` tells which are not met."""

    AMOUNT = "amount"
    REUSE = "reuse"
    NOT_HAZARDOUS = "not_hazardous"
    NO_ASBESTOS = "no_asbestos"
    WASTE_TRAIL = "waste_trail"


class LotStep(Base):
    """An allowed step; a trigger on lot refuses every other change of its status."""

    __tablename__ = "lot_step"
    __table_args__ = (
        code_check("from_status", LotStatus),
        code_check("to_status", LotStatus),
        CheckConstraint("from_status <> to_status", name="two_states"),
        CheckConstraint(
            "needs <@ ARRAY[" + ", ".join(f"'{need}'" for need in StepNeed) + "]", name="needs_known"
        ),
        window_check("valid_from", "valid_to"),
    )

    from_status: Mapped[LotStatus] = mapped_column(Code(LotStatus), primary_key=True)
    to_status: Mapped[LotStatus] = mapped_column(Code(LotStatus), primary_key=True)
    undo_only: Mapped[bool] = mapped_column(comment="Taken only to undo the step the other way")
    needs: Mapped[list[str]] = mapped_column(
        server_default=text("'{}'"), comment="What a surveyed lot must have; nothing is asked of estimates"
    )
    source: Mapped[str]
    valid_from: Mapped[date]
    valid_to: Mapped[date | None] = mapped_column(comment="Exclusive")
    note: Mapped[str | None]
