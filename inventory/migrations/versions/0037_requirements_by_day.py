# SPDX-License-Identifier: EUPL-1.2
"""The list of requirements follows an index in its own order, the first day they are wanted."""

from __future__ import annotations

from alembic import op

revision = "0037"
down_revision = "0036"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Keep them in order."""
    op.create_index("ix_requirement_wanted_from_id", "requirement", ["wanted_from", "id"])


def downgrade() -> None:
    """Sort them each time."""
    op.drop_index("ix_requirement_wanted_from_id", table_name="requirement")
