# SPDX-License-Identifier: EUPL-1.2
"""The pieces a requirement is to be cut to, and plans of which bars are sawn to them."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0024"
down_revision = "0023"
branch_labels = None
depends_on = None

TIME = postgresql.TIMESTAMP(timezone=True)


def upgrade() -> None:
    """Nothing has been cut."""
    op.create_table(
        "requirement_piece",
        sa.Column("requirement_id", sa.Uuid(), nullable=False),
        sa.Column("length_mm", sa.Integer(), nullable=False),
        sa.Column("count", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "length_mm BETWEEN 100 AND 100000", name=op.f("ck_requirement_piece_length_sawable")
        ),
        sa.CheckConstraint("count BETWEEN 1 AND 100000", name=op.f("ck_requirement_piece_count_some")),
        sa.ForeignKeyConstraint(
            ["requirement_id"],
            ["requirement.id"],
            name=op.f("fk_requirement_piece_requirement_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("requirement_id", "length_mm", name=op.f("pk_requirement_piece")),
    )
    op.create_table(
        "cutting",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("project_id", sa.Uuid(), nullable=False),
        sa.Column("status", sa.Text(), server_default="requested", nullable=False),
        sa.Column(
            "params",
            postgresql.JSONB(),
            nullable=False,
            comment="Saw cut and shortest off-cut in mm, øre a cut",
        ),
        sa.Column(
            "problem",
            postgresql.JSONB(),
            nullable=True,
            comment="As `python -m matcher cut` reads it: bars by lot, pieces by requirement and length",
        ),
        sa.Column("plan", postgresql.JSONB(), nullable=True, comment="As `python -m matcher cut` writes it"),
        sa.Column(
            "left_out",
            postgresql.JSONB(),
            server_default=sa.text("'{}'"),
            nullable=False,
            comment="How many lots and requirements have no length",
        ),
        sa.Column("created_at", TIME, server_default=sa.func.now(), nullable=False),
        sa.Column("finished_at", TIME, nullable=True),
        sa.Column("error", sa.Text(), nullable=True),
        sa.CheckConstraint(
            "status IN ('requested', 'running', 'done', 'failed')", name=op.f("ck_cutting_status_code")
        ),
        sa.CheckConstraint(
            "status IN ('done', 'failed') = (finished_at IS NOT NULL)",
            name=op.f("ck_cutting_finished_at_end"),
        ),
        sa.CheckConstraint(
            "status <> 'done' OR (problem IS NOT NULL AND plan IS NOT NULL)",
            name=op.f("ck_cutting_done_has_plan"),
        ),
        sa.CheckConstraint(
            "status <> 'failed' OR error IS NOT NULL", name=op.f("ck_cutting_failed_has_error")
        ),
        sa.ForeignKeyConstraint(
            ["project_id"], ["project.id"], name=op.f("fk_cutting_project_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_cutting")),
    )
    op.create_index("ix_cutting_project_id_created_at", "cutting", ["project_id", "created_at"])


def downgrade() -> None:
    """Forget the pieces and the plans."""
    op.drop_table("cutting")
    op.drop_table("requirement_piece")
