# SPDX-License-Identifier: EUPL-1.2
"""Hubs come by import, and say in their own words when they are open."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None

_TABLES = ("import", "import_mapping")


def _allow(kinds: str) -> None:
    for table in _TABLES:
        name = op.f(f"ck_{table}_kind_code")
        op.drop_constraint(name, table)
        op.create_check_constraint(name, table, f"kind IN ({kinds})")


def upgrade() -> None:
    """Allow imports of hubs."""
    op.add_column(
        "hub",
        sa.Column(
            "opening_hours",
            sa.Text(),
            nullable=True,
            comment="When one can deliver and fetch, in its own words",
        ),
    )
    _allow("'buildings', 'lots', 'requirements', 'hubs'")


def downgrade() -> None:
    """Forget imports of hubs; the hubs themselves stay."""
    for table in _TABLES:
        op.execute(f"DELETE FROM {table} WHERE kind = 'hubs'")  # noqa: S608 - our own names
    _allow("'buildings', 'lots', 'requirements'")
    op.drop_column("hub", "opening_hours")
