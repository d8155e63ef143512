# SPDX-License-Identifier: EUPL-1.2
"""The tree search for a requirement's best plan: which offers, each whole, one of them in part."""

from __future__ import annotations

import numpy as np

from matcher.compiling import compiled
from matcher.side.offers import (
    BOTTOM,
    DEAR,
    FIXED,
    ITEM,
    KEY,
    LEAST,
    LEVEL,
    LOW,
    ORDER,
    PLACE,
    RATE,
    REACH,
    SPENT,
    STEP,
    STEPS,
    TAKE,
    TOP,
    UNIT,
    USED,
    WHOLE,
    Offers,
    count_cost,
    count_delivered,
    find_level,
)
from matcher.side.root import ROUNDING
from matcher.side.wish import Wish, count_missing


@compiled
def _keep(offers: Offers, depth: int, cut: int, steps: int) -> int:
    """Note the offers on the way down as the best plan, one of them cut to fewer steps."""
    for place in range(depth):
        offers.ints[USED, place] = offers.ints[ITEM, place]
        offers.ints[TAKE, place] = offers.ints[STEPS, place]
    if cut >= 0:
        offers.ints[TAKE, cut] = steps
    return depth


@compiled
def _is_forced(offers: Offers, depth: int, reached: int, wish: Wish) -> bool:
    """Tell whether nothing may be given back: each offer at its least and needed."""
    forced = True
    for place in range(depth):
        one, steps = offers.ints[ITEM, place], offers.ints[STEPS, place]
        forced = forced and steps == offers.ints[LEAST, one]
        forced = forced and reached - count_delivered(offers, one, steps) < wish.demand
    return forced


@compiled
def _settle(
    offers: Offers, depth: int, reached: int, spent: int, wish: Wish, best: int, found: int
) -> tuple[int, int]:
    """Compare the plan that stops here with the best so far."""
    if reached < wish.least:
        return best, found
    if reached <= wish.demand:
        cost = spent + count_missing(wish, reached)
        if cost < best:
            best, found = cost, _keep(offers, depth, -1, 0)
    for target in (wish.demand, wish.first, wish.least):
        over = reached - target
        if over <= 0 or target < wish.least:
            continue
        for place in range(depth):
            one, level = offers.ints[ITEM, place], offers.ints[STEPS, place]
            if offers.ints[TOP, one] == offers.ints[BOTTOM, one]:
                if target < wish.demand and offers.ints[UNIT, one] < wish.value:
                    continue
                delivered = steps = level - over
                now = target
            else:
                delivered = count_delivered(offers, one, level)
                steps = (
                    (delivered - over) * offers.ints[BOTTOM, one] + offers.ints[TOP, one] - 1
                ) // offers.ints[TOP, one]
                now = reached - delivered + count_delivered(offers, one, max(steps, 0))
                delivered -= over
            if delivered <= 0 or steps < offers.ints[LEAST, one]:
                continue
            cost = spent - offers.ints[UNIT, one] * (level - steps)
            if offers.ints[STEP, one] > 0:
                cost += count_cost(offers, one, steps) - count_cost(offers, one, level)
                cost += offers.ints[UNIT, one] * (level - steps)
            cost += count_missing(wish, min(now, wish.demand))
            if cost < best:
                best, found = cost, _keep(offers, depth, place, steps)
    if reached > wish.demand and _is_forced(offers, depth, reached, wish):
        cost = spent + count_missing(wish, wish.demand)
        if cost < best:
            best, found = cost, _keep(offers, depth, -1, 0)
    return best, found


@compiled
def _fill_rest(offers: Offers, begin: int, count: int, reached: int, wish: Wish) -> float:
    """Return a lower bound on what is still to be paid, with the offers from one place on."""
    cost = 0.0
    for place in range(begin, count):
        one = offers.ints[ORDER, place]
        rate = offers.floats[KEY, one]
        if rate < 0.0:
            cost += rate * offers.ints[WHOLE, one]
            reached += offers.ints[WHOLE, one]
            continue
        if reached >= wish.demand:
            break
        end = wish.demand
        if rate >= wish.value:
            end = max(wish.least, wish.first if rate < wish.value + wish.extra else 0)
            if reached >= end:
                break
        steps = min(offers.ints[WHOLE, one], end - reached)
        cost += rate * steps
        reached += steps
    if reached < wish.least:
        return np.inf
    return cost + count_missing(wish, min(reached, wish.demand))


@compiled
def _is_hopeless(
    offers: Offers, one: int, depth: int, reached: int, spent: int, dearest: int, wish: Wish, best: int
) -> bool:
    """Tell whether no plan that ends with this offer, whole, cut, or with another cut, is better."""
    if (
        offers.ints[STEP, one] > 0
        or offers.ints[LEAST, one] > 1
        or offers.ints[TOP, one] != offers.ints[BOTTOM, one]
    ):
        return False
    unit, whole = offers.ints[UNIT, one], offers.ints[WHOLE, one]
    if max(unit, dearest) > wish.value:
        return False
    missing = wish.demand - reached
    if whole >= missing:
        cost = unit * missing + min(unit - dearest, 0) * (whole - missing) + count_missing(wish, wish.demand)
    elif reached + whole < wish.least:
        return depth + 1 == wish.donors
    elif depth + 1 == wish.donors:
        cost = unit * whole + count_missing(wish, reached + whole)
    else:
        return False
    hopeless: bool = spent + offers.ints[FIXED, one] + cost >= best
    return hopeless


