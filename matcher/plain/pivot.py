# SPDX-License-Identifier: EUPL-1.2
"""One step of the simplex: a pair that improves the plan comes in, what it replaces goes out."""

from __future__ import annotations

import numpy as np

from matcher.compiling import compiled
from matcher.plain.plan_tree import Tree
from matcher.problem.columns import IntArray, RowArray

NOTHING, NODE, LEAF = 0, 1, 2
"""What is wrong where a branch was moved: nothing, the price of a node, the price of a leaf of it."""


@compiled
def pivot_tree(tree: Tree, lots: int, tail: int, head: int, cost: int) -> tuple[int, int, int]:
    """Let a pair that improves the plan in, and what it replaces out.

    Returns how many nodes were looked at, what is wrong in the branch that was moved, and where most.
    """
    parent, depth, flow = tree.parent, tree.depth, tree.flow
    root = len(parent)
    size = 0
    least_tail, leaves_tail = np.iinfo(np.int64).max, -1
    least_head, leaves_head = np.iinfo(np.int64).max, -1
    one, other = tail, head
    while one != other:
        size += 1
        deep = depth[one] if one >= lots else depth[parent[one]] + 1
        deeper = depth[other] if other >= lots else depth[parent[other]] + 1
        if deep >= deeper:
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
    price = 0 if tail == root else tree.worth[parent[tail]] - tree.cost[tail]
    if least_head <= least_tail:
        leaves, top, hook = leaves_head, head, tail
        rise = cost + price - tree.worth[head]
    else:
        leaves, top, hook = leaves_tail, tail, head
        rise = tree.worth[head] - cost - price
    _hang_over(tree, lots, leaves, top, hook, steps, cost)
    moved, wrong, worst = _raise_branch(tree, lots, top, rise)
    return size + moved, wrong, worst


@compiled
def _hang_over(tree: Tree, lots: int, leaves: int, top: int, hook: int, steps: int, cost: int) -> None:
    """Cut the branch of `leaves` off, turn it round and hang it by `top` on `hook`."""
    parent, flow, paid = tree.parent, tree.flow, tree.cost
    first, leaf, following, before, dear = tree.first, tree.leaf, tree.following, tree.before, tree.dear
    one, above = top, parent[top]
    _unlink(parent, first, leaf, following, before, dear, paid, lots, one)
    while True:
        old_steps, old_cost = flow[one], paid[one]
        flow[one], paid[one] = steps, cost
        _link(parent, first, leaf, following, before, dear, paid, lots, one, hook)
        if one == leaves:
            return
        steps, cost, hook, one = old_steps, old_cost, one, above
        above = parent[one]
        _unlink(parent, first, leaf, following, before, dear, paid, lots, one)


@compiled
def _unlink(
    parent: RowArray,
    first: RowArray,
    leaf: RowArray,
    following: RowArray,
    before: RowArray,
    dear: IntArray,
    cost: IntArray,
    lots: int,
    node: int,
) -> None:
    """Take a node from its parent; a lot that has no children left becomes a leaf."""
    above, root = parent[node], len(parent)
    if above == root:
        return
    heads = leaf if node < lots and first[node] < 0 else first
    _take_out(heads, following, before, node, above)
    if node >= lots and first[above] < 0 and parent[above] != root:
        _take_out(first, following, before, above, parent[above])
        _put_in(leaf, following, before, above, parent[above])
        dear[parent[above]] = max(dear[parent[above]], cost[above])


@compiled
def _link(
    parent: RowArray,
    first: RowArray,
    leaf: RowArray,
    following: RowArray,
    before: RowArray,
    dear: IntArray,
    cost: IntArray,
    lots: int,
    node: int,
    above: int,
) -> None:
    """Give a node a parent; a lot with its first child is no leaf any more."""
    root = len(parent)
    parent[node] = above
    if above == root:
        return
    if node >= lots:
        if first[above] < 0 and parent[above] != root:
            _take_out(leaf, following, before, above, parent[above])
            _put_in(first, following, before, above, parent[above])
        _put_in(first, following, before, node, above)
    elif first[node] >= 0:
        _put_in(first, following, before, node, above)
    else:
        _put_in(leaf, following, before, node, above)
        dear[above] = max(dear[above], cost[node])


@compiled
def _take_out(heads: RowArray, following: RowArray, before: RowArray, node: int, above: int) -> None:
    """Take a node out of a list of its parent."""
    left, right = before[node], following[node]
    if left >= 0:
        following[left] = right
    else:
        heads[above] = right
    if right >= 0:
        before[right] = left


@compiled
def _put_in(heads: RowArray, following: RowArray, before: RowArray, node: int, above: int) -> None:
    """Put a node before all others into a list of its parent."""
    right = heads[above]
    heads[above] = node
    before[node] = -1
    following[node] = right
    if right >= 0:
        before[right] = node


@compiled
def _raise_branch(tree: Tree, lots: int, top: int, rise: int) -> tuple[int, int, int]:
    """Raise the prices of a branch; return its nodes, what is wrong with one of them, and where most."""
    parent, depth, first, leaf, following = tree.parent, tree.depth, tree.first, tree.leaf, tree.following
    worth, cost, dear, new_cost = tree.worth, tree.cost, tree.dear, tree.new_cost
    root = len(parent)
    node, size = top, 0
    most, wrong, worst = 0, NOTHING, -1
    while True:
        size += 1
        above = parent[node]
        if node < lots:
            beyond = cost[node] - worth[above]
            if beyond > most:
                most, wrong, worst = beyond, NODE, node
        else:
            depth[node] = 1 if above == root else depth[parent[above]] + 2
            price = worth[node] + rise
            worth[node] = price
            if price - new_cost[node - lots] > most:
                most, wrong, worst = price - new_cost[node - lots], NODE, node
            if leaf[node] >= 0 and dear[node] - price > most:
                most, wrong, worst = dear[node] - price, LEAF, node
        if first[node] >= 0:
            node = first[node]
            continue
        while node != top and following[node] < 0:
            node = parent[node]
        if node == top:
            return size, wrong, worst
        node = following[node]
