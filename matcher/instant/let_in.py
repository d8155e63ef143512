# SPDX-License-Identifier: EUPL-1.2
"""The engine asked again with a requirement changed: which lots does it let in, and at which cost."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from matcher.compatibility import ALLOWED, Facts
from matcher.compiling import compiled
from matcher.grid import Grid
from matcher.instant.judge import judge_many
from matcher.instant.scan import list_outcome
from matcher.problem.columns import OPEN, UNKNOWN, BoolArray, DayArray, IntArray, RowArray
from matcher.reasons import NO_LOT_OF_CLASS
from matcher.value import Rates, price_pair


class LetIn(NamedTuple):
    """What changes let in.

    Parameters
    ----------
    lots, steps
        Of each change: how many lots it lets in, and the steps there of them.
    start
        Offers of change k are ``start[k]:start[k + 1]``.
    lot, cost
        Of each offer, as far as c + u <= v: place and c of a lot let in, or of one allowed before that is
        priced again.
    """

    lots: IntArray
    steps: IntArray
    start: IntArray
    lot: RowArray
    cost: IntArray


@compiled
def let_in_lots(  # Numba takes no keyword-only arguments
    facts: Facts,
    rates: Rates,
    grid: Grid,
    roads: DayArray,
    quantity: IntArray,
    prices: IntArray,
    asked: IntArray,
    rules: IntArray,
    again: BoolArray,
    worth: IntArray,
    sorted_start: IntArray,
    sorted_lot: RowArray,
) -> LetIn:
    """Ask the engine about each changed requirement.

    Parameters
    ----------
    facts, rates, roads
        Of the question of the changed requirements.
    grid, quantity, prices
        Of the offer.
    asked, rules
        Of each change: the row of the requirement in the question as it was, and the rule loosened.
    again
        Whether the change moves the cost of lots that were allowed before.
    worth
        v of each requirement as it was: a lot dearer than that changes nothing.
    sorted_start, sorted_lot
        What became of each lot then (`matcher.instant.scan.Judged`).

    Notes
    -----
    Only what the loosened rule stopped can be let in: rules before it stopped others, and still do. A lot
    that was allowed stays so.
    """
    count = len(asked)
    more, steps, start = np.zeros(count, np.int64), np.zeros(count, np.int64), np.zeros(count + 1, np.int64)
    lots, costs = np.empty(1024, np.int32), np.empty(1024, np.int64)
    size = 0
    for change in range(count):
        road = roads[facts.wanted_site[change] - roads.shape[1]]
        before = list_outcome(sorted_start, sorted_lot, asked[change], rules[change])
        found = _list_let_in(facts, grid, quantity, road, change, rules[change], before)
        more[change] = len(found)
        for lot in found:
            steps[change] += quantity[lot]
        if again[change]:
            found = np.append(found, list_outcome(sorted_start, sorted_lot, asked[change], ALLOWED))
        if size + len(found) > len(lots):
            lots, costs = _widen(lots, costs, 2 * (size + len(found)))
        size = _price(facts, rates, road, prices, change, found, worth[asked[change]], lots, costs, size)
        start[change + 1] = size
    return LetIn(more, steps, start, lots[:size], costs[:size])


@compiled
def _price(  # as above
    facts: Facts,
    rates: Rates,
    road: DayArray,
    prices: IntArray,
    change: int,
    found: RowArray,
    worth: int,
    lots: RowArray,
    costs: IntArray,
    size: int,
) -> int:
    own, count = facts.wanted_class[change], len(found)
    ways, waits = np.empty(count, np.int64), np.empty(count, np.int64)
    judge_many(facts, road, change, found, np.empty(count, np.int8), ways, waits)
    for place in range(count):
        lot = found[place]
        cost = price_pair(rates, lot, facts.lot_class[lot], own, ways[place], waits[place], change)
        if cost + prices[lot] <= worth:
            lots[size], costs[size] = lot, cost
            size += 1
    return size


@compiled
def _widen(lots: RowArray, costs: IntArray, room: int) -> tuple[RowArray, IntArray]:
    wider_lots, wider_costs = np.empty(room, np.int32), np.empty(room, np.int64)
    wider_lots[: len(lots)], wider_costs[: len(costs)] = lots, costs
    return wider_lots, wider_costs


@compiled
def find_nearest_values(  # as above
    facts: Facts,
    grid: Grid,
    roads: DayArray,
    quantity: IntArray,
    asked: IntArray,
    rules: IntArray,
    columns: IntArray,
    signs: IntArray,
    sorted_start: IntArray,
    sorted_lot: RowArray,
) -> DayArray:
    """Return for each probe of an attribute the value nearest to its bound among the lots it lets in.

    Parameters
    ----------
    facts, roads
        Of the question of the probes.
    grid, quantity, asked, rules, sorted_start, sorted_lot
        As in `let_in_lots`.
    columns
        Column of the attribute of each probe.
    signs
        1 where the greatest value is nearest, -1 where the least is, 0 where it does not matter.
    """
    nearest = np.full(len(asked), UNKNOWN, np.int32)
    for probe in range(len(asked)):
        road = roads[facts.wanted_site[probe] - roads.shape[1]]
        before = list_outcome(sorted_start, sorted_lot, asked[probe], rules[probe])
        best = OPEN if signs[probe] < 0 else UNKNOWN
        for lot in _list_let_in(facts, grid, quantity, road, probe, rules[probe], before):
            value = facts.lot_attribute[lot, columns[probe]]
            if signs[probe] == 0:
                best = 0
            elif signs[probe] > 0:
                best = max(best, value)
            else:
                best = min(best, value)
        nearest[probe] = UNKNOWN if best == OPEN else best
    return nearest


@compiled
def _list_let_in(  # as above
    facts: Facts, grid: Grid, quantity: IntArray, road: DayArray, change: int, rule: int, before: RowArray
) -> RowArray:
    """Return the lots that a changed requirement allows and that its rule stopped before."""
    if rule == NO_LOT_OF_CLASS:
        before = _list_substitutes(facts, grid, quantity, change)
    reach = facts.wanted_metres[change]
    found, size = np.empty(len(before) + 1, np.int32), np.int64(0)
    for lot in before:
        found[size] = lot
        size += np.int64(road[facts.lot_site[lot]] <= reach)
    reasons, ways, waits = np.empty(size, np.int8), np.empty(size, np.int64), np.empty(size, np.int64)
    judge_many(facts, road, change, found[:size], reasons, ways, waits)
    allowed = np.int64(0)
    for place in range(size):
        found[allowed] = found[place]
        allowed += np.int64(reasons[place] == ALLOWED)
    return found[:allowed]


@compiled
def _list_substitutes(facts: Facts, grid: Grid, quantity: IntArray, change: int) -> RowArray:
    """Return the lots of the classes that may stand in for the one wanted."""
    own, cells = facts.wanted_class[change], grid.columns * grid.rows
    room = 0
    for offer in range(grid.offer_start[own] + 1, grid.offer_start[own + 1]):
        room += grid.start[(grid.offer[offer] + 1) * cells] - grid.start[grid.offer[offer] * cells]
    found, size = np.empty(room + 1, np.int32), np.int64(0)
    for offer in range(grid.offer_start[own] + 1, grid.offer_start[own + 1]):
        for lot in range(grid.start[grid.offer[offer] * cells], grid.start[(grid.offer[offer] + 1) * cells]):
            found[size] = lot
            size += np.int64(quantity[lot] > 0)
    return found[:size]
