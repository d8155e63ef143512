# SPDX-License-Identifier: EUPL-1.2
"""Taking steps out of a flow, and putting the flow of a plan in."""

from __future__ import annotations

import numpy as np

from matcher.compiling import compiled
from matcher.problem.columns import IntArray
from matcher.resolve.state import State, add_flow, cut_flow


@compiled
def release_lot(state: State, lot: int, steps: int) -> tuple[IntArray, IntArray]:
    """Take steps of a lot from those who use it, and return who lacks how many.

    Parameters
    ----------
    state
        Any state.
    lot
        Row of the lot.
    steps
        No more than are used. From whom does not matter: the repair may pass the loss on.
    """
    rows, cut = np.empty(16, np.int64), np.empty(16, np.int64)
    size = 0
    while steps > 0:
        entry = state.lot_entry[lot]
        part = min(steps, state.entry_flow[entry])
        if size == len(rows):
            rows, cut = np.append(rows, rows), np.append(cut, cut)
        rows[size], cut[size] = state.wanted[state.entry_pair[entry]], part
        size += 1
        cut_flow(state, entry, part)
        steps -= part
    return rows[:size], cut[:size]


@compiled
def release_requirement(state: State, row: int, steps: int) -> tuple[IntArray, IntArray]:
    """Take steps away from a requirement, and return which lots have how many to place.

    Parameters
    ----------
    state
        Any state.
    row
        Row of the requirement.
    steps
        No more than it gets.
    """
    lots, cut = np.empty(16, np.int64), np.empty(16, np.int64)
    size = 0
    while steps > 0:
        entry = state.wanted_entry[row]
        part = min(steps, state.entry_flow[entry])
        if size == len(lots):
            lots, cut = np.append(lots, lots), np.append(cut, cut)
        lots[size], cut[size] = state.lot[state.entry_pair[entry]], part
        size += 1
        cut_flow(state, entry, part)
        steps -= part
    return lots[:size], cut[:size]


@compiled
def take_flow(state: State, flow: IntArray) -> None:
    """Put the flow of a plan into a state that has none; what it does not serve is bought new.

    Parameters
    ----------
    state
        Without a flow, with room for the entries.
    flow
        Steps of each pair.
    """
    state.bought[:] = state.demand
    for pair in range(len(flow)):
        if flow[pair] > 0:
            add_flow(state, pair, flow[pair])
            state.spare[state.lot[pair]] -= flow[pair]
            state.bought[state.wanted[pair]] -= flow[pair]


@compiled
def is_feasible(state: State) -> bool:
    """Return whether no lot gives more than it has and no requirement gets more than it wants."""
    return bool((state.spare >= 0).all() and (state.bought >= 0).all())
