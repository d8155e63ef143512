# SPDX-License-Identifier: EUPL-1.2
"""Scenarios: quantities that the surveys may find, drawn from the estimates with a fixed seed."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
from scipy.special import ndtri

from matcher.problem.columns import FloatArray, IntArray
from matcher.problem.problem import Problem

SCENARIOS = 200
"""Scenarios drawn where nothing else is said."""
SEED = 2026
CORRELATION = 500
"""Permille of the variance that all estimates of one site share: our own assumption, not verified."""
_TENTH = float(-ndtri(0.1))
"""Standard deviations between P10 and P50 of a normal distribution."""


def draw_scenarios(
    problem: Problem, *, scenarios: int = SCENARIOS, seed: int = SEED, correlation: int = CORRELATION
) -> Iterator[IntArray]:
    """Yield the quantity of every lot in one scenario after the other, in steps.

    Parameters
    ----------
    problem
        Any problem. A lot with low, likely and high (P10, P50, P90) is drawn; any other is there as it says.
    scenarios
        How many.
    seed
        The same problem, seed and correlation give the same scenarios, whatever their number.
    correlation
        0 to 1000: permille of the variance shared by the estimates of one site, which rest on the same
        footprint, floors and year.

    Notes
    -----
    A two-piece normal distribution (Fechner 1897): P10, P50 and P90 are exactly those of the estimate, and
    nothing is below 0. Errors of one site go together by a one-factor Gaussian copula.
    """
    lots = problem.lots
    drawn = np.flatnonzero((lots.low >= 0) & (lots.likely >= 0) & (lots.high >= 0))
    below = (lots.likely - lots.low)[drawn] / _TENTH
    above = (lots.high - lots.likely)[drawn] / _TENTH
    shared, own = np.sqrt(correlation / 1000), np.sqrt(1 - correlation / 1000)
    for scenario in range(scenarios):
        random = np.random.Generator(np.random.Philox(key=[seed, scenario]))
        of_site = random.standard_normal(len(problem.sites.id))
        deviation: FloatArray = shared * of_site[lots.site[drawn]] + own * random.standard_normal(len(drawn))
        found = lots.likely[drawn] + deviation * np.where(deviation < 0, below, above)
        quantity = lots.quantity.copy()
        quantity[drawn] = np.maximum(0, np.floor(found + 0.5)).astype(np.int64)
        yield quantity
