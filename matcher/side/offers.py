# SPDX-License-Identifier: EUPL-1.2
"""Offers: what each lot is to one requirement at given prices, laid out for the search of its best plan."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from matcher.compiling import compiled
from matcher.problem.columns import FloatArray, IntArray
from matcher.side.desk import (
    COST,
    DEMAND,
    EXTRA,
    FULFILMENT,
    KIND_OF,
    LEAST_TAKE,
    LOT,
    NEW,
    NEW_MONEY,
    PAY,
    PER_TRUCK,
    SUPPLY,
    TRIP,
    TRUCK,
    WHOLE_ONLY,
    Desk,
    P,
    Q,
)

THOUSAND = 1000
"""Thousandths of a cost unit: what offers are counted in, so that permille of a budget price stay whole."""


PAIR, KIND, UNIT, FIXED, LOAD, STEP, MOST, LEAST, TOP, BOTTOM, WHOLE = range(11)
"""Of each offer: row of the pair, number of the lot's kind; cost of a step, of taking anything, of a started
truck, and steps on a truck (0 = no trucks); bounds of the steps taken; P, Q, steps delivered by all of it."""
HEAP, ORDER, ITEM, PLACE, LEVEL, STEPS, REACH, SPENT, DEAR = range(11, 20)
"""A heap; offers that may be in the best plan; the way down the tree: offer, where the order goes on, level
and its steps, and before it the steps delivered, the cost, and the dearest step of any offer."""
USED, TAKE = 20, 21
"""Offers and steps of the best plan found."""
RATE, KEY, LOW = range(3)
"""Least cost of a delivered step, however many are taken; the same with the price of a donor; and the lowest
rate from each place of the order on."""


class Offers(NamedTuple):
    """Working space of one search: a row for each of the names above, a column for each pair.

    Parameters
    ----------
    ints, floats
        Two arrays, since every array passed to a compiled function costs time.
    """

    ints: IntArray
    floats: FloatArray


def make_offers(size: int) -> Offers:
    """Return empty working space.

    Parameters
    ----------
    size
        Most pairs of a requirement.
    """
    return Offers(
        ints=np.zeros((TAKE + 1, size + 1), dtype=np.int64),
        floats=np.zeros((LOW + 1, size + 1), dtype=np.float64),
    )


@compiled
def count_cost(offers: Offers, one: int, steps: int) -> int:
    """Return what taking some steps of an offer costs."""
    cost: int = offers.ints[UNIT, one] * steps + offers.ints[FIXED, one]
    if offers.ints[STEP, one] > 0:
        cost += offers.ints[LOAD, one] * ((steps + offers.ints[STEP, one] - 1) // offers.ints[STEP, one])
    return cost


@compiled
def count_delivered(offers: Offers, one: int, steps: int) -> int:
    """Return what some steps of an offer deliver."""
    if offers.ints[TOP, one] == offers.ints[BOTTOM, one]:
        return steps
    delivered: int = steps * offers.ints[TOP, one] // offers.ints[BOTTOM, one]
    return delivered


@compiled
def find_level(offers: Offers, one: int, level: int) -> int:
    """Return the steps at a level of an offer, from all of it down: full trucks, the least; -1 below that."""
    most: int = offers.ints[MOST, one]
    least: int = offers.ints[LEAST, one]
    step: int = offers.ints[STEP, one]
    if level == 0:
        return most
    fuller = 0
    if step > 0:
        fuller = max((most - 1) // step - (least // step if least > 1 else 0), 0)
        if level <= fuller:
            return ((most - 1) // step - level + 1) * step
    if level == fuller + 1 and 1 < least < most:
        return least
    return -1


@compiled
def lay_offers(  # Numba takes no keyword-only arguments
    desk: Desk, one: int, prices: IntArray, weight: int, mu: int, left: IntArray, offers: Offers
) -> int:
    """Lay out the offers of one requirement and return how many there are.

    Parameters
    ----------
    desk, one
        The block and the row of the requirement.
    prices, weight
        u of each lot, and how many thousandths of it count.
    mu
        Price of the project's budget, permille.
    left
        Steps still to be had of each lot.
    offers
        Filled.
    """
    ints, floats = offers.ints, offers.floats
    demand = desk.wanted[one, DEMAND]
    dearest = THOUSAND * (desk.wanted[one, NEW] + desk.wanted[one, EXTRA]) + mu * desk.wanted[one, NEW_MONEY]
    complete = desk.wanted[one, FULFILMENT] > 0
    count = 0
    for pair in range(desk.start[one], desk.start[one + 1]):
        lot = desk.pairs[pair, LOT]
        top, bottom = desk.pairs[pair, P], desk.pairs[pair, Q]
        most = demand if top == bottom else (demand * bottom + top - 1) // top
        least = desk.lots[lot, LEAST_TAKE]
        if desk.lots[lot, WHOLE_ONLY]:
            least = desk.lots[lot, SUPPLY]
            if least > most:
                continue
        most = min(most, left[lot])
        if most < least or most < 1:
            continue
        unit = THOUSAND * desk.pairs[pair, COST] + weight * prices[lot] + mu * desk.pairs[pair, PAY]
        fixed = (THOUSAND + mu) * desk.pairs[pair, TRIP]
        load = (THOUSAND + mu) * desk.pairs[pair, PER_TRUCK]
        step = desk.lots[lot, TRUCK] if load > 0 else 0
        whole = most if top == bottom else most * top // bottom
        if whole < 1:
            continue
        cost = unit * most + fixed
        if step > 0:
            cost += load * ((most + step - 1) // step)
        rate = cost / most
        if step > 0:
            full = most // step * step
            if least <= full < most:
                rate = min(rate, (unit * full + fixed + load * (full // step)) / full)
        if top != bottom:
            rate = rate * bottom / top
        if rate >= dearest and not complete:
            continue
        ints[PAIR, count] = pair
        ints[KIND, count] = desk.lots[lot, KIND_OF]
        ints[UNIT, count] = unit
        ints[FIXED, count] = fixed
        ints[LOAD, count] = load
        ints[STEP, count] = step
        ints[MOST, count] = most
        ints[LEAST, count] = least
        ints[TOP, count] = top
        ints[BOTTOM, count] = bottom
        ints[WHOLE, count] = whole
        floats[RATE, count] = rate
        count += 1
    return count
