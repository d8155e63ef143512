# SPDX-License-Identifier: EUPL-1.2
"""The flow engine: the cheapest assignment of lots to requirements over a list of pairs."""

from __future__ import annotations

from typing import Any

import numpy as np
from ortools.graph.python import min_cost_flow

from matcher.errors import SolverError
from matcher.problem.columns import IntArray


def find_flow(
    *, wanted: IntArray, lot: IntArray, saving: IntArray, demand: IntArray, supply: IntArray
) -> IntArray:
    """Return the steps assigned to each pair by an assignment of greatest saving.

    Parameters
    ----------
    wanted, lot
        Rows of the ends of each pair, from 0.
    saving
        (N - c) / quantum of each pair, greater than 0.
    demand, supply
        Quantities of the requirements and of the lots.

    Raises
    ------
    SolverError
        Where the engine does not say that its answer is optimal.

    Notes
    -----
    OR-Tools' cost-scaling push-relabel. One source feeds the lots, and each requirement directly at cost 0:
    what comes that way is bought new. Its own total is not used: costs are recomputed.
    """
    lots, count = len(supply), len(demand)
    source = lots + count
    every_lot, every_one = np.arange(lots), np.arange(count)
    engine: Any = min_cost_flow.SimpleMinCostFlow()
    tails = np.concatenate([np.full(lots, source), lot, np.full(count, source)]).astype(np.int32)
    heads = np.concatenate([every_lot, lots + wanted, lots + every_one]).astype(np.int32)
    capacity = np.concatenate([supply, np.minimum(supply[lot], demand[wanted]), demand]).astype(np.int64)
    cost = np.concatenate([np.zeros(lots), -saving, np.zeros(count)]).astype(np.int64)
    arcs = engine.add_arcs_with_capacity_and_unit_cost(tails, heads, capacity, cost)
    engine.set_nodes_supplies(
        np.append(lots + every_one, source).astype(np.int32), np.append(-demand, demand.sum())
    )
    status = engine.solve()
    if status != engine.OPTIMAL:
        raise SolverError(f"The flow engine ended with {status.name}.")
    return np.asarray(engine.flows(arcs[lots : lots + len(lot)]), dtype=np.int64)
