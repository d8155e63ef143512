# SPDX-License-Identifier: EUPL-1.2
"""A plan as a tree: lots, requirements and one root as nodes, matches and what is left over as branches.

What is left of a lot flows to the root at cost 0, what is bought new comes from it at cost N; so the tree
holds a whole plan at any moment, and prices with it.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from matcher.compiling import compiled
from matcher.problem.columns import IntArray, RowArray

MOST_CHOSEN = 12
"""Pairs of a requirement kept at hand from one look at all of them to the next."""


class Tree(NamedTuple):
    """A plan and its prices; arrays by node, changed in place.

    Parameters
    ----------
    parent, depth
        The next node towards the root, and how many there are up to it; depth of requirements alone.
    first, leaf, following, before
        First child of a node, of a requirement the first with children of its own; first child of a
        requirement without any; the neighbours among the children in one list; -1 = none. Those of the root
        are not linked.
    flow, cost
        Steps between a node and its parent, and what a step costs.
    worth
        v of a requirement, 0 of the root: c + u = v along the tree. u of a lot is only up to date after a
        call of `improve_tree`; until then it is ``worth[parent] - cost``.
    dear
        Of each requirement, at least the cost of every leaf: as long as v is not below, none has a price
        below 0.
    new_cost
        N of each requirement.
    chosen, amount
        Pairs at hand of each requirement, and how many.
    cycle
        Cycles since all pairs were looked at, and whether something was improved in this one.
    """

    parent: RowArray
    depth: RowArray
    first: RowArray
    leaf: RowArray
    following: RowArray
    before: RowArray
    flow: IntArray
    cost: IntArray
    worth: IntArray
    dear: IntArray
    new_cost: IntArray
    chosen: IntArray
    amount: IntArray
    cycle: IntArray


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
    lots, wanted = len(supply), len(demand)
    count = lots + wanted
    cost, worth = np.zeros(count, dtype=np.int64), np.zeros(count + 1, dtype=np.int64)
    cost[lots:] = new_cost
    worth[lots:count] = new_cost
    depth = np.ones(count + 1, dtype=np.int32)
    depth[count] = 0
    return Tree(
        np.full(count, count, dtype=np.int32),
        depth,
        np.full(count, -1, dtype=np.int32),
        np.full(count, -1, dtype=np.int32),
        np.full(count, -1, dtype=np.int32),
        np.full(count, -1, dtype=np.int32),
        np.concatenate((supply, demand)),
        cost,
        worth,
        np.full(count, np.iinfo(np.int64).min),
        new_cost.copy(),
        np.zeros((wanted, MOST_CHOSEN), dtype=np.int64),
        np.zeros(wanted, dtype=np.int64),
        np.zeros(2, dtype=np.int64),
    )


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
