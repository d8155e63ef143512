# SPDX-License-Identifier: EUPL-1.2
"""The back-up of a match: the cheapest allowed lot that the plan leaves steps of."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from matcher.candidates import World, collect_pairs
from matcher.compiling import compiled
from matcher.plan import Matches
from matcher.problem.columns import IntArray
from matcher.problem.problem import Problem


@dataclass(frozen=True, slots=True, kw_only=True)
class BackUps:
    """The best back-up lot of each match.

    Parameters
    ----------
    lot
        Row of the lot, or -1 where no allowed lot that is cheaper than new has steps left.
    free
        Steps the plan leaves of it.
    cost
        c of a step from it, in 1/1000 øre; N where there is none.
    """

    lot: IntArray
    free: IntArray
    cost: IntArray


def find_back_ups(problem: Problem, *, world: World, matches: Matches) -> BackUps:
    """Find for each match the lot to turn to if its own fails.

    Parameters
    ----------
    problem
        The problem.
    world
        The same, prepared.
    matches
        The matches of a plan; sorted by requirement.

    Notes
    -----
    A lot with steps left has price 0, so its own cost is what it costs everyone. A lot that already serves
    the requirement counts too where it has steps left. Ties go to the lower row.
    """
    free = problem.lots.quantity.copy()
    np.subtract.at(free, matches.lot, matches.quantity)
    lot, cost = _find(world, matches.requirement.astype(np.int64), matches.lot.astype(np.int64), free)
    return BackUps(lot=lot, free=np.where(lot >= 0, free[lot], 0), cost=cost)


@compiled
def _find(
    world: World, requirement: IntArray, lot: IntArray, free: IntArray
) -> tuple[IntArray, IntArray]:  # Numba takes no keyword-only arguments
    lots = np.empty(len(free), dtype=np.int32)
    costs = np.empty(len(free), dtype=np.int64)
    best = np.full(len(lot), -1, dtype=np.int64)
    least = np.empty(len(lot), dtype=np.int64)
    first = 0
    while first < len(lot):
        wanted = requirement[first]
        last = first
        while last < len(lot) and requirement[last] == wanted:
            least[last] = world.rates.new_cost[wanted]
            last += 1
        for pair in range(collect_pairs(world, wanted, lots, costs)):
            other = lots[pair]
            if free[other] <= 0:
                continue
            for match in range(first, last):
                if lot[match] == other:
                    continue
                cheaper = costs[pair] < least[match]
                if cheaper or (best[match] > other and costs[pair] == least[match]):
                    best[match], least[match] = other, costs[pair]
        first = last
    return best, least
