# SPDX-License-Identifier: EUPL-1.2
"""All pairs of one requirement with their prices, and the relaxed bound of what it costs at least."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from matcher.check.offers import Want, cost_short
from matcher.compiling import compiled
from matcher.problem.columns import BoolArray, IntArray

THOUSAND = 1000
FINE = 1024
"""Parts of a thousandth that the rates of the relaxed bound are rounded down to."""
FAR = 2.0**61
"""Costs beyond this are held as floats."""


class Table(NamedTuple):
    """All pairs of one requirement; arrays of one length, or longer: the first ``count`` hold.

    Parameters
    ----------
    cost, trip, load, pay, top, bottom
        c, f, g, money of a step, P and Q of each.
    supply, least, indivisible, held, kind
        Of the lot: quantity, minimum take, taken whole, steps in a load, number of class and kind.
    price
        u of the lot.
    """

    cost: IntArray
    trip: IntArray
    load: IntArray
    pay: IntArray
    top: IntArray
    bottom: IntArray
    supply: IntArray
    least: IntArray
    indivisible: BoolArray
    held: IntArray
    kind: IntArray
    price: IntArray


class Wish(NamedTuple):
    """One requirement; money in cost units.

    Parameters
    ----------
    demand, new_cost, first, first_cost, new_money
        d, N, steps of the fair share and what each costs more, money of a step bought new.
    least, donors, one_kind
        Steps delivered at least if any are; most lots, 0 = any; whether all share class and kind.
    mu
        Price of the project's budget, permille.
    """

    demand: int
    new_cost: int
    first: int
    first_cost: int
    new_money: int
    least: int
    donors: int
    one_kind: bool
    mu: int


@compiled
def read_want(wish: Wish) -> Want:
    """Return what a requirement wants in thousandths, the price of its budget put in."""
    value = THOUSAND * wish.new_cost + wish.mu * wish.new_money
    extra = THOUSAND * wish.first_cost
    return Want(wish.demand, wish.least, value, wish.first, extra, wish.donors)


@compiled
def estimate_step(table: Table, pair: int, wish: Wish) -> float:
    """Return what a step of a pair costs in thousandths, as a float that cannot overflow."""
    own = THOUSAND * (float(table.cost[pair]) + float(table.price[pair]))
    return own + float(wish.mu) * float(table.pay[pair])


@compiled
def count_step(table: Table, pair: int, wish: Wish) -> int:
    """Return what a step of a pair costs in thousandths."""
    return int(THOUSAND * (table.cost[pair] + table.price[pair]) + wish.mu * table.pay[pair])


@compiled
def bound_relaxed(table: Table, count: int, wish: Wish) -> int:
    """Return the relaxed bound in thousandths: rules dropped, trips and loads spread over what a lot gives.

    Parameters
    ----------
    table, count
        All pairs of the requirement.
    wish
        The requirement.

    Notes
    -----
    Most donors, one kind, minimum takes and indivisible lots are dropped. The rate of a lot is what a
    delivered step costs where all it could give is taken, in 1/1024 of a thousandth, rounded down; lots are
    filled in rising rate, those of a rate below 0 whole.
    """
    want = read_want(wish)
    nothing = cost_short(want, 0)
    rates, whole = np.empty(count, dtype=np.int64), np.zeros(count, dtype=np.int64)
    paid = np.zeros(count, dtype=np.int64)
    kept = 0
    for pair in range(count):
        top, bottom = table.top[pair], table.bottom[pair]
        most = min(table.supply[pair], (want.demand * bottom + top - 1) // top)
        if most * top // bottom < 1:
            continue
        whole[kept] = most * top // bottom
        step = estimate_step(table, pair, wish)
        if step * most > FAR:
            rates[kept] = int(min(0.999 * FINE * step * bottom / top, FAR))
        else:
            spread = table.trip[pair]
            if table.held[pair] > 0:
                spread += table.load[pair] * most // table.held[pair]
            paid[kept] = count_step(table, pair, wish) * most + (THOUSAND + wish.mu) * spread
            rates[kept] = scale_down(paid[kept], FINE * bottom, most * top)
        kept += 1
    spent, parts, reached = 0, 0, 0
    for place in np.argsort(rates[:kept], kind="mergesort"):
        rate = rates[place]
        if rate < 0:
            # all of it, to the last step that delivers nothing
            spent += paid[place]
            reached = min(reached + whole[place], want.demand)
            continue
        while reached < want.demand and whole[place] > 0:
            value = want.value + (want.extra if reached < want.first else 0)
            stop = want.demand
            if rate // FINE >= want.value:
                stop = max(want.least, want.first)
            if rate // FINE >= value:
                stop = want.least
            steps = min(whole[place], stop - reached)
            if steps <= 0:
                break
            spent += rate // FINE * steps
            parts += rate % FINE * steps
            spent += parts // FINE
            parts %= FINE
            reached += steps
            whole[place] -= steps
    fixed = wish.mu * wish.new_money * wish.demand
    if reached < want.least:
        return nothing - fixed
    return min(nothing, spent + cost_short(want, reached)) - fixed


@compiled
def scale_down(value: int, times: int, by: int) -> int:
    """Return floor(value times / by) without passing 64 bits on the way; ``times`` and ``by`` above 0."""
    whole, left = value // by, value % by
    result = whole * times
    if left == 0:
        return result
    if times <= (2**63 - 1) // left:
        return result + left * times // by
    # left < by < 2**62: double and add, bit by bit, the quotient kept apart
    quotient, rest = 0, 0
    for bit in range(62, -1, -1):
        quotient, rest = 2 * quotient, 2 * rest
        if rest >= by:
            quotient, rest = quotient + 1, rest - by
        if times >> bit & 1:
            rest += left
            if rest >= by:
                quotient, rest = quotient + 1, rest - by
    return result + quotient
