# SPDX-License-Identifier: EUPL-1.2
"""A plan under construction: what every requirement takes, what is left of every lot, what it costs."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from matcher.compiling import compiled
from matcher.problem.columns import BoolArray, IntArray
from matcher.side.desk import (
    BUDGET,
    DEMAND,
    EXTRA,
    FIRST,
    FULFILMENT,
    GROUP,
    LEAST_TAKE,
    LOT,
    NEW,
    NEW_MONEY,
    OPTION,
    PAY,
    SUPPLY,
    WHOLE_ONLY,
    Desk,
    P,
    Q,
)
from matcher.side.inner import find_plan
from matcher.side.offers import PAIR, TAKE, USED, Offers
from matcher.side.sweep import measure_plan

COST_NOW, SPENT_NOW, COUNT_NOW = range(3)
"""Columns of a requirement: its cost, bought new or not, what it pays above buying new, and pairs used."""
TRIES = 6
"""How often the price of a budget is raised before a requirement is bought new."""


class State(NamedTuple):
    """What every requirement takes, over the pairs of a desk.

    Parameters
    ----------
    pair, take
        Pairs used and steps taken, from the requirement's first pair on.
    rows
        A row for each requirement, with the columns named above.
    left
        Steps of each lot nobody takes.
    option, spent
        Of each group: the design option it builds (requirements of others want nothing), and the sum of what
        its requirements pay above buying new.
    """

    pair: IntArray
    take: IntArray
    rows: IntArray
    left: IntArray
    option: IntArray
    spent: IntArray


def make_state(desk: Desk, *, option: IntArray) -> State:
    """Return the plan that buys everything new, with these options."""
    rows = np.zeros((len(desk.wanted), 3), dtype=np.int64)
    rows[:, COST_NOW] = desk.wanted[:, NEW] * desk.wanted[:, DEMAND]
    rows[:, COST_NOW] += desk.wanted[:, FIRST] * desk.wanted[:, EXTRA]
    rows[~list_wanted(desk, option), COST_NOW] = 0
    return State(
        pair=np.zeros(len(desk.pairs), dtype=np.int64),
        take=np.zeros(len(desk.pairs), dtype=np.int64),
        rows=rows,
        left=desk.lots[:, SUPPLY].copy(),
        option=option.copy(),
        spent=np.zeros(len(desk.groups), dtype=np.int64),
    )


def list_wanted(desk: Desk, option: IntArray) -> BoolArray:
    """Return which requirements are wanted where the groups build these options."""
    mine = desk.wanted[:, OPTION]
    wanted: BoolArray = (mine < 0) | (mine == option[desk.wanted[:, GROUP]])
    return wanted


@compiled
def clear_requirement(desk: Desk, state: State, one: int) -> None:
    """Give back what a requirement takes; its cost stays until `measure_requirement`."""
    begin = desk.start[one]
    for place in range(begin, begin + state.rows[one, COUNT_NOW]):
        state.left[desk.pairs[state.pair[place], LOT]] += state.take[place]
    state.rows[one, COUNT_NOW] = 0


@compiled
def measure_requirement(desk: Desk, state: State, one: int) -> None:
    """Set what a requirement costs and spends from what it takes."""
    group = desk.wanted[one, GROUP]
    cost, spent = measure_plan(desk, one, state.pair, state.take, state.rows[one, COUNT_NOW])
    state.spent[group] += spent - state.rows[one, SPENT_NOW]
    state.rows[one, COST_NOW] = cost
    state.rows[one, SPENT_NOW] = spent


@compiled
def _cut_to_budget(desk: Desk, state: State, one: int, above: int) -> None:
    """Take fewer steps that cost more money than new ones, until so much less is spent or no more may go."""
    begin = desk.start[one]
    reached = 0
    for place in range(begin, begin + state.rows[one, COUNT_NOW]):
        row = desk.pairs[state.pair[place]]
        reached += state.take[place] * row[P] // row[Q]
    for place in range(begin + state.rows[one, COUNT_NOW] - 1, begin - 1, -1):
        row = desk.pairs[state.pair[place]]
        over = row[PAY] - desk.wanted[one, NEW_MONEY]
        if over <= 0 or above <= 0 or row[P] != row[Q]:
            continue
        least = desk.lots[row[LOT], LEAST_TAKE]
        if desk.lots[row[LOT], WHOLE_ONLY]:
            least = desk.lots[row[LOT], SUPPLY]
        spare = min(state.take[place] - least, reached - desk.wanted[one, FULFILMENT])
        fewer = max(min((above + over - 1) // over, spare), 0)
        state.take[place] -= fewer
        state.left[row[LOT]] += fewer
        reached -= fewer
        above -= fewer * over
    measure_requirement(desk, state, one)


@compiled
def plan_requirement(  # Numba takes no keyword-only arguments
    desk: Desk,
    state: State,
    one: int,
    prices: IntArray,
    weight: int,
    group_prices: IntArray,
    offers: Offers,
    limit: int,
) -> None:
    """Give a requirement that takes nothing its best plan from what is left, within its project's budget.

    Parameters
    ----------
    desk, state, one
        Where, and for which requirement.
    prices, weight
        u of each lot, and how many thousandths of it count.
    group_prices
        mu of each group; raised for this requirement until the budget is kept.
    offers, limit
        Working space, and most nodes of the tree.
    """
    group = desk.wanted[one, GROUP]
    mu, budget = group_prices[group], desk.groups[group, BUDGET]
    begin = desk.start[one]
    for _ in range(TRIES):
        _, used, _ = find_plan(desk, one, prices, weight, mu, state.left, offers, limit)
        for place in range(used):
            pair = offers.ints[PAIR, offers.ints[USED, place]]
            state.pair[begin + place] = pair
            state.take[begin + place] = offers.ints[TAKE, place]
            state.left[desk.pairs[pair, LOT]] -= offers.ints[TAKE, place]
        state.rows[one, COUNT_NOW] = used
        measure_requirement(desk, state, one)
        if budget >= 0 and state.spent[group] > budget:
            _cut_to_budget(desk, state, one, state.spent[group] - budget)
        if budget < 0 or state.spent[group] <= budget or state.rows[one, SPENT_NOW] <= 0:
            return
        clear_requirement(desk, state, one)
        mu = 4 * mu + 500
    measure_requirement(desk, state, one)


def list_places(desk: Desk, state: State) -> tuple[IntArray, IntArray]:
    """Return the requirement of every pair used and where in ``pair`` and ``take`` it stands."""
    used = state.rows[:, COUNT_NOW]
    one = np.repeat(np.arange(len(used)), used)
    return one, desk.start[one] + np.arange(len(one)) - np.repeat(np.cumsum(used) - used, used)


def move_state(desk: Desk, state: State, other: Desk, rows: IntArray) -> State:
    """Return a plan over the pairs of one desk as the same plan over those of another.

    Parameters
    ----------
    desk, state
        The plan.
    other
        The same block with other pairs, among them all that are used.
    rows
        Where each pair of the first desk stands in the other, at least those used.
    """
    one, place = list_places(desk, state)
    pair, take = np.zeros(len(other.pairs), dtype=np.int64), np.zeros(len(other.pairs), dtype=np.int64)
    there = other.start[one] + place - desk.start[one]
    pair[there], take[there] = rows[state.pair[place]], state.take[place]
    return State(pair, take, *(array.copy() for array in state[2:]))
