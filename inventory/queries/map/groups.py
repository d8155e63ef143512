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
    literal_column,
    or_,
    select,
    true,
)
from sqlalchemy.dialects.postgresql import ARRAY, SMALLINT

from inventory.queries.map.grid import CELLS, HALF_METRES, PART_ZOOM, Tile
from inventory.queries.map.parts import Part
from inventory.queries.map.question import MapQuestion, is_any
from inventory.queries.offers import AnySelect
from inventory.tables import Basis, CellEdge, MapCell, MapMark, MarkKind

_METRE = 10  # decimetres
_FROM: ColumnElement[str] = literal_column(f"'{CellEdge.FROM.value}'")
_TO: ColumnElement[str] = literal_column(f"'{CellEdge.TO.value}'")
_SUMS = (
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
    if part is None:
        return _count_marks(question, kind=kind, zoom=zoom)
    one = _sum_cells(question, part, kind).subquery("sums")
    n = cast(one.c.n, Numeric)
    return select(
        # A tile tells a sum of sums, which is numeric, as a text.
        cast(one.c.n, Integer).label("n"),
        cast(one.c.surveyed, Integer).label("surveyed"),
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
    ).where(one.c.n > 0)


def cell_conditions(question: MapQuestion, part: Part, kind: MarkKind) -> list[ColumnElement[bool]]:
    """Write which rows of a part answer a question, whatever its classes and window."""
    found: list[ColumnElement[bool]] = [
        MapCell.part == literal_column(f"'{part.name.value}'"),
        MapCell.kind == literal_column(f"'{kind.value}'"),
    ]
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
    within: list[ColumnElement[bool]] = [
        MapCell.zoom == bindparam("zoom", None, SMALLINT),
        MapCell.tile_x == bindparam("tile_x", None, Integer),
        MapCell.tile_y == bindparam("tile_y", None, Integer),
        *cell_conditions(question, part, kind),
        *([_window(question)] if "month" in part.by else []),
    ]
    if not part.by:
        return select(*_SUMS).where(*within).order_by(MapCell.cell)
    # What ended before the window had begun before it too, so it is taken away from what has begun.
    sign = (
        case((MapCell.edge == _TO, literal_column("-1")), else_=literal_column("1"))
        if "month" in part.by
        else literal_column("1")
    )
    sums = [func.sum(sign * column).label(column.key) for column in _SUMS]
    if question.class_ids is None:
        return select(*sums).where(*within).group_by(MapCell.cell).order_by(MapCell.cell)
    # Class by class, so that each is found by the key. A plan kept for any question takes a tile for a row
    # or two, and would read those of all classes to leave out most.
    material = func.unnest(bindparam("class_ids", None, ARRAY(Integer))).table_valued("id").render_derived()
    of_class = (
        select(MapCell.cell, *sums)
        .where(*within, MapCell.class_id == material.c.id)
        .group_by(MapCell.cell)
        .lateral("of_class")
    )
    return (
        select(*(func.sum(of_class.c[column.key]).label(column.key) for column in _SUMS))
        .select_from(material)
        .join(of_class, true())
        .group_by(of_class.c.cell)
        .order_by(of_class.c.cell)
    )


def _count_marks(question: MapQuestion, *, kind: MarkKind, zoom: int) -> AnySelect:
    """Count marks themselves: of them a least and a greatest tell what cells need sums of squares for."""
    mark = MapMark
    groups: list[Any]
    if zoom >= PART_ZOOM:
        groups = [mark.site_id]
    else:
        side = bindparam("side", None, Double)
        half: ColumnElement[float] = literal_column(f"{HALF_METRES}::float8")
        metre: ColumnElement[float] = literal_column(f"{_METRE}::float8")
        groups = [func.floor((half + mark.x / metre) / side), func.floor((half - mark.y / metre) / side)]
    n, material = func.count(), func.min(mark.class_id)
    query = (
        select(
            n.label("n"),
            func.count().filter(mark.basis == literal_column(f"'{Basis.SURVEYED.value}'")).label("surveyed"),
            # Whole numbers below 2^53 have a sum without error.
            (func.sum(cast(mark.x, Double)) / n).label("x"),
            (func.sum(cast(mark.y, Double)) / n).label("y"),
            case((n == literal_column("1"), func.min(mark.number))).label("number"),
            case((material == func.max(mark.class_id), material)).label("class_id"),
            and_(
                func.min(mark.x) == func.max(mark.x),
                func.min(mark.y) == func.max(mark.y),
            ).label("same_spot"),
            *([mark.site_id] if zoom >= PART_ZOOM else []),
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
