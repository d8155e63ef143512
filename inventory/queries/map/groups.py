# SPDX-License-Identifier: EUPL-1.2
"""The groups a tile shows: sums of cells where those answer, else of the marks themselves."""

from __future__ import annotations

from datetime import date
from typing import Any

from sqlalchemy import (
    BigInteger,
    ColumnElement,
    Double,
    Integer,
    Numeric,
    Text,
    and_,
    bindparam,
    case,
    cast,
    func,
    literal,
    literal_column,
    or_,
    select,
)
from sqlalchemy.dialects.postgresql import SMALLINT

from inventory.queries.map.grid import CELLS, HALF_METRES, PART_ZOOM, Tile
from inventory.queries.map.parts import Part
from inventory.queries.map.question import MapQuestion, is_any
from inventory.queries.offers import AnySelect
from inventory.tables import Basis, CellEdge, MapCell, MapMark, MarkKind

_METRE = 10  # decimetres
_FROM: ColumnElement[str] = literal_column(f"'{CellEdge.FROM.value}'")
_TO: ColumnElement[str] = literal_column(f"'{CellEdge.TO.value}'")


def find_values(question: MapQuestion, *, tile: Tile, today: date) -> dict[str, Any]:
    """Give the values of all parameters that the statements of a tile have."""
    first, last = tile.quads
    return question.values() | {
        "today": today,
        "zoom": tile.z,
        "tile_x": tile.x,
        "tile_y": tile.y,
        "first_quad": first,
        "last_quad": last,
        "side": tile.width / CELLS,
        "west": tile.west * _METRE,
        "east": (tile.west + tile.width) * _METRE,
        "north": tile.north * _METRE,
        "south": (tile.north - tile.width) * _METRE,
    }


def gather_groups(question: MapQuestion, *, kind: MarkKind, zoom: int) -> AnySelect:
    """Select the groups of a tile of some zoom.

    Parameters
    ----------
    question
        Which marks; its values are parameters, given by `find_values` when the statement is run.
    kind
        Lots or requirements.
    zoom
        Below 13 what lies in one cell of a tile is a group, from there on each site is.

    Returns
    -------
    Select
        Columns ``n, surveyed, x, y`` (the middle, in decimetres of EPSG:3857), ``number`` (of the mark, where
        n is 1), ``class_id`` (where all are of one), ``same_spot``, and from zoom 13 on ``site_id``. Cells
        and marks give the same rows.
    """
    part = question.choose(kind, zoom=zoom)
    sums = _sum_marks(question, kind=kind, zoom=zoom) if part is None else _sum_cells(question, part, kind)
    one = sums.subquery("sums")
    n = cast(one.c.n, Numeric)
    return select(
        one.c.n,
        one.c.surveyed,
        (cast(one.c.x, Double) / one.c.n).label("x"),
        (cast(one.c.y, Double) / one.c.n).label("y"),
        # A sum is numeric, and an index of whole numbers answers whole numbers alone.
        cast(case((one.c.n == 1, one.c.number)), BigInteger).label("number"),
        case(
            (
                n * one.c.class_square == cast(one.c.class_sum, Numeric) * one.c.class_sum,
                cast(one.c.class_sum / one.c.n, Integer),
            )
        ).label("class_id"),
        (n * one.c.spot_square == cast(one.c.spot, Numeric) * one.c.spot).label("same_spot"),
        *([one.c.site_id] if zoom >= PART_ZOOM else []),
    ).where(one.c.n > 0)


def cell_conditions(question: MapQuestion, part: Part, kind: MarkKind) -> list[ColumnElement[bool]]:
    """Write which rows of a part answer a question, whatever its window."""
    found: list[ColumnElement[bool]] = [
        MapCell.part == literal_column(f"'{part.name.value}'"),
        MapCell.kind == literal_column(f"'{kind.value}'"),
    ]
    if question.class_ids is not None:
        found.append(is_any(MapCell.class_id, "class_ids", of=Integer()))
    if kind is MarkKind.LOT:
        if question.basis is not None:
            found.append(MapCell.basis == bindparam("basis", None, Text))
        if question.firmness:
            found.append(is_any(MapCell.firmness, "firmness", of=Text()))
        if question.screening:
            found.append(is_any(MapCell.screening, "screening", of=Text()))
    return found


def _window(question: MapQuestion) -> ColumnElement[bool]:
    """Write which ends of windows a window is made of: begun before its end, and ended before its start."""
    begun = MapCell.edge == _FROM
    if question.end is not None:
        begun = and_(begun, MapCell.month < bindparam("end_month", None, Integer))
    if question.start is None:
        return begun
    return or_(begun, and_(MapCell.edge == _TO, MapCell.month < bindparam("start_month", None, Integer)))


def _sum_cells(question: MapQuestion, part: Part, kind: MarkKind) -> AnySelect:
    # What ended before the window had begun before it too, so it is taken away from what has begun.
    sign = (
        case((MapCell.edge == _TO, literal_column("-1")), else_=literal_column("1"))
        if "month" in part.by
        else literal_column("1")
    )
    return (
        select(
            *(
                func.sum(sign * column).label(column.key)
                for column in (
                    MapCell.n,
                    MapCell.surveyed,
                    MapCell.x,
                    MapCell.y,
                    MapCell.number,
                    MapCell.spot,
                    MapCell.spot_square,
                    MapCell.class_sum,
                    MapCell.class_square,
                )
            )
        )
        .where(
            MapCell.zoom == bindparam("zoom", None, SMALLINT),
            MapCell.tile_x == bindparam("tile_x", None, Integer),
            MapCell.tile_y == bindparam("tile_y", None, Integer),
            *cell_conditions(question, part, kind),
            *([_window(question)] if "month" in part.by else []),
        )
        .group_by(MapCell.cell)
        .order_by(MapCell.cell)
    )


def _sum_marks(question: MapQuestion, *, kind: MarkKind, zoom: int) -> AnySelect:
    mark = MapMark
    groups: list[Any]
    if zoom >= PART_ZOOM:
        groups = [mark.site_id]
    else:
        side = bindparam("side", None, Double)
        half, metre = literal(HALF_METRES, Double), literal(float(_METRE), Double)
        groups = [
            cast(func.floor((half + mark.x / metre) / side), Integer),
            cast(func.floor((half - mark.y / metre) / side), Integer),
        ]
    spot, material = func.genbro_map_spot(mark.x, mark.y), cast(mark.class_id, BigInteger)
    query = (
        select(
            *([mark.site_id] if zoom >= PART_ZOOM else []),
            func.count().label("n"),
            func.count().filter(mark.basis == literal_column(f"'{Basis.SURVEYED.value}'")).label("surveyed"),
            func.sum(mark.x).label("x"),
            func.sum(mark.y).label("y"),
            func.sum(mark.number).label("number"),
            func.sum(spot).label("spot"),
            func.sum(spot * spot).label("spot_square"),
            func.sum(material).label("class_sum"),
            func.sum(material * material).label("class_square"),
        )
        .where(
            mark.quad.between(bindparam("first_quad", None, Integer), bindparam("last_quad", None, Integer)),
            *question.conditions(kind),
        )
        .group_by(*groups)
        .order_by(*groups)
    )
    if zoom > PART_ZOOM:
        query = query.where(
            mark.x >= bindparam("west", None, Double),
            mark.x < bindparam("east", None, Double),
            mark.y <= bindparam("north", None, Double),
            mark.y > bindparam("south", None, Double),
        )
    return query
