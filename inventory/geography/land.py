# SPDX-License-Identifier: EUPL-1.2
"""Which land mass a point lies on."""

import numpy as np
import shapely
from numpy.typing import NDArray
from shapely.geometry.base import BaseGeometry

from inventory.geography.reference import LandMasses

FARTHEST_OFF_LAND_M = 20_000.0


def land_mass_of(
    points: NDArray[np.float64],
    *,
    masses: LandMasses,
    farthest_m: float = FARTHEST_OFF_LAND_M,
) -> NDArray[np.str_]:
    """Find the land mass of each point: the one it lies on, else the nearest.

    Coastlines are simplified, quays are built after the map was drawn, and a register's point may
    be a few metres out: so a point off land counts to the nearest land, but not from far out at sea.

    Parameters
    ----------
    points
        Shape (n, 2), metres in EPSG:25832; a row with NaN has no land mass.
    masses
        From `inventory.geography.reference.read_land_masses`.
    farthest_m
        A point farther than this from any land has none.

    Returns
    -------
    ndarray
        Shape (n,), ids; empty where there is none.
    """
    xy = np.asarray(points, dtype=np.float64).reshape(-1, 2)
    found = np.full(len(xy), "", dtype=masses.ids.dtype if masses.ids.itemsize else "<U1")
    found = found.astype(np.result_type(masses.ids.dtype, masses.corrected_ids.dtype))
    known = np.flatnonzero(np.isfinite(xy).all(axis=1))
    if known.size == 0:
        return found
    spots = shapely.points(xy[known])
    tree = shapely.STRtree(masses.shapes)
    # How far it is to a long coast takes a hundred times what it takes to tell that a point lies within.
    off = np.ones(known.size, dtype=bool)
    at, shape = tree.query(spots)
    for one in np.unique(shape).tolist():
        near = at[shape == one]
        near = near[off[near]]
        on = near[_lies_within(masses.shapes[one], xy[known[near]])]
        found[known[on]] = masses.ids[one]
        off[on] = False
    at, shape = tree.query_nearest(spots[off], max_distance=farthest_m, all_matches=False)
    found[known[off][at]] = masses.ids[shape]
    if masses.corrections.size:
        at, shape = shapely.STRtree(masses.corrections).query(spots, predicate="intersects")
        found[known[at]] = masses.corrected_ids[shape]
    return found


def _lies_within(mass: BaseGeometry, xy: NDArray[np.float64]) -> NDArray[np.bool_]:
    shapely.prepare(mass)
    within: NDArray[np.bool_] = shapely.contains_xy(mass, xy[:, 0], xy[:, 1])
    return within
