# SPDX-License-Identifier: EUPL-1.2
"""The groups of a drawn map: those of the tiles around a box, in the database's own system."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from functools import cache

from sqlalchemy import Text, cast, func, literal_column, select, union_all
from sqlalchemy.orm import Session, aliased

from inventory.queries.map.grid import CELLS, FINEST_ZOOM, HALF_METRES, Tile
from inventory.queries.map.groups import find_values, gather_groups
from inventory.queries.map.question import MapQuestion
from inventory.queries.offers import AnyRow, AnySelect
from inventory.queries.statement import Statement, compile_statement, run_statement
from inventory.tables import SRID, MapMark, MarkKind, MaterialClass

Box = tuple[float, float, float, float]
"""West, south, east and north in degrees."""

_WEB_MERCATOR, _DEGREES = 3857, 4326
_METRE = 10  # decimetres
_LEAST_ZOOM = 5


def choose_zoom(box: Box) -> int:
    """Choose the zoom whose tiles are about as wide as a box, from 5 to 12: as the map engine shows it."""
    west, _, east, _ = box
    asked = math.floor(math.log2(360 / max(east - west, 1e-6)))
    return min(max(asked, _LEAST_ZOOM), FINEST_ZOOM)


def read_drawn_groups(session: Session, *, question: MapQuestion, box: Box, today: date) -> list[AnyRow]:
    """Read the groups of lots and requirements in and around a box, the largest first.

    Returns
    -------
    list of rows
        Columns ``kind, n, surveyed, x, y`` (EPSG:3857), ``easting, northing`` (EPSG:25832), ``id`` (of
        the lot or the requirement, where n is 1), ``name_da, name_en`` (where all are of one class).
    """
    zoom = choose_zoom(box)
    rows: list[AnyRow] = []
    for statement in find_drawings(question, zoom=zoom):
        for tile in _cover(box, zoom=zoom):
            rows += run_statement(session, statement, find_values(question, tile=tile, today=today)).all()
    return sorted(rows, key=lambda row: (-row.n, row.x, row.y))


def find_drawings(question: MapQuestion, *, zoom: int) -> list[Statement]:
    """Find what reads the groups in a tile: one statement where marks tell all, else one for each kind."""
    outline = replace(question.outline(), lots=None, requirements=None)
    if question.lots is None and question.requirements is None:
        return [_compose_once(outline, tuple(MarkKind), zoom)]
    asked = {MarkKind.LOT: question.lots, MarkKind.REQUIREMENT: question.requirements}
    return [
        _compose_once(outline, (kind,), zoom) if ids is None else _compose(question, (kind,), zoom)
        for kind, ids in asked.items()
    ]


@cache
def _compose_once(outline: MapQuestion, kinds: tuple[MarkKind, ...], zoom: int) -> Statement:
    return _compose(outline, kinds, zoom)


def _compose(question: MapQuestion, kinds: tuple[MarkKind, ...], zoom: int) -> Statement:
    return compile_statement(union_all(*(_select(question, kind=kind, zoom=zoom) for kind in kinds)))


def _select(question: MapQuestion, *, kind: MarkKind, zoom: int) -> AnySelect:
    group, one = gather_groups(question, kind=kind, zoom=zoom).subquery("drawn"), aliased(MapMark, name="one")
    x, y = group.c.x / literal_column(f"{_METRE}"), group.c.y / literal_column(f"{_METRE}")
    middle = func.ST_Transform(func.ST_SetSRID(func.ST_MakePoint(x, y), _WEB_MERCATOR), SRID)
    return (
        select(
            literal_column(f"'{kind.value}'").label("kind"),
            group.c.n,
            group.c.surveyed,
            x.label("x"),
            y.label("y"),
            func.ST_X(middle).label("easting"),
            func.ST_Y(middle).label("northing"),
            cast(one.id, Text).label("id"),
            MaterialClass.name_da,
            MaterialClass.name_en,
        )
        .outerjoin(one, one.number == group.c.number)
        .outerjoin(MaterialClass, MaterialClass.id == group.c.class_id)
    )


def read_corners(session: Session, *, box: Box) -> list[tuple[float, float]]:
    """Read the corners of a box, and the middles of its northern and southern sides, in EPSG:25832."""
    west, south, east, north = box
    middle = (west + east) / 2
    points = [(lon, lat) for lon in (west, middle, east) for lat in (south, north)]
    placed = [
        func.ST_Transform(func.ST_SetSRID(func.ST_MakePoint(lon, lat), _DEGREES), SRID) for lon, lat in points
    ]
    row = session.execute(select(*(axis(point) for point in placed for axis in (func.ST_X, func.ST_Y)))).one()
    return list(zip(row[::2], row[1::2], strict=True))


def find_cell(x: float, y: float, *, zoom: int) -> Box:
    """Find the cell of a zoom around a point of EPSG:3857, as a box in degrees."""
    side = 2 * HALF_METRES / (1 << zoom) / CELLS
    west = (x + HALF_METRES) // side * side - HALF_METRES
    north = HALF_METRES - (HALF_METRES - y) // side * side
    return (
        _degrees_east(west),
        _degrees_north(north - side),
        _degrees_east(west + side),
        _degrees_north(north),
    )


def _cover(box: Box, *, zoom: int) -> Iterator[Tile]:
    west, south, east, north = box
    first, last = _find_tile(west, north, zoom=zoom), _find_tile(east, south, zoom=zoom)
    for x in range(first[0], last[0] + 1):
        for y in range(first[1], last[1] + 1):
            yield Tile(z=zoom, x=x, y=y)


def _find_tile(lon: float, lat: float, *, zoom: int) -> tuple[int, int]:
    across = math.asinh(math.tan(math.radians(lat))) / math.pi
    return int((lon + 180) / 360 * (1 << zoom)), int((1 - across) / 2 * (1 << zoom))


def _degrees_east(x: float) -> float:
    return x / HALF_METRES * 180


def _degrees_north(y: float) -> float:
    return math.degrees(math.atan(math.sinh(y / HALF_METRES * math.pi)))
