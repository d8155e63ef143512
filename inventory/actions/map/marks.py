# SPDX-License-Identifier: EUPL-1.2
"""Keeping the map: the sites that changed are looked at again, and what is different goes into the cells."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import column, insert, table, text
from sqlalchemy.orm import Session

from inventory.actions.map.sums import add_to_cells, fill_cells
from inventory.actions.search_rows import keep_search_rows
from inventory.queries.map.fresh import fresh_marks
from inventory.queries.map.grid import FINEST_ZOOM, HALF_METRES, QUAD_ZOOM

MOST_SITES = 20_000
"""Sites looked at in one transaction, unless less is asked for."""

_LOCK = "hashtext('genbro map')"

_COLUMNS = (
    "kind, id, site_id, municipality_code, class_id, basis, firmness, screening, not_counted, "
    "available_from, available_to, decide_by, steps, mass_g, x, y"
)

# Kept for the whole connection: a table made for each write would fill the database's own catalogue.
_TABLES = (
    """
    CREATE TEMPORARY TABLE IF NOT EXISTS map_fresh (
        kind text, id uuid, site_id uuid, municipality_code text, class_id integer, basis text, firmness text,
        screening text, not_counted text, available_from date, available_to date, decide_by date,
        steps bigint, mass_g bigint, x bigint, y bigint
    ) ON COMMIT DELETE ROWS
    """,
    """
    CREATE TEMPORARY TABLE IF NOT EXISTS map_change (LIKE map_fresh, number bigint, sign integer)
    ON COMMIT DELETE ROWS
    """,
)
_FRESH = table("map_fresh", *(column(name) for name in _COLUMNS.split(", ")))

# What is, what should be, and both where they differ. A lot that came from another site is known by its id.
_COMPARE = f"""
INSERT INTO map_change
WITH old AS MATERIALIZED (
    SELECT {_COLUMNS}, number FROM map_mark WHERE site_id = ANY(:sites)
    UNION
    SELECT {", ".join(f"mark.{name}" for name in _COLUMNS.split(", "))}, mark.number
    FROM map_mark AS mark JOIN map_fresh AS fresh ON fresh.kind = mark.kind AND fresh.id = mark.id
), differing AS MATERIALIZED (
    SELECT kind, id FROM (SELECT {_COLUMNS} FROM old EXCEPT SELECT {_COLUMNS} FROM map_fresh) AS gone
    UNION
    SELECT kind, id FROM (SELECT {_COLUMNS} FROM map_fresh EXCEPT SELECT {_COLUMNS} FROM old) AS came
)
SELECT old.*, -1 FROM old JOIN differing USING (kind, id)
UNION ALL
SELECT fresh.*, coalesce(old.number, nextval(pg_get_serial_sequence('map_mark', 'number'))), 1
FROM map_fresh AS fresh JOIN differing USING (kind, id) LEFT JOIN old USING (kind, id)
"""  # noqa: S608 - our own names

_FORGET = """
DELETE FROM map_mark AS mark USING map_change AS gone
WHERE gone.sign = -1 AND mark.kind = gone.kind AND mark.id = gone.id
  AND NOT EXISTS (SELECT FROM map_change AS came
                  WHERE came.sign = 1 AND came.kind = gone.kind AND came.id = gone.id)
"""

# In the order of places: a tile's marks are then read from few pages.
_WRITE = f"""
INSERT INTO map_mark ({_COLUMNS}, number, quad) OVERRIDING SYSTEM VALUE
SELECT {_COLUMNS}, number, genbro_map_quad(x, y) FROM map_change WHERE sign = 1
ORDER BY kind, genbro_map_quad(x, y), x, y
ON CONFLICT (kind, id) DO UPDATE SET {
    ", ".join(f"{name} = excluded.{name}" for name in _COLUMNS.split(", ")[2:])
}, quad = excluded.quad
"""  # noqa: S608 - our own names


# Known by their number to those who keep lots in memory. One process at a time is here: numbers do not cross.
_NOTE_LOOK = """
INSERT INTO site_look (site_id, number)
SELECT site_id, (SELECT coalesce(max(number), 0) + 1 FROM site_look)
FROM unnest(CAST(:sites AS uuid[])) AS site_id
ON CONFLICT (site_id) DO UPDATE SET number = excluded.number
"""

_NEXT = "UPDATE map_state SET version = version + 1 RETURNING version"

# Of each mark that changed the tile of every zoom it lies in, and lay in before.
_TILES = f"""
INSERT INTO map_tile (zoom, tile_x, tile_y, version)
SELECT DISTINCT zoom, east >> ({QUAD_ZOOM} - zoom), south >> ({QUAD_ZOOM} - zoom), :version
FROM (SELECT DISTINCT floor(({HALF_METRES}::float8 + x / 10.0::float8) / {{side}}::float8)::integer AS east,
                      floor(({HALF_METRES}::float8 - y / 10.0::float8) / {{side}}::float8)::integer AS south
      FROM {{changed}} WHERE x IS NOT NULL) AS place
