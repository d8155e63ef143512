# SPDX-License-Identifier: EUPL-1.2
"""Clustering on the fly: PostGIS groups the lots of a tile by a grid while the tile is asked for."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import date
from time import perf_counter
from typing import Any

import psycopg

from benchmarks.contest import Answer
from inventory.queries.map.grid import CELLS, HALF_METRES, PART_ZOOM, Tile

SCHEMA = "clusters_on_the_fly"
_SETTINGS = "SET max_parallel_workers_per_gather = 0; SET jit = off; SET work_mem = '64MB'"

# It is given everything made ready but the sums: lots already judged, points already in the map's system, one
# table with an index for each kind, laid on the disk in the order of places.
_TABLES = f"""
    DROP SCHEMA IF EXISTS {SCHEMA} CASCADE;
    CREATE SCHEMA {SCHEMA};
    CREATE TABLE {SCHEMA}.mark AS
    SELECT kind, id, site_id, class_id, basis, firmness, available_from, available_to, decide_by, steps,
           mass_g, ST_SetSRID(ST_MakePoint(x / 10.0, y / 10.0), 3857) AS geom
      FROM map_mark WHERE not_counted IS NULL AND x IS NOT NULL
     ORDER BY kind, ST_SetSRID(ST_MakePoint(x / 10.0, y / 10.0), 3857);
    CREATE INDEX ON {SCHEMA}.mark USING gist (geom) WHERE kind = 'lot';
    CREATE INDEX ON {SCHEMA}.mark USING gist (geom) WHERE kind = 'requirement';
"""
_LAYER = """
    SELECT ST_AsMVT(tile.*, '{kind}s', 4096, 'geometry') FROM (
        SELECT g.n, g.id, g.site, m.name_da, m.name_en {told},
               ST_AsMVTGeom(g.middle, ST_TileEnvelope(%(z)s, %(x)s, %(y)s), 4096, 0, false) AS geometry
          FROM (SELECT count(*) AS n, CASE WHEN count(*) = 1 THEN min(id::text) END AS id,
                       CASE WHEN min(site_id::text) = max(site_id::text) THEN min(site_id::text) END AS site,
                       CASE WHEN min(class_id) = max(class_id) THEN min(class_id) END AS class_id {counted},
                       ST_SetSRID(ST_MakePoint(avg(ST_X(geom)), avg(ST_Y(geom))), 3857) AS middle
                  FROM {schema}.mark
                 WHERE kind = '{kind}' AND geom && ST_TileEnvelope(%(z)s, %(x)s, %(y)s)
                       {inside} {asked}
                 GROUP BY {groups}) AS g
          LEFT JOIN material_class AS m ON m.id = g.class_id) AS tile
"""
# Boxes of the index are rounded to single precision: some lots lie a metre outside the tile.
_INSIDE = """AND ST_X(geom) >= %(west)s AND ST_X(geom) < %(east)s
                       AND ST_Y(geom) > %(south)s AND ST_Y(geom) <= %(north)s"""
_COUNTED = """, count(*) FILTER (WHERE basis = 'surveyed') AS surveyed,
    CASE WHEN count(*) = 1 THEN min(decide_by)::text END AS decide_by"""
_GRID = ", ".join(
    f"floor(({HALF_METRES} {sign} ST_{axis}(geom)) / %(side)s)" for sign, axis in (("+", "X"), ("-", "Y"))
)
_MONTHS = """
    SELECT m.month::date, count(*), sum(mass_g)::bigint
      FROM generate_series(%(first)s::date, %(first)s::date + interval '23 months', interval '1 month')
        AS m (month)
      JOIN {schema}.mark ON kind = 'lot' AND available_from < m.month + interval '1 month'
                        AND available_to > m.month {asked}
     GROUP BY m.month ORDER BY m.month
"""
_VIEW = f"""
    CREATE MATERIALIZED VIEW {SCHEMA}.cluster AS
    SELECT zoom, kind, floor(({HALF_METRES} + ST_X(geom)) / side) AS x,
           floor(({HALF_METRES} - ST_Y(geom)) / side) AS y,
           count(*) AS n, avg(ST_X(geom)) AS middle_x, avg(ST_Y(geom)) AS middle_y,
           CASE WHEN min(class_id) = max(class_id) THEN min(class_id) END AS class_id
      FROM {SCHEMA}.mark
     CROSS JOIN LATERAL (SELECT zoom, 2 * {HALF_METRES} / (1 << zoom) / {CELLS} AS side
                           FROM generate_series(6, 12) AS zoom) AS grid
     GROUP BY 1, 2, 3, 4
