# SPDX-License-Identifier: EUPL-1.2
"""A solved family that stays solved: each change is repaired at once and proven again."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from matcher.errors import InputError, SolverError
from matcher.problem.columns import IntArray
from matcher.resolve.least import find_worth, lower_to_least
from matcher.resolve.place import place_steps
from matcher.resolve.proof import Proof, prove_state
from matcher.resolve.release import is_feasible, release_lot, release_requirement, take_flow
from matcher.resolve.room import append_requirement, double_entries, drop_pairs, make_state
from matcher.resolve.serve import serve_requirement
from matcher.resolve.state import Search, State, make_search


class Standing:
    """A family with an optimal flow and its least prices, changed in place.

    Parameters
    ----------
    supply
        q of each lot.
    demand, new_cost
        d and N of each requirement.
    wanted, lot, cost
        Every allowed pair cheaper than new: rows from 0 and c. (One no cheaper never improves a plan.)
    flow, prices
        Steps of each pair in an optimal flow, and u of each lot. Without them one requirement after another
        is served, from nothing.

    Raises
    ------
    SolverError
        Where flow and prices do not prove each other: they are no optimum of plain requirements.

    Notes
    -----
    After every change the plan costs what a solve from the beginning would find, and the prices are the same
    least optimal ones; which of several equally good flows it is may differ. Serving somebody keeps prices
    the least (`matcher.resolve.serve`), placing steps does not: then they are lowered. `prove` makes the
    proof anew from every pair. Source: matching.md, section 2.
    """

    def __init__(
        self,
        *,
        supply: IntArray,
        demand: IntArray,
        new_cost: IntArray,
        wanted: IntArray,
        lot: IntArray,
        cost: IntArray,
        flow: IntArray | None = None,
        prices: IntArray | None = None,
    ) -> None:
        order = np.lexsort((lot, wanted))
        self._state = make_state(
            supply=supply,
            demand=demand,
            new_cost=new_cost,
            wanted=wanted[order],
            lot=lot[order],
            cost=cost[order],
        )
        self._search = make_search(lots=len(supply), requirements=len(demand))
        if prices is not None:
            self._state.price[:] = prices
        self._state.worth[:] = find_worth(self._state)
        if flow is None:
            for row, steps in enumerate(demand.tolist()):
                self._serve(row, steps)
        else:
            while len(self._state.entry_flow) < np.count_nonzero(flow):
                self._state = double_entries(self._state)
            take_flow(self._state, flow[order].astype(np.int64))
        lower_to_least(self._state, self._search)
        proof = self.prove()
        if proof.cost != proof.bound or not is_feasible(self._state):
            raise SolverError("The plan given is not an optimum of plain requirements.")

    @property
    def state(self) -> State:
        """Return what the compiled searches see; not to be written to."""
        return self._state

    @property
    def nbytes(self) -> int:
        """Return the memory the family takes."""
        return sum(array.nbytes for array in (*self._state, *self._search))

    def list_flow(self) -> tuple[IntArray, IntArray, IntArray]:
        """Return requirement, lot and steps of each match, by requirement, then lot."""
        state = self._state
        used = np.flatnonzero(state.entry_flow)
        pair = state.entry_pair[used]
        wanted, lot = state.wanted[pair].astype(np.int64), state.lot[pair].astype(np.int64)
        order = np.lexsort((lot, wanted))
        return wanted[order], lot[order], state.entry_flow[used][order]

    def prove(self) -> Proof:
        """Return the certificate's three figures, v found again from every pair."""
        return prove_state(self._state)

    def set_quantity(self, lot: int, *, steps: int) -> None:
        """Change how much of a lot there is; 0 withdraws it.

        Parameters
        ----------
        lot
            Its row.
        steps
            q from now on.

        Raises
        ------
        InputError
            For fewer than no steps.
        """
        if steps < 0:
            raise InputError("at least 0 steps", table="lots", column="quantity", value=steps)
        state = self._state
        more = steps - int(state.supply[lot])
        state.supply[lot] = steps
        if more > 0 and state.spare[lot] > 0:
            state.spare[lot] += more  # nobody wanted what there was
        elif more > 0:
            self._place(lot, more)
            lower_to_least(state, self._search)
        else:
            spared = min(-more, int(state.spare[lot]))
            state.spare[lot] -= spared
            rows, cut = release_lot(state, lot, -more - spared)
            for row, lacking in zip(rows.tolist(), cut.tolist(), strict=True):
                self._serve(row, lacking)

    def set_demand(self, requirement: int, *, steps: int) -> None:
        """Change how much a requirement wants.

        Parameters
        ----------
        requirement
            Its row.
        steps
            d from now on, at least 1; one that wants nothing is removed.

        Raises
        ------
        InputError
            For less than one step.
        """
        if steps < 1:
            raise InputError("at least 1 step", table="requirements", column="quantity", value=steps)
        more = steps - int(self._state.demand[requirement])
        self._state.demand[requirement] = steps
        if more > 0:
            self._serve(requirement, more)
        elif more < 0:
            self._place_all(self._release(requirement, -more))

    def add_requirement(self, *, lots: IntArray, costs: IntArray, demand: int, new_cost: int) -> int:
        """Add a requirement and return its row.

        Parameters
        ----------
        lots, costs
            Its allowed pairs: rows of lots and c; those no cheaper than new are left out.
        demand, new_cost
            d and N.

        Raises
        ------
        InputError
            For less than one step.
        """
        if demand < 1:
            raise InputError("at least 1 step", table="requirements", column="quantity", value=demand)
        useful = costs < new_cost
        self._state = append_requirement(
            self._state, lots=lots[useful], costs=costs[useful], demand=demand, new_cost=new_cost
        )
        row = len(self._state.demand) - 1
        self._search = make_search(lots=len(self._state.supply), requirements=row + 1)
        self._serve(row, demand)
        return row

    def remove_requirement(self, requirement: int) -> None:
        """Take a requirement out; its row stays, wanting nothing.

        Parameters
        ----------
        requirement
            Its row.
        """
        steps = int(self._state.demand[requirement])
        self._state.demand[requirement] = 0
        freed = self._release(requirement, steps)
        self._state = drop_pairs(self._state, requirement)
        self._place_all(freed)

    def _release(self, requirement: int, steps: int) -> list[tuple[int, int]]:
        state = self._state
        unbought = min(steps, int(state.bought[requirement]))
        state.bought[requirement] -= unbought
        lots, cut = release_requirement(state, requirement, steps - unbought)
        return list(zip(lots.tolist(), cut.tolist(), strict=True))

    def _place_all(self, freed: list[tuple[int, int]]) -> None:
        for lot, steps in freed:
            self._place(lot, steps)
        lower_to_least(self._state, self._search)

    def _serve(self, row: int, steps: int) -> None:
        self._repeat(serve_requirement, row, steps)

    def _place(self, lot: int, steps: int) -> None:
        self._repeat(place_steps, lot, steps)

    def _repeat(self, repair: Callable[[State, Search, int, int], int], node: int, steps: int) -> None:
        while steps > 0:
            steps = repair(self._state, self._search, node, steps)
            if steps > 0:
                self._state = double_entries(self._state)
