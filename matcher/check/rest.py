# SPDX-License-Identifier: EUPL-1.2
"""What the lots still to come must cost at least, were each to be had in part at its best cost a step."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from matcher.check.offers import Offer, Want, cost_short, cost_taken
from matcher.compiling import compiled
from matcher.problem.columns import IntArray

NEVER = 2**62
"""Cost of what cannot be reached."""


class Rest(NamedTuple):
    """Lots in rising cost of a step, as sums from the first one on.

    Parameters
    ----------
    steps, cost
        Of the first n lots together, n from 0: all their steps, and the least those can cost.
    cheap, cheap_first
        How many lots cost less a step than one bought new: beyond the first steps, and among them.
    """

    steps: IntArray
    cost: IntArray
    cheap: int
    cheap_first: int


@compiled
def cost_step(offer: Offer, one: int) -> float:
    """Return the least cost of a step of a lot, however many are taken."""
    most, step = offer.most[one], offer.step[one]
    least = cost_taken(offer, one, most) / most
    if step > 0:
        full = most // step * step
        if full >= max(offer.least[one], 1):
            least = min(least, cost_taken(offer, one, full) / full)
    return float(least)


@compiled
def lay_rest(offer: Offer, want: Want, order: IntArray) -> Rest:
    """Add up lots in the order given, which is that of rising `cost_step`."""
    size = len(order)
    steps, cost = np.zeros(size + 1, dtype=np.int64), np.zeros(size + 1, dtype=np.int64)
    cheap, cheap_first = 0, 0
    for place in range(size):
        one = order[place]
        rate = cost_step(offer, one)
        steps[place + 1] = steps[place] + offer.most[one]
        cost[place + 1] = cost[place] + np.int64(np.floor(rate * offer.most[one]))
        cheap += rate < want.value
        cheap_first += rate < want.value + want.extra
    return Rest(steps, cost, cheap, cheap_first)


@compiled
def _count_place(rest: Rest, place: int, steps: int) -> int:
    """Return how many lots are used up from one on when so many steps are taken."""
    return int(np.searchsorted(rest.steps, rest.steps[place] + steps, side="right")) - 1


@compiled
def _cost_steps(rest: Rest, place: int, steps: int) -> int:
    """Return the least cost of so many steps from the lots from one on, the last of them in part."""
    if steps <= 0:
        return 0
    if rest.steps[-1] - rest.steps[place] < steps:
        return NEVER
    last = _count_place(rest, place, steps)
    cost = rest.cost[last] - rest.cost[place]
    part = steps - (rest.steps[last] - rest.steps[place])
    if part > 0:
        whole, most = rest.cost[last + 1] - rest.cost[last], rest.steps[last + 1] - rest.steps[last]
        cost += whole // most * part + whole % most * part // most
    return int(cost - (cost >> 48) - 1)  # sums and the order rest on floats


@compiled
def _mix(rest: Rest, place: int, steps: int, slope: float, room: int) -> int:
    """Return the least cost of so many steps where ``room`` of them can be had at ``slope`` as well."""
    if room == 0:
        return _cost_steps(rest, place, steps)
    low, high = place, len(rest.steps) - 1
    while low < high:  # lots that cost less a step than the slope come first
        middle = (low + high) // 2
        whole, most = rest.cost[middle + 1] - rest.cost[middle], rest.steps[middle + 1] - rest.steps[middle]
        if whole < slope * most:
            low = middle + 1
        else:
            high = middle
    own = min(max(steps - (rest.steps[low] - rest.steps[place]), 0), room)
    cost = _cost_steps(rest, place, steps - own)
    return NEVER if cost == NEVER else int(cost + slope * own)


@compiled
def bound_rest(rest: Rest, want: Want, place: int, reached: int, slope: int, room: int) -> int:
    """Return the least cost of what is still taken and of what stays short, from a state on.

    Parameters
    ----------
    rest, want
        All lots and the requirement.
    place
        The first lot that is still to come.
    reached
        Steps there are.
    slope, room
        Cost of a step of the lot that is open, and how many more it may give; 0 and 0 where none is.

    Notes
    -----
    What is taken and what is short together are convex between the steps that have to be met, those that
    cost more when short, and the demand: so the least is at one of these, or where the next lot costs as
    much as a step that is short.
    """
    start = max(want.least, 1)
    best = NEVER
    ends = ((start, want.first, rest.cheap_first, want.value + want.extra),
            (max(start, want.first), want.demand, rest.cheap, want.value))  # fmt: skip
    for begin, end, cheap, value in ends:
        at = reached + rest.steps[max(cheap, place)] - rest.steps[place] + (room if slope < value else 0)
        target = max(min(at, end), begin)
        for steps in (target, begin):
            cost = _mix(rest, place, max(steps - reached, 0), float(slope), room)
            if cost < NEVER:
                best = min(best, cost + cost_short(want, max(steps, reached)))
    return int(best)
