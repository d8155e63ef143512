# SPDX-License-Identifier: EUPL-1.2
"""Ranges fitted on some buildings and tried on others: how often a range that says 80 % holds the truth."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from inventory.estimates.spread import Floats

STATED = 0.80
"""Share of buildings that a range from P10 to P90 says it holds."""

_STUDENT_P90 = (3.078, 1.886, 1.638, 1.533, 1.476, 1.440, 1.415, 1.397, 1.383, 1.372)
"""Student's t, P90, by degrees of freedom 1 to 10 (any statistical table); beyond 10 its expansion serves."""
_NORMAL_P90 = 1.2815515655446004
_WIDTHS = np.linspace(0.0, 2.0, 401)


@dataclass(frozen=True, slots=True, kw_only=True)
class Ratio:
    """What is there per unit of what the register says: P10, P50 and P90, alike about P50 in logarithms."""

    low: float
    likely: float
    high: float


def fit_area_ratios(truth: Floats, base: Floats, *, kinds: NDArray[np.object_]) -> dict[str, Ratio]:
    """Fit the 80 % prediction range of a continuous ratio from few buildings, kind by kind.

    The logarithm of truth / base is taken as normal with unknown mean and variance, so that the next
    building lies within mean +- t(0.90, n - 1) s sqrt(1 + 1/n) (Student's prediction interval).

    Parameters
    ----------
    truth, base : array of float, shape (n,)
        Positive.
    kinds : array of str, shape (n,)
        Use group of each building.

    Raises
    ------
    ValueError
        Where a kind has fewer than two buildings.
    """
    ratios = {}
    for kind in sorted(set(kinds)):
        logs = np.log(truth[kinds == kind] / base[kinds == kind])
        if len(logs) < 2:
            raise ValueError(f"a range needs at least two buildings: {kind}")
        spread = _find_student(len(logs) - 1) * logs.std(ddof=1) * np.sqrt(1 + 1 / len(logs))
        ratios[kind] = _make_ratio(float(logs.mean()), float(spread))
    return ratios


def fit_count_ratios(truth: Floats, base: Floats, *, kinds: NDArray[np.object_]) -> dict[str, Ratio]:
    """Fit the range of a ratio whose whole numbers hold 80 % of the counts of all kinds together.

    The middle is, for each kind, the median of log(truth / base) of those that have any. Counts are small
    whole numbers, and a range in whole numbers holds more than its quantiles say; so the width, one for all
    kinds, is the smallest with which the rounded range, from half up(low x base) to half up(high x base),
    holds the stated share of all, those with none included (a conformal width).

    Parameters
    ----------
    truth, base : array of float, shape (n,)
        Counts, zero or more, and positive bases.
    kinds : array of str, shape (n,)

    Raises
    ------
    ValueError
        Where no width up to a factor of seven holds the stated share.
    """
    some = truth > 0
    middles = {
        kind: float(np.median(np.log((truth / base)[some & (kinds == kind)]))) for kind in sorted(set(kinds))
    }
    for width in _WIDTHS:
        ratios = {kind: _make_ratio(middle, float(width)) for kind, middle in middles.items()}
        if holds_count(ratios, truth=truth, base=base, kinds=kinds).mean() >= STATED:
            return ratios
    raise ValueError("no width holds the stated share")


def holds_area(
    ratios: Mapping[str, Ratio], *, truth: Floats, base: Floats, kinds: NDArray[np.object_]
) -> NDArray[np.bool_]:
    """Tell for which buildings the range of their kind holds a continuous truth."""
    low, high = _reach(ratios, base=base, kinds=kinds)
    return np.asarray((truth >= low) & (truth <= high))


def holds_count(
    ratios: Mapping[str, Ratio], *, truth: Floats, base: Floats, kinds: NDArray[np.object_]
) -> NDArray[np.bool_]:
    """Tell for which buildings the range of their kind in whole numbers, rounded half up, holds a count."""
    low, high = (np.floor(end + 0.5) for end in _reach(ratios, base=base, kinds=kinds))
    return np.asarray((truth >= low) & (truth <= high))


def try_left_out(
    truth: Floats,
    base: Floats,
    *,
    kinds: NDArray[np.object_],
    left_out: NDArray[np.object_],
    counts: bool,
) -> NDArray[np.bool_]:
    """Fit without each group in turn, and tell which truths of that group the range holds.

    Parameters
    ----------
    truth, base : array of float, shape (n,)
    kinds : array of str, shape (n,)
        Use group, fitted apart.
    left_out : array of str, shape (n,)
        What is left out together: a type of building, a municipality.
    counts : bool
        Whether the truth is a count of pieces, not an area.

    Returns
    -------
    array of bool, shape (n,)
    """
    fit, holds = (fit_count_ratios, holds_count) if counts else (fit_area_ratios, holds_area)
    held = np.zeros(len(truth), dtype=np.bool_)
    for group in sorted(set(left_out)):
        away = left_out == group
        ratios = fit(truth[~away], base[~away], kinds=kinds[~away])
        held[away] = holds(ratios, truth=truth[away], base=base[away], kinds=kinds[away])
    return held


def _reach(ratios: Mapping[str, Ratio], *, base: Floats, kinds: NDArray[np.object_]) -> tuple[Floats, Floats]:
    low = np.array([ratios[kind].low for kind in kinds]) * base
    return low, np.array([ratios[kind].high for kind in kinds]) * base


def _make_ratio(middle: float, width: float) -> Ratio:
    low, likely, high = np.exp([middle - width, middle, middle + width])
    return Ratio(low=float(low), likely=float(likely), high=float(high))


def _find_student(freedom: int) -> float:
    """Find t(0.90); beyond ten degrees of freedom by the first two terms of Cornish and Fisher (1937)."""
    if freedom <= len(_STUDENT_P90):
        return _STUDENT_P90[freedom - 1]
    z = _NORMAL_P90
    return z + (z**3 + z) / (4 * freedom) + (5 * z**5 + 16 * z**3 + 3 * z) / (96 * freedom**2)
