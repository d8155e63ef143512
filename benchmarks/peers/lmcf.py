# SPDX-License-Identifier: EUPL-1.2
"""pylmcf, LEMON's network simplex, from the beginning: the graph is made, solved and read."""

import numpy as np
import pylmcf
from numpy.typing import NDArray

from benchmarks.transportation import Transportation


def solve_by_lmcf(case: Transportation) -> NDArray[np.int64]:
    """Return the steps of each pair.

    Parameters
    ----------
    case
        The family.

    Notes
    -----
    From a source to lots, from lots to requirements; what is not served comes straight from the source at
    the cost of the greatest saving. The graph wants its edges by tail, then head; making it counts.
    """
    lots, count, most = len(case.supply), len(case.demand), int(case.saving.max())
    source, pairs = lots + count, len(case.lot)
    order = np.lexsort((case.wanted, case.lot))
    tails = np.concatenate([case.lot[order], np.full(lots + count, source)])
    heads = np.concatenate([lots + case.wanted[order], np.arange(lots + count)])
    most_passed = np.minimum(case.supply[case.lot], case.demand[case.wanted])[order]
    graph = pylmcf.Graph(source + 1, tails.astype(np.int32), heads.astype(np.int32))
    supply = np.concatenate([np.zeros(lots), -case.demand, [case.demand.sum()]])
    graph.set_node_supply(supply.astype(np.int64))
    graph.set_edge_capacities(np.concatenate([most_passed, case.supply, case.demand]))
    cost = np.concatenate([(most - case.saving)[order], np.zeros(lots), np.full(count, most)])
    graph.set_edge_costs(cost.astype(np.int64))
    graph.solve()
    flow = np.zeros(pairs, dtype=np.int64)
    flow[order] = np.asarray(graph.result())[:pairs]
    return flow
