# SPDX-License-Identifier: EUPL-1.2
"""The small map of a place, drawn as SVG on the server: it needs no script, and prints.

The land is one file for all pages, which the browser keeps; a page adds the place and the towns round it.
Units of the drawings are 100 m in EPSG:25832, with northings turned downwards.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from pathlib import Path

from flask import Blueprint, Response

from inventory.queries.offers import AnyRow

_OUTLINE = Path(__file__).parents[1] / "inventory" / "reference" / "land_masses.csv"
_UNIT = 100.0  # metres
_WEST, _NORTH = 430_000, 6_410_000
WIDTH, HEIGHT = 4_700, 3_700
"""Size of the drawing of the whole country, Bornholm included."""
NEAR_WIDTH, NEAR_HEIGHT = 500, 360
"""Size of the drawing of what lies round the place: 50 by 36 km."""
_LEAST_STEP = 2.5  # 250 m: what the near drawing shows as a pixel or two on a desk
_KEPT_SECONDS = 86_400
_NEIGHBOUR, _NAME = 26, 130  # units a town's name takes, lest two run into each other


@dataclass(frozen=True, slots=True, kw_only=True)
class PlaceMap:
    """Where things stand: the place in the country's drawing, the near box in it, and the towns named."""

    x: float
    y: float
    left: float
    top: float
    towns: list[tuple[str, float, float]]


def find_box() -> tuple[float, float]:
    """Give half the width and half the height of the near drawing, in metres."""
    return NEAR_WIDTH * _UNIT / 2, NEAR_HEIGHT * _UNIT / 2


def draw_place(*, easting: float, northing: float, towns: Sequence[AnyRow]) -> PlaceMap:
    """Lay a place out, with the towns of its surroundings whose names have room.

    Parameters
    ----------
    easting, northing
        Of the public point, EPSG:25832, metres.
    towns
        Of `read_towns_near`, the most important first.
    """
    x, y = place_on_drawing(easting, northing)
    left, top = round(x - NEAR_WIDTH / 2, 1), round(y - NEAR_HEIGHT / 2, 1)
    named: list[tuple[str, float, float]] = []
    for town in towns:
        at_x, at_y = place_on_drawing(town.easting, town.northing)
        inside = left + 10 < at_x < left + NEAR_WIDTH - 110 and top + 20 < at_y < top + NEAR_HEIGHT - 12
        # The country's drawing lies in the upper right corner.
        covered = at_x > left + NEAR_WIDTH - 240 and at_y < top + 130
        if (
            inside
            and not covered
            and all(abs(at_y - other[2]) > _NEIGHBOUR or abs(at_x - other[1]) > _NAME for other in named)
        ):
            named.append((town.name, at_x, at_y))
    return PlaceMap(x=x, y=y, left=left, top=top, towns=named)


def place_on_drawing(easting: float, northing: float) -> tuple[float, float]:
    """Place a point of EPSG:25832 on the drawing of the land, in its units."""
    return round((easting - _WEST) / _UNIT, 1), round((_NORTH - northing) / _UNIT, 1)


@cache
def draw_land() -> str:
    """Draw the land of Denmark as an SVG file (DAGI 1:500,000, simplified to 250 m)."""
    with _OUTLINE.open(encoding="utf-8", newline="") as file:
        shapes = [row["wkt"] for row in csv.DictReader(file)]
    rings = [ring for shape in shapes for ring in re.findall(r"[^()]*\d[^()]*", shape)]
    path = "".join(filter(None, map(_trace, rings)))
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{WIDTH}" height="{HEIGHT}"'
        f' viewBox="0 0 {WIDTH} {HEIGHT}"><path fill="#f8f6f0" stroke="#9aa8b2" stroke-width="1.2"'
        f' fill-rule="evenodd" d="{path}"/></svg>\n'
    )


def _trace(ring: str) -> str:
    """Trace a ring in whole units, each step from the point before."""
    points: list[tuple[int, int]] = []
    for pair in ring.split(","):
        easting, northing = (float(number) for number in pair.split())
        x, y = place_on_drawing(easting, northing)
        if not points or max(abs(x - points[-1][0]), abs(y - points[-1][1])) >= _LEAST_STEP:
            points.append((round(x), round(y)))
    if len(points) < 3:
        return ""
    steps = (f"{x - before_x} {y - before_y}" for (before_x, before_y), (x, y) in pairwise(points))
    return f"M{points[0][0]} {points[0][1]}l{' '.join(steps)}z"


def show_land() -> Response:
    """Show the land of Denmark, the same for everyone."""
    response = Response(draw_land(), mimetype="image/svg+xml")
    response.cache_control.public = True
    response.cache_control.max_age = _KEPT_SECONDS
    return response


def make_maps() -> Blueprint:
    """Make the blueprint of drawn maps."""
    maps = Blueprint("maps", __name__, url_prefix="/maps")
    maps.add_url_rule("/land.svg", "land", show_land, methods=["GET"])
    return maps
