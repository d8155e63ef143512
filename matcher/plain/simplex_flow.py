# SPDX-License-Identifier: EUPL-1.2
"""The simplex as a flow engine: the cheapest assignment of lots to requirements over a list of pairs."""

from __future__ import annotations

import numpy as np

from matcher.plain.simplex import improve_tree, list_matches, plant_tree
from matcher.problem.columns import IntArray

_EVERY = 2**62


def find_flow_by_simplex(
    *, wanted: IntArray, lot: IntArray, saving: IntArray, demand: IntArray, supply: IntArray
) -> IntArray:
    """Return the steps assigned to each pair by an assignment of greatest saving.

    Parameters
    ----------
    wanted, lot
        Rows of the ends of each pair, from 0; no pair twice.
    saving
        (N - c) / quantum of each pair.
    demand, supply
        Quantities of the requirements, greater than 0, and of the lots.

    Notes
    -----
    The transportation simplex over all pairs (`matcher.plain.simplex`); what is not assigned saves nothing.
    """
    lots, count = len(supply), len(demand)
    keys = wanted.astype(np.int64) * lots + lot
    order = np.argsort(keys, kind="stable")
    start = np.zeros(count + 1, dtype=np.int64)
    np.cumsum(np.bincount(wanted, minlength=count), out=start[1:])
    tree = plant_tree(supply, demand, np.zeros(count, dtype=np.int64))
    improve_tree(tree, start, lot[order].astype(np.int32), -saving[order], 0, 0, _EVERY)
    used, served, steps, _ = list_matches(tree, count)
    flow = np.zeros(len(lot), dtype=np.int64)
    flow[order[np.searchsorted(keys[order], served * lots + used)]] = steps
    return flow
