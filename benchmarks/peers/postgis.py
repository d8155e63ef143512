# SPDX-License-Identifier: EUPL-1.2
"""PostGIS: a lateral join over a gist index of class and point, in a cluster that is thrown away."""

from collections.abc import Iterator
from contextlib import contextmanager

import psycopg

from benchmarks.contest import Answer
from benchmarks.reach import DETOUR_PERMILLE, REACH_M, IntArray, Reach
from inventory.postgres.cluster import ensure_database
from inventory.postgres.throwaway import open_throwaway_cluster

_TABLES = """
    CREATE TABLE lot (id int4, class_id int4, x float8, y float8, day_from int4, day_to int4);
    CREATE TABLE requirement (id int4, class_id int4, x float8, y float8, day_from int4, day_to int4);
"""
_INDEX = """
    ALTER TABLE lot ADD geom geometry(Point, 25832);
    ALTER TABLE requirement ADD geom geometry(Point, 25832);
    UPDATE lot SET geom = ST_SetSRID(ST_MakePoint(x, y), 25832);
    UPDATE requirement SET geom = ST_SetSRID(ST_MakePoint(x, y), 25832);
    CREATE INDEX ON lot USING gist (class_id, geom);
"""
# One thread, as every side has; no index is worth compiling a query for.
_SETTINGS = """
    SET max_parallel_workers_per_gather = 0;
    SET jit = off;
    SET work_mem = '256MB';
"""
_METRES = f"ceil(ceil(ST_Distance(l.geom, r.geom)) * {DETOUR_PERMILLE} / 1000)::int8"
# Sums in the server: no pair has to travel, which spares the peer the dearest part.
_ALL = f"""
    SELECT count(*), sum(metres), sum(place * metres), sum((wanted + 1)::int8 * (lot + 1))
      FROM (SELECT r.id AS wanted, near.id AS lot, metres, row_number() OVER (ORDER BY r.id, metres) AS place
              FROM requirement r
             CROSS JOIN LATERAL (
                   SELECT l.id, {_METRES} AS metres
                     FROM lot l
                    WHERE l.class_id = r.class_id
                      AND ST_DWithin(l.geom, r.geom, %(line)s)
                      AND greatest(l.day_from, r.day_from) < least(l.day_to, r.day_to)
                   ) near
             WHERE metres <= {REACH_M}) pairs
"""
_NEAREST = f"""
    SELECT count(*), sum(metres), sum(place * metres)
      FROM (SELECT metres, row_number() OVER (ORDER BY r.id, metres) AS place
              FROM requirement r
             CROSS JOIN LATERAL (
                   SELECT {_METRES} AS metres
                     FROM lot l
                    WHERE l.class_id = r.class_id
                      AND ST_DWithin(l.geom, r.geom, %(line)s)
                    ORDER BY l.geom <-> r.geom
                    LIMIT %(nearest)s
                   ) near
             WHERE metres <= {REACH_M}) pairs
"""


@contextmanager
def open_database(reach: Reach) -> Iterator[psycopg.Connection]:
    """Load the points into a throw-away PostGIS, index and analyse them, and remove it all at the end."""
    with open_throwaway_cluster() as cluster:
        url = ensure_database(cluster, name="benchmark")
        with psycopg.connect(
            url.replace("postgresql+psycopg:", "postgresql:"), autocommit=True
        ) as connection:
            connection.execute(_TABLES)
            _copy(connection, "lot", reach.lot_class, reach.lot_xy, (reach.lot_from, reach.lot_to))
            _copy(
                connection,
                "requirement",
                reach.wanted_class,
                reach.wanted_xy,
                (reach.wanted_from, reach.wanted_to),
            )
            connection.execute(_INDEX)
            connection.execute("VACUUM (FULL, ANALYZE) lot")
            connection.execute("VACUUM (FULL, ANALYZE) requirement")
            connection.execute(_SETTINGS)
            yield connection


def find_by_postgis(connection: psycopg.Connection, reach: Reach, *, nearest: int | None) -> Answer:
    """Find every pair, or the nearest of each requirement."""
    told = connection.execute(
        _ALL if nearest is None else _NEAREST, {"line": reach.line_m + 1.0, "nearest": nearest}
    ).fetchone()
    assert told is not None
    count, *sums = (int(number) for number in told)
    return Answer(value=count, detail=tuple(sums))


def _copy(
    connection: psycopg.Connection,
    table: str,
    of_class: IntArray,
    xy: IntArray,
    days: tuple[IntArray, IntArray],
) -> None:
    with connection.cursor() as cursor, cursor.copy(f"COPY {table} FROM STDIN") as copy:
        for row in zip(
            range(len(of_class)),
            of_class.tolist(),
            xy[:, 0].tolist(),
            xy[:, 1].tolist(),
            days[0].tolist(),
            days[1].tolist(),
            strict=True,
        ):
            copy.write_row(row)
