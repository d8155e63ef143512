# SPDX-License-Identifier: EUPL-1.2
"""The map drawn as SVG on the server: before the map engine is there, and where it cannot be."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from math import log10

from inventory.queries.map.drawing import Box, choose_zoom, find_cell, read_corners, read_drawn_groups
from inventory.queries.map.question import ask_map
from inventory.queries.offers import AnyRow
from inventory.queries.places.place_towns import read_towns_near
from inventory.queries.reading import Session
from inventory.queries.search.search import PLACES, Search
from web.place_map import place_on_drawing
from web.places import DENMARK

# As web/assets/layers.js draws: ten times as many are a step larger; marks have no number.
_LEAST_RADIUS, _STEP = 7.0, 2.7
_LEAST_MARK, _MARK_STEP = 4.0, 1.0
_TOWNS = 8
_PIXELS = 720  # the width in CSS pixels that radii are meant for


@dataclass(frozen=True, slots=True, kw_only=True)
class Spot:
    """A group on the drawing: where and how large, what it holds, and where its link leads.

    `box` is the address's value for the cell, which shows what lies in it; `told` says whether its number is
    written.
    """

    kind: str
    x: float
    y: float
    radius: float
    n: int
    told: bool
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


def draw_map(session: Session, *, search: Search, today: date, first: str) -> DrawnMap:
    """Draw what a search finds, over its box where it has one, else over all of Denmark.

    Parameters
    ----------
    session, today
        To read with, and the day whose prices count.
    search
        Resolved.
    first
        The kind whose numbers are told, `lot` or `requirement`: groups of the other are marks beside them.
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
                    radius=round(_find_radius(row.n, told=row.kind == first) * pixel, 1),
                    n=row.n,
                    told=row.kind == first and row.n > 1,
                    surveyed=2 * row.surveyed >= row.n,
                    row=row,
                    box=",".join(f"{side:.{PLACES}f}" for side in cell),
                )
            )
    spots.sort(key=lambda spot: spot.kind != first)  # marks lie on top, the largest groups below
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


def _find_radius(n: int, *, told: bool) -> float:
    least, step = (_LEAST_RADIUS, _STEP) if told else (_LEAST_MARK, _MARK_STEP)
    return least + step * log10(n)
