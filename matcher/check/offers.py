# SPDX-License-Identifier: EUPL-1.2
"""What one requirement wants, what is open to it, and the best bound that one price of a step can prove."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from matcher.compiling import compiled
from matcher.problem.columns import IntArray


class Want(NamedTuple):
    """What one requirement wants; money in thousandths of cost units.

    Parameters
    ----------
    demand, least
        Steps wanted, and delivered at least where anything is.
    value, first, extra
        A step short costs ``value``; each short within the first ``first`` costs ``extra`` more.
    donors
        Most lots used; 0 = any.
    """

    demand: int
    least: int
    value: int
    first: int
    extra: int
    donors: int


class Offer(NamedTuple):
    """Lots open to one requirement: x steps of one cost unit x + fixed + load ceil(x / step).

    Parameters
    ----------
    unit, fixed, load, step, least, most
        Of each lot; ``unit`` is not below 0, ``step`` is 0 where loads cost nothing, least <= x <= most.
    """

    unit: IntArray
    fixed: IntArray
    load: IntArray
    step: IntArray
    least: IntArray
    most: IntArray


@compiled
def cost_short(want: Want, reached: int) -> int:
    """Return what it costs to reach only so many steps."""
    cost = 0
    if reached < want.demand:
        cost += want.value * (want.demand - reached)
    if reached < want.first:
        cost += want.extra * (want.first - reached)
    return cost


@compiled
def cost_taken(offer: Offer, one: int, steps: int) -> int:
    """Return what taking some steps of a lot costs."""
    cost = offer.unit[one] * steps + offer.fixed[one]
    if offer.step[one] > 0:
        cost += offer.load[one] * -(-steps // offer.step[one])
    return int(cost)


class Ends(NamedTuple):
    """Where the cost of a lot less a price a step can be least: an array each, a row for each lot.

    Parameters
    ----------
    steps, cost
        All of it, the least, and the full loads next to both; one that is none of these repeats the first.
    """

    steps: IntArray
    cost: IntArray


@compiled
def lay_ends(offer: Offer) -> Ends:
    """Return the ends of every lot; inside a load the cost is linear, from full load to full load as well."""
    size = len(offer.most)
    steps, cost = np.empty((size, 4), dtype=np.int64), np.empty((size, 4), dtype=np.int64)
    for one in range(size):
        least, most, step = offer.least[one], offer.most[one], offer.step[one]
        steps[one], cost[one] = most, cost_taken(offer, one, most)
        steps[one, 1], cost[one, 1] = least, cost_taken(offer, one, least)
        if step > 0:
            for place, full in ((2, most // step * step), (3, -(-least // step) * step)):
                if least <= full <= most:
                    steps[one, place], cost[one, place] = full, cost_taken(offer, one, full)
    return Ends(steps, cost)


@compiled
def relieve(ends: Ends, one: int, price: int) -> tuple[int, int]:
    """Return the least of cost less ``price`` a step over all that may be taken of a lot, and where it is."""
    best, at = ends.cost[one, 0] - price * ends.steps[one, 0], ends.steps[one, 0]
    for place in range(1, 4):
        other = ends.cost[one, place] - price * ends.steps[one, place]
        if other < best:
            best, at = other, ends.steps[one, place]
    return best, at


@compiled
def _want_at(want: Want, price: int) -> tuple[int, int]:
    """Return the least of what is short and what is bought at a price, and how many steps are bought then."""
    start = max(want.least, 1)
    best, wanted = cost_short(want, start) + price * start, start
    for reached in (want.first, want.demand):
        if reached >= start:
            cost = cost_short(want, reached) + price * reached
            if cost < best:
                best, wanted = cost, reached
    return best, wanted


@compiled
def bound_at(ends: Ends, want: Want, price: int, relief: IntArray, top: IntArray) -> int:
    """Return a lower bound of every plan that takes anything.

    Parameters
    ----------
    ends, want
        Lots and requirement.
    price
        What a delivered step is worth, any whole number from 0.
    relief
        Filled: `relieve` of each lot.
    top
        Filled: the ``donors`` least reliefs below 0, rising; 0 where there are fewer.

    Notes
    -----
    The demand is bought at ``price`` a step, and each lot sells what is best for itself: Lagrange's bound.
    """
    best, _ = _want_at(want, price)
    for one in range(len(relief)):
        relief[one], _ = relieve(ends, one, price)
        if want.donors == 0:
            best += min(relief[one], 0)
    if want.donors > 0:
        top[:] = np.minimum(np.sort(relief)[: want.donors], 0)
        best += top.sum()
    return int(best)


@compiled
def find_best_price(ends: Ends, want: Want) -> int:
    """Return a price at which `bound_at` is as high as can be, nearly.

    Parameters
    ----------
    ends, want
        Lots and requirement.

    Notes
    -----
    Any price gives a bound; the best is found by halving, after how many steps are short. As the limits of
    the price close in, lots that sell nothing at either, or all of theirs, need no longer be looked at.
    """
    high = want.value + want.extra
    if want.least > 0:
        for one in range(len(ends.cost)):
            high = max(high, ends.cost[one, 0] // ends.steps[one, 0])
    low, high = 0, min(high + 1, 2**60 // want.demand)
    active = np.arange(len(ends.cost))
    size, sold_out = len(active), 0
    relief, at = np.empty(size, dtype=np.int64), np.empty(size, dtype=np.int64)
    while low < high:
        middle = (low + high) // 2
        missing = _want_at(want, middle)[1] - sold_out
        for place in range(size):
            relief[place], at[place] = relieve(ends, active[place], middle)
        missing -= _count_sold(relief[:size], at[:size], want)
        if missing == 0:
            return middle
        if missing > 0:
            low = middle + 1
        else:
            high = middle
        if want.donors > 0:
            continue
        kept = 0
        for place in range(size):
            if missing < 0 and relief[place] >= 0:
                continue
            if missing > 0 and relief[place] < 0 and at[place] == ends.steps[active[place], 0]:
                sold_out += at[place]
                continue
            active[kept] = active[place]
            kept += 1
        size = kept
    return low


@compiled
def _count_sold(relief: IntArray, at: IntArray, want: Want) -> int:
    """Return the steps that lots sell, the best ``donors`` of them where that is a rule."""
    sold = 0
    if want.donors == 0:
        for place in range(len(relief)):
            if relief[place] < 0:
                sold += at[place]
        return int(sold)
    for place in np.argsort(relief, kind="mergesort")[: want.donors]:
        if relief[place] < 0:
            sold += at[place]
    return int(sold)
