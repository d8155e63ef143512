# SPDX-License-Identifier: EUPL-1.2
"""Holding the pairs of a family in memory while they fit, so that no round of pricing makes them again."""

from __future__ import annotations

import numpy as np

from matcher.candidates import World, collect_pairs
from matcher.columns import IntArray, RowArray
from matcher.compiling import compiled

MOST_HELD = 16_000_000
"""Most pairs of a family held, 12 bytes each; beyond that, every round makes them again."""


def hold_pairs(world: World, rows: IntArray, *, lots: int) -> World:
    """Return a world that holds the pairs of one family worth having, or the same world if they are too many.

    Parameters
    ----------
    world
        The problem, prepared.
    rows
        Rows of the requirements of the family, ascending.
    lots
        Number of lots.

    Notes
    -----
    A pair no cheaper than new never improves a plan: prices are at least 0 and v is at most N.
    """
    if world.given:
        return world
    start, lot, cost, whole = _write_pairs(world, rows, lots, MOST_HELD)
    if not whole:
        return world
    for array in (start, lot, cost):
        array.setflags(write=False)
    return world._replace(given=True, given_start=start, given_lot=lot, given_cost=cost)


@compiled
def _write_pairs(
    world: World, rows: IntArray, lots: int, most: int
) -> tuple[IntArray, RowArray, IntArray, bool]:
    found = np.empty(lots, dtype=np.int32)
    costs = np.empty(lots, dtype=np.int64)
    held_lot = np.empty(1024, dtype=np.int32)
    held_cost = np.empty(1024, dtype=np.int64)
    start = np.zeros(len(world.rates.new_cost) + 1, dtype=np.int64)
    size = 0
    for wanted in rows:
        count = collect_pairs(world, wanted, found, costs)
        if size + count > most:
            return start, held_lot[:0], held_cost[:0], False
        if size + count > len(held_lot):
            room = max(size + count, 2 * len(held_lot))
            larger_lot, larger_cost = np.empty(room, dtype=np.int32), np.empty(room, dtype=np.int64)
            larger_lot[:size], larger_cost[:size] = held_lot[:size], held_cost[:size]
            held_lot, held_cost = larger_lot, larger_cost
        for pair in range(count):
            if costs[pair] < world.rates.new_cost[wanted]:
                held_lot[size], held_cost[size] = found[pair], costs[pair]
                size += 1
        start[wanted + 1] = size
    for place in range(1, len(start)):
        start[place] = max(start[place], start[place - 1])
    return start, held_lot[:size], held_cost[:size], True
