# SPDX-License-Identifier: EUPL-1.2
"""The best mix of lots for one requirement alone, at what they cost it and what they would cost others."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from matcher.compiling import compiled
from matcher.instant.choice import Choice
from matcher.problem.columns import IntArray


@dataclass(frozen=True, slots=True, kw_only=True)
class Mix:
    """What one requirement would take, and what comes next.

    Parameters
    ----------
    order
        Offers taken, the best first, then the best of the rest: places in the list given.
    steps
        Of each offer taken; shorter than `order`.
    bought
        Steps bought new.
    worth
        v: what the dearest step costs, prices included, in 1/1000 øre.
    """

    order: IntArray
    steps: IntArray
    bought: int
    worth: int


def mix_lots(choice: Choice, *, demand: int, more: int) -> Mix:
    """Return the best mix for one requirement: the only place where an instant answer decides what is taken.

    Parameters
    ----------
    choice
        What it may choose from.
    demand
        Steps wanted: as a rule ``choice.demand``.
    more
        How many of the rest are wanted.

    Notes
    -----
    Cheapest at c + u until the demand is met, ties by row: exact for a plain requirement (matching.md,
    section 2). Where reuse with its price costs what new costs, reuse is taken; a lot that is no cheaper than
    new by itself is not. A requirement with rules of its own plan (fulfilment, donors, trips) is to be handed
    from here to the search for its best plan.
    """
    order, steps, bought, worth = _fill(
        choice.cost, choice.key, choice.quantity, choice.row, demand, choice.new_cost, more
    )
    return Mix(order=order, steps=steps, bought=int(bought), worth=int(worth))


@compiled
def _fill(  # Numba takes no keyword-only arguments
    cost: IntArray,
    key: IntArray,
    quantity: IntArray,
    row: IntArray,
    demand: int,
    new_cost: int,
    more: int,
) -> tuple[IntArray, IntArray, int, int]:
    size = len(cost)
    heap = np.arange(size)
    for place in range(size // 2 - 1, -1, -1):
        _sift(heap, place, size, key, row)
    order, steps = np.empty(16, np.int64), np.empty(16, np.int64)
    rest = np.empty(min(size, more), np.int64)
    taken, listed, worth = 0, 0, new_cost
    while size > 0 and (listed < len(rest) or (demand > 0 and key[heap[0]] <= new_cost)):
        best = heap[0]
        size -= 1
        heap[0] = heap[size]
        _sift(heap, 0, size, key, row)
        if demand > 0 and key[best] <= new_cost and cost[best] < new_cost:
            if taken == len(order):
                order, steps = np.append(order, order), np.append(steps, steps)
            order[taken], steps[taken] = best, min(demand, quantity[best])
            demand -= steps[taken]
            worth = key[best]
            taken += 1
        elif listed < len(rest):
            rest[listed] = best
            listed += 1
    order = np.append(order[:taken], rest[:listed])
    return order, steps[:taken], demand, new_cost if demand > 0 else worth


@compiled
def _sift(heap: IntArray, place: int, size: int, key: IntArray, row: IntArray) -> None:
    node = heap[place]
    while True:
        child = 2 * place + 1
        if child >= size:
            break
        other = child + 1
        if other < size and _comes_first(key, row, heap[other], heap[child]):
            child = other
        if not _comes_first(key, row, heap[child], node):
            break
        heap[place] = heap[child]
        place = child
    heap[place] = node


@compiled
def _comes_first(key: IntArray, row: IntArray, one: int, other: int) -> bool:
    return bool(key[one] < key[other] or (key[one] == key[other] and row[one] < row[other]))
