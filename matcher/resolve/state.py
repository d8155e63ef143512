# SPDX-License-Identifier: EUPL-1.2
"""A solved family kept in memory: its pairs, its flow and its prices, as the compiled searches want them."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from matcher.compiling import compiled
from matcher.problem.columns import IntArray, RowArray

NOBODY = -1
"""No entry, no pair."""
FREE_ENTRIES = 0
"""Place of `State.free` that says how many entries are free."""


class State(NamedTuple):
    """Pairs, flow and prices of one family; everything in it changes in place.

    Parameters
    ----------
    supply, spare, price
        Of each lot: q, the steps nobody takes, u.
    demand, new_cost, worth, bought
        Of each requirement: d, N, v and the steps bought new.
    start, stop
        Pairs of each requirement: ``lot[start[j]:stop[j]]``; empty for a requirement that was removed.
    lot, wanted, cost
        Ends and c of each pair; `wanted` is `NOBODY` once its requirement is gone.
    of_lot, next_of_lot
        Pairs of each lot as a chain: the first, and after each pair the next; `NOBODY` ends it.
    entry_pair, entry_flow
        Pair and steps of each entry of the flow: only pairs with steps have one.
    lot_entry, lot_next, lot_previous
        Entries of each lot as a chain in both directions.
    wanted_entry, wanted_next, wanted_previous
        Entries of each requirement likewise.
    free
        How many entries are free, and which.
    """

    supply: IntArray
    spare: IntArray
    price: IntArray
    demand: IntArray
    new_cost: IntArray
    worth: IntArray
    bought: IntArray
    start: IntArray
    stop: IntArray
    lot: RowArray
    wanted: RowArray
    cost: IntArray
    of_lot: RowArray
    next_of_lot: RowArray
    entry_pair: RowArray
    entry_flow: IntArray
    lot_entry: RowArray
    lot_next: RowArray
    lot_previous: RowArray
    wanted_entry: RowArray
    wanted_next: RowArray
    wanted_previous: RowArray
    free: RowArray


class Search(NamedTuple):
    """Room for a search; between two searches nothing is labelled.

    Parameters
    ----------
    lot_far, wanted_far
        Distance of each node from where the search began, or `FAR`.
    lot_by, wanted_by
        Pair by which a lot or a requirement was reached.
    touched
        Nodes labelled: requirements j, and lots as requirements + i.
    """

    lot_far: IntArray
    wanted_far: IntArray
    lot_by: RowArray
    wanted_by: RowArray
    touched: RowArray


FAR = np.iinfo(np.int64).max // 4
"""Distance of what was not reached."""


def make_search(*, lots: int, requirements: int) -> Search:
    """Make room for searches over a family of so many nodes."""
    nodes = lots + requirements
    return Search(
        np.full(lots, FAR, dtype=np.int64),
        np.full(requirements, FAR, dtype=np.int64),
        np.full(lots, NOBODY, dtype=np.int32),
        np.full(requirements, NOBODY, dtype=np.int32),
        np.zeros(nodes, dtype=np.int32),
    )


@compiled
def find_entry(state: State, pair: int) -> int:
    """Return the entry of a pair, or `NOBODY` where it has no steps."""
    entry = state.wanted_entry[state.wanted[pair]]
    while entry != NOBODY and state.entry_pair[entry] != pair:
        entry = state.wanted_next[entry]
    return int(entry)


@compiled
def add_flow(state: State, pair: int, steps: int) -> None:
    """Let a pair carry more steps; there must be a free entry."""
    entry = find_entry(state, pair)
    if entry != NOBODY:
        state.entry_flow[entry] += steps
        return
    state.free[FREE_ENTRIES] -= 1
    entry = state.free[1 + state.free[FREE_ENTRIES]]
    lot, wanted = state.lot[pair], state.wanted[pair]
    state.entry_pair[entry], state.entry_flow[entry] = pair, steps
    following = state.lot_entry[lot]
    state.lot_next[entry], state.lot_previous[entry] = following, NOBODY
    if following != NOBODY:
        state.lot_previous[following] = entry
    state.lot_entry[lot] = entry
    following = state.wanted_entry[wanted]
    state.wanted_next[entry], state.wanted_previous[entry] = following, NOBODY
    if following != NOBODY:
        state.wanted_previous[following] = entry
    state.wanted_entry[wanted] = entry


@compiled
def cut_flow(state: State, entry: int, steps: int) -> None:
    """Let an entry carry fewer steps; an entry without any is freed."""
    state.entry_flow[entry] -= steps
    if state.entry_flow[entry] > 0:
        return
    pair = state.entry_pair[entry]
    before, after = state.lot_previous[entry], state.lot_next[entry]
    if before == NOBODY:
        state.lot_entry[state.lot[pair]] = after
    else:
        state.lot_next[before] = after
    if after != NOBODY:
        state.lot_previous[after] = before
    before, after = state.wanted_previous[entry], state.wanted_next[entry]
    if before == NOBODY:
        state.wanted_entry[state.wanted[pair]] = after
    else:
        state.wanted_next[before] = after
    if after != NOBODY:
        state.wanted_previous[after] = before
    state.free[1 + state.free[FREE_ENTRIES]] = entry
    state.free[FREE_ENTRIES] += 1


@compiled
def chain_pairs(state: State, first: int, last: int) -> None:
    """Hang the pairs from `first` up to before `last` into the chains of their lots."""
    for pair in range(first, last):
        state.next_of_lot[pair] = state.of_lot[state.lot[pair]]
        state.of_lot[state.lot[pair]] = pair


@compiled
def forget_labels(state: State, search: Search, touched: int) -> None:
    """Take the labels off the nodes a search has labelled."""
    count = len(state.demand)
    for place in range(touched):
        node = search.touched[place]
        if node < count:
            search.wanted_far[node] = FAR
        else:
            search.lot_far[node - count] = FAR
