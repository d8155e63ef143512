# SPDX-License-Identifier: EUPL-1.2
"""The relaxed bound of one requirement: rules dropped, trips and loads spread over all a lot could give."""

from __future__ import annotations

import numpy as np

from matcher.compiling import compiled
from matcher.problem.columns import IntArray
from matcher.side.desk import COST, LOT, PAY, PER_TRUCK, SUPPLY, TRIP, TRUCK, Desk, P, Q
from matcher.side.offers import THOUSAND
from matcher.side.wish import count_missing, read_wish

FINE = 1024
"""Parts of a thousandth in which rates are rounded down."""


@compiled
def bound_requirement(desk: Desk, one: int, prices: IntArray, mu: int) -> int:
    """Return a lower bound on the cost of every plan of a requirement, in thousandths of a cost unit.

    Parameters
    ----------
    desk, one
        The block and the row of the requirement; all its pairs are looked at.
    prices, mu
        u of each lot, and the price of the project's budget in permille.

    Notes
    -----
    Most donors, one kind, minimum takes and indivisible lots are dropped. A lot's rate is what a delivered
    step costs where all it could give is taken, its trip and whole loads shared out, rounded down to 1/1024;
    lots are filled in rising rate, ties by row, those of negative rate whole.
    """
    wish = read_wish(desk, one, mu)
    begin, end = desk.start[one], desk.start[one + 1]
    rates = np.empty(end - begin, dtype=np.int64)
    whole = np.empty(end - begin, dtype=np.int64)
    paid = np.zeros(end - begin, dtype=np.int64)
    for place in range(end - begin):
        pair = begin + place
        lot, top, bottom = desk.pairs[pair, LOT], desk.pairs[pair, P], desk.pairs[pair, Q]
        most = min(desk.lots[lot, SUPPLY], (wish.demand * bottom + top - 1) // top)
        whole[place] = most * top // bottom
        rates[place] = np.iinfo(np.int64).max
        if whole[place] < 1:
            continue
        spread = desk.pairs[pair, TRIP]
        if desk.lots[lot, TRUCK] > 0:
            spread += desk.pairs[pair, PER_TRUCK] * most // desk.lots[lot, TRUCK]
        unit = THOUSAND * (desk.pairs[pair, COST] + prices[lot]) + mu * desk.pairs[pair, PAY]
        # (unit * most + spread) * FINE * bottom // (most * top), without passing 64 bits on the way
        paid[place] = unit * most + (THOUSAND + mu) * spread
        share = most * top
        rates[place] = paid[place] // share * FINE * bottom + paid[place] % share * FINE * bottom // share
    cost: int = 0
    parts: int = 0
    reached: int = 0
    for place in np.argsort(rates, kind="mergesort"):
        rate = rates[place]
        if whole[place] < 1:
            break
        if rate < 0:
            # all of it, steps that deliver nothing among it
            cost += paid[place]
            reached = min(reached + whole[place], wish.demand)
            continue
        while reached < wish.demand and whole[place] > 0:
            value = wish.value + (wish.extra if reached < wish.first else 0)
            stop = wish.demand
            if rate // FINE >= wish.value:
                stop = max(wish.least, wish.first)
            if rate // FINE >= value:
                stop = wish.least
            steps = min(whole[place], stop - reached)
            if steps <= 0:
                break
            # thousandths and their parts apart, so that neither passes 64 bits
            cost += rate // FINE * steps
            parts += rate % FINE * steps
            cost += parts // FINE
            parts %= FINE
            reached += steps
            whole[place] -= steps
    bound: int = count_missing(wish, 0)
    if reached >= wish.least:
        bound = min(bound, cost + count_missing(wish, reached))
    return bound
