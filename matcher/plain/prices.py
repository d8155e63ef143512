# SPDX-License-Identifier: EUPL-1.2
"""The least optimal lot prices of a flow: what a step of a lot is worth to those who did not get it."""

from __future__ import annotations

import numpy as np

from matcher.compiling import compiled
from matcher.errors import SolverError
from matcher.problem.columns import IntArray, RowArray


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
    return find_least_prices(
        start,
        lot,
        cost,
        used_lot=lot[used],
        used_wanted=wanted[used],
        used_cost=cost[used],
        flow=flow[used],
        new_cost=new_cost,
        demand=demand,
        supply=supply,
    )


def find_least_prices(
    start: IntArray,
    lot: IntArray | RowArray,
    cost: IntArray,
    *,
    used_lot: IntArray,
    used_wanted: IntArray,
    used_cost: IntArray,
    flow: IntArray,
    new_cost: IntArray,
    demand: IntArray,
    supply: IntArray,
) -> tuple[IntArray, IntArray]:
    """Return the same as `find_prices`, from pairs by requirement and the matches alone.

    Parameters
    ----------
    start, lot, cost
        Pairs: those of requirement j are ``start[j]:start[j + 1]``.
    used_lot, used_wanted, used_cost, flow
        Of each match: rows, c and steps.
    new_cost, demand, supply
        As in `find_prices`.

    Raises
    ------
    SolverError
        As `find_prices`.
    """
    order = np.argsort(used_lot, kind="stable")
    used_start = np.zeros(len(supply) + 1, dtype=np.int64)
    np.cumsum(np.bincount(used_lot, minlength=len(supply)), out=used_start[1:])
    served, given = np.zeros(len(demand), dtype=np.int64), np.zeros(len(supply), dtype=np.int64)
    np.add.at(served, used_wanted, flow)
    np.add.at(given, used_lot, flow)
    worth = np.full(len(demand), np.iinfo(np.int64).min)
    np.maximum.at(worth, used_wanted, used_cost)
    worth = np.where(served < demand, new_cost, worth)
    prices = np.zeros(len(supply), dtype=np.int64)
    _relax(start, lot, cost, new_cost, used_start, used_wanted[order], used_cost[order], prices, worth)
    if (worth > new_cost).any() or (prices[given < supply] > 0).any():
        raise SolverError("The flow is not optimal: no prices agree with it.")
    return prices, worth


@compiled
def _relax(  # Numba takes no keyword-only arguments
    start: IntArray,
    lot: IntArray | RowArray,
    cost: IntArray,
    new_cost: IntArray,
    used_start: IntArray,
    used_wanted: IntArray,
    used_cost: IntArray,
    prices: IntArray,
    worth: IntArray,
) -> None:
    """Raise u and v from below until they agree."""
    count = len(new_cost)
    queue = np.arange(count + 1)
    waits = np.ones(count, dtype=np.bool_)
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
                other = used_wanted[place]
                least = used_cost[place] + offer
                if least > worth[other]:
                    worth[other] = least
                    if not waits[other]:
                        waits[other] = True
                        queue[tail] = other
                        tail = (tail + 1) % (count + 1)
