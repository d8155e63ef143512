# SPDX-License-Identifier: EUPL-1.2
"""Each tile of the map has a version of its own, its place is found at once, cells change where they lie."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0031"
down_revision = "0030"
branch_labels = None
depends_on = None

# What classes are called changes no mark; their tree decides what a survey replaces.
WATCH_CLASSES = """
    CREATE OR REPLACE FUNCTION genbro_map_material_class() RETURNS trigger LANGUAGE plpgsql AS $$
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
            {tiles}
        END IF;
        RETURN NULL;
    END $$
"""
TILES = "UPDATE map_tile SET version = map_state.version FROM map_state;"

# The bits of two 13-bit numbers set apart by one and interleaved, the Z-order curve. PL/pgSQL keeps
# its plans: a fiftieth of the time of a function of SQL that calls another.
QUAD = """
    CREATE OR REPLACE FUNCTION genbro_map_quad(x bigint, y bigint) RETURNS integer
    LANGUAGE plpgsql IMMUTABLE STRICT PARALLEL SAFE AS $$
    DECLARE
        half CONSTANT float8 := 20037508.342789244;
        side CONSTANT float8 := 4891.96981025128;
        e integer := floor((half + x / 10.0::float8) / side)::integer;
        s integer := floor((half - y / 10.0::float8) / side)::integer;
    BEGIN
        e := (e | (e << 8)) & 16711935;
        s := (s | (s << 8)) & 16711935;
        e := (e | (e << 4)) & 252645135;
        s := (s | (s << 4)) & 252645135;
        e := (e | (e << 2)) & 858993459;
        s := (s | (s << 2)) & 858993459;
        e := (e | (e << 1)) & 1431655765;
        s := (s | (s << 1)) & 1431655765;
        RETURN e | (s << 1);
    END $$
"""
SPREAD_BEFORE = """
    CREATE FUNCTION genbro_map_spread(v integer) RETURNS integer LANGUAGE sql IMMUTABLE AS $$
        SELECT (c | (c << 1)) & 1431655765
        FROM (SELECT (b | (b << 2)) & 858993459 AS c
              FROM (SELECT (a | (a << 4)) & 252645135 AS b
                    FROM (SELECT (v | (v << 8)) & 16711935 AS a) AS one) AS two) AS three
    $$
"""
QUAD_BEFORE = """
    CREATE OR REPLACE FUNCTION genbro_map_quad(x bigint, y bigint) RETURNS integer
    LANGUAGE sql IMMUTABLE CALLED ON NULL INPUT PARALLEL UNSAFE AS $$
        SELECT genbro_map_spread(floor((half + x / 10.0::float8) / side)::integer)
            | (genbro_map_spread(floor((half - y / 10.0::float8) / side)::integer) << 1)
        FROM (VALUES (20037508.342789244::float8, 4891.96981025128::float8)) AS mercator (half, side)
    $$
"""


def upgrade() -> None:
    """Tiles without a row have not changed since."""
    op.create_table(
        "map_tile",
        sa.Column("zoom", sa.SMALLINT(), autoincrement=False, nullable=False),
        sa.Column("tile_x", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("tile_y", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("version", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("zoom", "tile_x", "tile_y", name=op.f("pk_map_tile")),
    )
    op.execute(WATCH_CLASSES.format(tiles=TILES))
    op.execute(QUAD)
    op.execute("DROP FUNCTION genbro_map_spread(integer)")
    # A changed sum is written on the page of the old one, and no index is touched.
    op.execute("ALTER TABLE map_cell SET (fillfactor = 80)")


def downgrade() -> None:
    """Tiles have the version of the whole map again."""
    op.execute("ALTER TABLE map_cell RESET (fillfactor)")
    op.execute(SPREAD_BEFORE)
    op.execute(QUAD_BEFORE)
    op.execute(WATCH_CLASSES.format(tiles=""))
    op.drop_table("map_tile")
