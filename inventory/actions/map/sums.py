# SPDX-License-Identifier: EUPL-1.2
"""What marks add to cells: the finest are summed, the coarser are sums of those."""

from __future__ import annotations

from typing import Final

from sqlalchemy import text
from sqlalchemy.orm import Session

from inventory.queries.map.grid import CELLS, HALF_METRES, WHOLE_ZOOM
from inventory.queries.map.parts import DIMENSIONS, PARTS, Part

_SUMS = (
    "n",
    "surveyed",
    "steps",
    "mass_g",
    "x",
    "y",
    "number",
    "spot",
    "spot_square",
    "class_sum",
    "class_square",
)
_NOTHING = {"class_id": "0", "month": "0"}

_MARKS = """
marks AS MATERIALIZED (
    SELECT kind, class_id, coalesce(basis, '') AS basis, coalesce(firmness, '') AS firmness,
           coalesce(screening, '') AS screening, available_from, available_to, x IS NOT NULL AS placed,
           floor(({half}::float8 + x / 10.0::float8) / {cell}::float8)::integer AS gx,
           floor(({half}::float8 - y / 10.0::float8) / {cell}::float8)::integer AS gy,
           sign AS n, sign * (basis IS NOT DISTINCT FROM 'surveyed')::integer AS surveyed,
           sign * steps AS steps, sign * mass_g AS mass_g,
           sign * coalesce(x, 0) AS x, sign * coalesce(y, 0) AS y, sign * number AS number,
           sign * spot AS spot, sign * spot * spot AS spot_square,
           sign * class_id::bigint AS class_sum, sign * class_id::bigint * class_id AS class_square
    FROM (SELECT map_change.*, genbro_map_spot(x, y) AS spot
          FROM {changed} AS map_change WHERE not_counted IS NULL) AS counted
)
"""

_EDGES = """
CROSS JOIN LATERAL (VALUES
    ('from', genbro_map_month(available_from)), ('to', genbro_map_month(available_to - 1))
) AS ends (edge, month)
"""

_KEY = ("part", "zoom", "tile_x", "tile_y", "kind", "cell", *DIMENSIONS)

# Of marks the finest zoom of a part, of each zoom the next, and all there are, placed or not.
_FINEST = "SELECT kind, gx, gy{by}, {sums} FROM marks {edges} WHERE placed GROUP BY kind, gx, gy{by}"
_COARSER = (
    "SELECT kind, gx >> 1 AS gx, gy >> 1 AS gy{by}, {sums} FROM {below} GROUP BY kind, gx >> 1, gy >> 1{by}"
)
_WHOLE = "SELECT kind, 0 AS gx, 0 AS gy{by}, {sums} FROM marks {edges} GROUP BY kind{by}"
_ROWS = """
SELECT '{part}' AS part, {zoom} AS zoom, gx / {cells} AS tile_x, gy / {cells} AS tile_y, kind,
       gy % {cells} * {cells} + gx % {cells} AS cell, {key}, {sums}
FROM {level}
"""
# Rows lie on the disk in the order of their key, so that those of a tile are read together.
_FILL = """
INSERT INTO map_cell ({names}) SELECT {names} FROM ({change}) AS change ORDER BY {key}
"""
_MERGE = """
MERGE INTO map_cell AS cell USING ({change}) AS change ON {same}
WHEN MATCHED AND cell.n + change.n = 0 THEN DELETE
WHEN MATCHED THEN UPDATE SET {added}
WHEN NOT MATCHED THEN INSERT ({names}) VALUES ({values})
"""


_CHANGED: Final = "map_change"
_ALL: Final = "(SELECT map_mark.*, 1 AS sign FROM map_mark)"


def add_to_cells(session: Session) -> None:
    """Add what is in the temporary table `map_change` to the cells; a cell without marks is gone."""
    for part in PARTS:
        session.execute(text(_merge(part)))


def fill_cells(session: Session) -> None:
    """Sum all marks into cells, of which there must be none."""
    for part in PARTS:
        names = ", ".join((*_KEY, *_SUMS))
        change = _select(part, changed=_ALL)
        session.execute(text(_FILL.format(names=names, change=change, key=", ".join(_KEY))))


def _merge(part: Part) -> str:
    names = (*_KEY, *_SUMS)
    return _MERGE.format(
        change=_select(part, changed=_CHANGED),
        same=" AND ".join(f"cell.{name} = change.{name}" for name in _KEY),
        added=", ".join(f"{name} = cell.{name} + change.{name}" for name in _SUMS),
        names=", ".join(names),
        values=", ".join(f"change.{name}" for name in names),
    )


def _select(part: Part, *, changed: str) -> str:
    """Select what a part is to be added, a common table expression for each zoom."""
    told = {
        "by": "".join(f", {name}" for name in part.by),
        "sums": ", ".join(f"sum({name})::bigint AS {name}" for name in _SUMS),
        "edges": _EDGES if "month" in part.by else "",
    }
    finest, *coarser = part.zooms
    levels = {finest: _FINEST.format(**told)}
    for zoom in coarser:
        whole = zoom == WHOLE_ZOOM
        levels[zoom] = (_WHOLE if whole else _COARSER).format(below=_name(zoom + 1), **told)
    side = 2 * HALF_METRES / (1 << part.finest) / CELLS
    expressions = [_MARKS.format(half=HALF_METRES, cell=side, changed=changed)]
    expressions += [f"{_name(zoom)} AS ({query})" for zoom, query in levels.items()]
    return f"WITH {', '.join(expressions)} " + " UNION ALL ".join(_rows(part, zoom=zoom) for zoom in levels)


def _name(zoom: int) -> str:
    return "whole" if zoom == WHOLE_ZOOM else f"z{zoom}"


def _rows(part: Part, *, zoom: int) -> str:
    key = (f"{name if name in part.by else _NOTHING.get(name, repr(''))} AS {name}" for name in DIMENSIONS)
    return _ROWS.format(
        part=part.name.value,
        zoom=zoom,
        cells=CELLS,
        key=", ".join(key),
        sums=", ".join(_SUMS),
        level=_name(zoom),
    )
