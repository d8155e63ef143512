# SPDX-License-Identifier: EUPL-1.2
"""The baseline: first come, first served, each requirement taking its cheapest lots that are left."""

from __future__ import annotations

import numpy as np

from matcher.candidates import World, collect_pairs, lay_world
from matcher.compiling import compiled
from matcher.problem.columns import IntArray
from matcher.problem.problem import Problem


def assign_greedily(problem: Problem) -> tuple[IntArray, IntArray, IntArray, int]:
    """Serve the requirements in the order of their first day, then id, each from its cheapest lots.

    Parameters
    ----------
    problem
        Any problem.

    Returns
    -------
    tuple
        Row of the lot, row of the requirement and steps of each match; and the cost of the whole, what is
        bought new included, in 1/1000 øre. What is done without an optimiser, to compare with.
    """
    wanted = problem.requirements
    order = np.lexsort((np.arange(len(wanted.id)), wanted.wanted_from))
    world = lay_world(problem)
    lot, requirement, steps, cost = _serve(world, order, problem.lots.quantity, wanted.quantity)
    left = wanted.quantity.copy()
    np.subtract.at(left, requirement, steps)
    total = sum(int(a) * int(b) for a, b in zip(cost, steps, strict=True))
    total += sum(int(a) * int(b) for a, b in zip(world.rates.new_cost, left, strict=True))
    return lot, requirement, steps, total


@compiled
def _serve(
    world: World, order: IntArray, supply: IntArray, demand: IntArray
) -> tuple[IntArray, IntArray, IntArray, IntArray]:
    left = supply.copy()
    lots = np.empty(len(supply), dtype=np.int32)
    costs = np.empty(len(supply), dtype=np.int64)
    most = len(supply) + len(demand)
    out_lot = np.empty(most, dtype=np.int64)
    out_wanted = np.empty(most, dtype=np.int64)
    out_steps = np.empty(most, dtype=np.int64)
    out_cost = np.empty(most, dtype=np.int64)
    size = 0
    for wanted in order:
        count = collect_pairs(world, wanted, lots, costs)
        need = demand[wanted]
        for pair in np.argsort(costs[:count]):
            if need == 0 or costs[pair] >= world.rates.new_cost[wanted]:
                break
            steps = min(need, left[lots[pair]])
            if steps > 0:
                out_lot[size], out_wanted[size] = lots[pair], wanted
                out_steps[size], out_cost[size] = steps, costs[pair]
                size += 1
                need -= steps
                left[lots[pair]] -= steps
    return out_lot[:size], out_wanted[:size], out_steps[:size], out_cost[:size]
