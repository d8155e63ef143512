# SPDX-License-Identifier: EUPL-1.2
"""How complete each lot's papers are, where searches ask; photos, surveys, tests and decisions are noted."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0032"
down_revision = "0031"
branch_labels = None
depends_on = None

OLD_FILTERS = (
    *("not_counted", "basis", "firmness", "screening", "documentation"),
    *("available_from", "available_to", "municipality_code", "month_free", "decide_by"),
)
NEW_FILTERS = (
    *("not_counted", "basis", "firmness", "screening", "documentation", "completeness", "enough_to_offer"),
    *("available_from", "available_to", "municipality_code", "month_free", "decide_by"),
)
ATTRIBUTES = (
    *("length_mm", "width_mm", "height_mm", "thickness_mm"),
    *("grade", "year", "strength", "fire", "colour"),
)
PLACE = ("x", "y", "site_id", "amount")

# What a row speaks of: its lot, and the lots made of that, undone or not.
WATCHED = ("lot_survey", "product_decision", "lot_test", "attachment")
TABLES = {"INSERT": ("new",), "UPDATE": ("old", "new"), "DELETE": ("old",)}
SITES = """
    INSERT INTO map_stale (site_id)
    WITH RECURSIVE made (id) AS (
        SELECT lot_id FROM {rows} WHERE lot_id IS NOT NULL
        UNION SELECT child_id FROM lot_origin JOIN made ON lot_origin.parent_id = made.id
    )
    SELECT DISTINCT lot.site_id FROM made JOIN lot ON lot.id = made.id;
    GET DIAGNOSTICS more = ROW_COUNT;
    added := added + more;
"""
WATCH = """
    CREATE FUNCTION genbro_map_{table}() RETURNS trigger LANGUAGE plpgsql AS $$
    DECLARE
        added bigint := 0;
        more bigint;
    BEGIN
        IF TG_OP <> 'INSERT' THEN {old} END IF;
        IF TG_OP <> 'DELETE' THEN {new} END IF;
        IF added > 0 THEN
            PERFORM pg_notify('genbro_map', '');
        END IF;
        RETURN NULL;
    END $$
"""


def _make_indexes(filters: tuple[str, ...]) -> None:
    holding = {
        ("class_id", "cell"): (*filters, *PLACE, "lot_id", "unit_price_ore", *ATTRIBUTES),
        ("class_id", "amount", "lot_id"): (*filters, "x", "y"),
        ("firmness", "available_from", "lot_id"): ("class_id", *filters, *PLACE),
        ("municipality_code", "available_from", "lot_id"): ("class_id", *filters, *PLACE),
    }
    for columns, included in holding.items():
        name = "ix_lot_search_" + "_".join(columns)
        op.drop_index(name, table_name="lot_search")
        op.create_index(
            name,
            "lot_search",
            list(columns),
            postgresql_include=[one for one in included if one not in columns],
        )


def upgrade() -> None:
    """Whoever keeps the map judges the papers of all lots: every site has to be looked at."""
    op.add_column(
        "lot_search",
        sa.Column(
            "completeness",
            sa.SmallInteger(),
            nullable=True,
            comment="How complete its papers are, 0 to 100; empty = an estimate has none",
        ),
    )
    op.add_column(
        "lot_search",
        sa.Column(
            "enough_to_offer",
            sa.Boolean(),
            nullable=False,
            server_default=sa.false(),
            comment="Whether all is known that who takes it down can give",
        ),
    )
    op.alter_column("lot_search", "enough_to_offer", server_default=None)
    _make_indexes(NEW_FILTERS)
    for table in WATCHED:
        op.execute(
            WATCH.format(table=table, old=SITES.format(rows="old_rows"), new=SITES.format(rows="new_rows"))
        )
        for event, which in TABLES.items():
            rows = " ".join(f"{one.upper()} TABLE AS {one}_rows" for one in which)
            op.execute(
                f"CREATE TRIGGER {table}_map_{event.lower()} AFTER {event} ON {table} REFERENCING {rows}"
                f" FOR EACH STATEMENT EXECUTE FUNCTION genbro_map_{table}()"
            )
    op.execute("INSERT INTO map_stale (site_id) SELECT id FROM site")


def downgrade() -> None:
    """Forget the scores: they follow from the other tables."""
    for table in WATCHED:
        for event in TABLES:
            op.execute(f"DROP TRIGGER {table}_map_{event.lower()} ON {table}")
        op.execute(f"DROP FUNCTION genbro_map_{table}()")
    _make_indexes(OLD_FILTERS)
    op.drop_column("lot_search", "enough_to_offer")
    op.drop_column("lot_search", "completeness")
