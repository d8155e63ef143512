# SPDX-License-Identifier: EUPL-1.2
"""The transportation simplex: a tree of matches, improved pair by pair until none of all pairs would.

Nodes are lots, then requirements, then one root. What is left of a lot flows to the root at cost 0, what is
bought new comes from it at cost N; so the tree holds a whole plan at any moment, and prices with it.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from matcher.columns import IntArray, RowArray
from matcher.compiling import compiled


class Tree(NamedTuple):
    """A plan and its prices; arrays by node, changed in place.

    Parameters
    ----------
    parent, depth
        The next node towards the root, and how many there are up to it.
    first, following, before
        First child, and the neighbours among the children of one parent; -1 = none. Those of the root are
        not linked.
    flow, cost
        Steps between a node and its parent, and what a step costs.
    worth
        u of a lot, v of a requirement, 0 of the root: c + u = v along the tree.
    new_cost
        N of each requirement.
    """

    parent: RowArray
    depth: RowArray
    first: RowArray
    following: RowArray
    before: RowArray
    flow: IntArray
    cost: IntArray
    worth: IntArray
    new_cost: IntArray


@compiled
def plant_tree(supply: IntArray, demand: IntArray, new_cost: IntArray) -> Tree:
    """Return the tree of the plan that buys everything new.

    Parameters
    ----------
    supply
        Of each lot: q.
    demand, new_cost
        Of each requirement: d, greater than 0, and N.
    """
    lots, count = len(supply), len(supply) + len(demand)
    depth = np.ones(count + 1, dtype=np.int32)
    depth[count] = 0
    cost, worth = np.zeros(count, dtype=np.int64), np.zeros(count + 1, dtype=np.int64)
    cost[lots:] = new_cost
    worth[lots:count] = new_cost
    return Tree(
        np.full(count, count, dtype=np.int32),
        depth,
        np.full(count, -1, dtype=np.int32),
        np.full(count, -1, dtype=np.int32),
        np.full(count, -1, dtype=np.int32),
        np.concatenate((supply, demand)),
        cost,
        worth,
        new_cost.copy(),
    )


@compiled
def improve_tree(  # Numba takes no keyword-only arguments
    tree: Tree, start: IntArray, lot: RowArray, cost: IntArray, place: int, clean: int, most: int
) -> tuple[int, int, int]:
    """Improve a plan until no pair would, or until enough work is done.

    Parameters
    ----------
    tree
        From `plant_tree`; any pairs may have been put into it before.
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
    Each requirement takes its best pair until none is better than what it has. Cycling is kept out by
    strongly feasible trees (Cunningham 1976): of equal steps the last on the way round leaves.
    """
    count = len(start) - 1
    lots = len(tree.parent) - count
    root = lots + count
    looks = 0
    while clean < count and looks < most:
        node = lots + place
        clean += 1
        while True:
            best, chosen = tree.worth[node], -1
            for pair in range(start[place], start[place + 1]):
                reduced = cost[pair] + tree.worth[lot[pair]]
                if reduced < best:
                    best, chosen = reduced, pair
            looks += start[place + 1] - start[place] + 1
            if chosen < 0:
                break
            clean = 0
            size, worst = _pivot(tree, lots, lot[chosen], node, cost[chosen])
            looks += size
            while worst >= 0:
                if worst < lots:
                    size, worst = _pivot(tree, lots, worst, root, 0)
                else:
                    size, worst = _pivot(tree, lots, root, worst, tree.new_cost[worst - lots])
                looks += size
        place = (place + 1) % count
        if clean == count:  # what no pivot has put right on its way
            looks += root
            for other in range(root):
                while True:
                    if other < lots and tree.worth[other] < 0:
                        _pivot(tree, lots, other, root, 0)
                    elif other >= lots and tree.worth[other] > tree.new_cost[other - lots]:
                        _pivot(tree, lots, root, other, tree.new_cost[other - lots])
                    else:
                        break
                    clean = 0
    return place, clean, looks


@compiled
def _pivot(tree: Tree, lots: int, tail: int, head: int, cost: int) -> tuple[int, int]:
    """Let a pair that improves the plan in, and what it replaces out.

    Returns how many nodes were looked at, and the one among those moved whose price breaks its bound most: a
    lot below 0 or a requirement above new; -1 = none.
    """
    parent, depth, flow = tree.parent, tree.depth, tree.flow
    size = 0
    least_tail, leaves_tail = np.iinfo(np.int64).max, -1
    least_head, leaves_head = np.iinfo(np.int64).max, -1
    one, other = tail, head
    while one != other:
        size += 1
        if depth[one] >= depth[other]:
            if one < lots and flow[one] < least_tail:
                least_tail, leaves_tail = flow[one], one
            one = parent[one]
        else:
            if other >= lots and flow[other] <= least_head:
                least_head, leaves_head = flow[other], other
            other = parent[other]
    apex = one
    steps = min(least_tail, least_head)
    if steps > 0:
        one = tail
        while one != apex:
            flow[one] += -steps if one < lots else steps
            one = parent[one]
        one = head
        while one != apex:
            flow[one] += steps if one < lots else -steps
            one = parent[one]
    if least_head <= least_tail:
        leaves, top, hook = leaves_head, head, tail
        rise = cost + tree.worth[tail] - tree.worth[head]
    else:
        leaves, top, hook = leaves_tail, tail, head
        rise = tree.worth[head] - cost - tree.worth[tail]
    _hang_over(tree, leaves, top, hook, steps, cost)
    moved, worst = _raise_branch(tree, lots, top, rise)
    return size + moved, worst


@compiled
def _hang_over(tree: Tree, leaves: int, top: int, hook: int, steps: int, cost: int) -> None:
    """Cut the branch of `leaves` off, turn it round and hang it by `top` on `hook`."""
    one, above = top, tree.parent[top]
    _unlink(tree, one)
    while True:
        old_steps, old_cost = tree.flow[one], tree.cost[one]
        _link(tree, one, hook)
        tree.flow[one], tree.cost[one] = steps, cost
        if one == leaves:
            return
        steps, cost, hook, one = old_steps, old_cost, one, above
        above = tree.parent[one]
        _unlink(tree, one)


@compiled
def _unlink(tree: Tree, node: int) -> None:
    above = tree.parent[node]
    if above == len(tree.parent):
        return
    left, right = tree.before[node], tree.following[node]
    if left >= 0:
        tree.following[left] = right
    else:
        tree.first[above] = right
    if right >= 0:
        tree.before[right] = left


@compiled
def _link(tree: Tree, node: int, above: int) -> None:
    tree.parent[node] = above
    tree.before[node] = -1
    tree.following[node] = -1
    if above == len(tree.parent):
        return
    right = tree.first[above]
    tree.following[node] = right
    if right >= 0:
        tree.before[right] = node
    tree.first[above] = node


@compiled
def _raise_branch(tree: Tree, lots: int, top: int, rise: int) -> tuple[int, int]:
    """Raise the prices of a branch; return its nodes and the one that breaks its bound most."""
    worth, new_cost = tree.worth, tree.new_cost
    node, size = top, 0
    most, worst = 0, -1
    while True:
        tree.depth[node] = tree.depth[tree.parent[node]] + 1
        worth[node] += rise
        size += 1
        beyond = -worth[node] if node < lots else worth[node] - new_cost[node - lots]
        if beyond > most:
            most, worst = beyond, node
        if tree.first[node] >= 0:
            node = tree.first[node]
            continue
        while node != top and tree.following[node] < 0:
            node = tree.parent[node]
        if node == top:
            return size, worst
        node = tree.following[node]


@compiled
def list_matches(tree: Tree, count: int) -> tuple[IntArray, IntArray, IntArray, IntArray]:
    """Return lot, requirement, steps and cost of a step of each match in a tree, by requirement, then lot.

    Parameters
    ----------
    tree
        From `plant_tree`.
    count
        Number of requirements.
    """
    root = len(tree.parent)
    lots = root - count
    keys = np.empty(root, dtype=np.int64)
    size = 0
    for node in range(root):
        above = tree.parent[node]
        if above < root and tree.flow[node] > 0:
            one, other = (node, above) if node < lots else (above, node)
            keys[size] = ((other - lots) * lots + one) * 2 + (0 if node < lots else 1)
            size += 1
    keys = np.sort(keys[:size])
    lot, wanted = np.empty(size, dtype=np.int64), np.empty(size, dtype=np.int64)
    flow, cost = np.empty(size, dtype=np.int64), np.empty(size, dtype=np.int64)
    for match in range(size):
        both, turned = keys[match] // 2, keys[match] % 2
        lot[match], wanted[match] = both % lots, both // lots
        node = lots + wanted[match] if turned else lot[match]
        flow[match], cost[match] = tree.flow[node], tree.cost[node]
    return lot, wanted, flow, cost
