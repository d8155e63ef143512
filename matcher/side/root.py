# SPDX-License-Identifier: EUPL-1.2
"""The root of the search for a requirement's best plan: a linear bound, a first plan, useful offers."""

from __future__ import annotations

import numpy as np

from matcher.compiling import compiled
from matcher.problem.columns import FloatArray, IntArray
from matcher.side.offers import (
    BOTTOM,
    FIXED,
    HEAP,
    KEY,
    LEAST,
    LOAD,
    MOST,
    RATE,
    STEP,
    TAKE,
    TOP,
    UNIT,
    USED,
    WHOLE,
    Offers,
    count_cost,
    count_delivered,
)
from matcher.side.wish import Wish, count_missing

ROUNDING = 1e-12
"""Share by which sums of floats may be wrong, many times over; bounds are lowered by it."""


@compiled
def sort_by_key(order: IntArray, count: int, key: FloatArray) -> None:
    """Sort the first places of ``order`` by key, ties by number."""
    for place in range(1, count):
        one = order[place]
        here = place
        while here > 0:
            other = order[here - 1]
            if key[other] < key[one] or (key[other] == key[one] and other < one):
                break
            order[here] = other
            here -= 1
        order[here] = one


@compiled
def _sift(heap: IntArray, size: int, place: int, key: FloatArray) -> None:
    one = heap[place]
    while True:
        child = 2 * place + 1
        if child >= size:
            break
        other = heap[child]
        if child + 1 < size:
            twin = heap[child + 1]
            if key[twin] < key[other] or (key[twin] == key[other] and twin < other):
                child += 1
                other = twin
        if key[one] < key[other] or (key[one] == key[other] and one < other):
            break
        heap[place] = other
        place = child
    heap[place] = one


