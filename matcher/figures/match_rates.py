# SPDX-License-Identifier: EUPL-1.2
"""What the pairs of matches cost and deliver: computed, or looked up where pairs are given."""

from __future__ import annotations

import numpy as np

from matcher.loads import reduce_conversions
from matcher.problem.columns import DayArray, IntArray, RowArray
from matcher.problem.problem import Problem
from matcher.rates import Rates
from matcher.value import PairRates, rate_pairs


def rate_matches(
    problem: Problem,
    *,
    rates: Rates,
    lot: RowArray,
    requirement: RowArray,
    metres: DayArray | IntArray,
    waits: IntArray,
) -> PairRates:
    """Return cost, trip, load, pay and conversion of pairs that are allowed.

    Parameters
    ----------
    problem, rates
        The problem, and its rates.
    lot, requirement
        Rows of each pair.
    metres, waits
        One-way road, and days in storage with the store; not looked at where pairs are given.
    """
    offered, own = problem.lots.class_[lot], problem.requirements.class_[requirement]
    pairs = problem.pairs
    if pairs is None:
        return rate_pairs(
            rates,
            lot.astype(np.int32),
            offered,
            own,
            metres.astype(np.int64),
            waits,
            requirement.astype(np.int32),
        )
    width = len(problem.lots.id)
    keys = pairs.requirement.astype(np.int64) * width + pairs.lot
    order = np.argsort(keys, kind="stable")
    place = order[np.searchsorted(keys[order], requirement.astype(np.int64) * width + lot)]
    top, bottom = reduce_conversions(
        rates.top[own, offered], rates.bottom[own, offered], problem.requirements.breakage[requirement]
    )
    cost = pairs.cost[place]
    return PairRates(cost, pairs.trip[place], pairs.load[place], cost, top, bottom)
