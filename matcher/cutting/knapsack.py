# SPDX-License-Identifier: EUPL-1.2
"""The bounded knapsack behind every price: the best set of pieces for each length, in whole numbers."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from matcher.compiling import compiled
from matcher.cutting.stock import PER_METRE
from matcher.problem.column import IntArray

NEVER = -(2**62)
"""Value of a length that no set of pieces takes up."""


class Table(NamedTuple):
    """What a dynamic programme found.

    Parameters
    ----------
    best
        Of each length from 0, in grains: the greatest value of pieces that with a saw cut each take up
        exactly that much, `NEVER` where none do.
    taken
        Of each item (a power of two of one piece) and length: whether the best set has it.
    piece, copies
        Of each item, its place among the pieces and how many it stands for.
    weight
        Of each item, its length in grains.
    """

    best: IntArray
    taken: NDArray[np.bool_]
    piece: IntArray
    copies: IntArray
    weight: IntArray


NO_TABLE = Table(
    np.full(1, NEVER, dtype=np.int64),
    np.zeros((0, 1), dtype=np.bool_),
    np.zeros(0, dtype=np.int64),
    np.zeros(0, dtype=np.int64),
    np.zeros(0, dtype=np.int64),
)
"""Of a kind of which nothing is wanted."""


class Offer(NamedTuple):
    """What the bars of several lanes are worth; arrays of one length.

    Parameters
    ----------
    room
        Length to cut from, 0.1 mm.
    cost
        Of one bar, in parts.
    length, price, offcut_value
        Of the bar, as in the table; price and value in 1/1000 øre.
    """

    room: IntArray
    cost: IntArray
    length: IntArray
    price: IntArray
    offcut_value: IntArray


@compiled
def fill_table(  # Numba takes no keyword-only arguments
    weight: IntArray, value: IntArray, least: IntArray, most: IntArray, capacity: int
) -> Table:
    """Return the best sets of pieces for every length up to a capacity.

    Parameters
    ----------
    weight
        Of each piece with its saw cut, in grains, at least 1.
    value
        Of each piece, any sign.
    least, most
        How many of each there must and may be; an answer counts the pieces beyond the least.
    capacity
        Greatest length, in grains.

    Notes
    -----
    Each number up to `most` is a sum of distinct powers of two and a rest, so that a piece becomes a few
    items taken once or not at all. Ties keep the set without the item: the answer does not depend on
    anything else.
    """
    items = 0
    for piece in range(len(weight)):
        left = min(most[piece] - least[piece], capacity // weight[piece])
        step = 1
        while left > 0:
            left -= min(step, left)
            step *= 2
            items += 1
    item_piece = np.empty(items, dtype=np.int64)
    item_count = np.empty(items, dtype=np.int64)
    item_weight = np.empty(items, dtype=np.int64)
    item = 0
    for piece in range(len(weight)):
        left = min(most[piece] - least[piece], capacity // weight[piece])
        step = 1
        while left > 0:
            item_piece[item] = piece
            item_count[item] = min(step, left)
            item_weight[item] = item_count[item] * weight[piece]
            left -= item_count[item]
            step *= 2
            item += 1
    best = np.full(capacity + 1, NEVER, dtype=np.int64)
    taken = np.zeros((items, capacity + 1), dtype=np.bool_)
    reach = 0
    begin = 0
    for piece in range(len(weight)):
        reach += int(least[piece] * weight[piece])
        begin += int(least[piece] * value[piece])
    if reach <= capacity:
        best[reach] = begin
    for item in range(items):
        gain = item_count[item] * value[item_piece[item]]
        own = item_weight[item]
        reach = min(capacity, reach + int(own))
        for length in range(reach, own - 1, -1):
            before = best[length - own]
            if before != NEVER and before + gain > best[length]:
                best[length] = before + gain
                taken[item, length] = True
    return Table(best, taken, item_piece, item_count, item_weight)


@compiled
def read_pattern(table: Table, length: int, pieces: int) -> IntArray:
    """Return how many of each piece the best set for a length has beyond the least.

    Parameters
    ----------
    table
        From `fill_table`.
    length
        In grains; one that some set takes up.
    pieces
        Number of pieces.
    """
    chosen = np.zeros(pieces, dtype=np.int64)
    for back in range(len(table.piece)):
        item = len(table.piece) - 1 - back
        if table.taken[item, length]:
            chosen[table.piece[item]] += table.copies[item]
            length -= table.weight[item]
    return chosen


@compiled
def choose_lengths(  # Numba takes no keyword-only arguments
    best: IntArray, offer: Offer, grain: int, kerf: int, shortest: int, cut_cost: int, parts: int
) -> tuple[IntArray, IntArray]:
    """Return for each lane the length to take up and what the bar then brings, in parts.

    Parameters
    ----------
    best
        From `fill_table`, whose values are prices less the cost of a cut, in parts.
    offer
        The bars.
    grain
        0.1 mm in a grain.
    kerf, shortest
        Saw cut and shortest off-cut, 0.1 mm; 0 = no off-cut comes back.
    cut_cost
        In parts.
    parts
        Parts in 1/1000 øre.

    Returns
    -------
    tuple
        Lengths in grains (0 where the bar can take no piece), values (`NEVER` there).

    Notes
    -----
    The bar must have a piece. What is left over is worth less the more is taken up, so only lengths better
    than every shorter one count (the stairs), and the length of the whole bar, where the last piece ends
    with the bar and one cut is saved. Ties keep the length looked at first.
    """
    lengths = np.zeros(len(offer.room), dtype=np.int64)
    values = np.full(len(offer.room), NEVER, dtype=np.int64)
    stairs = np.empty(len(best), dtype=np.int64)
    count = 0
    top = np.int64(NEVER)
    for length in range(1, len(best)):
        if best[length] > top:
            top = best[length]
            stairs[count] = length
            count += 1
    for lane in range(len(offer.room)):
        room = offer.room[lane]
        last = min(len(best) - 1, (room + kerf) // grain)
        below = np.searchsorted(stairs[:count], last, side="right")
        if below == 0:
            continue
        chosen = stairs[below - 1]
        value = best[chosen]
        if shortest > 0 and room >= shortest and offer.offcut_value[lane] > 0 and offer.price[lane] > 0:
            for step in range(np.searchsorted(stairs[:below], (room - shortest) // grain, side="right")):
                length = stairs[step]
                left = room - length * grain
                worth = min(
                    left * offer.offcut_value[lane] // PER_METRE,
                    left * offer.price[lane] // offer.length[lane],
                )
                if best[length] + parts * worth > value:
                    value = best[length] + parts * worth
                    chosen = length
        if last * grain == room + kerf and best[last] != NEVER and best[last] + cut_cost > value:
            value = best[last] + cut_cost
            chosen = last
        lengths[lane] = chosen
        values[lane] = value - offer.cost[lane]
    return lengths, values
