# SPDX-License-Identifier: EUPL-1.2
"""Branching: the counts of bars and pieces are split until the bound of each part reaches the plan's cost."""

from __future__ import annotations

import heapq
import math
from dataclasses import dataclass

import numpy as np

from matcher.cutting.account import Content
from matcher.cutting.bounds import BARS, LONGER, NEW, PIECES, Box, Branch, Leaf, Proof, round_up
from matcher.cutting.box_master import BoxMaster, Key, Settled
from matcher.cutting.improve import cost_patterns
from matcher.cutting.master import Pool
from matcher.problem.column import BoolArray

_WHOLE = 1e-5
_LEAST = 1e-4


@dataclass(slots=True, kw_only=True)
class _Node:
    """A node of the tree: its box, what was found in it, and where it was split."""

    box: Box
    settled: Settled
    key: Key | None = None
    at: int = 0
    low: int = 0
    high: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Grown:
    """What branching found.

    Parameters
    ----------
    proof
        The tree with the bound it proves.
    chosen
        The best plan: how often each pattern of the pool.
    cost
        What it costs, 1/1000 øre.
    """

    proof: Proof
    chosen: dict[int, int]
    cost: int


def grow_tree(
    pool: Pool,
    *,
    root: Leaf,
    chosen: dict[int, int],
    cost: int,
    grain: int,
    alone: BoolArray,
    nodes: int,
    rounds: int,
) -> Grown:
    """Split the counts of a problem until its plan is proven or the nodes run out.

    Parameters
    ----------
    pool
        Patterns known so far; more are added.
    root
        Prices known to be good where nothing is split.
    chosen, cost
        The best plan so far and what it costs, 1/1000 øre.
    grain
        A number of 1/1000 øre that divides the cost of every plan.
    alone
        Of each row of bars, whether it may be counted by itself.
    nodes, rounds
        Most nodes to split, and most rounds of column generation in each: counted work.

    Notes
    -----
    The node with the least bound is split first, ties by number; so the bound of the whole rises with every
    split.
    """
    parts = pool.shop.parts
    master = BoxMaster(pool)
    tree: list[_Node] = []
    waiting: list[tuple[int, int]] = []
    best = dict(chosen)

    def settle(box: Box, *, start: Leaf) -> None:
        nonlocal best, cost
        master.enter(box)
        enough = (cost - grain) * parts + 1
        settled = master.settle(box, start=start, rounds=rounds, enough=enough)
        tree.append(_Node(box=box, settled=settled))
        whole = _read_whole(settled)
        if whole is not None:
            found = cost_patterns(pool, chosen=whole, demand=pool.shop.problem.pieces.quantity)
            if found < cost:
                best, cost = whole, found
        heapq.heappush(waiting, (settled.bound, len(tree) - 1))

    settle(Box(ranges={}), start=root)
    for _ in range(nodes):
        if not waiting or round_up(waiting[0][0], parts=parts, grain=grain) >= cost:
            break
        _, number = waiting[0]
        node = tree[number]
        split = _choose_split(pool, master, node.settled, alone=alone)
        if split is None:
            break
        heapq.heappop(waiting)
        node.key, node.at = split
        most = _list_most(pool, master, node.key)
        node.low = len(tree)
        settle(node.box.narrow(node.key, at=node.at, high=False, most=most), start=node.settled.leaf)
        node.high = len(tree)
        settle(node.box.narrow(node.key, at=node.at, high=True, most=most), start=node.settled.leaf)
    return Grown(proof=_state_proof(tree, parts=parts, grain=grain), chosen=best, cost=cost)


def _read_whole(settled: Settled) -> dict[int, int] | None:
    """Return the plan of a linear programme that happens to be whole; None where it is not."""
    times = np.rint(settled.use)
    if np.abs(settled.use - times).max(initial=0.0) > _WHOLE:
        return None
    return {number: int(times[number]) for number in np.flatnonzero(times).tolist()}


