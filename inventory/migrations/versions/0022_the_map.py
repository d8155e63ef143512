# SPDX-License-Identifier: EUPL-1.2
"""The map's marks, and cells of them by zoom; triggers note which sites have to be looked at again."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0022"
down_revision = "0021"
branch_labels = None
depends_on = None

TEXT = sa.Text()
KINDS = "kind IN ('lot', 'requirement')"

# Which sites a row of a table concerns, and which events of it.
SITES = {
    "lot": ("SELECT site_id FROM {rows}", ("INSERT", "UPDATE", "DELETE")),
    "building": ("SELECT site_id FROM {rows}", ("INSERT", "UPDATE", "DELETE")),
    "lot_origin": (
        "SELECT lot.site_id FROM {rows} AS row JOIN lot ON lot.id = row.parent_id",
        ("INSERT", "UPDATE", "DELETE"),
    ),
    "requirement": (
        "SELECT project.site_id FROM {rows} AS row JOIN project ON project.id = row.project_id",
        ("INSERT", "UPDATE", "DELETE"),
    ),
    # A new one has nothing on it yet.
    "project": ("SELECT site_id FROM {rows}", ("UPDATE", "DELETE")),
    "site": ("SELECT id FROM {rows}", ("UPDATE", "DELETE")),
}
TABLES = {"INSERT": ("new",), "UPDATE": ("old", "new"), "DELETE": ("old",)}

# A transition table goes with one event, so there is a trigger for each; a branch not taken is never planned.
WATCH = """
    CREATE FUNCTION genbro_map_{table}() RETURNS trigger LANGUAGE plpgsql AS $$
    DECLARE
        added bigint := 0;
        more bigint;
    BEGIN
        IF TG_OP <> 'INSERT' THEN
            INSERT INTO map_stale (site_id) SELECT DISTINCT site_id FROM ({old}) AS changed (site_id);
            GET DIAGNOSTICS added = ROW_COUNT;
        END IF;
        IF TG_OP <> 'DELETE' THEN
            INSERT INTO map_stale (site_id) SELECT DISTINCT site_id FROM ({new}) AS changed (site_id);
            GET DIAGNOSTICS more = ROW_COUNT;
            added := added + more;
        END IF;
        IF added > 0 THEN
            PERFORM pg_notify('genbro_map', '');
        END IF;
        RETURN NULL;
    END $$
"""

# What classes are called changes no mark; their tree decides what a survey replaces.
WATCH_CLASSES = """
    CREATE FUNCTION genbro_map_material_class() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
        INSERT INTO map_stale (site_id)
        SELECT DISTINCT lot.site_id FROM lot
        JOIN new_rows AS now ON now.id = lot.class_id
        JOIN old_rows AS was ON was.id = now.id
        WHERE (now.code, now.parent_id, now.step, now.mass_g_per_step)
            IS DISTINCT FROM (was.code, was.parent_id, was.step, was.mass_g_per_step);
        IF FOUND THEN
            PERFORM pg_notify('genbro_map', '');
        END IF;
        IF EXISTS (SELECT FROM new_rows) THEN
            UPDATE map_state SET version = version + 1;  -- tiles carry names
        END IF;
        RETURN NULL;
    END $$