CROSS JOIN generate_series(0, {FINEST_ZOOM}) AS zoom
ON CONFLICT (zoom, tile_x, tile_y) DO UPDATE SET version = excluded.version
"""  # noqa: S608 - our own names


@dataclass(frozen=True, slots=True, kw_only=True)
class Kept:
    """What one look did: sites looked at, marks that came, went or changed, and whether more sites wait."""

    sites: int
    marks: int
    more: bool


def keep_map(session: Session, *, most: int = MOST_SITES, wait: bool = False) -> Kept | None:
    """Look again at the sites that changed, and bring marks and cells up to date.

    Correct whoever writes meanwhile: a site is noted by the very transaction that changes it, so once the
    note is seen the change is; and one process at a time keeps the map.

    Parameters
    ----------
    session
        Its transaction, at READ COMMITTED, carries all of it.
    most
        Sites looked at.
    wait
        Wait for another process that keeps the map, rather than leave it to that one.

    Returns
    -------
    Kept or None
        None where another process is at it.
    """
    if wait:
        session.execute(text(f"SELECT pg_advisory_xact_lock({_LOCK})"))
    elif not session.execute(text(f"SELECT pg_try_advisory_xact_lock({_LOCK})")).scalar_one():
        return None
    kept, searched = _look_again(session, most=most)
    if kept.marks:
        add_to_cells(session)
    if kept.marks or searched:
        version = session.execute(text(_NEXT)).scalar_one()
        if kept.marks:
            _mark_tiles(session, changed="map_change", version=version)
    return kept


def _look_again(session: Session, *, most: int) -> tuple[Kept, int]:
    """Take notes away and bring marks and search rows up to date; the second number is of the latter."""
    noted = session.execute(
        text(
            "DELETE FROM map_stale WHERE id IN (SELECT id FROM map_stale ORDER BY id LIMIT :most)"
            " RETURNING site_id"
        ),
        {"most": most},
    ).scalars()
    sites = sorted(set(noted))
    marks = searched = 0
    if sites:
        for statement in (*_TABLES, "DELETE FROM map_fresh", "DELETE FROM map_change"):
            session.execute(text(statement))
        session.execute(insert(_FRESH).from_select(_COLUMNS.split(", "), fresh_marks(sites)))
        session.execute(text("ANALYZE map_fresh"))
        session.execute(text(_COMPARE), {"sites": sites})
        session.execute(text("ANALYZE map_change"))
        marks = session.execute(text("SELECT count(DISTINCT (kind, id)) FROM map_change")).scalar_one()
        searched = keep_search_rows(session, sites=sites)
        session.execute(text(_NOTE_LOOK), {"sites": sites})
    if marks:
        session.execute(text(_FORGET))
        session.execute(text(_WRITE))
    more = session.execute(text("SELECT EXISTS (SELECT FROM map_stale)")).scalar_one()
    return Kept(sites=len(sites), marks=marks, more=bool(more)), searched


def _mark_tiles(session: Session, *, changed: str, version: int) -> None:
    """Give the tiles in which the marks of a table lie a version."""
    side = 2 * HALF_METRES / (1 << QUAD_ZOOM)
    session.execute(text(_TILES.format(side=side, changed=changed)), {"version": version})


def rebuild_map(session: Session) -> int:
    """Make marks and cells anew from the other tables; whoever reads meanwhile sees the old ones.

    Returns
    -------
    int
        Marks made.
    """
    session.execute(text(f"SELECT pg_advisory_xact_lock({_LOCK})"))
    for name in ("map_mark", "map_cell", "map_stale", "lot_search", "lot_count"):
        session.execute(text(f"DELETE FROM {name}"))  # noqa: S608  our own names
    # Neighbours are looked at together, and so lie together on the disk.
    session.execute(text("INSERT INTO map_stale (site_id) SELECT id FROM site ORDER BY geom"))
    marks, more = 0, True
    while more:
        kept, _ = _look_again(session, most=MOST_SITES)
        marks, more = marks + kept.marks, kept.more
    fill_cells(session)
    version = session.execute(text(_NEXT)).scalar_one()
    session.execute(text("UPDATE map_tile SET version = :version"), {"version": version})
    _mark_tiles(session, changed="map_mark", version=version)
    return marks
