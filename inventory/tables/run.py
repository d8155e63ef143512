# SPDX-License-Identifier: EUPL-1.2
"""Runs: recorded executions of the matcher, with params, digest and outcome."""

from __future__ import annotations

import uuid
from datetime import datetime
from decimal import Decimal
from enum import StrEnum
from typing import Any

from sqlalchemy import CheckConstraint, Index, func, text
from sqlalchemy.orm import Mapped, mapped_column

from inventory.tables.base import Base, Big, Code, code_check


class RunStatus(StrEnum):
    """How far a run is."""

    REQUESTED = "requested"
    RUNNING = "running"
    DONE = "done"
    FAILED = "failed"


class RunStep(StrEnum):
    """What a running run is doing."""

    SNAPSHOT = "snapshot"
    SOLVE = "solve"
    CHECK = "check"
    WRITE = "write"


class Run(Base):
    """One execution; its plan is in match, unmet, lot_price and certificate."""

    __tablename__ = "run"
    __table_args__ = (
        code_check("status", RunStatus),
        code_check("step", RunStep),
        CheckConstraint("step IS NULL OR status = 'running'", name="step_while_running"),
        CheckConstraint(
            "status IN ('done', 'failed') = (finished_at IS NOT NULL)",
            name="finished_at_end",
        ),
        CheckConstraint("status = 'requested' OR started_at IS NOT NULL", name="started"),
        CheckConstraint(
            "status <> 'done' OR (digest IS NOT NULL AND termination IS NOT NULL)",
            name="done_has_digest",
        ),
        CheckConstraint("status <> 'failed' OR error IS NOT NULL", name="failed_has_error"),
        CheckConstraint("bound <= cost", name="bound_cost"),
        Index("ix_run_created_at", "created_at"),
    )

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True)
    status: Mapped[RunStatus] = mapped_column(Code(RunStatus), server_default=RunStatus.REQUESTED)
    step: Mapped[RunStep | None] = mapped_column(Code(RunStep))
    params: Mapped[dict[str, Any]] = mapped_column(server_default=text("'{}'"))
    digest: Mapped[str | None] = mapped_column(comment="SHA-256 of the problem")
    termination: Mapped[str | None]
    created_at: Mapped[datetime] = mapped_column(server_default=func.now())
    started_at: Mapped[datetime | None]
    finished_at: Mapped[datetime | None]
    cost: Mapped[Big | None] = mapped_column(comment="C, in the certificate's quantum")
    bound: Mapped[Big | None] = mapped_column(comment="LB")
    baseline: Mapped[Big | None] = mapped_column(comment="B: everything bought new")
    gap: Mapped[Decimal | None] = mapped_column(comment="(C - LB) / (B - LB)")
    summary: Mapped[dict[str, Any] | None]
    error: Mapped[str | None]