@compiled
def _may_replace(
    offers: Offers, place: int, count: int, depth: int, spent: int, dearest: int, wish: Wish, best: int
) -> bool:
    """Tell whether a plan that passes the demand could be better with more offers, in the order of donors."""
    if offers.floats[LOW, place] > dearest:
        return False
    saved = 0.0
    for nth in range(place, count):
        one = offers.ints[ORDER, nth]
        saved += max(0.0, (dearest + 1 - offers.floats[RATE, one]) * offers.ints[WHOLE, one])
    cut = 0
    for nth in range(depth):
        cut = max(cut, count_cost(offers, offers.ints[ITEM, nth], offers.ints[STEPS, nth]))
    bound = spent + wish.credit - cut - saved
    return bound - ROUNDING * abs(bound) < best


@compiled
def search_tree(
    offers: Offers, count: int, wish: Wish, donor: float, best: int, limit: int
) -> tuple[int, int, int]:
    """Find the best plan over ``offers.ints[ORDER, :count]``, sorted by key.

    Parameters
    ----------
    offers, count, wish
        What may be used, and what is wanted.
    donor
        Price of using an offer at all, part of the keys.
    best
        Cost to beat.
    limit
        Most nodes looked at.

    Returns
    -------
    tuple
        Cost of the best plan, how many offers it uses (-1 where none beats ``best``), and nodes looked at;
        over ``limit`` where the search was cut short.

    Notes
    -----
    Costs are linear between levels (all of a lot, full trucks, the least take) and at most one offer of some
    best plan lies between two: else shift steps between two such offers until one reaches a level. So the
    tree chooses levels, and where the demand is passed one offer is cut. Offers stand in rising rate, and one
    that comes after the demand is passed cannot pay: its rate is at least the unit cost of any it would
    replace.
    With a price of donors the order is another, and the tree goes on where that does not hold.
    """
    depth, nodes, found = 0, 0, -1
    place, reached, spent = 0, 0, 0
    dearest: int = 0
    offers.floats[LOW, count] = np.inf
    for nth in range(count - 1, -1, -1):
        offers.floats[LOW, nth] = min(
            offers.floats[LOW, nth + 1], offers.floats[RATE, offers.ints[ORDER, nth]]
        )
    while True:
        nodes += 1
        if nodes > limit:
            return best, found, nodes
        goes_on = place < count and (wish.donors == 0 or depth < wish.donors)
        if goes_on and reached >= wish.demand:
            goes_on = donor > 0.0 and _may_replace(offers, place, count, depth, spent, dearest, wish, best)
        elif goes_on:
            bound = spent + _fill_rest(offers, place, count, reached, wish)
            if wish.donors > 0:
                bound -= donor * (wish.donors - depth)
            goes_on = bound - ROUNDING * abs(bound) < best
        if goes_on:
            one = offers.ints[ORDER, place]
            place += 1
            ends = (donor == 0.0 or depth + 1 == wish.donors) and reached < wish.demand
            if ends and _is_hopeless(offers, one, depth, reached, spent, dearest, wish, best):
                continue
            offers.ints[ITEM, depth], offers.ints[LEVEL, depth], offers.ints[PLACE, depth] = one, 0, place
            offers.ints[REACH, depth], offers.ints[SPENT, depth], offers.ints[DEAR, depth] = (
                reached,
                spent,
                dearest,
            )
            depth += 1
        else:
            # up to the last offer that has a lower level, or is left out from here on
            if depth == 0:
                return best, found, nodes
            one, place = offers.ints[ITEM, depth - 1], offers.ints[PLACE, depth - 1]
            offers.ints[LEVEL, depth - 1] += 1
            if find_level(offers, one, offers.ints[LEVEL, depth - 1]) < 0:
                depth -= 1
                reached, spent, dearest = (
                    offers.ints[REACH, depth],
                    offers.ints[SPENT, depth],
                    offers.ints[DEAR, depth],
                )
                continue
        steps = find_level(offers, one, offers.ints[LEVEL, depth - 1])
        offers.ints[STEPS, depth - 1] = steps
        reached = offers.ints[REACH, depth - 1] + count_delivered(offers, one, steps)
        spent = offers.ints[SPENT, depth - 1] + count_cost(offers, one, steps)
        unit = offers.ints[UNIT, one]
        if offers.ints[TOP, one] != offers.ints[BOTTOM, one]:
            unit = unit * offers.ints[BOTTOM, one] // offers.ints[TOP, one] + 1
        dearest = max(offers.ints[DEAR, depth - 1], unit)
        best, found_now = _settle(offers, depth, reached, spent, wish, best, -1)
        found = found_now if found_now >= 0 else found
