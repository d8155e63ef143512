# SPDX-License-Identifier: EUPL-1.2
"""The certificate of a family after a change: its cost and its bound, exact, over every pair."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from matcher.problem.columns import IntArray
from matcher.resolve.least import find_worth
from matcher.resolve.state import State


@dataclass(frozen=True, slots=True, kw_only=True)
class Proof:
    """What a family costs and what proves it.

    Parameters
    ----------
    cost, bound, baseline
        C, LB and B of the family, in 1/1000 øre.
    """

    cost: int
    bound: int
    baseline: int


def prove_state(state: State) -> Proof:
    """Return cost and bound of a state, v of every requirement found again from every pair.

    Parameters
    ----------
    state
        Any state; where it is optimal, cost and bound are equal.
    """
    used = np.flatnonzero(state.entry_flow)
    cost = _sum_products(state.cost[state.entry_pair[used]], state.entry_flow[used])
    cost += _sum_products(state.new_cost, state.bought)
    bound = _sum_products(find_worth(state), state.demand) - _sum_products(state.price, state.supply)
    return Proof(cost=cost, bound=bound, baseline=_sum_products(state.new_cost, state.demand))


def _sum_products(values: IntArray, times: IntArray) -> int:
    """Return the exact sum of products of whole numbers, of any size."""
    both = np.flatnonzero((values != 0) & (times != 0))
    return sum(a * b for a, b in zip(values[both].tolist(), times[both].tolist(), strict=True))
