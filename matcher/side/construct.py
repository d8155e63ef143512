# SPDX-License-Identifier: EUPL-1.2
"""A first plan at given prices: requirements one by one, first those to whom reuse is worth most."""

from __future__ import annotations

import numpy as np

from matcher.compiling import compiled
from matcher.problem.columns import BoolArray, IntArray
from matcher.side.desk import DEMAND, EXTRA, FIRST, NEW, Desk
from matcher.side.offers import THOUSAND, Offers
from matcher.side.state import COST_NOW, State, clear_requirement, plan_requirement


@compiled
def plan_in_order(  # Numba takes no keyword-only arguments
    desk: Desk,
    state: State,
    order: IntArray,
    prices: IntArray,
    weight: int,
    group_prices: IntArray,
    offers: Offers,
    limit: int,
) -> int:
    """Plan requirements one after the other from what is left, and return the cost of the whole plan.

    Parameters
    ----------
    desk, state
        The block and the plan, changed.
    order
        Rows of requirements; what each takes now is given back when its turn comes.
    prices, weight, group_prices
        u, how many thousandths of it count, and mu.
    offers, limit
        Working space, and most nodes of each tree.
    """
    for one in order:
        clear_requirement(desk, state, one)
        plan_requirement(desk, state, one, prices, weight, group_prices, offers, limit)
    cost = 0
    for one in range(len(state.rows)):
        cost += state.rows[one, COST_NOW]
    return cost


def order_by_worth(desk: Desk, value: IntArray, wanted: BoolArray) -> IntArray:
    """Return the wanted requirements, first those whose best plan at these prices saves most a step.

    Parameters
    ----------
    desk
        The block.
    value
        Cost of the best plan of each, in thousandths of a cost unit.
    wanted
        Which are wanted.
    """
    row = desk.wanted
    new = row[:, NEW] * row[:, DEMAND] + row[:, FIRST] * row[:, EXTRA]
    worth = (new - value // THOUSAND) / row[:, DEMAND]
    rows = np.flatnonzero(wanted)
    return rows[np.argsort(-worth[rows], kind="stable")]
