# SPDX-License-Identifier: EUPL-1.2
"""Cuttings: plans of which bars are sawn to which pieces, each with its proof; and what was sawn."""

from __future__ import annotations

import uuid
from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Index, func, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from inventory.tables.base import Base, Big, Code, code_check, not_negative
from inventory.tables.project import Project


class CuttingStatus(StrEnum):
    """How far a cutting is."""

    REQUESTED = "requested"
    RUNNING = "running"
    DONE = "done"
    FAILED = "failed"


class SawnKind(StrEnum):
    """What a lot is that sawing made."""

    PIECE = "piece"
    OFFCUT = "offcut"


class Cutting(Base):
    """One cutting plan of a project, asked for and made by a worker; booked once its bars are sawn."""

    __tablename__ = "cutting"
    __table_args__ = (
        code_check("status", CuttingStatus),
        CheckConstraint("status IN ('done', 'failed') = (finished_at IS NOT NULL)", name="finished_at_end"),
        CheckConstraint(
            "status <> 'done' OR (problem IS NOT NULL AND plan IS NOT NULL)", name="done_has_plan"
        ),
        CheckConstraint("status <> 'failed' OR error IS NOT NULL", name="failed_has_error"),
        CheckConstraint("booked_at IS NULL OR status = 'done'", name="booked_is_done"),
        CheckConstraint("booked_by IS NULL OR booked_at IS NOT NULL", name="booked_by_when_booked"),
        Index("ix_cutting_project_id_created_at", "project_id", "created_at"),
    )

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True)
    project_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("project.id", ondelete="CASCADE"))
    status: Mapped[CuttingStatus] = mapped_column(Code(CuttingStatus), server_default=CuttingStatus.REQUESTED)
    params: Mapped[dict[str, Any]] = mapped_column(comment="Saw cut and shortest off-cut in mm, øre a cut")
    problem: Mapped[dict[str, Any] | None] = mapped_column(
        comment="As `python -m matcher cut` reads it: bars by lot, pieces by requirement and length"
    )
    plan: Mapped[dict[str, Any] | None] = mapped_column(comment="As `python -m matcher cut` writes it")
    left_out: Mapped[dict[str, Any]] = mapped_column(
        server_default=text("'{}'"), comment="How many lots and requirements have no length"
    )
    created_at: Mapped[datetime] = mapped_column(server_default=func.now())
    finished_at: Mapped[datetime | None]
    error: Mapped[str | None]
    seen: Mapped[dict[str, Any] | None] = mapped_column(
        comment="What the plan took each of its lots to be; empty of plans older than that"
    )
    booked_at: Mapped[datetime | None] = mapped_column(comment="When its bars were booked as sawn")
    booked_by: Mapped[str | None] = mapped_column(comment="Who; empty while there are no accounts")

    project: Mapped[Project] = relationship(lazy="raise")


class CuttingBar(Base):
    """The bars of one lot that a booked cutting sawed: every millimetre of them is accounted for."""

    __tablename__ = "cutting_bar"
    __table_args__ = (
        *not_negative("pieces_mm", "offcuts_mm", "kerf_mm", "scrap_mm"),
        CheckConstraint("bars > 0 AND length_mm > 0", name="some_sawn"),
        CheckConstraint(
            "bars::bigint * length_mm = pieces_mm + offcuts_mm + kerf_mm + scrap_mm", name="length_kept"
        ),
    )

    cutting_id: Mapped[uuid.UUID] = mapped_column(
        ForeignKey("cutting.id", ondelete="CASCADE"), primary_key=True
    )
    lot_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("lot.id"), primary_key=True, index=True)
    bars: Mapped[int]
    length_mm: Mapped[int] = mapped_column(comment="Of each bar")
    pieces_mm: Mapped[Big] = mapped_column(comment="Of all pieces together")
    offcuts_mm: Mapped[Big] = mapped_column(comment="Of all off-cuts together that became lots")
    kerf_mm: Mapped[Big] = mapped_column(comment="Sawn away, rounded to whole mm")
    scrap_mm: Mapped[Big] = mapped_column(comment="Too short to be kept, with what rounding left over")
    scrap_lot_id: Mapped[uuid.UUID | None] = mapped_column(
        ForeignKey("lot.id"), index=True, comment="The discarded lot of what was sawn away or too short"
    )


class CuttingPart(Base):
    """A lot that a booked cutting made: pieces of one length for a requirement, or off-cuts of one length."""

    __tablename__ = "cutting_part"
    __table_args__ = (
        code_check("kind", SawnKind),
        CheckConstraint("length_mm > 0 AND count > 0", name="some_made"),
        CheckConstraint("(kind = 'piece') = (requirement_id IS NOT NULL)", name="piece_is_wanted"),
    )

    lot_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("lot.id"), primary_key=True)
    cutting_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("cutting.id", ondelete="CASCADE"), index=True)
    parent_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("lot.id"), index=True)
    kind: Mapped[SawnKind] = mapped_column(Code(SawnKind))
    requirement_id: Mapped[uuid.UUID | None] = mapped_column(
        ForeignKey("requirement.id"), index=True, comment="Whom a piece is for; empty of an off-cut"
    )
    length_mm: Mapped[int] = mapped_column(comment="Of each")
    count: Mapped[int] = mapped_column(comment="How many there are")
