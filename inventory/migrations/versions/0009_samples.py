# SPDX-License-Identifier: EUPL-1.2
"""Samples: what laboratories found in lots."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the table."""
    op.create_table(
        "sample",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("lot_id", sa.Uuid(), nullable=False),
        sa.Column("place", sa.Text(), nullable=False, comment="Where in the building it was taken"),
        sa.Column("substance", sa.Text(), nullable=False, comment="Code of the list `substance`"),
        sa.Column("reading", sa.Text(), nullable=False, comment="As the laboratory wrote it"),
        sa.Column("reading_unit", sa.Text(), nullable=False, comment="As the laboratory wrote it"),
        sa.Column(
            "value", sa.Numeric(), nullable=False, comment="In `unit`; where below, the detection limit"
        ),
        sa.Column("below", sa.Boolean(), nullable=False, comment="Less than `value` was found"),
        sa.Column("unit", sa.Text(), nullable=False, comment="The unit of the limits"),
        sa.Column("laboratory", sa.Text(), nullable=False),
        sa.Column(
            "accreditation", sa.Text(), nullable=True, comment="The laboratory's number; empty = not said"
        ),
        sa.Column("sampled_on", sa.Date(), nullable=False),
        sa.Column("report", sa.Text(), nullable=True, comment="Name of the report file"),
        sa.Column(
            "created_at", postgresql.TIMESTAMP(timezone=True), server_default=sa.func.now(), nullable=False
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sample")),
        sa.ForeignKeyConstraint(["lot_id"], ["lot.id"], name=op.f("fk_sample_lot_id")),
        sa.UniqueConstraint("lot_id", "place", "substance", "sampled_on", name=op.f("uq_sample_taken_once")),
        sa.CheckConstraint("value >= 0", name=op.f("ck_sample_value_not_negative")),
        sa.CheckConstraint("place <> ''", name=op.f("ck_sample_place_not_empty")),
        sa.CheckConstraint("laboratory <> ''", name=op.f("ck_sample_laboratory_not_empty")),
    )
    op.create_index("ix_sample_same_result", "sample", ["substance", "sampled_on", "value"])


def downgrade() -> None:
    """Forget it."""
    op.drop_table("sample")
