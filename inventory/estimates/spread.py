# SPDX-License-Identifier: EUPL-1.2
"""Uncertain factors as log-normal spreads, multiplied, pooled and read off at a probability."""

from __future__ import annotations

from dataclasses import dataclass
from statistics import NormalDist
from typing import Self

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]

NORMAL = NormalDist()
Z75, Z90, Z95 = (NORMAL.inv_cdf(share) for share in (0.75, 0.90, 0.95))


@dataclass(frozen=True, slots=True, kw_only=True)
class Spread:
    """A log-normal quantity per building.

    Attributes
    ----------
    log_median : array of float, shape (n,)
        Natural logarithm of the median; -inf is a quantity of nothing, nan an unknown one.
    variance : array of float, shape (n,)
        Variance of the logarithm.
    """

    log_median: Floats
    variance: Floats

    @classmethod
    def exactly(cls, values: Floats) -> Self:
        """Make a spread without uncertainty; zero stays zero, nan stays unknown."""
        with np.errstate(divide="ignore"):
            logs = np.log(values)
        return cls(log_median=logs, variance=np.zeros(len(values)))

    @property
    def median(self) -> Floats:
        """The P50 of each building, in the unit of the quantity."""
        return np.exp(self.log_median)

    def times(self, other: Spread) -> Spread:
        """Multiply by an independent factor: medians multiply, log variances add (exact)."""
        return Spread(log_median=self.log_median + other.log_median, variance=self.variance + other.variance)

    def widened(self, variance: Floats) -> Spread:
        """Add log variance and leave the median where it is."""
        return Spread(log_median=self.log_median, variance=self.variance + variance)


def fit_log_normal(*, low: float, likely: float, high: float, z: float = Z90) -> tuple[float, float]:
    """Fit a log-normal to a factor's low, likely and high value.

    The median is the likely value; the standard deviation of the logarithm is that of the ratio high / low.

    Parameters
    ----------
    low, likely, high : float
        Values in the factor's unit, ``0 < low <= likely <= high``.
    z : float
        Normal deviate of `high`; `low` has minus the same: 1.2816 for P10 and P90.

    Returns
    -------
    tuple of float
        Log median and log variance.

    Raises
    ------
    ValueError
        Where the values are not positive or not in order.
    """
    if not 0 < low <= likely <= high:
        raise ValueError(f"not a spread: low {low}, likely {likely}, high {high}")
    deviation = np.log(high / low) / (2 * z)
    return float(np.log(likely)), float(deviation**2)


def pool_estimates(first: Spread, second: Spread) -> Spread:
    """Combine two independent estimates of the same quantity.

    The log medians are weighted by the inverse of their variances. Where the two disagree by more than
    their spreads allow, the pooled variance grows by the Birge ratio (R. T. Birge, Phys. Rev. 40, 207,
    1932). Where the second is unknown (nan), the first stands alone.

    Parameters
    ----------
    first, second : Spread
        Shape (n,) each; `second` has a positive variance wherever it is known.
    """
    known = np.isfinite(second.log_median) & np.isfinite(first.log_median)
    other_variance = np.where(known, second.variance, 1.0)
    other_median = np.where(known, second.log_median, 0.0)
    own_median = np.where(known, first.log_median, 0.0)
    total = first.variance + other_variance
    log_median = (own_median * other_variance + other_median * first.variance) / total
    birge = np.maximum(1.0, (own_median - other_median) ** 2 / total)
    variance = first.variance * other_variance / total * birge
    return Spread(
        log_median=np.where(known, log_median, first.log_median),
        variance=np.where(known, variance, first.variance),
    )


def read_quantile(spread: Spread, *, probability: float, presence: float | Floats = 1.0) -> Floats:
    """Read the quantity that is not exceeded with a probability.

    A thing that is there only with probability `presence` is a mixture of nothing and the spread; its
    quantile is exact: 0 up to ``1 - presence``, and above that the spread's own quantile at ``(probability
    - (1 - presence)) / presence``.

    Parameters
    ----------
    spread : Spread
        Shape (n,).
    probability : float
        Between 0 and 1, both exclusive.
    presence : float or array of float, shape (n,)
        Above 0, at most 1.

    Returns
    -------
    array of float, shape (n,)
        In the unit of the quantity, never negative.
    """
    if not isinstance(presence, float):
        quantile = np.zeros_like(spread.log_median)
        for chance in np.unique(presence):  # as many as learned factors of the class: a few
            same = presence == chance
            part = Spread(log_median=spread.log_median[same], variance=spread.variance[same])
            quantile[same] = read_quantile(part, probability=probability, presence=float(chance))
        return quantile
    inside = (probability - (1.0 - presence)) / presence
    if inside <= 0:
        return np.zeros_like(spread.log_median)
    return np.exp(spread.log_median + NORMAL.inv_cdf(inside) * np.sqrt(spread.variance))
