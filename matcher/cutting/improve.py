# SPDX-License-Identifier: EUPL-1.2
"""Improving a plan: a few bars are given back and, with those not used, cut anew as well as can be."""

from __future__ import annotations

import numpy as np

from matcher.cutting.dive import dive, find_open, take_pattern
from matcher.cutting.master import Master, Pool, choose_whole
from matcher.problem.column import IntArray

_FREED = (6, 14)
"""Fewest and most bars given back in a move, the second not counted."""


def cost_patterns(pool: Pool, *, chosen: dict[int, int], demand: IntArray) -> int:
    """Return what patterns, and the pieces of a demand that they leave to be bought new, cost, 1/1000 øre."""
    short = demand.copy()
    total = 0
    for number, count in chosen.items():
        total += count * pool.cost[number]
        for piece, each in pool.content[number]:
            short[piece] -= count * each
    missing = zip(np.maximum(short, 0).tolist(), pool.shop.problem.pieces.new_cost.tolist(), strict=True)
    return total + int(sum(count * cost for count, cost in missing))


def list_hopeful(pool: Pool, *, prices: IntArray, worth: IntArray, room: int, most: int) -> list[int]:
    """Return the patterns that a better plan could use, the likeliest first.

    Parameters
    ----------
    pool
        The patterns.
    prices, worth
        Of pieces and bars, in parts, whose bound is known.
    room
        Cost of the best plan less that bound, in parts.
    most
        Most patterns to return.

    Notes
    -----
    A plan with a pattern costs at least the bound and what the pattern costs beyond its prices.
    """
    shop = pool.shop
    extra = np.array(
        [
            cost * shop.parts
            + int(worth[shop.lanes.bar[lane]])
            - sum(int(prices[piece]) * count for piece, count in content)
            for lane, content, cost in zip(pool.lane, pool.content, pool.cost, strict=True)
        ],
        dtype=np.int64,
    )
    order = np.argsort(extra, kind="stable")
    return [int(number) for number in order[:most] if extra[number] < room]


def recut(
    pool: Pool, *, chosen: dict[int, int], moves: int, nodes: int, rounds: int, seed: int
) -> dict[int, int]:
    """Return a plan at least as good, after so many tries to cut a few bars anew.

    Parameters
    ----------
    pool
        Patterns known so far; more are added.
    chosen
        How often each pattern is used.
    moves, nodes, rounds
        Tries; most nodes of branch and bound and most rounds of column generation in each: counted work.
    seed
        Of the choice of bars.
    """
    generator = np.random.Generator(np.random.PCG64(seed))
    demand = pool.shop.problem.pieces.quantity
    best, least = dict(chosen), cost_patterns(pool, chosen=chosen, demand=demand)
    for _ in range(moves):
        used = sorted(best)
        if not used:
            return best
        freed = _choose_bars(pool, used=used, chosen=best, generator=generator)
        kept = {number: count - freed.get(number, 0) for number, count in best.items()}
        kept = {number: count for number, count in kept.items() if count > 0}
        wanted, left = pool.shop.problem.pieces.quantity.copy(), pool.shop.problem.bars.quantity.copy()
        for number, count in kept.items():
            take_pattern(pool, number, count, wanted=wanted, left=left)
        found = _plan_part(pool, wanted=wanted, left=left, start=freed, nodes=nodes, rounds=rounds)
        tried = dict(kept)
        for number, count in found.items():
            tried[number] = tried.get(number, 0) + count
        cost = cost_patterns(pool, chosen=tried, demand=demand)
        if cost < least:
            best, least = tried, cost
    return best


def _choose_bars(
    pool: Pool, *, used: list[int], chosen: dict[int, int], generator: np.random.Generator
) -> dict[int, int]:
    """Choose bars to give back: one at random, and others that could swap pieces with it."""
    aim = int(generator.integers(*_FREED))
    first = used[int(generator.integers(len(used)))]
    kind = pool.shop.kinds[pool.shop.lanes.kind[pool.lane[first]]]
    near = set(kind.pieces.tolist())
    order = [first, *(used[int(place)] for place in generator.permutation(len(used)))]
    freed: dict[int, int] = {}
    for number in order:
        if sum(freed.values()) >= aim:
            break
        if number not in freed and any(piece in near for piece, _ in pool.content[number]):
            freed[number] = min(chosen[number], aim - sum(freed.values()))
    return freed


def _plan_part(
    pool: Pool, *, wanted: IntArray, left: IntArray, start: dict[int, int], nodes: int, rounds: int
) -> dict[int, int]:
    """Return the best plan found for a part of the pieces, by the numbers of the pool."""
    part = pool.choose(np.flatnonzero(find_open(pool, wanted, left)).tolist())
    begin = {part.add(lane=pool.lane[number], content=pool.content[number]): n for number, n in start.items()}
    master = Master(part)
    dived = dive(part, master, demand=wanted, quantity=left, rounds=rounds)
    costs = [
        (cost_patterns(part, chosen=plan, demand=wanted), place) for place, plan in enumerate((begin, dived))
    ]
    best = (begin, dived)[min(costs)[1]]
    best = choose_whole(part, demand=wanted, quantity=left, start=best, nodes=nodes)
    return {pool.add(lane=part.lane[number], content=part.content[number]): n for number, n in best.items()}
