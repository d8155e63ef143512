# SPDX-License-Identifier: EUPL-1.2
"""The square a lot lies in, and indexes that hold what a search asks, so that it looks at no rows."""

from __future__ import annotations

from alembic import op

revision = "0027"
down_revision = "0026"
branch_labels = None
depends_on = None

CELL = """CASE WHEN point IS NULL THEN -1 ELSE
    least(greatest(floor((st_x(point) - 440000) / 20000), 0), 22) * 19
    + least(greatest(floor((st_y(point) - 6040000) / 20000), 0), 18) END::smallint"""
FILTERS = (
    *("not_counted", "basis", "firmness", "screening", "documentation"),
    *("available_from", "available_to", "municipality_code", "month_free", "decide_by"),
)
ATTRIBUTES = (
    *("length_mm", "width_mm", "height_mm", "thickness_mm"),
    *("grade", "year", "strength", "fire", "colour"),
)
PLACE = ("x", "y", "site_id", "amount")
HOLDING = {
    ("class_id", "cell"): (*FILTERS, *PLACE, "lot_id", "unit_price_ore", *ATTRIBUTES),
    ("class_id", "amount", "lot_id"): (*FILTERS, "x", "y"),
    ("firmness", "available_from", "lot_id"): ("class_id", *FILTERS, *PLACE),
    ("municipality_code", "available_from", "lot_id"): ("class_id", *FILTERS, *PLACE),
}
# All in one statement: each rewrites the whole table.
ADD = f"""
    ALTER TABLE lot_search
    ADD COLUMN x double precision GENERATED ALWAYS AS (st_x(point)) STORED,
    ADD COLUMN y double precision GENERATED ALWAYS AS (st_y(point)) STORED,
    ADD COLUMN cell smallint NOT NULL GENERATED ALWAYS AS (({CELL})) STORED
"""
COMMENTS = {"x": "Of the point", "cell": "Square of 20 km; -1 = no coordinate"}


def _make(columns: tuple[str, ...], *, holding: tuple[str, ...] = ()) -> None:
    op.create_index(
        "ix_lot_search_" + "_".join(columns),
        "lot_search",
        list(columns),
        postgresql_include=[name for name in holding if name not in columns],
    )


def _drop(columns: tuple[str, ...]) -> None:
    op.drop_index("ix_lot_search_" + "_".join(columns), table_name="lot_search")


def upgrade() -> None:
    """Rows that are kept get their squares from their points."""
    op.drop_index("ix_lot_search_class_id_point", table_name="lot_search")
    for columns in HOLDING:
        if "cell" not in columns:
            _drop(columns)
    op.execute(ADD)
    for name, comment in COMMENTS.items():
        op.execute(f"COMMENT ON COLUMN lot_search.{name} IS '{comment}'")
    for columns, holding in HOLDING.items():
        _make(columns, holding=holding)


def downgrade() -> None:
    """Go back to indexes that only lead to rows."""
    for columns in HOLDING:
        _drop(columns)
        if "cell" not in columns:
            _make(columns)
    op.create_index(
        "ix_lot_search_class_id_point", "lot_search", ["class_id", "point"], postgresql_using="gist"
    )
    for name in ("cell", "y", "x"):
        op.drop_column("lot_search", name)
