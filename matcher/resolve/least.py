# SPDX-License-Identifier: EUPL-1.2
"""From optimal prices to the least optimal ones, and v of every requirement over all its pairs."""

from __future__ import annotations

import numpy as np

from matcher.compiling import compiled
from matcher.problem.columns import IntArray, RowArray
from matcher.resolve.heap import drop_top, make_room, push_node
from matcher.resolve.state import FAR, NOBODY, Search, State


@compiled
def lower_to_least(state: State, search: Search) -> None:
    """Lower every price as far as the flow allows.

    Parameters
    ----------
    state
        With an optimal flow and optimal prices.
    search
        Room for the search.

    Notes
    -----
    u may fall to 0, v not at all where a part is bought new; v falls with each lot used, and u no further
    than c + u >= v allows. So the fall of each node is its distance in a graph of those limits, whose lengths
    c + u - v are never negative: one search over the family, with every pair looked at at most once.
    """
    count = len(state.demand)
    keys, nodes, size = _begin(state, search)
    while size > 0:
        far, node = keys[0], nodes[0]
        size = drop_top(keys, nodes, size)
        if node < count:
            if far > search.wanted_far[node]:
                continue
            base = far - state.worth[node]
            for pair in range(state.start[node], state.stop[node]):
                lot = state.lot[pair]
                length = base + state.cost[pair] + state.price[lot]
                if length < search.lot_far[lot]:
                    search.lot_far[lot] = length
                    keys, nodes = make_room(keys, nodes, size)
                    size = push_node(keys, nodes, size, length, count + lot)
        else:
            lot = node - count
            if far > search.lot_far[lot]:
                continue
            entry = state.lot_entry[lot]
            while entry != NOBODY:
                user = state.wanted[state.entry_pair[entry]]
                if far < search.wanted_far[user]:
                    search.wanted_far[user] = far
                    keys, nodes = make_room(keys, nodes, size)
                    size = push_node(keys, nodes, size, far, user)
                entry = state.lot_next[entry]
    _lower(state, search)


@compiled
def _begin(state: State, search: Search) -> tuple[IntArray, RowArray, int]:
    """Label what limits the fall by itself, and return the heap of it."""
    count, lots = len(state.demand), len(state.supply)
    keys, nodes = np.empty(count + lots + 1, np.int64), np.empty(count + lots + 1, np.int32)
    size = 0
    for one in range(count):
        if state.bought[one] > 0:
            search.wanted_far[one] = 0
            size = push_node(keys, nodes, size, 0, one)
    for lot in range(lots):
        search.lot_far[lot] = state.price[lot]
        if state.lot_entry[lot] != NOBODY:
            size = push_node(keys, nodes, size, state.price[lot], count + lot)
    return keys, nodes, size


@compiled
def _lower(state: State, search: Search) -> None:
    for one in range(len(state.demand)):
        if search.wanted_far[one] < FAR:
            state.worth[one] -= search.wanted_far[one]
        search.wanted_far[one] = FAR
    for lot in range(len(state.supply)):
        state.price[lot] -= search.lot_far[lot]
        search.lot_far[lot] = FAR


@compiled
def find_worth(state: State) -> IntArray:
    """Return v of every requirement, from every pair: the least of N and c + u. A full pricing pass."""
    worth = state.new_cost.copy()
    for one in range(len(worth)):
        for pair in range(state.start[one], state.stop[one]):
            worth[one] = min(worth[one], state.cost[pair] + state.price[state.lot[pair]])
    return worth
