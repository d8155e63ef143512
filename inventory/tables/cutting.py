# SPDX-License-Identifier: EUPL-1.2
"""Cuttings: plans of which bars are sawn to which pieces for a project, each with its proof."""

from __future__ import annotations

import uuid
from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Index, func, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from inventory.tables.base import Base, Code, code_check
from inventory.tables.project import Project


class CuttingStatus(StrEnum):
    """How far a cutting is."""

    REQUESTED = "requested"
    RUNNING = "running"
    DONE = "done"
    FAILED = "failed"


class Cutting(Base):
    """One cutting plan of a project, asked for and made by a worker."""

    __tablename__ = "cutting"
    __table_args__ = (
        code_check("status", CuttingStatus),
        CheckConstraint("status IN ('done', 'failed') = (finished_at IS NOT NULL)", name="finished_at_end"),
        CheckConstraint(
            "status <> 'done' OR (problem IS NOT NULL AND plan IS NOT NULL)", name="done_has_plan"
        ),
        CheckConstraint("status <> 'failed' OR error IS NOT NULL", name="failed_has_error"),
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

    project: Mapped[Project] = relationship(lazy="raise")
