# SPDX-License-Identifier: EUPL-1.2
"""NetworkX's network simplex: pure Python, whole numbers."""

import networkx as nx
import numpy as np
from numpy.typing import NDArray

from benchmarks.transportation import Transportation


def solve_by_networkx(case: Transportation) -> NDArray[np.int64]:
    """Return the steps of each pair by ``network_simplex``, the graph made of lists of edges.

    Notes
    -----
    NetworkX has no interface of arrays for costs and capacities together: edges go in as tuples. One source
    feeds the lots, and each requirement directly at cost 0, as in Genbro's own engine.
    """
    lots, total = len(case.supply), int(case.demand.sum())
    source = lots + len(case.demand)
    graph = nx.DiGraph()
    graph.add_node(source, demand=-total)
    graph.add_nodes_from((lots + row, {"demand": need}) for row, need in enumerate(case.demand.tolist()))
    graph.add_edges_from((source, row, {"capacity": have}) for row, have in enumerate(case.supply.tolist()))
    graph.add_edges_from((source, lots + row) for row in range(len(case.demand)))
    graph.add_edges_from(
        (lot, lots + wanted, {"weight": -saving})
        for lot, wanted, saving in zip(
            case.lot.tolist(), case.wanted.tolist(), case.saving.tolist(), strict=True
        )
    )
    _, flow = nx.network_simplex(graph)
    steps = [
        flow[lot][lots + wanted] for lot, wanted in zip(case.lot.tolist(), case.wanted.tolist(), strict=True)
    ]
    return np.array(steps, dtype=np.int64)
