# SPDX-License-Identifier: EUPL-1.2
"""First come, first served with side rules: what a careful clerk would do, a requirement at a time."""

import numpy as np
from numpy.typing import NDArray

from matcher.candidates import World, collect_pairs, lay_world
from matcher.compatibility import judge_pair
from matcher.compiling import compiled
from matcher.problem.problem import Problem
from matcher.value import conversion_of_pair, price_trip

IntArray = NDArray[np.int64]


def save_by_rules(problem: Problem) -> int:
    """Return what the clerk saves, in 1/1000 øre.

    Parameters
    ----------
    problem
        One with trips, fulfilment, donors and minimum takes, and no other side rule.

    Notes
    -----
    Requirements in the order of their first day; each takes the lots that cost least a step with the trip
    spread over all that can be taken, as many as it may use, and keeps them where it is served enough and
    pays less than for new. A substitute that has to be converted is left out.
    """
    wanted, lots = problem.requirements, problem.lots
    order = np.lexsort((np.arange(len(wanted.id)), wanted.wanted_from))
    least = -(-wanted.minimum_fulfilment * wanted.quantity // 1000)
    take = np.maximum(lots.minimum_take, 1)
    saved: IntArray = _serve(
        lay_world(problem), order, lots.quantity, take, wanted.quantity, least, wanted.most_donors
    )
    return sum(saved.tolist())


@compiled
def _serve(
    world: World,
    order: IntArray,
    supply: IntArray,
    take: IntArray,
    demand: IntArray,
    least: IntArray,
    donors: NDArray[np.int32],
) -> IntArray:
    rates, left = world.rates, supply.copy()
    lots, costs = np.empty(len(supply) + 1, dtype=np.int32), np.empty(len(supply) + 1, dtype=np.int64)
    used, parts = np.empty(len(supply) + 1, dtype=np.int64), np.empty(len(supply) + 1, dtype=np.int64)
    saved = np.zeros(len(demand), dtype=np.int64)
    for wanted in order:
        count = collect_pairs(world, wanted, lots, costs)
        own, need = world.facts.wanted_class[wanted], demand[wanted]
        trips, share = np.zeros(count, dtype=np.int64), np.full(count, np.inf)
        for pair in range(count):
            lot = lots[pair]
            offered = world.facts.lot_class[lot]
            top, bottom = conversion_of_pair(rates, offered, own, wanted)
            steps = min(left[lot], need)
            if top == bottom and steps >= take[lot]:
                _reason, metres, _days = judge_pair(world.facts, lot, wanted)
                trips[pair] = price_trip(rates, offered, own, metres)
                share[pair] = costs[pair] + trips[pair] / steps
        gain, size = 0, 0
        most = donors[wanted] if donors[wanted] > 0 else count
        for pair in np.argsort(share):
            if need == 0 or size == most or share[pair] >= rates.new_cost[wanted]:
                break
            lot = lots[pair]
            steps = min(left[lot], need)
            if steps < take[lot]:
                continue
            used[size], parts[size] = lot, steps
            gain += (rates.new_cost[wanted] - costs[pair]) * steps - trips[pair]
            need -= steps
            size += 1
        if gain > 0 and demand[wanted] - need >= least[wanted]:
            saved[wanted] = gain
            for place in range(size):
                left[used[place]] -= parts[place]
    return saved
