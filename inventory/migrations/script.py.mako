# SPDX-License-Identifier: EUPL-1.2
"""${message}."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op
${imports if imports else ""}

revision = ${repr(up_revision)}
down_revision = ${repr(down_revision)}
branch_labels = ${repr(branch_labels)}
depends_on = ${repr(depends_on)}


def upgrade() -> None:
    """Go up a step."""
    ${upgrades if upgrades else "pass"}


def downgrade() -> None:
    """Go back a step."""
    ${downgrades if downgrades else "pass"}
