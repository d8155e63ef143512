# SPDX-License-Identifier: EUPL-1.2
"""The checker's pass over every allowed pair: how many, the least cost they allow, who is stopped."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from typing import NamedTuple

import numpy as np

from matcher.check.bound import bound_exact, bound_plain
from matcher.check.market import Market
from matcher.check.pairs import count_stops, find_pairs, make_sieve, sift_lots
from matcher.check.relaxed import Table, Wish, bound_relaxed
from matcher.check.setbacks import Setting, count_setbacks
from matcher.check.space import Charges, charge_pairs
from matcher.compiling import compiled
from matcher.plan import Bounded
from matcher.problem.columns import BoolArray, CodeArray, IntArray
from matcher.problem.problem import Problem
from matcher.reasons import REASONS
from matcher.value import conversion_of_pair, price_load, price_pair, price_pay, price_trip

TOGETHER = 64
"""Requirements in one task of a thread."""


class Facts(NamedTuple):
    """What the rules of the plan need to know beside the pairs.

    Parameters
    ----------
    supply, least, indivisible, held, kind
        Of each lot: quantity, minimum take, taken whole, steps in a load, number of class and kind.
    lot_class
        Class of each lot.
    demand, least_met, donors, one_kind
        Of each requirement: quantity, steps delivered at least if any are, most lots, whether of one kind.
    ruled
        Whether any requirement of the problem has a rule of the plan.
    """

    supply: IntArray
    least: IntArray
    indivisible: BoolArray
    held: IntArray
    kind: IntArray
    lot_class: IntArray
    demand: IntArray
    least_met: IntArray
    donors: IntArray
    one_kind: BoolArray
    ruled: bool


class Stated(NamedTuple):
    """What the plan states that the pass needs.

    Parameters
    ----------
    prices, mu, bounded
        u of each lot; of each requirement the price of its project's budget, and how its cost was bounded.
    unmet
        Of each requirement, whether the plan has an unmet part of it.
    met, used
        Of each requirement: steps delivered, and lots used.
    left
        Of each requirement: what is left of its project's budget, in 1/1000 øre; -1 = no budget.
    match_start, match_lot
        Lots matched with each requirement.
    charges
        Prices of space in hubs.
    """

    prices: IntArray
    mu: IntArray
    bounded: CodeArray
    unmet: BoolArray
    met: IntArray
    used: IntArray
    left: IntArray
    match_start: IntArray
    match_lot: IntArray
    charges: Charges


class Seen(NamedTuple):
    """What the pass found of each requirement.

    Parameters
    ----------
    allowed
        Allowed pairs.
    least
        Least cost at the stated prices: in thousandths of 1/1000 øre where the problem is ruled, else in
        1/1000 øre.
    stopped
        Lots stopped at each reason, of requirements with an unmet part.
    """

    allowed: IntArray
    least: IntArray
    stopped: IntArray


def look_at_pairs(problem: Problem, market: Market, facts: Facts, stated: Stated, *, workers: int) -> Seen:
    """Look at every pair of every requirement.

    Parameters
    ----------
    problem, market, facts
        The problem, prepared.
    stated
        From the plan.
    workers
        Threads; what is found does not depend on it.
    """
    count = len(problem.requirements.id)
    seen = Seen(
        np.zeros(count, dtype=np.int64),
        np.zeros(count, dtype=np.int64),
        np.zeros((count, len(REASONS)), dtype=np.int64),
    )
    order = np.lexsort((problem.requirements.site, market.asked.sort))
    parts = [order[first : first + TOGETHER] for first in range(0, count, TOGETHER)]
    if workers == 1 or len(parts) == 1:
        look_at_rows(market, facts, stated, order, seen)
        return seen
    with ThreadPoolExecutor(max_workers=workers) as pool:
        for done in [pool.submit(look_at_rows, market, facts, stated, part, seen) for part in parts]:
            done.result()
    return seen


@compiled
def look_at_rows(market: Market, facts: Facts, stated: Stated, rows: IntArray, seen: Seen) -> None:
    """Look at every pair of some requirements; what is seen of each is its own place, so threads share it.

    Parameters
    ----------
    market, facts, stated
        As in `look_at_pairs`.
    rows
        Rows of requirements.
    seen
        Filled.
    """
    size = _count_most(market, rows) + 1
    lots, classes = np.empty(size, dtype=np.int64), np.empty(size, dtype=np.int64)
    metres, days = np.empty(size, dtype=np.int64), np.empty(size, dtype=np.int64)
    table, sieve = _make_table(size), make_sieve(market, size)
    sort, sifted = -1, np.zeros(seen.stopped.shape[1], dtype=np.int64)
    groups = np.zeros(len(sieve.totals), dtype=np.int64)
    rates = market.rates
    added = np.zeros(size, dtype=np.int64)
    for row in rows:
        if market.given:
            count = _take_given(market, facts, row, lots, table)
        else:
            if market.asked.sort[row] != sort:
                sort = market.asked.sort[row]
                sift_lots(market, row, sieve, sifted)
            count = find_pairs(market, sieve, row, lots, classes, metres, days)
            own = market.asked.own[row]
            for pair in range(count):
                lot, kind = lots[pair], classes[pair]
                table.cost[pair] = price_pair(rates, lot, kind, own, metres[pair], days[pair], row)
            new_cost, delivered = rates.new_cost[row] + rates.first_cost[row], market.asked.wanted_from[row]
            charge_pairs(stated.charges, count, classes, days, delivered, new_cost, table.cost, added)
            if facts.ruled:
                for pair in range(count):
                    lot, kind = lots[pair], classes[pair]
                    table.trip[pair] = price_trip(rates, kind, own, metres[pair], days[pair])
                    table.load[pair] = price_load(rates, kind, own, metres[pair], days[pair])
                    table.pay[pair] = price_pay(rates, lot, kind, own, metres[pair], days[pair], row)
                    table.top[pair], table.bottom[pair] = conversion_of_pair(rates, kind, own, row)
        for pair in range(count):
            table.price[pair] = stated.prices[lots[pair]]
        wish = Wish(
            facts.demand[row],
            rates.new_cost[row],
            rates.first[row],
            rates.first_cost[row],
            rates.new_money[row],
            facts.least_met[row],
            facts.donors[row],
            facts.one_kind[row],
            stated.mu[row],
        )
        seen.allowed[row] = count
        if facts.ruled:
            for pair in range(count):
                lot = lots[pair]
                table.supply[pair], table.least[pair] = facts.supply[lot], facts.least[lot]
                table.indivisible[pair], table.held[pair] = facts.indivisible[lot], facts.held[lot]
                table.kind[pair] = facts.kind[lot]
            if stated.bounded[row] == Bounded.RELAXED:
                seen.least[row] = bound_relaxed(table, count, wish)
            else:
                seen.least[row] = bound_exact(table, count, wish)
        else:
            seen.least[row] = bound_plain(table, count, wish)
        if stated.unmet[row]:
            table.cost[:count] -= added[:count]
            if not market.given:
                seen.stopped[row] = sifted
                count_stops(market, sieve, row, groups, seen.stopped[row])
            setting = Setting(
                facts.ruled,
                stated.met[row],
                stated.used[row],
                stated.left[row],
                stated.match_lot[stated.match_start[row] : stated.match_start[row + 1]],
            )
            count_setbacks(table, count, lots, wish, setting, seen.stopped[row])


@compiled
def _count_most(market: Market, rows: IntArray) -> int:
    """Return more pairs than any of the requirements has."""
    shelf, asked = market.shelf, market.asked
    squares = shelf.rows * shelf.columns
    most = 0
    for row in rows:
        here = 0
        if market.given:
            here = market.given_start[row + 1] - market.given_start[row]
        else:
            own = asked.own[row]
            for spot in range(asked.offer_start[own], asked.offer_start[own + 1]):
                offered = asked.offer[spot]
                here += shelf.start[(offered + 1) * squares] - shelf.start[offered * squares]
        most = max(most, here)
    return int(most)


@compiled
def _make_table(size: int) -> Table:
    return Table(
        np.zeros(size, dtype=np.int64),
        np.zeros(size, dtype=np.int64),
        np.zeros(size, dtype=np.int64),
        np.zeros(size, dtype=np.int64),
        np.ones(size, dtype=np.int64),
        np.ones(size, dtype=np.int64),
        np.zeros(size, dtype=np.int64),
        np.zeros(size, dtype=np.int64),
        np.zeros(size, dtype=np.bool_),
        np.zeros(size, dtype=np.int64),
        np.zeros(size, dtype=np.int64),
        np.zeros(size, dtype=np.int64),
    )


@compiled
def _take_given(market: Market, facts: Facts, row: int, lots: IntArray, table: Table) -> int:
    """Write the pairs given for a requirement, and return how many there are."""
    first, last = market.given_start[row], market.given_start[row + 1]
    own = market.asked.own[row]
    for pair in range(last - first):
        lot = market.given_lot[first + pair]
        lots[pair] = lot
        table.cost[pair] = market.given_cost[first + pair]
        table.pay[pair] = market.given_cost[first + pair]
        table.trip[pair] = market.given_trip[first + pair]
        table.load[pair] = market.given_load[first + pair]
        table.top[pair], table.bottom[pair] = conversion_of_pair(market.rates, facts.lot_class[lot], own, row)
    return int(last - first)
