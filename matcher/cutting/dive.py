# SPDX-License-Identifier: EUPL-1.2
"""Diving: fix the patterns the linear programme uses most, ask for the rest, until every piece is planned."""

from __future__ import annotations

import numpy as np

from matcher.cutting.generate import generate
from matcher.cutting.master import Master, Pool
from matcher.problem.column import BoolArray, IntArray

_WHOLE = 1e-6
_FIRM = 0.8
_SHAKE = 0.6
"""A pattern used so much of a time more is fixed that time too."""


def dive(
    pool: Pool, master: Master, *, demand: IntArray, quantity: IntArray, rounds: int, seed: int = 0
) -> dict[int, int]:
    """Return how often each pattern is used in a plan that respects demand and bars; the rest is bought new.

    Parameters
    ----------
    pool, master
        Patterns known so far, to which more are added, and the programme over them.
    demand, quantity
        Of each piece and bar.
    rounds
        Most rounds of column generation after each fixing.
    seed
        Of the chance that a pattern used less is fixed first; 0 = no chance, ties by the number of the
        pattern.

    Notes
    -----
    Diving with column generation at each step (Sadykov et al. 2019, "Primal heuristics for branch and
    price: the assets of diving methods").
    """
    wanted, left = demand.copy(), quantity.copy()
    plan: dict[int, int] = {}
    generator = np.random.Generator(np.random.PCG64(seed))
    while wanted.any():
        master.limit(demand=wanted, quantity=left, banned=np.flatnonzero(~find_open(pool, wanted, left)))
        generate(pool, master, demand=wanted, quantity=left, rounds=rounds, smooth=False)
        master.solve()
        use = master.read_use()
        seen = use * generator.uniform(_SHAKE, 1.0, len(use)) if seed else use
        order = np.argsort(-seen, kind="stable")
        times = np.floor(use[order] + (1 - _FIRM) + _WHOLE).astype(np.int64)
        fixed = [(int(number), int(count)) for number, count in zip(order, times, strict=True) if count > 0]
        if not fixed:
            if use[order[0]] <= _WHOLE:
                break
            fixed = [(int(order[0]), 1)]
        done = 0
        for number, count in fixed:
            most = min([count, *_list_room(pool, number, wanted, left)])
            if most > 0:
                take_pattern(pool, number, most, wanted=wanted, left=left)
                plan[number] = plan.get(number, 0) + most
                done += most
        if not done:
            break
    return plan


def find_open(pool: Pool, wanted: IntArray, left: IntArray) -> BoolArray:
    """Return which patterns hold no more of any piece than is wanted, and have a bar left."""
    start, row, entry = pool.list_columns()
    if len(start) == 1:
        return np.zeros(0, dtype=np.bool_)
    over = entry > np.concatenate([wanted, left])[row]
    return ~np.logical_or.reduceat(over, start[:-1])


def take_pattern(pool: Pool, number: int, count: int, *, wanted: IntArray, left: IntArray) -> None:
    """Take what bars cut to a pattern give off the demand, and the bars off those left."""
    for piece, each in pool.content[number]:
        wanted[piece] -= count * each
    left[pool.shop.lanes.bar[pool.lane[number]]] -= count


def _list_room(pool: Pool, number: int, wanted: IntArray, left: IntArray) -> list[int]:
    room = [int(left[pool.shop.lanes.bar[pool.lane[number]]])]
    return room + [int(wanted[piece]) // each for piece, each in pool.content[number]]
