# SPDX-License-Identifier: EUPL-1.2
"""A requirement short of some steps gets them the cheapest way: spare, from others down a chain, or new."""

from __future__ import annotations

import numpy as np

from matcher.compiling import compiled
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
def serve_requirement(state: State, search: Search, short: int, steps: int) -> int:
    """Find the steps a requirement lacks; return how many are still lacking, for want of free entries.

    Parameters
    ----------
    state
        Optimal but for these steps, which are in no flow and not bought.
    search
        Room for the search.
    short
        The requirement.
    steps
        What it lacks.

    Notes
    -----
    Successive shortest paths on the residual graph, backwards from the requirement: a lot with spare steps
    ends the search, buying new ends it, and a lot in use leads on to those who use it. Costs are reduced by
    the prices, so never negative; afterwards the prices of what was passed rise as far as the path was long.
    Prices that were least stay least: each that rose is held up, by pairs of reduced cost 0, by what it was
    reached from, the requirement itself by the path, and the path by its end, which is spare (u = 0) or new
    (v = N). Source: Ahuja, Magnanti, Orlin, Network Flows (1993), section 9.7.
    """
    while steps > 0:
        end, bought, far, touched = _search(state, search, short)
        moved = _find_bottleneck(state, search, short, end, bought, steps)
        _raise_prices(state, search, far, touched)
        roomy = state.free[FREE_ENTRIES] >= touched
        if roomy:
            _move_steps(state, search, short, end, bought, moved)
            steps -= moved
        forget_labels(state, search, touched)
        if not roomy:
            break
    return steps


@compiled
def _search(state: State, search: Search, short: int) -> tuple[int, bool, int, int]:
    """Return where the cheapest way ends, whether that is buying new, its length and the nodes labelled."""
    count = len(state.demand)
    keys, nodes = np.empty(256, np.int64), np.empty(256, np.int32)
    size = push_node(keys, nodes, 0, 0, short)
    search.wanted_far[short] = 0
    search.touched[0] = short
    touched = 1
    best, end, bought = FAR, NOBODY, False
    while size > 0:
        far, node = keys[0], nodes[0]
        size = drop_top(keys, nodes, size)
        if far >= best:
            break
        if node < count:
            if far > search.wanted_far[node]:
                continue
            whole = far + state.new_cost[node] - state.worth[node]
            if whole < best:
                best, end, bought = whole, node, True
            base = far - state.worth[node]
            for pair in range(state.start[node], state.stop[node]):
                lot = state.lot[pair]
                length = base + state.cost[pair] + state.price[lot]
                if length >= best or length >= search.lot_far[lot]:
                    continue
                if search.lot_far[lot] == FAR:
                    search.touched[touched] = count + lot
                    touched += 1
                search.lot_far[lot], search.lot_by[lot] = length, pair
                if state.spare[lot] > 0:
                    best, end, bought = length, lot, False
                else:
                    keys, nodes = make_room(keys, nodes, size)
                    size = push_node(keys, nodes, size, length, count + lot)
        else:
            lot = node - count
            if far > search.lot_far[lot]:
                continue
            entry = state.lot_entry[lot]
            while entry != NOBODY:
                pair = state.entry_pair[entry]
                user = state.wanted[pair]
                if far < search.wanted_far[user]:
                    if search.wanted_far[user] == FAR:
                        search.touched[touched] = user
                        touched += 1
                    search.wanted_far[user], search.wanted_by[user] = far, pair
                    keys, nodes = make_room(keys, nodes, size)
                    size = push_node(keys, nodes, size, far, user)
                entry = state.lot_next[entry]
    return end, bought, best, touched


@compiled
def _find_bottleneck(state: State, search: Search, short: int, end: int, bought: bool, steps: int) -> int:  # noqa: FBT001 - Numba takes no keyword-only arguments
    wanted = end
    if not bought:
        steps = min(steps, state.spare[end])
        wanted = state.wanted[search.lot_by[end]]
    while wanted != short:
        pair = search.wanted_by[wanted]
        steps = min(steps, state.entry_flow[find_entry(state, pair)])
        wanted = state.wanted[search.lot_by[state.lot[pair]]]
    return steps


@compiled
def _move_steps(state: State, search: Search, short: int, end: int, bought: bool, steps: int) -> None:  # noqa: FBT001 - as above
    wanted = end
    if bought:
        state.bought[end] += steps
    else:
        state.spare[end] -= steps
        pair = search.lot_by[end]
        wanted = state.wanted[pair]
        add_flow(state, pair, steps)
    while wanted != short:
        pair = search.wanted_by[wanted]
        cut_flow(state, find_entry(state, pair), steps)
        pair = search.lot_by[state.lot[pair]]
        wanted = state.wanted[pair]
        add_flow(state, pair, steps)


@compiled
def _raise_prices(state: State, search: Search, far: int, touched: int) -> None:
    count = len(state.demand)
    for place in range(touched):
        node = search.touched[place]
        if node < count:
            state.worth[node] += max(0, far - search.wanted_far[node])
        else:
            state.price[node - count] += max(0, far - search.lot_far[node - count])
