# SPDX-License-Identifier: EUPL-1.2
"""The ring around a place that the next lots of an order by distance lie in, found by boxes along it."""

from __future__ import annotations

from collections.abc import Iterator
from math import ceil, cos, pi, sin, sqrt
from typing import Any

from sqlalchemy import CTE, Double, column, func, literal, select, true
from sqlalchemy.dialects.postgresql import ARRAY

from inventory.queries.search.cells import Frame
from inventory.queries.search.first import Beyond, list_keys
from inventory.queries.search.narrow import narrow_lots
from inventory.queries.search.search import Search
from inventory.tables import SRID, LotSearch

_SIDE_M = 500
_LEAST, _MOST = 8, 1024  # many small boxes hold little beside the ring, but each costs a look
_WIDER = 4  # times as wide is looked at where a ring holds too few
_SLACK_M = 1.0  # more than arithmetic may differ

Box = tuple[float, float, float, float]


def list_rings(
    search: Search, *, lots: int, beyond: Beyond | None, backwards: bool, most: int
) -> Iterator[CTE]:
    """List rings from a distance outwards, or inwards, each wider than the one before.

    Parameters
    ----------
    search
        Resolved; it is measured from a place.
    lots
        How many answer it, as far as is known.
    beyond, backwards
        Where to begin, and whether towards the place; at the place or the circle's edge where empty.
    most
        How many are wanted.
    """
    frame = search.found.frame if search.found else None
    assert frame is not None
    assert search.near is not None
    farthest = float(search.near.metres)
    at = farthest if beyond is None else sqrt(beyond.place[0])
    # As wide as would hold what is wanted, lay lots alike everywhere.
    width = most * farthest**2 / (2 * max(lots, 1) * max(at, pi))
    inner = outer = at
    while True:
        inner, outer = (max(at - width, 0.0), at) if backwards else (at, min(at + width, farthest))
        yield find_ring(search, frame=frame, inner=inner, outer=outer)
        if inner == 0.0 if backwards else outer == farthest:
            return
        width *= _WIDER


def find_ring(search: Search, *, frame: Frame, inner: float, outer: float) -> CTE:
    """Find the lots that answer a search and lie between two distances of its place.

    Parameters
    ----------
    search
        Resolved; it is measured from a place.
    frame
        Of the search: where the place is.
    inner, outer
        Metres; both belong to the ring.

    Returns
    -------
    CTE
        The columns that `order_lots` asks of an order by distance.
    """
    boxes = list_boxes(x=frame.x or 0.0, y=frame.y or 0.0, inner=inner, outer=outer)
    sides: list[Any] = [literal(list(side), ARRAY(Double())) for side in zip(*boxes, strict=True)]
    names = ("west", "south", "east", "north")
    box = (
        func.unnest(*sides)
        .table_valued(*(column(name, Double()) for name in names), name="box")
        .render_derived()
    )
    east, north = LotSearch.x - frame.x, LotSearch.y - frame.y
    square: Any = east * east + north * north
    part = (
        select(*list_keys("distance"))
        .where(
            LotSearch.point.op("&&")(func.ST_MakeEnvelope(*(box.c[name] for name in names), SRID)),
            *narrow_lots(LotSearch, search, by_squares=False),
            square.between(max(inner - _SLACK_M, 0.0) ** 2, (outer + _SLACK_M) ** 2),
        )
        .correlate(box)
        .lateral("part")
    )
    return select(*part.c).select_from(box).join(part, true()).distinct().cte("found")


def list_boxes(*, x: float, y: float, inner: float, outer: float) -> list[Box]:
    """List boxes that together hold a ring: west, south, east, north of each, in metres."""
    count = min(max(ceil(2 * pi * outer / _SIDE_M), _LEAST), _MOST)
    half = pi / count
    inner, beyond = max(inner - _SLACK_M, 0.0), (outer + _SLACK_M) / cos(half)
    boxes = []
    for number in range(count):
        angles = (2 * number * half, 2 * (number + 1) * half)
        corners = [(x + r * cos(a), y + r * sin(a)) for r in (inner, beyond) for a in angles]
        easts, norths = zip(*corners, strict=True)
        boxes.append((min(easts), min(norths), max(easts), max(norths)))
    return boxes
