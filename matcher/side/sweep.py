# SPDX-License-Identifier: EUPL-1.2
"""One pass over all requirements at given prices: the best plan of each, and what they make of the lots."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from matcher.compiling import compiled
from matcher.problem.columns import CodeArray, IntArray
from matcher.side.desk import (
    BUDGET,
    COST,
    DEMAND,
    EXTRA,
    FIRST,
    GROUP,
    LOT,
    NEW,
    NEW_MONEY,
    OPTION,
    OPTIONS,
    PAY,
    PER_TRUCK,
    SUPPLY,
    TRIP,
    TRUCK,
    Desk,
    P,
    Q,
)
from matcher.side.inner import find_plan
from matcher.side.offers import PAIR, TAKE, THOUSAND, USED, Offers
from matcher.side.relaxed import bound_requirement


class Plans(NamedTuple):
    """A plan of every requirement, one place per pair.

    Parameters
    ----------
    pair, take, used
        Pairs used and steps taken, from the requirement's first pair on, and how many.
    value
        Cost of each plan, in thousandths of a cost unit.
    bounded
        0 where that is proven to be the least, 1 where it is the relaxed bound.
    """

    pair: IntArray
    take: IntArray
    used: IntArray
    value: IntArray
    bounded: CodeArray


def make_plans(desk: Desk) -> Plans:
    """Return room for the plans."""
    return Plans(
        pair=np.zeros(len(desk.pairs), dtype=np.int64),
        take=np.zeros(len(desk.pairs), dtype=np.int64),
        used=np.zeros(len(desk.wanted), dtype=np.int64),
        value=np.zeros(len(desk.wanted), dtype=np.int64),
        bounded=np.zeros(len(desk.wanted), dtype=np.int8),
    )


@compiled
def plan_all(  # Numba takes no keyword-only arguments
    desk: Desk,
    plans: Plans,
    prices: IntArray,
    group_prices: IntArray,
    supply: IntArray,
    offers: Offers,
    limit: int,
) -> None:
    """Find the best plan of every requirement on its own; where a tree is cut short, the best found."""
    for one in range(len(desk.wanted)):
        begin = desk.start[one]
        mu = group_prices[desk.wanted[one, GROUP]]
        value, used, exact = find_plan(desk, one, prices, THOUSAND, mu, supply, offers, limit)
        plans.value[one] = value
        plans.bounded[one] = 0 if exact else 1
        plans.used[one] = used
        for place in range(used):
            plans.pair[begin + place] = offers.ints[PAIR, offers.ints[USED, place]]
            plans.take[begin + place] = offers.ints[TAKE, place]


@compiled
def bound_all(desk: Desk, plans: Plans, prices: IntArray, group_prices: IntArray) -> None:
    """Put the relaxed bound where the best plan is not proven."""
    for one in range(len(desk.wanted)):
        if plans.bounded[one] == 1:
            plans.value[one] = bound_requirement(desk, one, prices, group_prices[desk.wanted[one, GROUP]])


@compiled
def choose_options(desk: Desk, value: IntArray, option: IntArray) -> IntArray:
    """Choose the cheapest option of every group and return what the groups cost then.

    Parameters
    ----------
    desk, value
        The block, and the cost of each requirement.
    option
        Filled: the option of each group, the first of equally cheap ones.
    """
    groups = len(desk.groups)
    first = np.zeros(groups + 1, dtype=np.int64)
    for group in range(groups):
        first[group + 1] = first[group] + desk.groups[group, OPTIONS]
    cost = np.zeros(groups, dtype=np.int64)
    of_option = np.zeros(first[-1], dtype=np.int64)
    for one in range(len(value)):
        group, mine = desk.wanted[one, GROUP], desk.wanted[one, OPTION]
        if mine < 0:
            cost[group] += value[one]
        else:
            of_option[first[group] + mine] += value[one]
    for group in range(groups):
        best = first[group]
        for nth in range(first[group] + 1, first[group + 1]):
            if of_option[nth] < of_option[best]:
                best = nth
        option[group] = best - first[group]
        if first[group + 1] > first[group]:
            cost[group] += of_option[best]
    return cost


@compiled
def add_up(
    desk: Desk, plans: Plans, prices: IntArray, group_prices: IntArray, option: IntArray, use: IntArray
) -> int:
    """Choose options, count what is used of each lot, and return the lower bound of these prices.

    Parameters
    ----------
    desk, plans
        The block and a plan or bound of each requirement.
    prices, group_prices
        u and mu.
    option, use
        Filled: option of each group, steps of each lot used by the requirements wanted then.
    """
    cost = choose_options(desk, plans.value, option)
    bound = 0
    for group in range(len(cost)):
        paid = max(desk.groups[group, BUDGET], 0) * group_prices[group]
        bound += (cost[group] - paid) // THOUSAND
    use[:] = 0
    for one in range(len(desk.wanted)):
        if desk.wanted[one, OPTION] >= 0 and desk.wanted[one, OPTION] != option[desk.wanted[one, GROUP]]:
            continue
        begin = desk.start[one]
        for place in range(begin, begin + plans.used[one]):
            use[desk.pairs[plans.pair[place], LOT]] += plans.take[place]
    for lot in range(len(desk.lots)):
        bound -= prices[lot] * desk.lots[lot, SUPPLY]
    return bound


@compiled
def measure_plan(desk: Desk, one: int, pair: IntArray, take: IntArray, count: int) -> tuple[int, int]:
    """Return what a plan of a requirement costs, and what it pays above buying new.

    Parameters
    ----------
    desk, one
        The block and the row of the requirement.
    pair, take, used
        Pairs used and steps taken, from the requirement's first pair on, and how many.
    """
    cost, spent, reached = 0, 0, 0
    begin = desk.start[one]
    for place in range(begin, begin + count):
        row, steps = desk.pairs[pair[place]], take[place]
        fixed = row[TRIP]
        truck = desk.lots[row[LOT], TRUCK]
        if truck > 0:
            fixed += row[PER_TRUCK] * ((steps + truck - 1) // truck)
        cost += row[COST] * steps + fixed
        spent += row[PAY] * steps + fixed
        reached += steps if row[P] == row[Q] else steps * row[P] // row[Q]
    wish = desk.wanted[one]
    missing = max(wish[DEMAND] - reached, 0)
    cost += wish[NEW] * missing + wish[EXTRA] * max(wish[FIRST] - reached, 0)
    return cost, spent - wish[NEW_MONEY] * (wish[DEMAND] - missing)


@compiled
def spend_all(desk: Desk, plans: Plans, option: IntArray, spent: IntArray) -> None:
    """Fill in what each group pays above buying new, with the options chosen."""
    spent[:] = 0
    for one in range(len(desk.wanted)):
        group, mine = desk.wanted[one, GROUP], desk.wanted[one, OPTION]
        if desk.groups[group, BUDGET] >= 0 and (mine < 0 or mine == option[group]):
            spent[group] += measure_plan(desk, one, plans.pair, plans.take, plans.used[one])[1]


def count_baseline(desk: Desk) -> int:
    """Return B: every project's cheapest option bought new."""
    value = desk.wanted[:, NEW] * desk.wanted[:, DEMAND] + desk.wanted[:, FIRST] * desk.wanted[:, EXTRA]
    option = np.zeros(len(desk.groups), dtype=np.int64)
    return int(sum(choose_options(desk, value, option).tolist()))
