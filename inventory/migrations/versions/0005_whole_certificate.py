# SPDX-License-Identifier: EUPL-1.2
"""All that a certificate rests on, so that a plan can be read back whole and checked again."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the quanta of the classes and the requirements that were bounded by relaxing."""
    op.add_column(
        "certificate",
        sa.Column(
            "quanta",
            postgresql.JSONB(),
            server_default=sa.text("'{}'"),
            nullable=False,
            comment="Thousandths of an øre in one unit of cost, by code of the class; empty = not kept",
        ),
    )
    op.add_column(
        "certificate",
        sa.Column(
            "relaxed",
            postgresql.ARRAY(sa.Uuid()),
            server_default=sa.text("'{}'"),
            nullable=False,
            comment="Requirements whose least cost was bounded by relaxing their rules, not found exactly",
        ),
    )


def downgrade() -> None:
    """Forget both."""
    op.drop_column("certificate", "relaxed")
    op.drop_column("certificate", "quanta")
