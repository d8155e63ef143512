# SPDX-License-Identifier: EUPL-1.2
"""Tests of a lot: what a laboratory or an engineer found of its strength, frost, fire and the like."""

from __future__ import annotations

import uuid
from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import CheckConstraint, ForeignKey, UniqueConstraint, func
from sqlalchemy.orm import Mapped, mapped_column

from inventory.tables.base import Base, Code, code_check, not_negative


class TestOutcome(StrEnum):
    """What came of a test; ``measured`` where there is a value and nobody says whether it is enough."""

    __test__ = False  # its name begins as those that pytest collects

    PASSED = "passed"
    FAILED = "failed"
    MEASURED = "measured"


class LotTest(Base):
    """The result of one test of a lot; a lot with results is not deleted."""

    __tablename__ = "lot_test"
    __table_args__ = (
        UniqueConstraint("lot_id", "test", "tested_on", "laboratory", name="uq_lot_test_taken_once"),
        code_check("outcome", TestOutcome),
        *not_negative("value"),
        CheckConstraint("test <> ''", name="test_not_empty"),
        CheckConstraint("laboratory <> ''", name="laboratory_not_empty"),
    )

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True)
    lot_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("lot.id"))
    test: Mapped[str] = mapped_column(comment="Code of `class_tests.csv`")
    outcome: Mapped[TestOutcome] = mapped_column(Code(TestOutcome))
    result: Mapped[str | None] = mapped_column(comment="As the report says it")
    value: Mapped[int | None] = mapped_column(comment="Of the attribute the test measures, in its step")
    laboratory: Mapped[str] = mapped_column(comment="Who took the test")
    answered_by: Mapped[str | None] = mapped_column(comment="Firm of the engineer who answers for it")
    tested_on: Mapped[date]
    report_id: Mapped[uuid.UUID | None] = mapped_column(
        ForeignKey("attachment.id", ondelete="SET NULL"), index=True, comment="The report, as a file"
    )
    note: Mapped[str | None]
    created_at: Mapped[datetime] = mapped_column(server_default=func.now())
