# SPDX-License-Identifier: EUPL-1.2
"""When each site was last looked at; who is a public body concerns its sites."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0030"
down_revision = "0029"
branch_labels = None
depends_on = None

# A public body's price may be a transfer: its lots have to be looked at again.
WATCH_ORGANISATIONS = """
    CREATE FUNCTION genbro_map_organisation() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
        INSERT INTO map_stale (site_id)
        SELECT site.id FROM site
        JOIN new_rows AS now ON now.id = site.organisation_id
        JOIN old_rows AS was ON was.id = now.id
        WHERE now.kind IS DISTINCT FROM was.kind;
        IF FOUND THEN
            PERFORM pg_notify('genbro_map', '');
        END IF;
        RETURN NULL;
    END $$
"""


def upgrade() -> None:
    """No site has been looked at since anybody began to count."""
    op.create_table(
        "site_look",
        sa.Column("site_id", sa.Uuid(), nullable=False),
        sa.Column("number", sa.BigInteger(), nullable=False, comment="The greater, the later"),
        sa.PrimaryKeyConstraint("site_id", name=op.f("pk_site_look")),
    )
    op.create_index("ix_site_look_number", "site_look", ["number"])
    op.execute(WATCH_ORGANISATIONS)
    op.execute(
        "CREATE TRIGGER organisation_map_update AFTER UPDATE ON organisation"
        " REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows"
        " FOR EACH STATEMENT EXECUTE FUNCTION genbro_map_organisation()"
    )


def downgrade() -> None:
    """Nobody counts looks any more."""
    op.execute("DROP TRIGGER organisation_map_update ON organisation")
    op.execute("DROP FUNCTION genbro_map_organisation()")
    op.drop_table("site_look")
