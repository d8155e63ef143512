# SPDX-License-Identifier: EUPL-1.2
"""Every lot of the classes a requirement accepts, judged: allowed at which cost, or stopped by which rule."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from matcher.compatibility import ALLOWED, Facts
from matcher.compiling import compiled
from matcher.grid import Grid
from matcher.instant.judge import judge_many
from matcher.problem.columns import CodeArray, DayArray, IntArray, RowArray
from matcher.reasons import REASONS
from matcher.value import Rates, price_pair

_REASONS = len(REASONS)
ABSENT = -2
"""Nothing is left of the lot: it is not there."""


class Judged(NamedTuple):
    """Lots judged for requirements.

    Parameters
    ----------
    start
        Allowed lots of requirement j are ``start[j]:start[j + 1]``.
    lot, cost, metres, days
        Of each allowed lot: place, c in 1/1000 øre, road, days in storage.
    stopped
        Lots stopped by each rule, one row a requirement.
    sorted_start, sorted_lot
        Every lot of the accepted classes by what became of it, a rule, `ALLOWED` or `ABSENT`: see
        `list_outcome`.
    """

    start: IntArray
    lot: RowArray
    cost: IntArray
    metres: IntArray
    days: IntArray
    stopped: IntArray
    sorted_start: IntArray
    sorted_lot: RowArray


@compiled
def judge_lots(facts: Facts, rates: Rates, grid: Grid, roads: DayArray, quantity: IntArray) -> Judged:
    """Judge every lot of the classes that each requirement of a question accepts.

    Parameters
    ----------
    facts, rates, roads
        Of a question.
    grid
        Of the offer; lots stand in its order.
    quantity
        Steps still there of each lot.
    """
    count = len(facts.wanted_class)
    room = _count_offered(facts, grid)
    widest = 0
    for size in room:
        widest = max(widest, size)
    sorted_start = np.zeros((count, _REASONS - ABSENT + 1), np.int64)
    sorted_lot = np.empty(room.sum(), np.int32)
    outcome, seen = np.empty(widest, np.int8), np.empty(widest, np.int32)
    ways, waits = np.empty(widest, np.int64), np.empty(widest, np.int64)
    start = np.zeros(count + 1, np.int64)
    first = 0
    for wanted in range(count):
        road = roads[facts.wanted_site[wanted] - roads.shape[1]]
        size = _judge_one(facts, grid, quantity, road, wanted, seen, outcome, ways, waits)
        _sort_by_outcome(seen, outcome, size, first, sorted_start[wanted], sorted_lot)
        start[wanted + 1] = start[wanted] + len(list_outcome(sorted_start, sorted_lot, wanted, ALLOWED))
        first += size
    stopped = sorted_start[:, 1 - ABSENT :] - sorted_start[:, -ABSENT:-1]
    lots, costs = np.empty(start[count], np.int32), np.empty(start[count], np.int64)
    metres, days = np.empty(start[count], np.int64), np.empty(start[count], np.int64)
    for wanted in range(count):
        road = roads[facts.wanted_site[wanted] - roads.shape[1]]
        first, last = start[wanted], start[wanted + 1]
        lots[first:last] = list_outcome(sorted_start, sorted_lot, wanted, ALLOWED)
        _price_one(
            facts,
            rates,
            road,
            wanted,
            lots[first:last],
            costs[first:last],
            metres[first:last],
            days[first:last],
        )
    return Judged(start, lots, costs, metres, days, stopped, sorted_start, sorted_lot)


@compiled
def list_outcome(sorted_start: IntArray, sorted_lot: RowArray, wanted: int, outcome: int) -> RowArray:
    """Return the lots of a requirement with one outcome: a rule, `ALLOWED` or `ABSENT`."""
    return sorted_lot[sorted_start[wanted, outcome - ABSENT] : sorted_start[wanted, outcome - ABSENT + 1]]


@compiled
def _count_offered(facts: Facts, grid: Grid) -> IntArray:
    count, cells = len(facts.wanted_class), grid.columns * grid.rows
    room = np.zeros(count, np.int64)
    for wanted in range(count):
        own = facts.wanted_class[wanted]
        for offer in range(grid.offer_start[own], grid.offer_start[own + 1]):
            offered = grid.offer[offer]
            if offered == own or facts.wanted_swap_ok[wanted]:
                room[wanted] += grid.start[(offered + 1) * cells] - grid.start[offered * cells]
    return room


@compiled
def _judge_one(  # Numba takes no keyword-only arguments
    facts: Facts,
    grid: Grid,
    quantity: IntArray,
    road: DayArray,
    wanted: int,
    seen: RowArray,
    outcome: CodeArray,
    metres: IntArray,
    waits: IntArray,
) -> int:
    """Write every lot of the accepted classes and what becomes of it, and return how many there are."""
    own, cells = facts.wanted_class[wanted], grid.columns * grid.rows
    size = 0
    for offer in range(grid.offer_start[own], grid.offer_start[own + 1]):
        offered = grid.offer[offer]
        if offered != own and not facts.wanted_swap_ok[wanted]:
            continue
        for lot in range(grid.start[offered * cells], grid.start[(offered + 1) * cells]):
            seen[size] = lot
            size += 1
    judge_many(facts, road, wanted, seen[:size], outcome, metres, waits)
    for place in range(size):
        if quantity[seen[place]] <= 0:
            outcome[place] = ABSENT
    return size


@compiled
def _sort_by_outcome(  # as above
    seen: RowArray,
    outcome: CodeArray,
    size: int,
    first: int,
    sorted_start: IntArray,
    sorted_lot: RowArray,
) -> None:
    following = np.zeros(len(sorted_start), np.int64)
    for place in range(size):
        following[outcome[place] - ABSENT + 1] += 1
    following[0] = first
    for kind in range(1, len(following)):
        following[kind] += following[kind - 1]
    sorted_start[:] = following
    for place in range(size):
        kind = outcome[place] - ABSENT
        sorted_lot[following[kind]] = seen[place]
        following[kind] += 1


@compiled
def _price_one(  # as above
    facts: Facts,
    rates: Rates,
    road: DayArray,
    wanted: int,
    lots: RowArray,
    costs: IntArray,
    metres: IntArray,
    days: IntArray,
) -> None:
    """Write cost, road and days in storage of the allowed lots of a requirement."""
    own = facts.wanted_class[wanted]
    judge_many(facts, road, wanted, lots, np.empty(len(lots), np.int8), metres, days)
    for place in range(len(lots)):
        lot = lots[place]
        costs[place] = price_pair(rates, lot, facts.lot_class[lot], own, metres[place], days[place], wanted)
