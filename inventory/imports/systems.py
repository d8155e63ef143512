# SPDX-License-Identifier: EUPL-1.2
"""Which coordinate system pairs of numbers are in: the one that puts most of them on Danish land."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from inventory.geography.coordinate import CoordinateKind, classify_coordinates
from inventory.imports.cells.places import (
    Geography,
    convert_points,
    find_land,
    measure_from_municipality,
    read_geography,
)
from inventory.imports.mapping import SYSTEMS

_HERE = 25832
_SAMPLE = 500


@dataclass(frozen=True, slots=True, kw_only=True)
class SystemGuess:
    """A guess: EPSG code, whether the first number is north, and the share of points it puts on land."""

    epsg: int
    swapped: bool
    share: float


def convert_pairs(
    first: NDArray[np.float64], second: NDArray[np.float64], *, epsg: int, swapped: bool
) -> NDArray[np.float64]:
    """Convert pairs to EPSG:25832, shape (n, 2); NaN where it cannot be.

    Parameters
    ----------
    first, second
        Shape (n,): east and north in the system, the other way about where `swapped`.
    epsg, swapped
        The system.
    """
    if swapped:
        first, second = second, first
    if epsg == _HERE:
        return np.column_stack([first, second])
    return convert_points(first, second, epsg=epsg)


def guess_system(
    first: NDArray[np.float64],
    second: NDArray[np.float64],
    *,
    epsg: int | None = None,
    municipalities: list[str] | None = None,
    geography: Geography | None = None,
) -> SystemGuess:
    """Guess the system of pairs from at most 500 of them.

    Parameters
    ----------
    first, second
        Shape (n,), NaN where missing.
    epsg
        The system where it is known: only the order is guessed then.
    municipalities
        Code each pair claims, empty where none: tells zone 33 on Bornholm from zone 32 in Jutland.
    geography
        From `read_geography`; read where not given.

    Returns
    -------
    SystemGuess
        The first of UTM 32, UTM 33, degrees, Web Mercator, each in the right order before the wrong one,
        that puts most points on land; UTM 32 (or `epsg`) in the right order where none puts any there.
    """
    known = np.flatnonzero(np.isfinite(first) & np.isfinite(second))
    if known.size > _SAMPLE:
        known = known[np.linspace(0, known.size - 1, _SAMPLE).astype(np.intp)]
    best = SystemGuess(epsg=epsg or _HERE, swapped=False, share=0.0)
    if not known.size:
        return best
    geography = geography or read_geography()
    codes = [municipalities[at] for at in known.tolist()] if municipalities else [""] * known.size
    for system in SYSTEMS if epsg is None else (epsg,):
        for swapped in (False, True):
            xy = convert_pairs(first[known], second[known], epsg=system, swapped=swapped)
            inside = classify_coordinates(xy[:, 0], xy[:, 1]) == CoordinateKind.METRES.value
            xy[~inside] = np.nan
            on_land = np.array([bool(land) for land in find_land(xy, geography=geography)])
            near = np.array(
                [not far for far in measure_from_municipality(xy, codes=codes, geography=geography)[1]]
            )
            share = float((on_land & near).mean())
            if share > best.share:
                best = SystemGuess(epsg=system, swapped=swapped, share=share)
    return best
