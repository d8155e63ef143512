# SPDX-License-Identifier: EUPL-1.2
"""A building that whoever surveys it tells of has no id in the register."""

from __future__ import annotations

from alembic import op

revision = "0035"
down_revision = "0034"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """A building of the register keeps its id."""
    op.alter_column("building", "bbr_id", nullable=True, comment="BBR id_lokalId; empty = told by hand")


def downgrade() -> None:
    """A building told by hand takes the id of its site, which no register knows."""
    op.execute("UPDATE building SET bbr_id = site_id WHERE bbr_id IS NULL")
    op.alter_column("building", "bbr_id", nullable=False, comment="BBR id_lokalId")
