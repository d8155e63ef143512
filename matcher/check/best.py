# SPDX-License-Identifier: EUPL-1.2
"""The exact least cost of one requirement at given prices: a small dynamic programme over its lots."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from matcher.check.first import find_first
from matcher.check.offers import Offer, Want, bound_at, cost_short, find_best_price, lay_ends
from matcher.check.rest import Rest, bound_rest, cost_step, lay_rest
from matcher.compiling import compiled
from matcher.problem.columns import IntArray

UNPROVEN = -(2**62)
"""Answered where more states would be needed than `MOST_STATES`."""
MOST_STATES = 4_000_000
MANY_STATES = 48
"""From so many states on, those that are worse than another are looked for."""
STATE = 6
"""Columns of a state: what is spent, reached and used, and of the lot that is open its slope and limits."""
SPENT, REACHED, USED, SLOPE, BEGIN, END = range(STATE)
CLOSED = -1
"""Slope of a state in which no lot is open."""


class Ahead(NamedTuple):
    """What is known of the lots that a state has not been offered yet.

    Parameters
    ----------
    want
        The requirement.
    price, base, rest
        Lagrange's bound: price of a delivered step, the bound less all that lots take off it, and the least
        that the lots ahead can take off, by how many of them may be used.
    lots, place
        The same lots to be had in part, and the first one ahead.
    """

    want: Want
    price: int
    base: int
    rest: IntArray
    lots: Rest
    place: int


@compiled
def find_least(offer: Offer, want: Want, best: int) -> int:
    """Return the least cost of a plan that takes anything, or ``best`` where none costs less.

    Parameters
    ----------
    offer, want
        Lots and requirement. More may be delivered than is wanted; with no cost below 0 that never pays.
    best
        Cost to beat, such as that of taking nothing.

    Notes
    -----
    A plan is looked for that costs little more than the bound; where there is none, among dearer ones, up to
    the cost of a first plan: so what is left out is proven dearer than what is found. `UNPROVEN` where that
    takes too many states.
    """
    size = len(offer.most)
    donors = want.donors if want.donors < size else 0
    want = Want(want.demand, want.least, want.value, want.first, want.extra, donors)
    most = np.sort(offer.most)[::-1]
    if most[: donors if donors > 0 else size].sum() < max(want.least, 1):
        return best
    relief, top = np.empty(size, dtype=np.int64), np.zeros(donors, dtype=np.int64)
    ends = lay_ends(offer)
    price = find_best_price(ends, want)
    bound = bound_at(ends, want, price, relief, top)
    if bound >= best:
        return best
    best = find_first(offer, want, relief, best)
    spread = max((best - bound) >> 6, 1)
    while True:
        limit = min(best, bound + spread)
        found = _search_below(offer, want, price, bound, relief, top, limit)
        if found < limit or limit == best:
            return found
        spread *= 2


@compiled
def _search_below(
    offer: Offer, want: Want, price: int, bound: int, relief: IntArray, top: IntArray, limit: int
) -> int:
    """Return the least cost of a plan below ``limit``, or ``limit`` where there is none."""
    counted = np.minimum(relief, 0)
    base = bound - counted.sum()
    if len(top) > 0:
        counted[:] = top[-1]
        base = bound - top.sum()
    keep = np.empty(len(relief), dtype=np.int64)
    kept = 0
    for one in range(len(relief)):
        if bound + relief[one] - counted[one] < limit:
            keep[kept] = one
            kept += 1
    if kept == 0:
        return limit
    rates = np.empty(kept, dtype=np.float64)
    for place in range(kept):
        rates[place] = cost_step(offer, keep[place])
    keep = keep[np.argsort(rates, kind="mergesort")]
    lots = lay_rest(offer, want, keep)
    # the least that lots from each one on can take off the bound, by how many of them may be used
    width = len(top)
    rest = np.zeros((kept + 1, width + 1), dtype=np.int64)
    for place in range(kept - 1, -1, -1):
        gain = min(relief[keep[place]], 0)
        rest[place, 0] = rest[place + 1, 0] + (gain if width == 0 else 0)
        for left in range(1, width + 1):
            rest[place, left] = min(rest[place + 1, left], rest[place + 1, left - 1] + gain)
    states = np.zeros((64, STATE), dtype=np.int64)
    states[0, SLOPE] = CLOSED
    count = 1
    best = limit
    for place in range(kept):
        one = keep[place]
        ways = _list_ways(offer, one, price, limit - bound + counted[one])
        ahead = Ahead(want, price, base, rest[place + 1], lots, place + 1)
        states, count, best = _take_ways(ways, states, count, ahead, best)
        if count > MOST_STATES:
            return UNPROVEN
        count = _drop_hopeless(states, count, ahead, best)
        if count > MANY_STATES:
            states, count = _drop_worse(states, count, width)
    return best


@compiled
def _list_ways(offer: Offer, one: int, price: int, below: int) -> IntArray:
    """Return the ways to take from a lot that take less than ``below`` at a price, as additions to a state.

    Notes
    -----
    To the end of a load, all, the least, or some of one load: then it is open how much, and it is decided in
    the end. In a plan no two lots need be open: steps could be shifted from one to the other, at no greater
    cost, until one stands at the end of a load.
    """
    least, most, step = offer.least[one], offer.most[one], offer.step[one]
    first = -(-least // step) if step > 0 else 1
    last = -(-most // step) if step > 0 else 1
    ways = np.empty((8, STATE), dtype=np.int64)
    count = 0
    for nth in range(first, last + 1):
        begin = max(least, (nth - 1) * step + 1) if step > 0 else least
        end = min(most, nth * step) if step > 0 else most
        fixed = offer.fixed[one] + (offer.load[one] * nth if step > 0 else 0)
        slope = offer.unit[one] - price
        if fixed + min(slope * begin, slope * end) >= below:
            continue
        if count + 3 > len(ways):
            larger = np.empty((2 * len(ways), STATE), dtype=np.int64)
            larger[:count] = ways[:count]
            ways = larger
        for closed in (end, begin):
            wished = closed == end or begin == least
            if wished and (closed == end or begin < end) and fixed + slope * closed < below:
                ways[count, SPENT], ways[count, REACHED] = fixed + offer.unit[one] * closed, closed
                ways[count, USED], ways[count, SLOPE] = 1, CLOSED
                ways[count, BEGIN], ways[count, END] = 0, 0
                count += 1
        if end - begin > (1 if begin == least else 0):
            ways[count, SPENT], ways[count, REACHED], ways[count, USED] = fixed, 0, 1
            ways[count, SLOPE], ways[count, BEGIN], ways[count, END] = offer.unit[one], begin, end
            count += 1
    return ways[:count]


@compiled
def _take_ways(
    ways: IntArray,
    states: IntArray,
    count: int,
    ahead: Ahead,
    best: int,
) -> tuple[IntArray, int, int]:
    """Add to the states every way of taking from one more lot that may still end below ``best``."""
    want, width = ahead.want, len(ahead.rest) - 1
    start = max(want.least, 1)
    before = count
    new = np.empty(STATE, dtype=np.int64)
    for old in range(before):
        if width > 0 and states[old, USED] >= width:
            continue
        closed = states[old, SLOPE] == CLOSED
        for nth in range(len(ways)):
            if ways[nth, SLOPE] != CLOSED and not closed:
                continue
            for column in (SPENT, REACHED, USED):
                new[column] = states[old, column] + ways[nth, column]
            for column in (SLOPE, BEGIN, END):
                new[column] = ways[nth, column] if closed else states[old, column]
            if not _may_end_below(new, ahead, best):
                continue
            best = min(best, _finish(new, want, start))
            if new[REACHED] + new[BEGIN] >= want.demand:
                continue
            if count == len(states):
                larger = np.zeros((2 * count, STATE), dtype=np.int64)
                larger[:count] = states
                states = larger
            states[count] = new
            count += 1
    return states, count, best


@compiled
def _may_end_below(state: IntArray, ahead: Ahead, best: int) -> bool:
    """Tell whether a plan that goes on from a state may cost less than ``best``, by either of two bounds."""
    opened = state[SLOPE] != CLOSED
    hope = ahead.base + state[SPENT] - ahead.price * state[REACHED]
    hope += ahead.rest[max(len(ahead.rest) - 1 - state[USED], 0)]
    if opened:
        slope = state[SLOPE] - ahead.price
        hope += slope * (state[END] if slope < 0 else state[BEGIN])
    if hope >= best:
        return False
    if not opened:
        rest = bound_rest(ahead.lots, ahead.want, ahead.place, state[REACHED], 0, 0)
        return bool(state[SPENT] + rest < best)
    begin, room = state[BEGIN], state[END] - state[BEGIN]
    rest = bound_rest(ahead.lots, ahead.want, ahead.place, state[REACHED] + begin, state[SLOPE], room)
    return bool(state[SPENT] + state[SLOPE] * begin + rest < best)


@compiled
def _finish(state: IntArray, want: Want, start: int) -> int:
    """Return the cost of stopping at a state, as much taken of its open lot as is best."""
    best = np.int64(2**62)
    reached, begin, end = state[REACHED], state[BEGIN], state[END]
    slope = max(state[SLOPE], 0)
    for target in (start, want.first, want.demand, reached + begin, reached + end):
        steps = min(max(target - reached, begin), end)
        if reached + steps >= start:
            best = min(best, state[SPENT] + slope * steps + cost_short(want, reached + steps))
    return int(best)


@compiled
def _drop_hopeless(states: IntArray, count: int, ahead: Ahead, best: int) -> int:
    """Keep the states that may still end below ``best``, and return how many they are."""
    kept = 0
    for old in range(count):
        if _may_end_below(states[old], ahead, best):
            if kept < old:
                states[kept] = states[old]
            kept += 1
    return kept


@compiled
def _drop_worse(states: IntArray, count: int, width: int) -> tuple[IntArray, int]:
    """Drop states for which another has reached as much, spent no more and used no more lots."""
    order = np.argsort(states[:count, SPENT], kind="mergesort")
    for column in (REACHED, END, BEGIN, SLOPE):
        order = order[np.argsort(-states[order, column], kind="mergesort")]
    least = np.full(width + 1, 2**62, dtype=np.int64)
    kept = np.empty((max(len(states), 64), STATE), dtype=np.int64)
    size = 0
    for nth in range(count):
        state = states[order[nth]]
        if nth > 0:
            other = states[order[nth - 1]]
            if state[SLOPE] != other[SLOPE] or state[BEGIN] != other[BEGIN] or state[END] != other[END]:
                least[:] = 2**62
        used = min(state[USED], width)
        if state[SPENT] >= least[used]:
            continue
        for more in range(used, width + 1):
            least[more] = min(least[more], state[SPENT])
        kept[size] = state
        size += 1
    return kept, size
