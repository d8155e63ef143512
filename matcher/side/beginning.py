# SPDX-License-Identifier: EUPL-1.2
"""Prices to begin with: those of the flow in which trips and loads are spread over all a pair could carry."""

from __future__ import annotations

import numpy as np

from matcher.columns import IntArray
from matcher.flow import find_flow
from matcher.prices import find_prices
from matcher.side.desk import COST, DEMAND, LOT, NEW, PER_TRUCK, SUPPLY, TRIP, TRUCK, Desk, P, Q

BITS = 31
"""Costs are made this small for the flow, which multiplies them by its number of nodes."""


def find_first_prices(desk: Desk) -> IntArray:
    """Return the least optimal lot prices of the linear relaxation of Balinski over the pairs of a desk.

    Parameters
    ----------
    desk
        The block, with its most useful pairs only: the flow takes time.

    Notes
    -----
    Balinski 1961: a pair's unit cost is c + f / min(q, d). Side rules that are not costs are left aside, as
    are conversions but for the cost of a delivered step: the prices are a beginning, nothing more.
    """
    wanted = np.repeat(np.arange(len(desk.wanted)), np.diff(desk.start))
    lot, pairs = desk.pairs[:, LOT], desk.pairs
    supply, demand, new_cost = desk.lots[:, SUPPLY].copy(), desk.wanted[:, DEMAND].copy(), desk.wanted[:, NEW]
    rate = pairs[:, COST] + pairs[:, TRIP] / np.minimum(supply[lot], demand[wanted])
    truck = desk.lots[lot, TRUCK]
    rate += np.where(truck > 0, pairs[:, PER_TRUCK] / np.maximum(truck, 1), 0.0)
    rate *= pairs[:, Q] / pairs[:, P]
    shift = max(int(new_cost.max(initial=1)).bit_length() - BITS, 0)
    new = new_cost >> shift
    cost = np.ceil(rate).astype(np.int64) >> shift
    useful = cost < new[wanted]
    wanted, lot, cost = wanted[useful], lot[useful], cost[useful]
    prices = np.zeros(len(desk.lots), dtype=np.int64)
    if not len(wanted):
        return prices
    seen, local = np.unique(lot, return_inverse=True)
    flow = find_flow(
        wanted=wanted,
        lot=local,
        saving=new[wanted] - cost,
        demand=demand,
        supply=supply[seen],
    )
    prices[seen], _ = find_prices(
        wanted=wanted,
        lot=local,
        cost=cost,
        flow=flow,
        new_cost=new,
        demand=demand,
        supply=supply[seen],
    )
    return prices << shift
