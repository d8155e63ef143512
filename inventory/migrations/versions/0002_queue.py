# SPDX-License-Identifier: EUPL-1.2
"""The queue's tables, as procrastinate 3.10.0 packages them."""

from __future__ import annotations

from alembic import op
from procrastinate.schema import SchemaManager

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

# A query of the catalogue, not a list: it drops just what the schema file made, by its prefix.
DROP_QUEUE = """
DO $$
DECLARE
    found record;
BEGIN
    FOR found IN SELECT oid::regclass AS name FROM pg_class
        WHERE relkind = 'r' AND relname LIKE 'procrastinate\\_%'
            AND relnamespace = current_schema()::regnamespace
    LOOP
        EXECUTE 'DROP TABLE ' || found.name || ' CASCADE';
    END LOOP;
    FOR found IN SELECT oid::regprocedure AS name FROM pg_proc
        WHERE proname LIKE 'procrastinate\\_%' AND pronamespace = current_schema()::regnamespace
    LOOP
        EXECUTE 'DROP FUNCTION ' || found.name || ' CASCADE';
    END LOOP;
    FOR found IN SELECT oid::regtype AS name FROM pg_type
        WHERE typtype IN ('e', 'c') AND typname LIKE 'procrastinate\\_%'
            AND typnamespace = current_schema()::regnamespace
    LOOP
        EXECUTE 'DROP TYPE ' || found.name || ' CASCADE';
    END LOOP;
END $$
"""


def upgrade() -> None:
    """Apply procrastinate's own schema file, whole and unchanged."""
    # The driver takes several statements at once only where it is given no parameters.
    op.get_bind().exec_driver_sql(SchemaManager.get_schema(), execution_options={"no_parameters": True})


def downgrade() -> None:
    """Drop all that the schema file made."""
    op.execute(DROP_QUEUE)
