# SPDX-License-Identifier: EUPL-1.2
"""A match keeps the class its lot had, so that a later import does not change how old plans read."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Give the matches there are the class their lot has now: the best that is known of them."""
    op.add_column(
        "match",
        sa.Column("class_id", sa.Integer(), comment="Class of the lot at the snapshot", nullable=True),
    )
    op.execute("UPDATE match SET class_id = lot.class_id FROM lot WHERE lot.id = match.lot_id")
    op.alter_column("match", "class_id", nullable=False)
    op.alter_column(
        "match",
        "quantity",
        comment="Steps of that class",
        existing_comment="Steps of the lot's class",
        existing_type=sa.BigInteger(),
        existing_nullable=False,
    )
    op.create_foreign_key(op.f("fk_match_class_id"), "match", "material_class", ["class_id"], ["id"])


def downgrade() -> None:
    """Forget the class."""
    op.alter_column(
        "match",
        "quantity",
        comment="Steps of the lot's class",
        existing_comment="Steps of that class",
        existing_type=sa.BigInteger(),
        existing_nullable=False,
    )
    op.drop_constraint(op.f("fk_match_class_id"), "match", type_="foreignkey")
    op.drop_column("match", "class_id")
