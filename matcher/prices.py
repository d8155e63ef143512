# SPDX-License-Identifier: EUPL-1.2
"""The least optimal lot prices of a flow: what a step of a lot is worth to those who did not get it."""

from __future__ import annotations

import numpy as np

from matcher.columns import BoolArray, IntArray
from matcher.compiling import compiled
from matcher.errors import SolverError


def find_prices(
    *,
    wanted: IntArray,
    lot: IntArray,
    cost: IntArray,
    flow: IntArray,
    new_cost: IntArray,
    demand: IntArray,
    supply: IntArray,
) -> tuple[IntArray, IntArray]:
    """Return the least optimal prices of the lots and what each requirement's dearest step costs.

    Parameters
    ----------
    wanted, lot, cost, flow
        Of each pair, sorted by requirement: rows from 0, c, and steps assigned by an optimal flow.
    new_cost, demand
        Of each requirement: N and d.
    supply
        Of each lot: q.

    Returns
    -------
    tuple
        u of each lot and v of each requirement, in the unit of the costs.

    Raises
    ------
    SolverError
        Where the flow was not optimal: then no prices exist.

    Notes
    -----
    Optimal prices are those with u >= 0, u = 0 where a lot is left over, v = N where a part is bought new,
    and c + u = v on every pair used, c + u >= v on every other. They form a lattice, so there is a least one,
    and it does not depend on which optimal flow was found. It is the least fixed point of u = max(0, v - c)
    and v = max(c + u over the pairs used, or N), reached from below starting at u = 0.
    """
    start = np.zeros(len(demand) + 1, dtype=np.int64)
    np.cumsum(np.bincount(wanted, minlength=len(demand)), out=start[1:])
    used = np.flatnonzero(flow > 0)
    used = used[np.argsort(lot[used], kind="stable")]
    used_start = np.zeros(len(supply) + 1, dtype=np.int64)
    np.cumsum(np.bincount(lot[used], minlength=len(supply)), out=used_start[1:])
    served = np.zeros(len(demand), dtype=np.int64)
    np.add.at(served, wanted, flow)
    prices, worth = _relax(
        start, lot, cost, flow, new_cost, served < demand, wanted, used_start, used, len(supply)
    )
    given = np.zeros(len(supply), dtype=np.int64)
    np.add.at(given, lot, flow)
    if (worth > new_cost).any() or (prices[given < supply] > 0).any():
        raise SolverError("The flow is not optimal: no prices agree with it.")
    return prices, worth


@compiled
def _relax(  # Numba takes no keyword-only arguments
    start: IntArray,
    lot: IntArray,
    cost: IntArray,
    flow: IntArray,
    new_cost: IntArray,
    short: BoolArray,
    wanted: IntArray,
    used_start: IntArray,
    used: IntArray,
    lots: int,
) -> tuple[IntArray, IntArray]:
    count = len(new_cost)
    prices = np.zeros(lots, dtype=np.int64)
    worth = np.empty(count, dtype=np.int64)
    queue = np.empty(count + 1, dtype=np.int64)
    waits = np.ones(count, dtype=np.bool_)
    for one in range(count):
        queue[one] = one
        if short[one]:
            worth[one] = new_cost[one]
            continue
        worth[one] = np.iinfo(np.int64).min
        for pair in range(start[one], start[one + 1]):
            if flow[pair] > 0 and cost[pair] > worth[one]:
                worth[one] = cost[pair]
    head, tail = 0, count
    while head != tail:
        one = queue[head]
        head = (head + 1) % (count + 1)
        waits[one] = False
        if worth[one] > new_cost[one]:  # a flow that is not optimal would let prices rise for ever
            break
        for pair in range(start[one], start[one + 1]):
            offer = worth[one] - cost[pair]
            seller = lot[pair]
            if offer <= prices[seller]:
                continue
            prices[seller] = offer
            for place in range(used_start[seller], used_start[seller + 1]):
                other = wanted[used[place]]
                least = cost[used[place]] + offer
                if least > worth[other]:
                    worth[other] = least
                    if not waits[other]:
                        waits[other] = True
                        queue[tail] = other
                        tail = (tail + 1) % (count + 1)
    return prices, worth
