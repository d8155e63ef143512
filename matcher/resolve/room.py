# SPDX-License-Identifier: EUPL-1.2
"""Room in the arrays of a state: for more entries, for another requirement, and without pairs long gone."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from matcher.problem.columns import IntArray, RowArray
from matcher.resolve.state import FREE_ENTRIES, NOBODY, State, chain_pairs

_ENTRIES = ("entry_pair", "entry_flow", "lot_next", "lot_previous", "wanted_next", "wanted_previous")


def make_state(
    *, supply: IntArray, demand: IntArray, new_cost: IntArray, wanted: IntArray, lot: IntArray, cost: IntArray
) -> State:
    """Lay a family out with nothing served and nothing bought.

    Parameters
    ----------
    supply, demand, new_cost
        q of each lot, d and N of each requirement.
    wanted, lot, cost
        Pairs by requirement: rows from 0 and c.
    """
    lots, count = len(supply), len(demand)
    bounds = np.searchsorted(wanted, np.arange(count + 1)).astype(np.int64)
    room = lots + count + 64
    state = State(
        supply=supply.astype(np.int64),
        spare=supply.astype(np.int64),
        price=np.zeros(lots, dtype=np.int64),
        demand=demand.astype(np.int64),
        new_cost=new_cost.astype(np.int64),
        worth=new_cost.astype(np.int64),
        bought=np.zeros(count, dtype=np.int64),
        start=bounds[:-1].copy(),
        stop=bounds[1:].copy(),
        lot=lot.astype(np.int32),
        wanted=wanted.astype(np.int32),
        cost=cost.astype(np.int64),
        of_lot=_fill(lots),
        next_of_lot=_fill(len(lot)),
        entry_pair=_fill(room),
        entry_flow=np.zeros(room, dtype=np.int64),
        lot_entry=_fill(lots),
        lot_next=_fill(room),
        lot_previous=_fill(room),
        wanted_entry=_fill(count),
        wanted_next=_fill(room),
        wanted_previous=_fill(room),
        free=np.concatenate([[room], np.arange(room)]).astype(np.int32),
    )
    chain_pairs(state, 0, len(lot))
    return state


def double_entries(state: State) -> State:
    """Return the state with room for twice as many entries of the flow."""
    before = len(state.entry_flow)
    fresh = np.arange(before, 2 * before, dtype=np.int32)
    count = int(state.free[FREE_ENTRIES])
    free = np.zeros(1 + 2 * before, dtype=np.int32)
    free[0] = count + before
    free[1 : 1 + before], free[1 + before : 1 + before + count] = fresh, state.free[1 : 1 + count]
    wider = {name: _widen(getattr(state, name), before) for name in _ENTRIES}
    return state._replace(free=free, **wider)


def append_requirement(state: State, *, lots: IntArray, costs: IntArray, demand: int, new_cost: int) -> State:
    """Return the state with one requirement more, its steps in no flow and not bought.

    Parameters
    ----------
    state
        Optimal.
    lots, costs
        Its pairs.
    demand, new_cost
        d and N.
    """
    first = len(state.lot)
    row = len(state.demand)
    worth = min(new_cost, int((costs + state.price[lots]).min(initial=new_cost)))
    state = state._replace(
        demand=np.append(state.demand, demand),
        new_cost=np.append(state.new_cost, new_cost),
        worth=np.append(state.worth, worth),
        bought=np.append(state.bought, 0),
        start=np.append(state.start, first),
        stop=np.append(state.stop, first + len(lots)),
        wanted_entry=np.append(state.wanted_entry, _fill(1)),
        lot=np.append(state.lot, lots.astype(np.int32)),
        wanted=np.append(state.wanted, np.full(len(lots), row, dtype=np.int32)),
        cost=np.append(state.cost, costs),
        next_of_lot=np.append(state.next_of_lot, _fill(len(lots))),
    )
    chain_pairs(state, first, first + len(lots))
    return state


def drop_pairs(state: State, row: int) -> State:
    """Return the state without the pairs of a requirement that nothing flows to any more.

    Notes
    -----
    They are only marked; once most pairs are marked, the arrays are laid out anew.
    """
    state.wanted[state.start[row] : state.stop[row]] = NOBODY
    state.stop[row] = state.start[row]
    kept = np.flatnonzero(state.wanted != NOBODY)
    if 2 * len(kept) >= len(state.wanted):
        return state
    place = _fill(len(state.wanted))
    place[kept] = np.arange(len(kept))
    bounds = np.concatenate([[0], np.cumsum(state.stop - state.start)]).astype(np.int64)
    used = np.flatnonzero(state.entry_flow)
    state.entry_pair[used] = place[state.entry_pair[used]]
    state.of_lot[:] = NOBODY
    state = state._replace(
        start=bounds[:-1].copy(),
        stop=bounds[1:].copy(),
        lot=state.lot[kept],
        wanted=state.wanted[kept],
        cost=state.cost[kept],
        next_of_lot=_fill(len(kept)),
    )
    chain_pairs(state, 0, len(kept))
    return state


def _fill(length: int) -> RowArray:
    return np.full(length, NOBODY, dtype=np.int32)


def _widen(array: NDArray[Any], by: int) -> NDArray[Any]:
    return np.concatenate([array, np.zeros(by, dtype=array.dtype)])