"""


@contextmanager
def open_clusters(url: str) -> Iterator[psycopg.Connection]:
    """Give the peer its table beside the country's own, and take it away at the end.

    Parameters
    ----------
    url
        Of the country, for SQLAlchemy.
    """
    with psycopg.connect(
        url.replace("postgresql+psycopg://", "postgresql://", 1), autocommit=True
    ) as connection:
        connection.execute(_SETTINGS)
        connection.execute(_TABLES)
        try:
            connection.execute(f"VACUUM ANALYZE {SCHEMA}.mark")
            yield connection
        finally:
            connection.execute(f"DROP SCHEMA {SCHEMA} CASCADE")


def draw_clusters(connection: psycopg.Connection, tile: Tile, *, asked: Mapping[str, Any]) -> bytes:
    """Draw one tile with the same layers and properties as the map's own.

    Parameters
    ----------
    connection
        From `open_clusters`.
    asked
        As `write_conditions` takes it.
    """
    west, north, side = tile.west, tile.north, tile.width
    values = {"z": tile.z, "x": tile.x, "y": tile.y, "side": side / CELLS, **asked} | {
        "west": west,
        "east": west + side,
        "north": north,
        "south": north - side,
    }
    layers = []
    for kind in ("lot", "requirement"):
        statement = _LAYER.format(
            kind=kind,
            schema=SCHEMA,
            told=", g.surveyed, g.decide_by" if kind == "lot" else "",
            counted=_COUNTED if kind == "lot" else "",
            inside=_INSIDE,
            asked=write_conditions(asked, kind=kind),
            groups="site_id" if tile.z >= PART_ZOOM else _GRID,
        )
        found = connection.execute(statement, values).fetchone()  # type: ignore[call-overload]  # made above
        layers.append(bytes(found[0] or b"") if found else b"")
    return b"".join(layers)


def count_months(
    connection: psycopg.Connection, *, first: date, asked: Mapping[str, Any]
) -> list[tuple[Any, ...]]:
    """Count the lots free in each of 24 months: rows of month, lots and mass in grams."""
    statement = _MONTHS.format(schema=SCHEMA, asked=write_conditions(asked, kind="lot"))
    return connection.execute(statement, {"first": first, **asked}).fetchall()  # type: ignore[call-overload]  # as above


def make_view(connection: psycopg.Connection) -> None:
    """Keep the clusters of zooms 6 to 12, as a database does by itself: a view made anew as a whole."""
    connection.execute(_VIEW)


def withdraw_and_refresh(connection: psycopg.Connection) -> Answer:
    """Take a lot away, make the view anew and count the lots in it; then put the lot back, untimed."""
    taken = f"(SELECT id FROM {SCHEMA}.mark WHERE kind = 'lot' ORDER BY id LIMIT 1)"
    connection.execute(f"UPDATE {SCHEMA}.mark SET kind = 'taken' WHERE id = {taken}")
    start = perf_counter()
    connection.execute(f"REFRESH MATERIALIZED VIEW {SCHEMA}.cluster")
    row = connection.execute(
        f"SELECT sum(n) FROM {SCHEMA}.cluster WHERE zoom = 6 AND kind = 'lot'"
    ).fetchone()
    seconds = perf_counter() - start
    connection.execute(f"UPDATE {SCHEMA}.mark SET kind = 'lot' WHERE kind = 'taken'")
    return Answer(value=float(row[0]) if row else 0.0, seconds=seconds)


def write_conditions(asked: Mapping[str, Any], *, kind: str) -> str:
    """Write what is asked as conditions: `classes` (ids), `start`, `end` (days), and of lots `firmness`."""
    parts = {
        "classes": "class_id = ANY(%(classes)s)",
        "start": "available_to > %(start)s",
        "end": "available_from < %(end)s",
        "firmness": "firmness = %(firmness)s" if kind == "lot" else "true",
    }
    return "".join(f" AND {parts[name]}" for name in asked)
