# SPDX-License-Identifier: EUPL-1.2
"""The last touch: every requirement's best plan over all its pairs, from what the others leave."""

from __future__ import annotations

import numpy as np

from matcher.columns import BoolArray, IntArray
from matcher.compiling import compiled
from matcher.side.desk import Desk
from matcher.side.offers import Offers
from matcher.side.state import (
    COST_NOW,
    COUNT_NOW,
    State,
    clear_requirement,
    measure_requirement,
    plan_requirement,
)


def widen_state(desk: Desk, narrow: Desk, state: State, chosen: IntArray) -> State:
    """Return a plan over some pairs as a plan over all.

    Parameters
    ----------
    desk, narrow
        The block with all pairs, and with those chosen.
    state
        The plan over those.
    chosen
        Their rows.
    """
    pair, take = np.zeros(len(desk.pairs), dtype=np.int64), np.zeros(len(desk.pairs), dtype=np.int64)
    count = state.rows[:, COUNT_NOW]
    one = np.repeat(np.arange(len(desk.wanted)), count)
    nth = np.arange(len(one)) - np.repeat(np.cumsum(count) - count, count)
    pair[desk.start[one] + nth] = chosen[state.pair[narrow.start[one] + nth]]
    take[desk.start[one] + nth] = state.take[narrow.start[one] + nth]
    return state._replace(pair=pair, take=take)


@compiled
def polish(
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
            state.left[desk.pairs[pair[place], 0]] -= take[place]
        state.rows[one, COUNT_NOW] = used
        measure_requirement(desk, state, one)
    return gained
