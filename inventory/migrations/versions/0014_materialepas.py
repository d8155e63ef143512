# SPDX-License-Identifier: EUPL-1.2
"""Materialepas of lots."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the table."""
    op.create_table(
        "materialepas",
        sa.Column("lot_id", sa.Uuid(), nullable=False),
        sa.Column(
            "said",
            postgresql.JSONB(),
            server_default=sa.text("'{}'"),
            nullable=False,
            comment="Path of the field to its value; null says that it is empty",
        ),
        sa.Column(
            "updated_at", postgresql.TIMESTAMP(timezone=True), server_default=sa.func.now(), nullable=False
        ),
        sa.Column("updated_by", sa.Text(), nullable=True, comment="Who; empty while there are no accounts"),
        sa.PrimaryKeyConstraint("lot_id", name=op.f("pk_materialepas")),
        sa.ForeignKeyConstraint(
            ["lot_id"], ["lot.id"], name=op.f("fk_materialepas_lot_id"), ondelete="CASCADE"
        ),
        sa.CheckConstraint("jsonb_typeof(said) = 'object'", name=op.f("ck_materialepas_said_is_object")),
    )


def downgrade() -> None:
    """Forget it."""
    op.drop_table("materialepas")
