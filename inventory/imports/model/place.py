# SPDX-License-Identifier: EUPL-1.2
"""Where a model stands: by its map conversion, its own axes or its site's degrees, each one judged."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray
from pyproj import Geod
from pyproj.exceptions import ProjError

from inventory.geography.coordinate import CoordinateKind, classify_coordinates
from inventory.geography.reference import read_reference
from inventory.imports.cells.places import Geography, check_points, convert_points, find_land

MAP, AXES, SITE, HAND = "map", "axes", "site", "hand"
_EPSG = re.compile(r"EPSG[:\s_/]*([0-9]{4,6})", re.IGNORECASE)
_UTM = re.compile(r"UTM\D{0,12}(3[23])", re.IGNORECASE)
_HERE = 25832
# Nobody builds that near to where the equator meets Greenwich's meridian: it is a zero nobody filled in.
_NULL_ISLAND_DEGREES = 0.5
_DISAGREE_M = 1000.0


@dataclass(frozen=True, slots=True, kw_only=True)
class PlaceTold:
    """One way in which a model, or a person, says where it stands.

    `source` is map, axes, site or hand, `told` what was said; `xy` is the point in EPSG:25832, None where it
    is not to be believed: then `problem` is a code of `inventory.imports.messages` and `name` the place of a
    template.
    """

    source: str
    told: str
    xy: tuple[float, float] | None
    problem: str = ""
    name: str = ""


def list_places(
    place: Mapping[str, Any], *, hand: tuple[float, float] | None, geography: Geography
) -> list[PlaceTold]:
    """List what is said of the place of a model, the best first.

    Parameters
    ----------
    place
        From `inventory.takeoff.georeference.read_georeference`.
    hand
        A point given by hand: x, y in EPSG:25832, or longitude, latitude.
    geography
        From `inventory.imports.cells.places.read_geography`.
    """
    found: list[PlaceTold] = []
    if hand is not None:
        kind = classify_coordinates(*_arrays(hand))[0]
        degrees = kind in (CoordinateKind.DEGREES.value, CoordinateKind.DEGREES_SWAPPED.value)
        found.append(_judge(HAND, hand, told=_show(hand), degrees=degrees, geography=geography))
    if place.get("map"):
        found.append(_judge_map(place["map"], geography=geography))
    middle = place.get("middle")
    if middle and classify_coordinates(*_arrays(middle))[0] == CoordinateKind.METRES.value:
        pair = (float(middle[0]), float(middle[1]))
        found.append(_judge(AXES, pair, told=_show(pair), degrees=False, geography=geography))
    if place.get("site"):
        found.append(_judge_site(place["site"]["lon"], place["site"]["lat"], geography=geography))
    return found


def choose_place(told: list[PlaceTold]) -> PlaceTold | None:
    """Choose the first that is to be believed; a wrong point given by hand is not replaced by another."""
    if told and told[0].source == HAND:
        return told[0] if told[0].xy is not None else None
    return next((one for one in told if one.xy is not None), None)


def measure_apart(one: tuple[float, float], other: tuple[float, float]) -> float | None:
    """Measure how far two points lie apart, in metres; None where that is no more than 1 km."""
    metres = float(np.hypot(one[0] - other[0], one[1] - other[1]))
    return metres if metres > _DISAGREE_M else None


def _judge_map(told: Mapping[str, Any], *, geography: Geography) -> PlaceTold:
    crs, pair = str(told["crs"]), (float(told["east"]), float(told["north"]))
    shown = f"{crs or '?'}: {_show(pair)}"
    if max(map(abs, pair)) < 1:
        return PlaceTold(source=MAP, told=shown, xy=None, problem="place_null_island")
    code = _EPSG.search(crs)
    zone = _UTM.search(crs)
    epsg = int(code[1]) if code else 25800 + int(zone[1]) if zone else None
    if epsg is None:
        return PlaceTold(source=MAP, told=shown, xy=None, problem="place_system_unknown")
    if epsg != _HERE:
        try:
            moved = convert_points(*_arrays(pair), epsg=epsg)
        except ProjError:
            return PlaceTold(source=MAP, told=shown, xy=None, problem="place_system_unknown")
        if not np.isfinite(moved).all():
            return PlaceTold(source=MAP, told=shown, xy=None, problem="outside_denmark")
        pair = (float(moved[0, 0]), float(moved[0, 1]))
    return _judge(MAP, pair, told=shown, degrees=False, geography=geography)


def _judge_site(lon: float, lat: float, *, geography: Geography) -> PlaceTold:
    shown = f"{lat:.5f}, {lon:.5f}"
    if abs(lon) < _NULL_ISLAND_DEGREES and abs(lat) < _NULL_ISLAND_DEGREES:
        return PlaceTold(source=SITE, told=shown, xy=None, problem="place_null_island")
    name = _find_template(lon, lat)
    if name:
        return PlaceTold(source=SITE, told=shown, xy=None, problem="place_of_template", name=name)
    return _judge(SITE, (lon, lat), told=shown, degrees=True, geography=geography)


def _judge(
    source: str, pair: tuple[float, float], *, told: str, degrees: bool, geography: Geography
) -> PlaceTold:
    xy, codes = check_points(*_arrays(pair), degrees=degrees)
    if codes[0]:
        return PlaceTold(source=source, told=told, xy=None, problem=codes[0])
    if not find_land(xy, geography=geography)[0]:
        return PlaceTold(source=source, told=told, xy=None, problem="in_water")
    return PlaceTold(source=source, told=told, xy=(float(xy[0, 0]), float(xy[0, 1])))


def _find_template(lon: float, lat: float) -> str:
    """Find the place that templates start from near a point; empty where it is near none."""
    globe = Geod(ellps="WGS84")
    for row in read_reference("template_places.csv"):
        apart = globe.inv(lon, lat, float(row["lon"]), float(row["lat"]))[2]
        if apart <= float(row["radius_m"]):
            return row["name"]
    return ""


def _arrays(pair: Any) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    return np.array([float(pair[0])]), np.array([float(pair[1])])


def _show(pair: tuple[float, float]) -> str:
    digits = 5 if max(map(abs, pair)) < 1000 else 0
    return f"{pair[0]:.{digits}f}, {pair[1]:.{digits}f}"
