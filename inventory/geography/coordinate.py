# SPDX-License-Identifier: EUPL-1.2
"""Whether a pair of numbers can be a place in Denmark, and which common slip it is if not."""

from enum import StrEnum

import numpy as np
from numpy.typing import NDArray
from pyproj import Transformer

EASTINGS = (430_000.0, 900_000.0)
NORTHINGS = (6_040_000.0, 6_412_000.0)
LONGITUDES = (7.8, 15.4)
LATITUDES = (54.4, 57.9)


class CoordinateKind(StrEnum):
    """What a pair of numbers looks like: only the first is EPSG:25832 as it should be."""

    METRES = "metres"
    METRES_SWAPPED = "metres_swapped"
    DEGREES = "degrees"
    DEGREES_SWAPPED = "degrees_swapped"
    MISSING = "missing"
    OUTSIDE = "outside"


def classify_coordinates(x: NDArray[np.float64], y: NDArray[np.float64]) -> NDArray[np.str_]:
    """Say of each pair what it looks like, by the bounds of Denmark with its sea territory.

    The four bounds do not overlap, so a pair of a Danish place is never taken for another kind.

    Parameters
    ----------
    x, y
        Equal shape (n,); NaN where a number is missing.

    Returns
    -------
    ndarray
        Shape (n,), values of `CoordinateKind`.
    """
    first, second = np.asarray(x, dtype=np.float64), np.asarray(y, dtype=np.float64)
    kinds = [
        (~(np.isfinite(first) & np.isfinite(second)), CoordinateKind.MISSING),
        (_in(first, EASTINGS) & _in(second, NORTHINGS), CoordinateKind.METRES),
        (_in(first, NORTHINGS) & _in(second, EASTINGS), CoordinateKind.METRES_SWAPPED),
        (_in(first, LONGITUDES) & _in(second, LATITUDES), CoordinateKind.DEGREES),
        (
            _in(first, LATITUDES) & _in(second, LONGITUDES),
            CoordinateKind.DEGREES_SWAPPED,
        ),
    ]
    return np.select(
        [mask for mask, _ in kinds],
        [kind.value for _, kind in kinds],
        default=CoordinateKind.OUTSIDE.value,
    )


def project_degrees(lon: NDArray[np.float64], lat: NDArray[np.float64]) -> NDArray[np.float64]:
    """Longitude and latitude (WGS 84, degrees) to metres in EPSG:25832, shape (n, 2)."""
    to_metres = Transformer.from_crs(4326, 25832, always_xy=True)
    x, y = to_metres.transform(np.asarray(lon, dtype=np.float64), np.asarray(lat, dtype=np.float64))
    return np.column_stack([x, y])


def unproject_metres(x: float, y: float) -> tuple[float, float]:
    """Metres in EPSG:25832 to longitude and latitude (WGS 84, degrees)."""
    lon, lat = Transformer.from_crs(25832, 4326, always_xy=True).transform(x, y)
    return float(lon), float(lat)


def _in(values: NDArray[np.float64], bounds: tuple[float, float]) -> NDArray[np.bool_]:
    return (values >= bounds[0]) & (values <= bounds[1])