@compiled
def fill_cheapest(
    offers: Offers, order: IntArray, count: int, wish: Wish, donor: float
) -> tuple[float, float, int]:
    """Fill the demand in rising rate, the last offer in part, and leave what was used at the heap's end.

    Parameters
    ----------
    offers, order, count
        Offers ``order[:count]`` are looked at.
    wish
        What is wanted.
    donor
        Price of using an offer at all.

    Returns
    -------
    tuple
        A lower bound on every plan that takes anything, the price of a delivered step that proves it, and how
        many offers were used: ``heap[count - used:count]``, the last one first.
    """
    key, heap = offers.floats[KEY], offers.ints[HEAP]
    for place in range(count):
        one = order[place]
        heap[place] = one
        key[one] = offers.floats[RATE, one] + donor / offers.ints[WHOLE, one]
    for place in range(count // 2 - 1, -1, -1):
        _sift(heap, count, place, key)
    size, reached = count, 0
    price = 0.0
    while size > 0:
        one = heap[0]
        rate = key[one]
        if rate >= 0.0:
            if reached >= wish.demand:
                break
            value = wish.value + (wish.extra if reached < wish.first else 0)
            if rate >= value and reached >= wish.least:
                price = value
                break
        size -= 1
        heap[0] = heap[size]
        heap[size] = one
        _sift(heap, size, 0, key)
        price = max(rate, 0.0)
        end = wish.demand
        if rate >= wish.value:
            end = max(wish.least, wish.first if rate < wish.value + wish.extra else 0)
        reached = min(reached + offers.ints[WHOLE, one], max(end, reached))
    if reached < wish.least:
        return np.inf, 0.0, count - size
    if size == 0 and reached < wish.demand:
        price = max(price, float(wish.value + (wish.extra if reached < wish.first else 0)))
    bound = price * wish.demand + wish.credit
    for steps in (wish.least, wish.first):
        if wish.least <= steps < wish.demand:
            bound = min(bound, count_missing(wish, steps) + price * steps)
    for place in range(size, count):
        one = heap[place]
        bound += min(0.0, (key[one] - price) * offers.ints[WHOLE, one])
    return bound - ROUNDING * abs(bound), price, count - size


@compiled
def find_donor_price(offers: Offers, order: IntArray, count: int, wish: Wish) -> float:
    """Return the price of using an offer at all that makes the linear bound highest, nearly."""
    bound, _, used = fill_cheapest(offers, order, count, wish, 0.0)
    if wish.donors == 0 or used <= wish.donors:
        return 0.0
    best, best_bound = 0.0, bound
    low, high = 0.0, 0.0
    step = 0.0
    for place in range(count - used, count):
        one = offers.ints[HEAP, place]
        step = max(step, abs(offers.floats[RATE, one]) * offers.ints[WHOLE, one])
    trial = step / (2 * used) + 1.0
    for _ in range(9):
        bound, _, used = fill_cheapest(offers, order, count, wish, trial)
        bound -= trial * wish.donors
        if bound > best_bound:
            best, best_bound = trial, bound
        if used > wish.donors:
            low = trial
            trial = 2.0 * trial if high == 0.0 else (low + high) / 2
        else:
            high = trial
            trial = (low + high) / 2
    return best


@compiled
def keep_useful(
    offers: Offers, order: IntArray, count: int, wish: Wish, donor: float, best: int
) -> tuple[int, float]:
    """Keep, at the beginning of ``order``, the offers that a plan cheaper than ``best`` may use.

    Returns
    -------
    tuple
        How many are kept, and the linear bound.

    Notes
    -----
    An offer forced into the linear bound raises it by its reduced cost; where that reaches ``best`` it is
    dropped (the filter of Legault, Cote and Gendron 2023 for the single-sink fixed-charge problem).
    """
    bound, price, _ = fill_cheapest(offers, order, count, wish, donor)
    bound -= donor * wish.donors
    if bound >= best:
        return 0, bound
    kept = 0
    for place in range(count):
        one = order[place]
        slope = offers.ints[UNIT, one] - price * offers.ints[TOP, one] / offers.ints[BOTTOM, one]
        steps = offers.ints[MOST, one] if slope < 0.0 else offers.ints[LEAST, one]
        forced = slope * steps
        step = offers.ints[STEP, one]
        if step > 0:
            forced += offers.ints[LOAD, one] * max(1.0, steps / step)
            steps = min(max(step, offers.ints[LEAST, one]), offers.ints[MOST, one])
            forced = min(forced, slope * steps + offers.ints[LOAD, one] * max(1.0, steps / step))
        forced += offers.ints[FIXED, one] + donor
        forced -= min(0.0, (offers.floats[KEY, one] - price) * offers.ints[WHOLE, one])
        if bound + forced - ROUNDING * (abs(bound) + abs(forced)) < best:
            order[kept] = one
            kept += 1
    return kept, bound


@compiled
def round_up(
    offers: Offers, order: IntArray, count: int, wish: Wish, donor: float, best: int
) -> tuple[int, int]:
    """Make a plan of offers the linear bound used whole and one more; keep it where it beats ``best``.

    Parameters
    ----------
    offers, order, count, wish
        As for `fill_cheapest`.
    donor
        Price of using an offer at all.
    best
        Cost of the best plan so far.

    Returns
    -------
    tuple
        Cost of the best plan now, and how many offers it uses, or -1 where it is the one given.
    """
    _, _, filled = fill_cheapest(offers, order, count, wish, donor)
    reached, spent, used, found = 0, 0, 0, -1
    for nth in range(filled + 1):
        ends = nth >= filled - 1 or (wish.donors > 0 and used == wish.donors - 1)
        if ends and (wish.donors == 0 or used < wish.donors):
            last, last_steps = -1, 0
            for place in range(count):
                one = offers.ints[HEAP, place]
                if place >= count - nth:
                    continue
                missing = wish.demand - reached
                steps = (missing * offers.ints[BOTTOM, one] + offers.ints[TOP, one] - 1) // offers.ints[
                    TOP, one
                ]
                steps = min(steps, offers.ints[MOST, one])
                if steps < offers.ints[LEAST, one]:
                    continue
                delivered = reached + count_delivered(offers, one, steps)
                if delivered < wish.least:
                    continue
                cost = spent + count_cost(offers, one, steps) + count_missing(wish, delivered)
                if cost < best:
                    best, last, last_steps = cost, one, steps
            if last >= 0:
                found = used + 1
                for place in range(used):
                    offers.ints[USED, place] = offers.ints[HEAP, count - 1 - place]
                    offers.ints[TAKE, place] = offers.ints[MOST, offers.ints[USED, place]]
                offers.ints[USED, used], offers.ints[TAKE, used] = last, last_steps
        if nth == filled:
            break
        one = offers.ints[HEAP, count - 1 - nth]
        if reached + offers.ints[WHOLE, one] > wish.demand or (wish.donors > 0 and used + 1 > wish.donors):
            break
        reached += offers.ints[WHOLE, one]
        spent += count_cost(offers, one, offers.ints[MOST, one])
        used += 1
        cost = spent + count_missing(wish, reached)
        if reached >= wish.least and cost < best:
            best, found = cost, used
            for place in range(used):
                offers.ints[USED, place] = offers.ints[HEAP, count - 1 - place]
                offers.ints[TAKE, place] = offers.ints[MOST, offers.ints[USED, place]]
    return best, found