"""

# The bits of 13-bit numbers set apart by one, and two such numbers interleaved: the Z-order curve.
QUAD = (
    """
    CREATE FUNCTION genbro_map_spread(v integer) RETURNS integer LANGUAGE sql IMMUTABLE AS $$
        SELECT (c | (c << 1)) & 1431655765
        FROM (SELECT (b | (b << 2)) & 858993459 AS c
              FROM (SELECT (a | (a << 4)) & 252645135 AS b
                    FROM (SELECT (v | (v << 8)) & 16711935 AS a) AS one) AS two) AS three
    $$
    """,
    """
    CREATE FUNCTION genbro_map_quad(x bigint, y bigint) RETURNS integer LANGUAGE sql IMMUTABLE AS $$
        SELECT genbro_map_spread(floor((half + x / 10.0::float8) / side)::integer)
            | (genbro_map_spread(floor((half - y / 10.0::float8) / side)::integer) << 1)
        FROM (VALUES (20037508.342789244::float8, 4891.96981025128::float8)) AS mercator (half, side)
    $$
    """,
)
SPOT = """
    CREATE FUNCTION genbro_map_spot(x bigint, y bigint) RETURNS bigint LANGUAGE sql IMMUTABLE AS $$
        SELECT coalesce((x * 7919 # y * 104729) & 1048575, 0)
    $$
"""
MONTH = """
    CREATE FUNCTION genbro_map_month(day date) RETURNS integer LANGUAGE sql IMMUTABLE AS $$
        SELECT extract(year FROM day)::integer * 12 + extract(month FROM day)::integer - 1
    $$
"""
FUNCTIONS = (
    *(f"genbro_map_{table}()" for table in (*SITES, "material_class")),
    "genbro_map_quad(bigint, bigint)",
    "genbro_map_spread(integer)",
    "genbro_map_month(date)",
    "genbro_map_spot(bigint, bigint)",
)


def upgrade() -> None:
    """All sites there are have to be looked at."""
    op.create_table(
        "map_mark",
        sa.Column("kind", TEXT, nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column(
            "number",
            sa.BigInteger(),
            sa.Identity(),
            nullable=False,
            comment="Which one a cell of one is: a cell knows the sum of them",
        ),
        sa.Column("site_id", sa.Uuid(), nullable=False),
        sa.Column("municipality_code", TEXT, nullable=True),
        sa.Column("class_id", sa.Integer(), nullable=False),
        sa.Column("basis", TEXT, nullable=True, comment="Of a lot"),
        sa.Column("firmness", TEXT, nullable=True, comment="Of a lot"),
        sa.Column("screening", TEXT, nullable=True, comment="Of a lot"),
        sa.Column(
            "not_counted",
            TEXT,
            nullable=True,
            comment="Why a lot counts nothing; only those counted are in cells",
        ),
        sa.Column("available_from", sa.Date(), nullable=True, comment="Of a requirement, when it is wanted"),
        sa.Column("available_to", sa.Date(), nullable=True, comment="Exclusive"),
        sa.Column("decide_by", sa.Date(), nullable=True),
        sa.Column(
            "steps", sa.BigInteger(), nullable=False, comment="Quantity that counts, in the class's step"
        ),
        sa.Column("mass_g", sa.BigInteger(), nullable=False),
        sa.Column(
            "x", sa.BigInteger(), nullable=True, comment="Web Mercator, decimetres; empty = no coordinate"
        ),
        sa.Column("y", sa.BigInteger(), nullable=True),
        sa.Column(
            "quad",
            sa.Integer(),
            nullable=True,
            comment="Its tile of zoom 13, along the Z-order curve: each tile is a run of these",
        ),
        sa.PrimaryKeyConstraint("kind", "id", name=op.f("pk_map_mark")),
        sa.UniqueConstraint("number", name=op.f("uq_map_mark_number")),
        sa.CheckConstraint(KINDS, name=op.f("ck_map_mark_kind_code")),
        sa.CheckConstraint("basis IN ('estimated', 'surveyed')", name=op.f("ck_map_mark_basis_code")),
        sa.CheckConstraint(
            "firmness IN ('possible', 'permit_applied', 'permit_given', 'started', 'gone')",
            name=op.f("ck_map_mark_firmness_code"),
        ),
        sa.CheckConstraint(
            "screening IN ('clean', 'unknown', 'contaminated', 'hazardous')",
            name=op.f("ck_map_mark_screening_code"),
        ),
    )
    op.create_index("ix_map_mark_kind_quad_x_y", "map_mark", ["kind", "quad", "x", "y"])
    op.create_index("ix_map_mark_class_id_quad", "map_mark", ["class_id", "quad"])
    op.create_index(op.f("ix_map_mark_site_id"), "map_mark", ["site_id"])
    op.create_index(op.f("ix_map_mark_municipality_code"), "map_mark", ["municipality_code"])
    op.create_table(
        "map_cell",
        sa.Column("part", TEXT, nullable=False),
        sa.Column("zoom", sa.SMALLINT(), nullable=False),
        sa.Column("tile_x", sa.Integer(), nullable=False),
        sa.Column("tile_y", sa.Integer(), nullable=False),
        sa.Column("kind", TEXT, nullable=False),
        sa.Column("class_id", sa.Integer(), nullable=False),
        sa.Column("cell", sa.SMALLINT(), nullable=False, comment="Row from the north times 14, and column"),
        sa.Column("basis", TEXT, nullable=False),
        sa.Column("firmness", TEXT, nullable=False),
        sa.Column("screening", TEXT, nullable=False),
        sa.Column("edge", TEXT, nullable=False),
        sa.Column(
            "month",
            sa.Integer(),
            nullable=False,
            comment="Months since the year 0: the window's first or last",
        ),
        sa.Column("n", sa.Integer(), nullable=False),
        sa.Column("surveyed", sa.Integer(), nullable=False, comment="How many of them are surveyed lots"),
        sa.Column("steps", sa.BigInteger(), nullable=False, comment="Means something of one class"),
        sa.Column("mass_g", sa.BigInteger(), nullable=False),
        sa.Column(
            "x", sa.BigInteger(), nullable=False, comment="Web Mercator, decimetres; as those below, a sum"
        ),
        sa.Column("y", sa.BigInteger(), nullable=False),
        sa.Column("number", sa.BigInteger(), nullable=False),
        sa.Column("spot", sa.BigInteger(), nullable=False, comment="A hash of each point"),
        sa.Column("spot_square", sa.BigInteger(), nullable=False),
        sa.Column("class_sum", sa.BigInteger(), nullable=False),
        sa.Column("class_square", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint(
            "part",
            "zoom",
            "tile_x",
            "tile_y",
            "kind",
            "class_id",
            "cell",
            "basis",
            "firmness",
            "screening",
            "edge",
            "month",
            name=op.f("pk_map_cell"),
        ),
        sa.CheckConstraint(
            "part IN ('all', 'class', 'state', 'months', 'class_months')", name=op.f("ck_map_cell_part_code")
        ),
        sa.CheckConstraint(KINDS, name=op.f("ck_map_cell_kind_code")),
        sa.CheckConstraint("edge IN ('', 'from', 'to')", name=op.f("ck_map_cell_edge_code")),
        sa.CheckConstraint("n > 0", name=op.f("ck_map_cell_n_positive")),
    )
    op.create_table(
        "map_stale",
        sa.Column("id", sa.BigInteger(), sa.Identity(), nullable=False),
        sa.Column("site_id", sa.Uuid(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_map_stale")),
    )
    op.create_table(
        "map_state",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("version", sa.BigInteger(), nullable=False, comment="One more each time marks change"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_map_state")),
        sa.CheckConstraint("id = 1", name=op.f("ck_map_state_one_row")),
    )
    op.execute("INSERT INTO map_state (id, version) VALUES (1, 0)")
    for function in (*QUAD, SPOT, MONTH):
        op.execute(function)
    for table, (sites, events) in SITES.items():
        op.execute(
            WATCH.format(table=table, old=sites.format(rows="old_rows"), new=sites.format(rows="new_rows"))
        )
        for event in events:
            watch_event(table, event)
    op.execute(WATCH_CLASSES)
    watch_event("material_class", "UPDATE")
    op.execute("INSERT INTO map_stale (site_id) SELECT id FROM site")


def watch_event(table: str, event: str) -> None:
    """Have the table's function called after each statement of a kind, with the rows it changed."""
    rows = " ".join(f"{which.upper()} TABLE AS {which}_rows" for which in TABLES[event])
    op.execute(
        f"CREATE TRIGGER {table}_map_{event.lower()} AFTER {event} ON {table} REFERENCING {rows}"
        f" FOR EACH STATEMENT EXECUTE FUNCTION genbro_map_{table}()"
    )


def downgrade() -> None:
    """Forget the map: all of it comes from the other tables."""
    for table, events in {
        **{table: events for table, (_, events) in SITES.items()},
        "material_class": ("UPDATE",),
    }.items():
        for event in events:
            op.execute(f"DROP TRIGGER {table}_map_{event.lower()} ON {table}")
    for function in FUNCTIONS:
        op.execute(f"DROP FUNCTION {function}")
    for table in ("map_state", "map_stale", "map_cell", "map_mark"):
        op.drop_table(table)
