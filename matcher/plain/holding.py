# SPDX-License-Identifier: EUPL-1.2
"""Holding the pairs of a family in memory while they fit, so that none is made twice."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from matcher.candidates import World, collect_pairs
from matcher.compiling import compiled
from matcher.problem.columns import IntArray, RowArray


class Pool(NamedTuple):
    """Pairs by requirement, all cheaper than new.

    Parameters
    ----------
    start
        Those of requirement j are ``start[j]:start[j + 1]``.
    lot, cost
        Row of the lot and c of each, in quanta.
    """

    start: IntArray
    lot: RowArray
    cost: IntArray


class Room(NamedTuple):
    """Where pairs are written; memory is only used as far as they go.

    Parameters
    ----------
    start, lot, cost
        As in `Pool`.
    allowed
        Allowed lots of each requirement, alike ones counted each; dear ones too.
    """

    start: IntArray
    lot: RowArray
    cost: IntArray
    allowed: IntArray


def make_room(*, lots: int, requirements: int, most: int) -> Room:
    """Return room for the pairs of a family.

    Parameters
    ----------
    lots, requirements
        Rows of the family.
    most
        Most pairs to hold.
    """
    size = min(lots * requirements, most)
    return Room(
        np.zeros(requirements + 1, dtype=np.int64),
        np.empty(size, dtype=np.int32),
        np.empty(size, dtype=np.int64),
        np.zeros(requirements, dtype=np.int64),
    )


@compiled
def hold_pairs(  # Numba takes no keyword-only arguments
    world: World, room: Room, weights: IntArray, quantum: int, first: int, last: int
) -> bool:
    """Write the pairs of some requirements that are cheaper than new; return whether there was room for all.

    Parameters
    ----------
    world
        The family, prepared.
    room
        From `make_room`, with the pairs of every requirement before `first`.
    weights
        How many lots each row of lots stands for.
    quantum
        Of the costs.
    first, last
        Requirements from `first` up to `last`, that one left out.

    Notes
    -----
    A pair no cheaper than new never improves a plan: prices are at least 0 and v is at most N.
    """
    lots = np.empty(len(weights) + 1, dtype=np.int32)
    costs = np.empty(len(weights) + 1, dtype=np.int64)
    size = room.start[first]
    for wanted in range(first, last):
        count = collect_pairs(world, wanted, lots, costs)
        new_cost = world.rates.new_cost[wanted]
        allowed = 0
        if size + count > len(room.lot):
            return False
        for pair in range(count):
            allowed += weights[lots[pair]]
            if costs[pair] < new_cost:
                room.lot[size], room.cost[size] = lots[pair], costs[pair] // quantum
                size += 1
        room.allowed[wanted] = allowed
        room.start[wanted + 1] = size
    return True


@compiled
def price_pool(pool: Pool, prices: IntArray, new_cost: IntArray) -> IntArray:
    """Return v of each requirement: the least a step of it costs over all its pairs at given prices, or new.

    Parameters
    ----------
    pool
        Every pair.
    prices
        u of each lot, in quanta.
    new_cost
        N of each requirement, in quanta.
    """
    worth = new_cost.copy()
    for wanted in range(len(new_cost)):
        for pair in range(pool.start[wanted], pool.start[wanted + 1]):
            worth[wanted] = min(worth[wanted], pool.cost[pair] + prices[pool.lot[pair]])
    return worth
