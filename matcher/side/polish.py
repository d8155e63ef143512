# SPDX-License-Identifier: EUPL-1.2
"""The last touch: every requirement's best plan over all its pairs, from what the others leave."""

from __future__ import annotations

from matcher.compiling import compiled
from matcher.problem.columns import BoolArray, IntArray
from matcher.side.desk import LOT, Desk
from matcher.side.offers import Offers
from matcher.side.state import (
    COST_NOW,
    COUNT_NOW,
    State,
    clear_requirement,
    measure_requirement,
    plan_requirement,
)


@compiled
def polish(  # Numba takes no keyword-only arguments
    desk: Desk,
    state: State,
    wanted: BoolArray,
    prices: IntArray,
    group_prices: IntArray,
    offers: Offers,
    limit: int,
) -> int:
    """Give each wanted requirement the best plan there is for it alone, and return what that gained.

    Parameters
    ----------
    desk, state, wanted
        The block, its plan and which requirements are wanted.
    prices, group_prices
        u, not counted at all, and mu.
    offers, limit
        Working space, and most nodes of each tree.
    """
    gained = 0
    for one in range(len(wanted)):
        if not wanted[one]:
            continue
        begin, used = desk.start[one], state.rows[one, COUNT_NOW]
        pair, take = state.pair[begin : begin + used].copy(), state.take[begin : begin + used].copy()
        before = state.rows[one, COST_NOW]
        clear_requirement(desk, state, one)
        measure_requirement(desk, state, one)
        plan_requirement(desk, state, one, prices, 0, group_prices, offers, limit)
        if state.rows[one, COST_NOW] < before:
            gained += before - state.rows[one, COST_NOW]
            continue
        clear_requirement(desk, state, one)
        for place in range(used):
            state.pair[begin + place], state.take[begin + place] = pair[place], take[place]
            state.left[desk.pairs[pair[place], LOT]] -= take[place]
        state.rows[one, COUNT_NOW] = used
        measure_requirement(desk, state, one)
    return gained