def _choose_split(
    pool: Pool, master: BoxMaster, settled: Settled, *, alone: BoolArray
) -> tuple[Key, int] | None:
    """Choose what to split: bars at least so long, then pieces bought new, then pieces of a bar."""
    use = np.flatnonzero(settled.use > _WHOLE)
    of_bar = np.zeros(master.bars)
    np.add.at(of_bar, pool.shop.lanes.bar[np.array(pool.lane, dtype=np.int64)[use]], settled.use[use])
    order = np.argsort(-master.lengths, kind="stable")
    sums = np.cumsum(of_bar[order])
    ends = np.flatnonzero(np.diff(master.lengths[order], append=0))
    longer = zip(order[ends].tolist(), sums[ends].tolist(), strict=True)
    found = _find_fraction([((LONGER, bar, -1), total) for bar, total in longer][::-1])
    if found is None:
        bars = enumerate(of_bar.tolist())
        found = _find_fraction([((BARS, bar, -1), total) for bar, total in bars if alone[bar]])
    if found is None:
        bought = enumerate(settled.bought.tolist())
        found = _find_fraction([((NEW, -1, piece), count) for piece, count in bought])
    if found is None:
        held: dict[Key, float] = {}
        for number in use.tolist():
            bar = int(pool.shop.lanes.bar[pool.lane[number]])
            for piece, count in pool.content[number] if alone[bar] else ():
                key = (PIECES, bar, piece)
                held[key] = held.get(key, 0.0) + count * float(settled.use[number])
        found = _find_fraction(sorted(held.items()))
    if found is None:
        found = _find_mixture(pool, use.tolist(), alone=alone)
    return found


def _find_mixture(pool: Pool, use: list[int], *, alone: BoolArray) -> tuple[Key, int] | None:
    """Return a piece that the patterns of a single bar hold in different numbers, with the least of them."""
    problem = pool.shop.problem
    seen: dict[int, Content] = {}
    for number in use:
        bar = int(pool.shop.lanes.bar[pool.lane[number]])
        if problem.bars.quantity[bar] != 1 or not alone[bar]:
            continue
        first, other = dict(seen.setdefault(bar, pool.content[number])), dict(pool.content[number])
        for piece in sorted(first.keys() | other.keys()):
            if first.get(piece, 0) != other.get(piece, 0):
                return (PIECES, bar, piece), min(first.get(piece, 0), other.get(piece, 0))
    return None


def _find_fraction(counts: list[tuple[Key, float]]) -> tuple[Key, int] | None:
    """Return the count nearest to a half, ties the first, with the whole number below it."""
    nearest, found = _LEAST, None
    for key, count in counts:
        below = math.floor(count)
        distance = min(count - below, below + 1 - count)
        if distance > nearest + _WHOLE:
            nearest, found = distance, (key, below)
    return found


def _list_most(pool: Pool, master: BoxMaster, key: Key) -> int:
    """Return the greatest a count can be where no branch has said so before."""
    what, bar, piece = key
    problem = pool.shop.problem
    if what == LONGER:
        return int(problem.bars.quantity[master.lengths >= master.lengths[bar]].sum())
    return int(problem.bars.quantity[bar] if what == BARS else problem.pieces.quantity[piece])


def _state_proof(tree: list[_Node], *, parts: int, grain: int) -> Proof:
    """Return the tree with its leaves numbered in the order they were made."""
    inner = [number for number, node in enumerate(tree) if node.key is not None]
    leaves = [number for number, node in enumerate(tree) if node.key is None]
    place = {number: at for at, number in enumerate(inner)}
    place |= {number: -1 - at for at, number in enumerate(leaves)}
    branches = []
    for number in inner:
        node = tree[number]
        assert node.key is not None
        what, bar, piece = node.key
        low, high = place[node.low], place[node.high]
        branches.append(Branch(what=what, bar=bar, piece=piece, at=node.at, low=low, high=high))
    bound = min(tree[number].settled.bound for number in leaves)
    return Proof(
        parts=parts,
        bound=round_up(bound, parts=parts, grain=grain),
        branches=tuple(branches),
        leaves=tuple(tree[number].settled.leaf for number in leaves),
    )
