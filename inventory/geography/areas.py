# SPDX-License-Identifier: EUPL-1.2
"""The areas of municipalities, where the operator has loaded them: in which one a point lies."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import shapely
from numpy.typing import NDArray

BORDER_M = 200.0
"""Maps of different scales draw the same border so far apart: nearer to it nobody is said to be astray."""


@dataclass(frozen=True, slots=True, kw_only=True)
class MunicipalityAreas:
    """Areas in EPSG:25832.

    Parameters
    ----------
    codes : array of str, shape (n,)
        Four digits, each once.
    shapes : array of polygons, shape (n,)
    """

    codes: NDArray[np.str_]
    shapes: NDArray[Any]


def lay_areas(rows: Sequence[tuple[str, bytes]]) -> MunicipalityAreas | None:
    """Lay out areas from code and WKB; None where there are none."""
    if not rows:
        return None
    shapes = shapely.from_wkb([wkb for _, wkb in rows])
    shapely.prepare(shapes)
    return MunicipalityAreas(codes=np.array([code for code, _ in rows]), shapes=shapes)


def find_areas(points: NDArray[np.float64], *, areas: MunicipalityAreas) -> NDArray[np.str_]:
    """Find the municipality each point lies in.

    Parameters
    ----------
    points
        Shape (n, 2), metres in EPSG:25832; NaN where unknown.
    areas
        From `lay_areas`.

    Returns
    -------
    ndarray
        Shape (n,), four-digit codes; empty where the point is unknown or in no area, as on a quay.
    """
    xy = np.asarray(points, dtype=np.float64).reshape(-1, 2)
    found = np.full(len(xy), "", dtype="<U4")
    known = np.flatnonzero(np.isfinite(xy).all(axis=1))
    if known.size:
        inside = shapely.STRtree(areas.shapes).query(shapely.points(xy[known]), predicate="intersects")
        # A point on a border is in both: the one of the lower code is taken.
        for point, area in sorted(inside.T.tolist(), reverse=True):
            found[known[point]] = areas.codes[area]
    return found


def find_astray(
    points: NDArray[np.float64], *, claimed: Sequence[str], areas: MunicipalityAreas
) -> NDArray[np.str_]:
    """Find the points that lie in another municipality than they claim.

    Parameters
    ----------
    points
        Shape (n, 2), metres in EPSG:25832; NaN where unknown.
    claimed
        Code per point, empty where none is claimed.
    areas
        From `lay_areas`.

    Returns
    -------
    ndarray
        Shape (n,): code of the municipality the point is in; empty where that is the one it claims, where it
        is within 200 m of it, where either is not known, or where it is in none.
    """
    xy = np.asarray(points, dtype=np.float64).reshape(-1, 2)
    found = find_areas(xy, areas=areas)
    shape_of = {str(code): shape for code, shape in zip(areas.codes, areas.shapes, strict=True)}
    for index in np.flatnonzero(found != "").tolist():
        own = shape_of.get(claimed[index])
        if (
            own is None
            or found[index] == claimed[index]
            or shapely.distance(own, shapely.points(xy[index])) <= BORDER_M
        ):
            found[index] = ""
    return found
