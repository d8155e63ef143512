# SPDX-License-Identifier: EUPL-1.2
"""Vector tiles of the map: the same answers as the list, gathered so that nothing is dropped at any zoom."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from functools import cache, reduce

from sqlalchemy import (
    BigInteger,
    ColumnElement,
    Double,
    Integer,
    Text,
    bindparam,
    case,
    cast,
    exists,
    func,
    literal_column,
    select,
    true,
)
from sqlalchemy.dialects.postgresql import SMALLINT
from sqlalchemy.orm import Session, aliased

from inventory.queries.map.grid import FINEST_ZOOM, PART_ZOOM, Tile
from inventory.queries.map.groups import find_values, gather_groups
from inventory.queries.map.parts import Part
from inventory.queries.map.question import MapQuestion
from inventory.queries.offers import AnySelect
from inventory.queries.statement import Statement, compile_statement, run_statement
from inventory.tables import MapMark, MapStale, MapState, MapTile, MarkKind, MaterialClass

EXTENT = 4096
"""Tile coordinates along one side (Mapbox Vector Tile 2.1)."""

_LAYERS = {MarkKind.LOT: "lots", MarkKind.REQUIREMENT: "requirements"}
_METRE = 10  # decimetres


@dataclass(frozen=True, slots=True, kw_only=True)
class MapVersion:
    """Which version of the map there is, and whether something written since waits to be taken in.

    `tile` is the version that last changed a mark of the tile asked about, 0 where none was.
    """

    number: int
    behind: bool
    tile: int = 0


def read_map_version(session: Session, *, tile: Tile | None = None) -> MapVersion:
    """Read the version of the map, and of one of its tiles."""
    up = 0 if tile is None else max(tile.z - FINEST_ZOOM, 0)
    place = {} if tile is None else {"zoom": tile.z - up, "tile_x": tile.x >> up, "tile_y": tile.y >> up}
    row = run_statement(session, _compose_version(of_tile=tile is not None), place).one()
    return MapVersion(number=row.version, behind=row.behind, tile=row.tile)


@cache
def _compose_version(*, of_tile: bool) -> Statement:
    last = select(MapTile.version).where(
        MapTile.zoom == bindparam("zoom", None, SMALLINT),
        MapTile.tile_x == bindparam("tile_x", None, Integer),
        MapTile.tile_y == bindparam("tile_y", None, Integer),
    )
    tile = func.coalesce(last.scalar_subquery(), literal_column("0")) if of_tile else literal_column("0")
    return compile_statement(
        select(MapState.version, exists().select_from(MapStale).label("behind"), tile.label("tile"))
    )


def read_map_tile(session: Session, *, tile: Tile, question: MapQuestion, today: date) -> bytes:
    """Read one tile of the lots and requirements that are asked for; `today` is the day whose prices count.

    Returns
    -------
    bytes
        A Mapbox Vector Tile with the layers `lots` (n, surveyed, decide_by, id, site, name_da, name_en)
        and `requirements` (the same without surveyed and decide_by). `n` counts the marks of a group, so the
        groups of all tiles of a zoom add up to the list's count less the rows without a coordinate; `id`,
        `site` and the names are there where the group is of one mark, one site, one class.
    """
    values = find_values(question, tile=tile, today=today) | {"scale": EXTENT / tile.width / _METRE}
    return b"".join(
        bytes(run_statement(session, statement, values).scalar_one())
        for statement in find_draws(question, zoom=tile.z)
    )


def find_draws(question: MapQuestion, *, zoom: int) -> list[Statement]:
    """Find what draws a tile's layers: one statement where marks tell all, else one for each.

    Those that marks answer are composed once for each thing asked: composing takes longer than running.
    """
    outline = replace(question.outline(), lots=None, requirements=None)
    zoom = min(zoom, PART_ZOOM + 1)
    if question.is_of_marks:
        return [_compose_once(outline, tuple(MarkKind), _find_alike(outline, zoom))]
    asked = {MarkKind.LOT: question.lots, MarkKind.REQUIREMENT: question.requirements}
    return [
        _compose_once(outline, (kind,), zoom) if ids is None else _compose(question, (kind,), zoom)
        for kind, ids in asked.items()
    ]


@cache
def _find_alike(outline: MapQuestion, zoom: int) -> int:
    """Find the finest zoom whose statement, of the same parts, is the same: it is composed once for all."""

    def choose(at: int) -> list[Part | None]:
        return [outline.choose(kind, zoom=at) for kind in MarkKind]

    if zoom >= PART_ZOOM:
        return zoom
    return next(at for at in range(FINEST_ZOOM, -1, -1) if choose(at) == choose(zoom))


@cache
def _compose_once(outline: MapQuestion, kinds: tuple[MarkKind, ...], zoom: int) -> Statement:
    return _compose(outline, kinds, zoom)


def _compose(question: MapQuestion, kinds: tuple[MarkKind, ...], zoom: int) -> Statement:
    first, *others = (_draw_layer(question, kind, zoom) for kind in kinds)
    return compile_statement(select(reduce(lambda tile, layer: tile.op("||")(layer), others, first)))


def _draw_layer(question: MapQuestion, kind: MarkKind, zoom: int) -> ColumnElement[bytes]:
    layer: ColumnElement[str] = literal_column(f"'{_LAYERS[kind]}', {EXTENT}, 'geometry'")
    drawn = _draw(question, kind=kind, zoom=zoom).subquery("tile")
    tile = select(func.ST_AsMVT(literal_column("tile.*"), layer)).select_from(drawn).scalar_subquery()
    return func.coalesce(tile, literal_column("''::bytea"))


def _draw(question: MapQuestion, *, kind: MarkKind, zoom: int) -> AnySelect:
    """Name the groups and place them in the tile's own coordinates."""
    group = gather_groups(question, kind=kind, zoom=zoom).subquery("groups")
    one, there = aliased(MapMark, name="one"), aliased(MapMark, name="there")
    x, y = cast(func.round(group.c.x), BigInteger), cast(func.round(group.c.y), BigInteger)
    # One spot may be of two sites; then there is no page of all that lies there.
    site = (
        select(
            case(
                (
                    func.min(cast(there.site_id, Text)) == func.max(cast(there.site_id, Text)),
                    func.min(cast(there.site_id, Text)),
                )
            ).label("site_id")
        )
        .where(
            group.c.same_spot,
            group.c.n > literal_column("1"),
            there.kind == literal_column(f"'{kind.value}'"),
            there.quad == func.genbro_map_quad(x, y),
            there.x == x,
            there.y == y,
        )
        .lateral("spot")
    )
    scale, west, north = (bindparam(name, None, Double) for name in ("scale", "west", "north"))
    close = zoom >= PART_ZOOM
    columns = [
        group.c.n,
        cast(one.id, Text).label("id"),
        cast(group.c.site_id, Text).label("site")
        if close
        else func.coalesce(cast(one.site_id, Text), site.c.site_id).label("site"),
        MaterialClass.name_da,
        MaterialClass.name_en,
        func.ST_MakePoint(
            func.floor((group.c.x - west) * scale), func.floor((north - group.c.y) * scale)
        ).label("geometry"),
    ]
    if kind is MarkKind.LOT:
        columns += [group.c.surveyed, cast(one.decide_by, Text).label("decide_by")]
    query = (
        select(*columns)
        .outerjoin(one, one.number == group.c.number)
        .outerjoin(MaterialClass, MaterialClass.id == group.c.class_id)
    )
    return query if close else query.outerjoin(site, true())
