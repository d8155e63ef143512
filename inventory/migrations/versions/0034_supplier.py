# SPDX-License-Identifier: EUPL-1.2
"""Who buys the material of a requirement, as the builder has chosen."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0034"
down_revision = "0033"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Nothing is decided of the requirements there are."""
    op.add_column(
        "requirement",
        sa.Column(
            "supplied_by",
            sa.Text(),
            nullable=True,
            comment="Who buys the material, as the builder has chosen; empty = not decided",
        ),
    )
    op.create_check_constraint(
        op.f("ck_requirement_supplied_by_code"), "requirement", "supplied_by IN ('client', 'contractor')"
    )


def downgrade() -> None:
    """Forget what was chosen; the history keeps it."""
    op.drop_column("requirement", "supplied_by")
