# SPDX-License-Identifier: EUPL-1.2
"""Vector tiles of the map: the same answers as the list, gathered so that nothing is dropped at any zoom."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from functools import cache

from sqlalchemy import (
    BigInteger,
    ColumnElement,
    Double,
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
from sqlalchemy.orm import Session, aliased

from inventory.queries.map.grid import PART_ZOOM, Tile
from inventory.queries.map.groups import find_values, gather_groups
from inventory.queries.map.question import MapQuestion
from inventory.queries.offers import AnySelect
from inventory.queries.statement import Statement, compile_statement, run_statement
from inventory.tables import MapMark, MapStale, MapState, MarkKind, MaterialClass

EXTENT = 4096
"""Tile coordinates along one side (Mapbox Vector Tile 2.1)."""

_LAYERS = {MarkKind.LOT: "lots", MarkKind.REQUIREMENT: "requirements"}
_METRE = 10  # decimetres


@dataclass(frozen=True, slots=True, kw_only=True)
class MapVersion:
    """Which version of the map there is, and whether something written since waits to be taken in."""

    number: int
    behind: bool


def read_map_version(session: Session) -> MapVersion:
    """Read the version of the map."""
    row = session.execute(select(MapState.version, exists().select_from(MapStale).label("behind"))).one()
    return MapVersion(number=row.version, behind=row.behind)


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
        bytes(run_statement(session, find_draw(question, kind=kind, zoom=tile.z), values).scalar_one() or b"")
        for kind in MarkKind
    )


def find_draw(question: MapQuestion, *, kind: MarkKind, zoom: int) -> Statement:
    """Find the statement that draws a layer; composed once for each thing asked, as that takes longest."""
    zoom = zoom if zoom < PART_ZOOM else min(zoom, PART_ZOOM + 1)
    if (question.lots if kind is MarkKind.LOT else question.requirements) is None:
        return _compose_once(replace(question.outline(), lots=None, requirements=None), kind, zoom)
    return _compose(question, kind, zoom)


@cache
def _compose_once(outline: MapQuestion, kind: MarkKind, zoom: int) -> Statement:
    return _compose(outline, kind, zoom)


def _compose(question: MapQuestion, kind: MarkKind, zoom: int) -> Statement:
    layer: ColumnElement[str] = literal_column(f"'{_LAYERS[kind]}', {EXTENT}, 'geometry'")
    drawn = _draw(question, kind=kind, zoom=zoom).subquery("tile")
    return compile_statement(select(func.ST_AsMVT(literal_column("tile.*"), layer)).select_from(drawn))


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
