# SPDX-License-Identifier: EUPL-1.2
"""What requirements cost at given prices where not all pairs are held: every pair is made again."""

from __future__ import annotations

import numpy as np

from matcher.candidates import World, collect_pairs
from matcher.compiling import compiled
from matcher.problem.columns import IntArray


@compiled
def price_requirements(world: World, prices: IntArray) -> IntArray:
    """Return v of each requirement: the least a step of it costs over all its pairs at given prices, or new.

    Parameters
    ----------
    world
        From `lay_world`; every pair is made again.
    prices
        u of every lot.
    """
    lots = np.empty(len(prices), dtype=np.int32)
    costs = np.empty(len(prices), dtype=np.int64)
    worth = world.rates.new_cost.copy()
    for wanted in range(len(worth)):
        for pair in range(collect_pairs(world, wanted, lots, costs)):
            worth[wanted] = min(worth[wanted], costs[pair] + prices[lots[pair]])
    return worth
