# SPDX-License-Identifier: EUPL-1.2
"""Decisions on what lots are in law; a lot of which nobody has said anything is decided no more."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0018"
down_revision = "0017"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """What lots are stated to be stays as it is."""
    op.create_table(
        "product_decision",
        sa.Column("lot_id", sa.Uuid(), nullable=False),
        sa.Column("installed", sa.Boolean(), nullable=True, comment="Empty = not known"),
        sa.Column("processing", sa.Text(), nullable=True, comment="Light = checked, cleaned or repaired"),
        sa.Column("waste", sa.Text(), nullable=True, comment="Ended = it was, and is no longer"),
        sa.Column("reason", sa.Text(), nullable=False, comment="Code of `product_tests.csv`"),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("decided_on", sa.Date(), nullable=False),
        sa.Column("decided_by", sa.Text(), nullable=True, comment="Who; empty while there are no accounts"),
        sa.PrimaryKeyConstraint("lot_id", name=op.f("pk_product_decision")),
        sa.ForeignKeyConstraint(
            ["lot_id"], ["lot.id"], name=op.f("fk_product_decision_lot_id"), ondelete="CASCADE"
        ),
        sa.CheckConstraint(
            "processing IN ('none', 'light', 'reprocessed')", name=op.f("ck_product_decision_processing_code")
        ),
        sa.CheckConstraint(
            "waste IN ('never', 'ended', 'still')", name=op.f("ck_product_decision_waste_code")
        ),
    )
    op.alter_column(
        "lot",
        "product_status",
        nullable=True,
        server_default=None,
        comment="Empty = not decided; counts as new",
        existing_type=sa.Text(),
        existing_server_default=sa.text("'used'"),
    )


def downgrade() -> None:
    """What is not decided counts as used again, as it did."""
    op.execute("UPDATE lot SET product_status = 'used' WHERE product_status IS NULL")
    op.alter_column(
        "lot",
        "product_status",
        nullable=False,
        server_default="used",
        comment=None,
        existing_comment="Empty = not decided; counts as new",
        existing_type=sa.Text(),
    )
    op.drop_table("product_decision")
