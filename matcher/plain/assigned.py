# SPDX-License-Identifier: EUPL-1.2
"""What each requirement of a family takes from which lot, and the flow that finds it at once."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from matcher.plain.flow import find_flow
from matcher.plain.holding import Pool
from matcher.problem.columns import IntArray


class Assigned(NamedTuple):
    """Matches of a family, by requirement, then lot.

    Parameters
    ----------
    lot, wanted, flow, cost
        Rows, steps and c of each match, c in quanta.
    """

    lot: IntArray
    wanted: IntArray
    flow: IntArray
    cost: IntArray

    def count_served(self, requirements: int) -> IntArray:
        """Return the steps each requirement gets."""
        served = np.zeros(requirements, dtype=np.int64)
        np.add.at(served, self.wanted, self.flow)
        return served


def assign_by_flow(pool: Pool, *, new_cost: IntArray, demand: IntArray, supply: IntArray) -> Assigned:
    """Return an optimal assignment over all pairs of a family, by OR-Tools' min cost flow.

    Parameters
    ----------
    pool
        Every pair cheaper than new.
    new_cost
        N of each requirement, in quanta.
    demand, supply
        Quantities.

    Raises
    ------
    SolverError
        Where the engine does not say that its answer is optimal.
    """
    wanted = np.repeat(np.arange(len(demand)), np.diff(pool.start))
    lot = pool.lot.astype(np.int64)
    if not len(lot):
        return Assigned(lot, wanted, lot, lot)
    flow = find_flow(
        wanted=wanted, lot=lot, saving=new_cost[wanted] - pool.cost, demand=demand, supply=supply
    )
    used = flow > 0
    return Assigned(lot[used], wanted[used], flow[used], pool.cost[used])
