# SPDX-License-Identifier: EUPL-1.2
"""Why a plan gives each requirement what it does, kept with the run."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0023"
down_revision = "0022"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Runs there are told nothing; `genbro explain` asks them again."""
    op.create_table(
        "explanation",
        sa.Column("run_id", sa.Uuid(), nullable=False),
        sa.Column("requirement_id", sa.Uuid(), nullable=False),
        sa.Column(
            "told",
            postgresql.JSONB(),
            nullable=False,
            comment="A `matcher.explain.told.RequirementExplanation`: lots taken and not, what would help",
        ),
        sa.ForeignKeyConstraint(
            ["requirement_id"],
            ["requirement.id"],
            name=op.f("fk_explanation_requirement_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["run_id"], ["run.id"], name=op.f("fk_explanation_run_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("run_id", "requirement_id", name=op.f("pk_explanation")),
    )
    op.create_index(op.f("ix_explanation_requirement_id"), "explanation", ["requirement_id"])


def downgrade() -> None:
    """Forget the explanations."""
    op.drop_table("explanation")
