# SPDX-License-Identifier: EUPL-1.2
"""What one requirement wants, what is open to it, and the best bound that one price of a step can prove."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from matcher.columns import IntArray
from matcher.compiling import compiled

HALVINGS = 48


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


@compiled
def relieve(offer: Offer, one: int, price: int) -> tuple[int, int]:
    """Return the least of cost less ``price`` a step over all that may be taken of a lot, and where it is.

    Notes
    -----
    Inside a load the cost is linear, from one full load to the next as well: so it is least at an end.
    """
    least, most, step = offer.least[one], offer.most[one], offer.step[one]
    best, at = cost_taken(offer, one, most) - price * most, most
    other = cost_taken(offer, one, least) - price * least
    if other < best:
        best, at = other, least
    if step > 0:
        for full in (most // step * step, -(-least // step) * step):
            if least <= full <= most:
                other = cost_taken(offer, one, full) - price * full
                if other < best:
                    best, at = other, full
    return best, at


@compiled
def bound_at(
    offer: Offer, want: Want, price: int, relief: IntArray, at: IntArray, top: IntArray
) -> tuple[int, int]:
    """Return a lower bound of every plan that takes anything, and how many steps it is short there.

    Parameters
    ----------
    offer, want
        Lots and requirement.
    price
        What a delivered step is worth, any whole number from 0.
    relief, at
        Filled: `relieve` of each lot.
    top
        Filled: the ``donors`` least reliefs below 0, rising; 0 where there are fewer.

    Notes
    -----
    The demand is bought at ``price`` a step, and each lot sells what is best for itself: Lagrange's bound.
    """
    start = max(want.least, 1)
    best, wanted = cost_short(want, start) + price * start, start
    for reached in (want.first, want.demand):
        if reached >= start:
            cost = cost_short(want, reached) + price * reached
            if cost < best:
                best, wanted = cost, reached
    sold = 0
    top[:] = 0
    top_steps = np.zeros(len(top), dtype=np.int64)
    for one in range(len(relief)):
        relief[one], at[one] = relieve(offer, one, price)
        if relief[one] >= 0:
            continue
        if want.donors == 0:
            best += relief[one]
            sold += at[one]
        elif relief[one] < top[-1]:
            place = len(top) - 1
            while place > 0 and top[place - 1] > relief[one]:
                top[place], top_steps[place] = top[place - 1], top_steps[place - 1]
                place -= 1
            top[place], top_steps[place] = relief[one], at[one]
    if want.donors > 0:
        best += top.sum()
        sold = top_steps.sum()
    return best, wanted - sold


@compiled
def find_best_price(
    offer: Offer, want: Want, relief: IntArray, at: IntArray, top: IntArray
) -> tuple[int, int]:
    """Return the price at which `bound_at` is highest, nearly, and that bound."""
    high = want.value + want.extra
    if want.least > 0:
        for one in range(len(offer.most)):
            dearest = cost_taken(offer, one, offer.most[one]) // offer.most[one]
            high = max(high, dearest)
    low, high = 0, min(high + 1, 2**60 // want.demand)
    best_price = high
    best, _ = bound_at(offer, want, high, relief, at, top)
    for _ in range(HALVINGS):
        if low >= high:
            break
        middle = (low + high) // 2
        bound, missing = bound_at(offer, want, middle, relief, at, top)
        if bound > best:
            best, best_price = bound, middle
        if missing > 0:
            low = middle + 1
        elif missing < 0:
            high = middle
        else:
            break
    return best_price, best
