# SPDX-License-Identifier: EUPL-1.2
"""Coordinates of files: points in EPSG:25832, or the name of what is wrong with them."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from pyproj import Transformer
from scipy.spatial import cKDTree
from sqlalchemy.orm import Session

from inventory.geography.areas import MunicipalityAreas, find_areas, find_astray, lay_areas
from inventory.geography.coordinate import CoordinateKind, classify_coordinates, project_degrees
from inventory.geography.land import land_mass_of
from inventory.geography.municipality import nearest_municipality
from inventory.geography.reference import (
    LandMasses,
    MunicipalityAnchors,
    RoadGraph,
    read_land_masses,
    read_municipality_anchors,
    read_reference,
    read_road_graph,
)
from inventory.geography.roads import nearest_road_node
from inventory.queries.places.municipality_areas import list_areas

# Coastlines are simplified and quays newer than the map; farther out is the sea or another country.
_OFF_LAND_M = 2_000.0
# No Danish municipality reaches farther from the towns and the centre we know of it.
_FAR_FROM_MUNICIPALITY_M = 60_000.0
_EPSG_ZONE_33, _EPSG_WEB_MERCATOR, _EPSG_HERE = 25833, 3857, 25832

_METRES_PROBLEMS = {
    CoordinateKind.METRES_SWAPPED: "coordinates_swapped",
    CoordinateKind.DEGREES: "coordinates_in_degrees",
    CoordinateKind.DEGREES_SWAPPED: "coordinates_in_degrees",
    CoordinateKind.OUTSIDE: "outside_denmark",
}
_DEGREES_PROBLEMS = {
    CoordinateKind.DEGREES_SWAPPED: "coordinates_swapped",
    CoordinateKind.METRES: "coordinates_in_metres",
    CoordinateKind.METRES_SWAPPED: "coordinates_in_metres",
    CoordinateKind.OUTSIDE: "outside_denmark",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Geography:
    """The geography an import needs: packaged, and the areas of municipalities where they were loaded."""

    masses: LandMasses
    roads: RoadGraph
    anchors: MunicipalityAnchors
    town_names: NDArray[np.object_]
    town_xy: NDArray[np.float64]
    areas: MunicipalityAreas | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Surroundings:
    """What lies about each point; empty texts where the point is unknown."""

    land_mass: list[str]
    road_node: list[str]
    municipality: list[str]
    town: list[str]


def read_geography(session: Session | None = None) -> Geography:
    """Read the packaged geography, and of a database the areas of municipalities where they were loaded."""
    towns = read_reference("towns.csv")
    return Geography(
        masses=read_land_masses(),
        roads=read_road_graph(),
        anchors=read_municipality_anchors(),
        town_names=np.array([row["name"] for row in towns], dtype=object),
        town_xy=np.array([(float(row["x"]), float(row["y"])) for row in towns]).reshape(-1, 2),
        areas=None if session is None else lay_areas(list_areas(session)),
    )


def check_points(
    first: NDArray[np.float64], second: NDArray[np.float64], *, degrees: bool
) -> tuple[NDArray[np.float64], list[str]]:
    """Turn pairs of numbers into points, or name what is wrong.

    A wrong pair is named and left out, never mended: a guess would put a lot in the wrong town.

    Parameters
    ----------
    first, second
        Shape (n,): x and y in metres, or longitude and latitude in degrees; NaN where missing.
    degrees
        Whether the columns are the degree columns.

    Returns
    -------
    xy : ndarray, shape (n, 2)
        Metres in EPSG:25832, NaN where missing or wrong.
    codes : list of str
        A code of `PLACE_MESSAGES` per pair, empty where nothing is wrong or nothing was given.
    """
    kinds = classify_coordinates(first, second)
    xy = np.full((len(kinds), 2), np.nan)
    good = kinds == (CoordinateKind.DEGREES if degrees else CoordinateKind.METRES).value
    if degrees:
        if good.any():
            xy[good] = project_degrees(first[good], second[good])
    else:
        xy[good] = np.column_stack([first[good], second[good]])
    problems = _DEGREES_PROBLEMS if degrees else _METRES_PROBLEMS
    codes = [problems.get(CoordinateKind(kind), "") for kind in kinds.tolist()]
    half = np.isfinite(first) != np.isfinite(second)
    for index in np.flatnonzero(half).tolist():
        codes[index] = "coordinate_half"
    if not degrees:
        _name_other_systems(first, second, codes=codes)
    return xy, codes


def find_land(xy: NDArray[np.float64], *, geography: Geography) -> list[str]:
    """Find the land mass of each point, empty where there is none within 2 km (or no point)."""
    lands: list[str] = land_mass_of(xy, masses=geography.masses, farthest_m=_OFF_LAND_M).tolist()
    return lands


def _name_other_systems(first: NDArray[np.float64], second: NDArray[np.float64], *, codes: list[str]) -> None:
    outside = np.array([at for at, code in enumerate(codes) if code == "outside_denmark"], dtype=np.intp)
    for epsg, code in (
        (_EPSG_ZONE_33, "coordinates_zone_33"),
        (_EPSG_WEB_MERCATOR, "coordinates_web_mercator"),
    ):
        if not outside.size:
            return
        moved = convert_points(first[outside], second[outside], epsg=epsg)
        fits = classify_coordinates(moved[:, 0], moved[:, 1]) == CoordinateKind.METRES.value
        for index in outside[fits].tolist():
            codes[index] = code
        outside = outside[~fits]


def convert_points(
    first: NDArray[np.float64], second: NDArray[np.float64], *, epsg: int
) -> NDArray[np.float64]:
    """Convert points of another reference system to EPSG:25832, shape (n, 2); NaN where it cannot be."""
    convert = Transformer.from_crs(epsg, _EPSG_HERE, always_xy=True)
    moved = np.column_stack(convert.transform(first, second))
    moved[~np.isfinite(moved).all(axis=1)] = np.nan
    return moved


def measure_from_municipality(
    xy: NDArray[np.float64], *, codes: list[str], geography: Geography
) -> tuple[NDArray[np.float64], list[str]]:
    """Measure how far points lie from the municipality they claim.

    Parameters
    ----------
    xy
        Shape (n, 2), metres in EPSG:25832, NaN where unknown.
    codes
        Municipality code per point, empty where none is claimed.
    geography
        From `read_geography`.

    Returns
    -------
    metres : ndarray, shape (n,)
        To the nearest known point of the municipality; NaN where unknown.
    problems : list of str
        ``coordinates_zone_33`` where the point is far but would be near if read as UTM zone 33 (only
        Bornholm can be mistaken so), ``municipality_far`` where it is far, else empty.
    """
    metres = np.full(len(xy), np.nan)
    problems = [""] * len(xy)
    claimed = np.array(codes)
    known = np.isfinite(xy).all(axis=1)
    for code in np.unique(claimed[known]).tolist():
        anchors = geography.anchors.xy[geography.anchors.codes == code]
        if not len(anchors):
            continue
        tree = cKDTree(anchors)
        rows = np.flatnonzero(known & (claimed == code))
        metres[rows] = tree.query(xy[rows])[0]
        far = rows[metres[rows] > _FAR_FROM_MUNICIPALITY_M]
        if not far.size:
            continue
        moved = convert_points(xy[far, 0], xy[far, 1], epsg=_EPSG_ZONE_33)
        near = np.asarray(tree.query(np.nan_to_num(moved))[0]) <= _FAR_FROM_MUNICIPALITY_M
        for index, fits in zip(far.tolist(), near.tolist(), strict=True):
            problems[index] = "coordinates_zone_33" if fits else "municipality_far"
    return metres, problems


def find_other_municipality(
    xy: NDArray[np.float64], *, codes: list[str], geography: Geography
) -> list[str] | None:
    """Find the points that lie in another municipality than they claim, by the areas that were loaded.

    Returns
    -------
    list of str or None
        Code of the municipality each is in where that is another, else empty; None where no areas are loaded.
    """
    if geography.areas is None:
        return None
    return [str(code) for code in find_astray(xy, claimed=codes, areas=geography.areas)]


def describe_surroundings(xy: NDArray[np.float64], *, lands: list[str], geography: Geography) -> Surroundings:
    """Find nearest road node, likely municipality and nearest town of each point.

    Parameters
    ----------
    xy
        Shape (n, 2), metres in EPSG:25832, NaN where unknown.
    lands
        From `find_land`.
    geography
        From `read_geography`.
    """
    known = np.isfinite(xy).all(axis=1)
    towns = np.full(len(xy), "", dtype=object)
    if known.any():
        towns[known] = geography.town_names[cKDTree(geography.town_xy).query(xy[known])[1]]
    nearest = nearest_municipality(xy, anchors=geography.anchors)
    if geography.areas is not None:
        inside = find_areas(xy, areas=geography.areas)
        nearest = np.where(inside == "", nearest, inside)
    nodes = nearest_road_node(xy, lands=np.array(lands, dtype=str), roads=geography.roads).tolist()
    return Surroundings(
        land_mass=lands,
        road_node=[str(geography.roads.ids[row]) if row >= 0 else "" for row in nodes],
        municipality=nearest.tolist(),
        town=towns.tolist(),
    )
