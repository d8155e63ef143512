# SPDX-License-Identifier: EUPL-1.2
"""The transportation simplex: a plan is improved pair by pair until none of all pairs would."""

from __future__ import annotations

import numpy as np

from matcher.compiling import compiled
from matcher.plain.pivot import LEAF, NOTHING, pivot_tree
from matcher.plain.plan_tree import MOST_CHOSEN, Tree, list_matches, plant_tree
from matcher.problem.columns import IntArray, RowArray

__all__ = ["Tree", "improve_tree", "list_matches", "plant_tree"]

MOST_CYCLES = 3
"""Cycles over the pairs at hand before all are looked at again."""


@compiled
def improve_tree(  # Numba takes no keyword-only arguments
    tree: Tree, start: IntArray, lot: RowArray, cost: IntArray, place: int, clean: int, most: int
) -> tuple[int, int, int]:
    """Improve a plan until no pair would, or until enough work is done.

    Parameters
    ----------
    tree
        From `plant_tree`; other pairs may have been put into it before, if `place` and `clean` are 0 again.
    start, lot, cost
        Pairs: those of requirement j are ``start[j]:start[j + 1]``.
    place, clean
        As returned by the call before; 0 at first.
    most
        Pairs and nodes to look at before stopping; a requirement begun is ended.

    Returns
    -------
    tuple
        Requirement to go on with, how many in a row no pair improved (all of them: the plan is optimal), and
        the pairs and nodes looked at.

    Notes
    -----
    Each requirement takes its best pair until none is better than what it has: in one cycle over all of them
    among all its pairs, of which the best are kept at hand, and in the next ones among those. Cycling is kept
    out by strongly feasible trees (Cunningham 1976): of equal steps the last on the way round leaves.
    """
    count = len(start) - 1
    lots = len(tree.parent) - count
    looks = 0
    if place == 0 and clean == 0:
        tree.cycle[:] = 0
    while clean < count and looks < most:
        if tree.cycle[0] == 0:
            looks += _choose_pairs(tree, start, lot, cost, place) + 1
        pivots, looked = _serve(tree, lot, cost, place, lots)
        looks += looked
        if pivots > 0:
            tree.cycle[1] = 1
            clean = 0
        elif tree.cycle[0] == 0:
            clean += 1
        place += 1
        if place == count:
            place = 0
            tree.cycle[0] = (tree.cycle[0] + 1) % MOST_CYCLES if tree.cycle[1] > 0 else 0
            tree.cycle[1] = 0
        if clean == count:  # what no pivot has put right on its way
            looks += lots + count
            if _right_rest(tree, lots):
                clean = 0
                tree.cycle[1] = 1
    for one in range(lots):
        tree.worth[one] = tree.worth[tree.parent[one]] - tree.cost[one]
    return place, clean, looks


@compiled
def _choose_pairs(tree: Tree, start: IntArray, lot: RowArray, cost: IntArray, place: int) -> int:
    """Look at all pairs of a requirement and keep the best at hand; return how many were looked at."""
    best = np.empty(MOST_CHOSEN, dtype=np.int64)
    size = 0
    limit = np.iinfo(np.int64).max
    parent, worth, paid, chosen = tree.parent, tree.worth, tree.cost, tree.chosen[place]
    for pair in range(start[place], start[place + 1]):
        seller = lot[pair]
        reduced = cost[pair] + worth[parent[seller]] - paid[seller]
        if reduced >= limit:
            continue
        spot = min(size, MOST_CHOSEN - 1)
        while spot > 0 and best[spot - 1] > reduced:
            best[spot] = best[spot - 1]
            chosen[spot] = chosen[spot - 1]
            spot -= 1
        best[spot] = reduced
        chosen[spot] = pair
        size = min(size + 1, MOST_CHOSEN)
        if size == MOST_CHOSEN:
            limit = best[size - 1]
    tree.amount[place] = size
    return int(start[place + 1] - start[place])


@compiled
def _serve(tree: Tree, lot: RowArray, cost: IntArray, place: int, lots: int) -> tuple[int, int]:
    """Let the best of the pairs at hand into the plan until none improves it; return pivots and looks."""
    root = len(tree.parent)
    node = lots + place
    pivots, looks = 0, 0
    while True:
        best, entering = tree.worth[node], -1
        for spot in range(tree.amount[place]):
            pair = tree.chosen[place, spot]
            seller = lot[pair]
            reduced = cost[pair] + tree.worth[tree.parent[seller]] - tree.cost[seller]
            if reduced < best:
                best, entering = reduced, pair
        looks += tree.amount[place]
        if entering < 0:
            return pivots, looks
        size, wrong, worst = pivot_tree(tree, lots, lot[entering], node, cost[entering])
        pivots += 1
        looks += size
        while wrong != NOTHING:
            if wrong == LEAF:
                worst = _find_dearest(tree, worst)
                if worst < 0:
                    break
            if worst < lots:
                size, wrong, worst = pivot_tree(tree, lots, worst, root, 0)
            else:
                size, wrong, worst = pivot_tree(tree, lots, root, worst, tree.new_cost[worst - lots])
            looks += size


@compiled
def _find_dearest(tree: Tree, node: int) -> int:
    """Return the leaf of a requirement whose price is the farthest below 0, -1 if none is below 0."""
    most, dearest = np.iinfo(np.int64).min, -1
    one = tree.leaf[node]
    while one >= 0:
        if tree.cost[one] > most:
            most, dearest = tree.cost[one], one
        one = tree.following[one]
    tree.dear[node] = most
    return dearest if most > tree.worth[node] else -1


@compiled
def _right_rest(tree: Tree, lots: int) -> bool:
    """Put every price right that is below 0 or above new; return whether one was."""
    root = len(tree.parent)
    found = False
    for node in range(root):
        while True:
            if node < lots and tree.worth[tree.parent[node]] < tree.cost[node]:
                pivot_tree(tree, lots, node, root, 0)
            elif node >= lots and tree.worth[node] > tree.new_cost[node - lots]:
                pivot_tree(tree, lots, root, node, tree.new_cost[node - lots])
            else:
                break
            found = True
    return found
