# SPDX-License-Identifier: EUPL-1.2
"""Tests of lots: what laboratories and engineers found."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the table."""
    op.create_table(
        "lot_test",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("lot_id", sa.Uuid(), nullable=False),
        sa.Column("test", sa.Text(), nullable=False, comment="Code of `class_tests.csv`"),
        sa.Column("outcome", sa.Text(), nullable=False),
        sa.Column("result", sa.Text(), nullable=True, comment="As the report says it"),
        sa.Column(
            "value", sa.Integer(), nullable=True, comment="Of the attribute the test measures, in its step"
        ),
        sa.Column("laboratory", sa.Text(), nullable=False, comment="Who took the test"),
        sa.Column("answered_by", sa.Text(), nullable=True, comment="Firm of the engineer who answers for it"),
        sa.Column("tested_on", sa.Date(), nullable=False),
        sa.Column("report_id", sa.Uuid(), nullable=True, comment="The report, as a file"),
        sa.Column("note", sa.Text(), nullable=True),
        sa.Column(
            "created_at", postgresql.TIMESTAMP(timezone=True), server_default=sa.func.now(), nullable=False
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_lot_test")),
        sa.ForeignKeyConstraint(["lot_id"], ["lot.id"], name=op.f("fk_lot_test_lot_id")),
        sa.ForeignKeyConstraint(
            ["report_id"], ["attachment.id"], name=op.f("fk_lot_test_report_id"), ondelete="SET NULL"
        ),
        sa.UniqueConstraint("lot_id", "test", "tested_on", "laboratory", name=op.f("uq_lot_test_taken_once")),
        sa.CheckConstraint(
            "outcome IN ('passed', 'failed', 'measured')", name=op.f("ck_lot_test_outcome_code")
        ),
        sa.CheckConstraint("value >= 0", name=op.f("ck_lot_test_value_not_negative")),
        sa.CheckConstraint("test <> ''", name=op.f("ck_lot_test_test_not_empty")),
        sa.CheckConstraint("laboratory <> ''", name=op.f("ck_lot_test_laboratory_not_empty")),
    )
    op.create_index(op.f("ix_lot_test_report_id"), "lot_test", ["report_id"])


def downgrade() -> None:
    """Forget it."""
    op.drop_table("lot_test")
