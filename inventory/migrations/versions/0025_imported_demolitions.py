# SPDX-License-Identifier: EUPL-1.2
"""Demolitions are imported from tables."""

from __future__ import annotations

from alembic import op

revision = "0025"
down_revision = "0024"
branch_labels = None
depends_on = None

_TABLES = ("import", "import_mapping")


def _allow(kinds: str) -> None:
    for table in _TABLES:
        name = op.f(f"ck_{table}_kind_code")
        op.drop_constraint(name, table)
        op.create_check_constraint(name, table, f"kind IN ({kinds})")


def upgrade() -> None:
    """Allow imports of demolitions."""
    _allow("'buildings', 'lots', 'requirements', 'hubs', 'demolitions', 'geography'")


def downgrade() -> None:
    """Forget imports of demolitions; the demolitions themselves stay."""
    for table in _TABLES:
        op.execute(f"DELETE FROM {table} WHERE kind = 'demolitions'")  # noqa: S608 - our own names
    _allow("'buildings', 'lots', 'requirements', 'hubs', 'geography'")
