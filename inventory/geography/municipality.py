# SPDX-License-Identifier: EUPL-1.2
"""A municipality for a point that came without one."""

import numpy as np
from numpy.typing import NDArray
from scipy.spatial import cKDTree

from inventory.geography.reference import MunicipalityAnchors


def nearest_municipality(points: NDArray[np.float64], *, anchors: MunicipalityAnchors) -> NDArray[np.str_]:
    """Guess each point's municipality: that of the nearest town or municipality centre.

    A guess, good for grouping and for a filter: near a boundary it is the neighbour's. An importer
    marks what it took from here; a municipality given in a file is never overruled.

    Parameters
    ----------
    points
        Shape (n, 2), metres in EPSG:25832; NaN where unknown.
    anchors
        From `inventory.geography.reference.read_municipality_anchors`.

    Returns
    -------
    ndarray
        Shape (n,), four-digit codes; empty where the point is unknown.
    """
    xy = np.asarray(points, dtype=np.float64).reshape(-1, 2)
    found = np.full(len(xy), "", dtype=anchors.codes.dtype)
    known = np.flatnonzero(np.isfinite(xy).all(axis=1))
    if known.size:
        _, row = cKDTree(anchors.xy).query(xy[known])
        found[known] = anchors.codes[row]
    return found
