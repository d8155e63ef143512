# SPDX-License-Identifier: EUPL-1.2
"""Learned factors: what surveys taught the estimates, and which lots they moved."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Estimates there are were moved by nothing."""
    op.create_table(
        "learned_factor",
        sa.Column("id", sa.Uuid(), nullable=False, comment="Made of the evidence, the prior and the method"),
        sa.Column("class_id", sa.Integer(), nullable=False),
        sa.Column("use_group", sa.Text(), nullable=False, comment="Of `estimate_groups.csv`"),
        sa.Column("era", sa.Text(), nullable=False, comment="Of `estimate_eras.csv`, or unknown"),
        sa.Column("method", sa.Integer(), nullable=False, comment="Version of the update"),
        sa.Column(
            "prior_surveys",
            sa.Numeric(),
            nullable=False,
            comment="Buildings the tables' middle weighs as much as",
        ),
        sa.Column(
            "prior_spread",
            sa.Numeric(),
            nullable=False,
            comment="Buildings the tables' width weighs as much as",
        ),
        sa.Column(
            "looked",
            sa.Integer(),
            nullable=False,
            comment="Buildings where a survey says whether the class is there",
        ),
        sa.Column("found", sa.Integer(), nullable=False, comment="Those where it is"),
        sa.Column("factor", sa.Numeric(), nullable=False, comment="The likely quantity is multiplied by it"),
        sa.Column(
            "spread",
            sa.Numeric(),
            nullable=False,
            comment="The width of the range is multiplied by it, in logarithms",
        ),
        sa.Column(
            "evidence",
            postgresql.JSONB(),
            nullable=False,
            comment="Per building: site_id, likely, variance, surveyed (steps), found",
        ),
        sa.Column(
            "created_at", postgresql.TIMESTAMP(timezone=True), server_default=sa.func.now(), nullable=False
        ),
        sa.CheckConstraint("found >= 0", name=op.f("ck_learned_factor_found_not_negative")),
        sa.CheckConstraint("found <= looked", name=op.f("ck_learned_factor_found_of_looked")),
        sa.CheckConstraint("factor > 0 AND spread > 0", name=op.f("ck_learned_factor_factor_above_nothing")),
        sa.CheckConstraint(
            "prior_surveys > 0 AND prior_spread > 0", name=op.f("ck_learned_factor_prior_above_nothing")
        ),
        sa.CheckConstraint(
            "jsonb_array_length(evidence) = looked", name=op.f("ck_learned_factor_evidence_whole")
        ),
        sa.ForeignKeyConstraint(["class_id"], ["material_class.id"], name=op.f("fk_learned_factor_class_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_learned_factor")),
    )
    op.create_index(op.f("ix_learned_factor_class_id"), "learned_factor", ["class_id"])
    op.add_column(
        "lot",
        sa.Column(
            "learned_factor_id",
            sa.Uuid(),
            nullable=True,
            comment="What surveys of other buildings moved the estimate by; empty = nothing",
        ),
    )
    op.create_index(op.f("ix_lot_learned_factor_id"), "lot", ["learned_factor_id"])
    op.create_foreign_key(
        op.f("fk_lot_learned_factor_id"), "lot", "learned_factor", ["learned_factor_id"], ["id"]
    )


def downgrade() -> None:
    """Forget what was learned; the next estimate says what the tables alone do."""
    op.drop_constraint(op.f("fk_lot_learned_factor_id"), "lot")
    op.drop_index(op.f("ix_lot_learned_factor_id"), "lot")
    op.drop_column("lot", "learned_factor_id")
    op.drop_table("learned_factor")
