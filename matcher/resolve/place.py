# SPDX-License-Identifier: EUPL-1.2
"""Steps of a lot that nobody has go where they save most: instead of new, down a chain, or stay spare."""

from __future__ import annotations

import numpy as np

from matcher.compiling import compiled
from matcher.problem.columns import IntArray, RowArray
from matcher.resolve.heap import drop_top, make_room, push_node
from matcher.resolve.state import (
    FAR,
    FREE_ENTRIES,
    NOBODY,
    Search,
    State,
    add_flow,
    cut_flow,
    find_entry,
    forget_labels,
)


@compiled
def place_steps(state: State, search: Search, origin: int, steps: int) -> int:
    """Find a place for steps of a lot; return how many have none yet, for want of free entries.

    Parameters
    ----------
    state
        Optimal but for these steps, which are in no flow and not spare.
    search
        Room for the search.
    origin
        The lot.
    steps
        How many.

    Notes
    -----
    The mirror image of `matcher.resolve.serve`: forwards from the lot to those who may use it, and from them
    to the lots they would let go. It ends where less is bought new or where a lot stays spare; the prices of
    what was passed fall. They are optimal then, but need not be the least.
    """
    while steps > 0:
        end, unbought, far, touched = _search(state, search, origin)
        moved = _find_bottleneck(state, search, origin, end, unbought, steps)
        _lower_prices(state, search, far, touched)
        roomy = state.free[FREE_ENTRIES] >= touched
        if roomy:
            _move_steps(state, search, origin, end, unbought, moved)
            steps -= moved
        forget_labels(state, search, touched)
        if not roomy:
            break
    return steps


@compiled
def _search(state: State, search: Search, origin: int) -> tuple[int, bool, int, int]:
    """Return where the way that saves most ends, whether that is buying less, its length, nodes labelled."""
    count = len(state.demand)
    keys, nodes = np.empty(256, np.int64), np.empty(256, np.int32)
    size = push_node(keys, nodes, 0, 0, count + origin)
    search.lot_far[origin] = 0
    search.touched[0] = count + origin
    touched = 1
    best, end, unbought = FAR, NOBODY, False
    while size > 0:
        far, node = keys[0], nodes[0]
        size = drop_top(keys, nodes, size)
        if far >= best:
            break
        if node < count:
            if far > search.wanted_far[node]:
                continue
            keys, nodes, size, touched = _reach_lots(state, search, keys, nodes, size, touched, node)
        else:
            lot = node - count
            if far > search.lot_far[lot]:
                continue
            if far + state.price[lot] < best:
                best, end, unbought = far + state.price[lot], lot, False
            base = far + state.price[lot]
            pair = state.of_lot[lot]
            while pair != NOBODY:
                user = state.wanted[pair]
                if user != NOBODY:
                    length = base + state.cost[pair] - state.worth[user]
                    if length < best and length < search.wanted_far[user]:
                        if search.wanted_far[user] == FAR:
                            search.touched[touched] = user
                            touched += 1
                        search.wanted_far[user], search.wanted_by[user] = length, pair
                        if state.bought[user] > 0:
                            best, end, unbought = length, user, True
                        else:
                            keys, nodes = make_room(keys, nodes, size)
                            size = push_node(keys, nodes, size, length, user)
                pair = state.next_of_lot[pair]
    return end, unbought, best, touched


@compiled
def _reach_lots(  # Numba takes no keyword-only arguments
    state: State, search: Search, keys: IntArray, nodes: RowArray, size: int, touched: int, user: int
) -> tuple[IntArray, RowArray, int, int]:
    """Label the lots a requirement would let go, and return the heap and how many nodes are labelled."""
    count, far = len(state.demand), search.wanted_far[user]
    entry = state.wanted_entry[user]
    while entry != NOBODY:
        pair = state.entry_pair[entry]
        lot = state.lot[pair]
        if far < search.lot_far[lot]:
            if search.lot_far[lot] == FAR:
                search.touched[touched] = count + lot
                touched += 1
            search.lot_far[lot], search.lot_by[lot] = far, pair
            keys, nodes = make_room(keys, nodes, size)
            size = push_node(keys, nodes, size, far, count + lot)
        entry = state.wanted_next[entry]
    return keys, nodes, size, touched


@compiled
def _find_bottleneck(
    state: State,
    search: Search,
    origin: int,
    end: int,
    unbought: bool,  # noqa: FBT001 - Numba takes no keyword-only arguments
    steps: int,
) -> int:
    lot = end
    if unbought:
        steps = min(steps, state.bought[end])
        lot = state.lot[search.wanted_by[end]]
    while lot != origin:
        pair = search.lot_by[lot]
        steps = min(steps, state.entry_flow[find_entry(state, pair)])
        lot = state.lot[search.wanted_by[state.wanted[pair]]]
    return steps


@compiled
def _move_steps(
    state: State,
    search: Search,
    origin: int,
    end: int,
    unbought: bool,  # noqa: FBT001 - as above
    steps: int,
) -> None:
    lot = end
    if unbought:
        state.bought[end] -= steps
        pair = search.wanted_by[end]
        lot = state.lot[pair]
        add_flow(state, pair, steps)
    else:
        state.spare[end] += steps
    while lot != origin:
        pair = search.lot_by[lot]
        cut_flow(state, find_entry(state, pair), steps)
        pair = search.wanted_by[state.wanted[pair]]
        lot = state.lot[pair]
        add_flow(state, pair, steps)


@compiled
def _lower_prices(state: State, search: Search, far: int, touched: int) -> None:
    count = len(state.demand)
    for place in range(touched):
        node = search.touched[place]
        if node < count:
            state.worth[node] -= max(0, far - search.wanted_far[node])
        else:
            state.price[node - count] -= max(0, far - search.lot_far[node - count])
