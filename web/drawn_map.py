# SPDX-License-Identifier: EUPL-1.2
"""The map drawn as SVG on the server: before the map engine is there, and where it cannot be."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from math import sqrt

from inventory.queries.map.drawing import Box, choose_zoom, find_cell, read_corners, read_drawn_groups
from inventory.queries.map.question import ask_map
from inventory.queries.offers import AnyRow
from inventory.queries.places.place_towns import read_towns_near
from inventory.queries.reading import Session
from inventory.queries.search.search import PLACES, Search
from web.place_map import place_on_drawing
from web.places import DENMARK

_LEAST_RADIUS, _MOST_RADIUS, _GROWTH = 7.0, 24.0, 3.0
_TOWNS = 8
_PIXELS = 720  # the width in CSS pixels that radii are meant for


@dataclass(frozen=True, slots=True, kw_only=True)
class Spot:
    """A group on the drawing: where and how large, what it holds, and where its link leads.

    `box` is the address's value for the cell, which shows what lies in it.
    """

    kind: str
    x: float
    y: float
    radius: float
    n: int
    surveyed: bool
    row: AnyRow
    box: str


@dataclass(frozen=True, slots=True, kw_only=True)
class DrawnMap:
    """The drawing: its frame in units of the land's drawing, and how many of those a pixel is."""

    left: float
    top: float
    width: float
    height: float
    pixel: float
    towns: list[tuple[str, float, float]]
    spots: list[Spot]


def draw_map(session: Session, *, search: Search, today: date) -> DrawnMap:
    """Draw what a search finds, over its box where it has one, else over all of Denmark.

    Parameters
    ----------
    session, today
        To read with, and the day whose prices count.
    search
        Resolved.
    """
    box: Box = search.box or DENMARK
    metres = read_corners(session, box=box)
    corners = [place_on_drawing(x, y) for x, y in metres]
    left, top = min(x for x, _ in corners), min(y for _, y in corners)
    width, height = max(x for x, _ in corners) - left, max(y for _, y in corners) - top
    pixel, zoom = width / _PIXELS, choose_zoom(box)
    spots = []
    for row in read_drawn_groups(session, question=ask_map(search), box=box, today=today):
        x, y = place_on_drawing(row.easting, row.northing)
        if left <= x <= left + width and top <= y <= top + height:
            cell = find_cell(row.x, row.y, zoom=zoom)
            spots.append(
                Spot(
                    kind=row.kind,
                    x=x,
                    y=y,
                    radius=round(min(_LEAST_RADIUS + _GROWTH * (sqrt(row.n) - 1), _MOST_RADIUS) * pixel, 1),
                    n=row.n,
                    surveyed=2 * row.surveyed >= row.n,
                    row=row,
                    box=",".join(f"{side:.{PLACES}f}" for side in cell),
                )
            )
    east, north = [x for x, _ in metres], [y for _, y in metres]
    towns = read_towns_near(
        session,
        easting=(min(east) + max(east)) / 2,
        northing=(min(north) + max(north)) / 2,
        half_width=(max(east) - min(east)) / 2,
        half_height=(max(north) - min(north)) / 2,
        limit=_TOWNS,
    )
    return DrawnMap(
        towns=[(town.name, *place_on_drawing(town.easting, town.northing)) for town in towns],
        left=round(left, 1),
        top=round(top, 1),
        width=round(width, 1),
        height=round(height, 1),
        pixel=round(pixel, 3),
        spots=spots,
    )
