# SPDX-License-Identifier: EUPL-1.2
"""What was seen of a lot on site, beside what is offered of it."""

from __future__ import annotations

import uuid
from datetime import datetime
from decimal import Decimal
from enum import StrEnum

from sqlalchemy import CheckConstraint, ForeignKey, func, text
from sqlalchemy.orm import Mapped, mapped_column

from inventory.tables.base import Base, Code, code_check, not_negative


class Described(StrEnum):
    """Whether a lot describes a model of which there are several, or one single item."""

    MODEL = "model"
    ITEM = "item"


class TradeUnit(StrEnum):
    """What the surveyor counts in; turned into the class's unit by `actions/survey_amount.py`."""

    OWN = "own"
    PIECE = "piece"
    PALLET = "pallet"
    METRE = "metre"
    ELEMENT = "element"


class Fixing(StrEnum):
    """How it is held in the building."""

    LOOSE = "loose"
    SCREWED = "screwed"
    NAILED = "nailed"
    MORTAR = "mortar"
    GLUED = "glued"
    WELDED = "welded"
    CAST_IN = "cast_in"


class Detachability(StrEnum):
    """How it comes off, from best to worst."""

    WHOLE = "whole"
    WITH_LOSS = "with_loss"
    BREAKS = "breaks"


class ConditionBasis(StrEnum):
    """How the condition is known."""

    VISUAL = "visual"
    TESTED = "tested"


class LotSurvey(Base):
    """The survey of one lot: how it was counted, how it sits, what state it is in, how to get at it."""

    __tablename__ = "lot_survey"
    __table_args__ = (
        code_check("described", Described),
        code_check("trade_unit", TradeUnit),
        code_check("fixing", Fixing),
        code_check("detachability", Detachability),
        code_check("condition_basis", ConditionBasis),
        *not_negative("count", "dismantling_ore"),
        CheckConstraint("content > 0", name="content_positive"),
        CheckConstraint("identical > 0", name="identical_positive"),
        CheckConstraint("yield_percent BETWEEN 0 AND 100", name="yield_percent_share"),
        CheckConstraint("yield_percent = 100 OR yield_source IS NOT NULL", name="yield_has_source"),
        CheckConstraint("appearance BETWEEN 1 AND 5", name="appearance_one_to_five"),
        CheckConstraint("described <> 'item' OR coalesce(identical, 1) = 1", name="item_is_one"),
    )

    lot_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("lot.id", ondelete="CASCADE"), primary_key=True)
    room_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("room.id", ondelete="SET NULL"), index=True)
    described: Mapped[Described] = mapped_column(Code(Described), server_default=Described.MODEL)
    identical: Mapped[int | None] = mapped_column(comment="How many alike were counted")
    trade_unit: Mapped[TradeUnit] = mapped_column(Code(TradeUnit), server_default=TradeUnit.OWN)
    count: Mapped[Decimal] = mapped_column(comment="Gross in the building, in trade units")
    content: Mapped[Decimal | None] = mapped_column(
        comment="Units of the class in one trade unit; empty = from the dimensions"
    )
    yield_percent: Mapped[int] = mapped_column(
        server_default=text("100"), comment="Share of the gross that is usable"
    )
    yield_source: Mapped[str | None] = mapped_column(comment="Who says so, or what it was measured on")
    fixing: Mapped[Fixing | None] = mapped_column(Code(Fixing))
    detachability: Mapped[Detachability | None] = mapped_column(Code(Detachability))
    condition_basis: Mapped[ConditionBasis | None] = mapped_column(Code(ConditionBasis))
    appearance: Mapped[int | None] = mapped_column(comment="1 worst to 5 best; the lot's grade is technical")
    access_note: Mapped[str | None] = mapped_column(comment="How to get at it; crane, lift, stairs")
    storage_place: Mapped[str | None]
    dismantling_ore: Mapped[Decimal | None] = mapped_column(comment="Cost of taking it down, per step")
    ce_ref: Mapped[str | None]
    dop_ref: Mapped[str | None] = mapped_column(comment="Declaration of performance")
    epd_ref: Mapped[str | None] = mapped_column(comment="Environmental product declaration")
    surveyed_at: Mapped[datetime] = mapped_column(server_default=func.now())
    surveyed_by: Mapped[str | None] = mapped_column(comment="Who; empty while there are no accounts")
