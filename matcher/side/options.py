# SPDX-License-Identifier: EUPL-1.2
"""Trying the other design options of each project against the plan as it stands."""

from __future__ import annotations

import numpy as np

from matcher.compiling import compiled
from matcher.problem.columns import IntArray
from matcher.side.desk import BUDGET, GROUP, OPTION, OPTIONS, Desk
from matcher.side.offers import THOUSAND, Offers
from matcher.side.state import COST_NOW, SPENT_NOW, State, clear_requirement, plan_requirement


@compiled
def try_options(  # Numba takes no keyword-only arguments
    desk: Desk,
    state: State,
    members: IntArray,
    member_start: IntArray,
    prices: IntArray,
    group_prices: IntArray,
    offers: Offers,
    limit: int,
) -> int:
    """Build another option wherever that makes the plan cheaper, and return by how much it did.

    Parameters
    ----------
    desk, state
        The block and its plan, changed.
    members, member_start
        Requirements of group g are ``members[member_start[g]:member_start[g + 1]]``.
    prices, group_prices
        u and mu.
    offers, limit
        Working space, and most nodes of each tree.
    """
    gained = 0
    for group in range(len(desk.groups)):
        for other in range(desk.groups[group, OPTIONS]):
            old = state.option[group]
            if other == old:
                continue
            pair, take, rows, left = (
                state.pair.copy(),
                state.take.copy(),
                state.rows.copy(),
                state.left.copy(),
            )
            spent = state.spent[group]
            before, after = 0, 0
            for place in range(member_start[group], member_start[group + 1]):
                one = members[place]
                before += state.rows[one, COST_NOW]
                if desk.wanted[one, OPTION] == old:
                    clear_requirement(desk, state, one)
                    state.spent[group] -= state.rows[one, SPENT_NOW]
                    state.rows[one, COST_NOW] = 0
                    state.rows[one, SPENT_NOW] = 0
            state.option[group] = other
            for place in range(member_start[group], member_start[group + 1]):
                one = members[place]
                if desk.wanted[one, OPTION] == other:
                    plan_requirement(desk, state, one, prices, THOUSAND, group_prices, offers, limit)
                after += state.rows[one, COST_NOW]
            budget = desk.groups[group, BUDGET]
            if after < before and (budget < 0 or state.spent[group] <= budget):
                gained += before - after
                continue
            state.pair[:], state.take[:], state.rows[:], state.left[:] = pair, take, rows, left
            state.spent[group] = spent
            state.option[group] = old
    return gained


def list_members(desk: Desk) -> tuple[IntArray, IntArray]:
    """Return the requirements sorted by group, and where each group begins."""
    group = desk.wanted[:, GROUP]
    start = np.zeros(len(desk.groups) + 1, dtype=np.int64)
    np.cumsum(np.bincount(group, minlength=len(desk.groups)), out=start[1:])
    return np.argsort(group, kind="stable").astype(np.int64), start
