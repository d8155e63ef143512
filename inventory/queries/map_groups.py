# SPDX-License-Identifier: EUPL-1.2
"""The groups a tile shows: sums of cells where those answer, else of the marks themselves."""

from __future__ import annotations

from typing import Any

from sqlalchemy import (
    BigInteger,
    ColumnElement,
    Double,
    Integer,
    Numeric,
    and_,
    case,
    cast,
    false,
    func,
    literal,
    or_,
    select,
)

from inventory.queries.map_grid import CELLS, HALF_METRES, PART_ZOOM, Tile
from inventory.queries.map_parts import Part
from inventory.queries.map_question import MapQuestion, count_month
from inventory.queries.offers import AnySelect
from inventory.tables import Basis, CellEdge, MapCell, MapMark, MarkKind

_METRE = 10  # decimetres


def gather_groups(question: MapQuestion, *, kind: MarkKind, tile: Tile) -> AnySelect:
    """Select the groups of a tile.

    Parameters
    ----------
    question
        Which marks.
    kind
        Lots or requirements.
    tile
        Below zoom 13 what lies in one cell of it is a group, from there on each site is.

    Returns
    -------
    Select
        Columns ``n, surveyed, x, y`` (the middle, in decimetres of EPSG:3857), ``number`` (of the mark, where
        n is 1), ``class_id`` (where all are of one), ``same_spot``, and from zoom 13 on
        ``site_id``. Cells and marks give the same rows.
    """
    part = question.choose(kind, zoom=tile.z)
    sums = (
        _sum_marks(question, kind=kind, tile=tile) if part is None else _sum_cells(question, part, kind, tile)
    )
    one = sums.subquery("sums")
    n = cast(one.c.n, Numeric)
    return select(
        one.c.n,
        one.c.surveyed,
        (cast(one.c.x, Double) / one.c.n).label("x"),
        (cast(one.c.y, Double) / one.c.n).label("y"),
        case((one.c.n == 1, one.c.number)).label("number"),
        case(
            (
                n * one.c.class_square == cast(one.c.class_sum, Numeric) * one.c.class_sum,
                one.c.class_sum / one.c.n,
            )
        ).label("class_id"),
        (n * one.c.spot_square == cast(one.c.spot, Numeric) * one.c.spot).label("same_spot"),
        *([one.c.site_id] if tile.z >= PART_ZOOM else []),
    ).where(one.c.n > 0)


def cell_conditions(question: MapQuestion, part: Part, kind: MarkKind) -> list[ColumnElement[bool]]:
    """Write which rows of a part answer a question."""
    found: list[ColumnElement[bool]] = [MapCell.part == part.name, MapCell.kind == kind]
    if question.class_ids is not None:
        found.append(MapCell.class_id.in_(question.class_ids))
    if kind is MarkKind.LOT:
        if question.basis is not None:
            found.append(MapCell.basis == question.basis)
        if question.firmness:
            found.append(MapCell.firmness.in_(question.firmness))
        if question.screening:
            found.append(MapCell.screening.in_(question.screening))
    if "month" in part.by:
        begun = MapCell.edge == CellEdge.FROM
        if question.end is not None:
            begun = and_(begun, MapCell.month < count_month(question.end))
        ended: ColumnElement[bool] = false()
        if question.start is not None:
            ended = and_(MapCell.edge == CellEdge.TO, MapCell.month < count_month(question.start))
        found.append(or_(begun, ended))
    return found


def _sum_cells(question: MapQuestion, part: Part, kind: MarkKind, tile: Tile) -> AnySelect:
    # What ended before the window had begun before it too, so it is taken away from what has begun.
    sign = case((MapCell.edge == CellEdge.TO, -1), else_=1) if "month" in part.by else literal(1)
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
            MapCell.zoom == tile.z,
            MapCell.tile_x == tile.x,
            MapCell.tile_y == tile.y,
            *cell_conditions(question, part, kind),
        )
        .group_by(MapCell.cell)
        .order_by(MapCell.cell)
    )


def _sum_marks(question: MapQuestion, *, kind: MarkKind, tile: Tile) -> AnySelect:
    first, last = tile.quads
    mark = MapMark
    groups: list[Any]
    if tile.z >= PART_ZOOM:
        groups = [mark.site_id]
    else:
        side = tile.width / CELLS
        groups = [
            cast(func.floor((HALF_METRES + cast(mark.x, Double) / _METRE) / side), Integer),
            cast(func.floor((HALF_METRES - cast(mark.y, Double) / _METRE) / side), Integer),
        ]
    spot, material = func.genbro_map_spot(mark.x, mark.y), cast(mark.class_id, BigInteger)
    query = (
        select(
            *([mark.site_id] if tile.z >= PART_ZOOM else []),
            func.count().label("n"),
            func.count().filter(mark.basis == Basis.SURVEYED).label("surveyed"),
            func.sum(mark.x).label("x"),
            func.sum(mark.y).label("y"),
            func.sum(mark.number).label("number"),
            func.sum(spot).label("spot"),
            func.sum(spot * spot).label("spot_square"),
            func.sum(material).label("class_sum"),
            func.sum(material * material).label("class_square"),
        )
        .where(mark.quad.between(first, last), *question.conditions(kind))
        .group_by(*groups)
        .order_by(*groups)
    )
    if tile.z > PART_ZOOM:
        query = query.where(
            mark.x >= tile.west * _METRE,
            mark.x < (tile.west + tile.width) * _METRE,
            mark.y <= tile.north * _METRE,
            mark.y > (tile.north - tile.width) * _METRE,
        )
    return query
