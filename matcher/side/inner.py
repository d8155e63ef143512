# SPDX-License-Identifier: EUPL-1.2
"""The best plan of one requirement at given prices: a single-sink fixed-charge problem, solved exactly."""

from __future__ import annotations

import numpy as np

from matcher.compiling import compiled
from matcher.problem.columns import IntArray
from matcher.side.desk import Desk, P, Q
from matcher.side.offers import (
    BOTTOM,
    KEY,
    KIND,
    LEAST,
    ORDER,
    RATE,
    TAKE,
    TOP,
    UNIT,
    USED,
    WHOLE,
    Offers,
    count_cost,
    count_delivered,
    lay_offers,
)
from matcher.side.root import find_donor_price, keep_useful, round_up, sort_by_key
from matcher.side.tree import search_tree
from matcher.side.wish import Wish, count_missing, read_wish


@compiled
def find_plan(  # Numba takes no keyword-only arguments
    desk: Desk, one: int, prices: IntArray, weight: int, mu: int, left: IntArray, offers: Offers, limit: int
) -> tuple[int, int, bool]:
    """Find the best plan of a requirement alone.

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
        Working space; holds the plan afterwards, as offers used and steps taken.
    limit
        Most nodes of the tree.

    Returns
    -------
    tuple
        Cost of the plan in thousandths of a cost unit, how many offers it uses, and whether it is proven to
        be the best: not where the tree was cut short or where steps taken are not steps delivered.
    """
    count = lay_offers(desk, one, prices, weight, mu, left, offers)
    wish = read_wish(desk, one, mu)
    best = count_missing(wish, 0)
    found = 0
    alike, paid, divisible = True, True, True
    for pair in range(desk.start[one], desk.start[one + 1]):  # those of no use too: the checker sees them all
        alike = alike and desk.pairs[pair, P] == desk.pairs[pair, Q]
    for place in range(count):
        offers.ints[ORDER, place] = place
        paid = paid and offers.ints[UNIT, place] >= 0
        divisible = divisible and offers.ints[LEAST, place] == 1
    # what the tree's proof rests on: steps taken are delivered, and no forced surplus is worth having
    exact = alike and (paid or divisible)
    if wish.one_kind:
        sorted_ = np.argsort(offers.ints[KIND, :count], kind="mergesort")
        first = 0
        while first < count:
            size = 0
            while (
                first + size < count
                and offers.ints[KIND, sorted_[first + size]] == offers.ints[KIND, sorted_[first]]
            ):
                offers.ints[ORDER, size] = sorted_[first + size]
                size += 1
            best, found_here, exact_here = _search(offers, size, wish, best, limit)
            exact = exact and exact_here
            found = found_here if found_here >= 0 else found
            first += size
    else:
        best, found_here, exact_here = _search(offers, count, wish, best, limit)
        exact = exact and exact_here
        found = max(found_here, 0)
    if found > 0 and not alike:
        best, found = _trim(offers, found, wish)
    return best, found, exact


@compiled
def _search(offers: Offers, count: int, wish: Wish, best: int, limit: int) -> tuple[int, int, bool]:
    """Search among ``order[:count]`` for a plan cheaper than ``best``; -1 offers where there is none."""
    if count == 0:
        return best, -1, True
    best, found = round_up(offers, offers.ints[ORDER], count, wish, 0.0, best)
    count, _ = keep_useful(offers, offers.ints[ORDER], count, wish, 0.0, best)
    donor = 0.0
    if wish.donors > 0 and count > 0:
        donor = find_donor_price(offers, offers.ints[ORDER], count, wish)
        if donor > 0.0:
            best, found_here = round_up(offers, offers.ints[ORDER], count, wish, donor, best)
            found = found_here if found_here >= 0 else found
            count, _ = keep_useful(offers, offers.ints[ORDER], count, wish, donor, best)
    if count == 0:
        return best, found, True
    for place in range(count):
        one = offers.ints[ORDER, place]
        offers.floats[KEY, one] = offers.floats[RATE, one] + donor / offers.ints[WHOLE, one]
    sort_by_key(offers.ints[ORDER], count, offers.floats[KEY])
    best, found_here, nodes = search_tree(offers, count, wish, donor, best, limit)
    return best, (found_here if found_here >= 0 else found), nodes <= limit


@compiled
def _trim(offers: Offers, found: int, wish: Wish) -> tuple[int, int]:
    """Give back steps no delivered step needs, dearest offers first.

    Returns
    -------
    tuple
        What the plan costs then, and how many offers it uses.
    """
    reached = 0
    for place in range(found):
        reached += count_delivered(offers, offers.ints[USED, place], offers.ints[TAKE, place])
    done = np.zeros(found, dtype=np.bool_)
    for _ in range(found):
        dearest = -1
        for place in range(found):
            one = offers.ints[USED, place]
            if done[place]:
                continue
            if dearest < 0 or offers.ints[UNIT, one] > offers.ints[UNIT, offers.ints[USED, dearest]]:
                dearest = place
        done[dearest] = True
        one, steps = offers.ints[USED, dearest], offers.ints[TAKE, dearest]
        others = reached - count_delivered(offers, one, steps)
        needed = max(min(wish.demand, reached) - others, 0)
        top, bottom = offers.ints[TOP, one], offers.ints[BOTTOM, one]
        fewer = max((needed * bottom + top - 1) // top, offers.ints[LEAST, one])
        if needed == 0:
            fewer = 0
        if fewer < steps:
            offers.ints[TAKE, dearest] = fewer
            reached = others + count_delivered(offers, one, fewer)
    cost, left = count_missing(wish, min(reached, wish.demand)), 0
    for place in range(found):
        if offers.ints[TAKE, place] > 0:
            offers.ints[USED, left], offers.ints[TAKE, left] = (
                offers.ints[USED, place],
                offers.ints[TAKE, place],
            )
            cost += count_cost(offers, offers.ints[USED, left], offers.ints[TAKE, left])
            left += 1
    return cost, left
