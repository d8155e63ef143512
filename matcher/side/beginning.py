# SPDX-License-Identifier: EUPL-1.2
"""Prices to begin with: those of the flow in which trips and loads are spread over all a pair could carry."""

from __future__ import annotations

import numpy as np

from matcher.plain.simplex import improve_tree, plant_tree
from matcher.problem.columns import IntArray
from matcher.side.desk import COST, DEMAND, LOT, NEW, PER_TRUCK, SUPPLY, TRIP, TRUCK, Desk, P, Q

SWEEPS = 300
"""Most looks at every pair; the flow is then nearly optimal, and its prices are a beginning anyway."""


def find_first_prices(desk: Desk) -> IntArray:
    """Return the least optimal lot prices of the linear relaxation of Balinski over the pairs of a desk.

    Parameters
    ----------
    desk
        The block.

    Notes
    -----
    Balinski 1961: a pair's unit cost is c + f / min(q, d). Side rules that are not costs are left aside, as
    are conversions but for the cost of a delivered step: the prices are a beginning, nothing more.
    """
    wanted = np.repeat(np.arange(len(desk.wanted)), np.diff(desk.start))
    lot, pairs = desk.pairs[:, LOT], desk.pairs
    supply, demand, new_cost = desk.lots[:, SUPPLY].copy(), desk.wanted[:, DEMAND].copy(), desk.wanted[:, NEW]
    rate = pairs[:, COST] + pairs[:, TRIP] / np.maximum(np.minimum(supply[lot], demand[wanted]), 1)
    truck = desk.lots[lot, TRUCK]
    rate += np.where(truck > 0, pairs[:, PER_TRUCK] / np.maximum(truck, 1), 0.0)
    rate *= pairs[:, Q] / pairs[:, P]
    count, lots = len(demand), len(supply)
    tree = plant_tree(supply, demand, new_cost.copy())
    improve_tree(
        tree, desk.start, lot.astype(np.int32), rate.astype(np.int64), 0, 0, SWEEPS * (len(lot) + count)
    )
    return np.maximum(tree.worth[:lots], 0)
