# SPDX-License-Identifier: EUPL-1.2
"""pylmcf, LEMON's network simplex: one graph that is changed and solved again from where it stood."""

import numpy as np
import pylmcf

from benchmarks.transportation import IntArray, Transportation


class WarmGraph:
    """A family as a graph whose capacities change.

    Parameters
    ----------
    case
        The family. What is not served comes straight from the source, at the cost of the greatest saving.
    """

    def __init__(self, case: Transportation) -> None:
        lots, count, most = len(case.supply), len(case.demand), int(case.saving.max())
        source = lots + count
        tails = np.concatenate([np.full(lots, source), case.lot, np.full(count, source)])
        heads = np.concatenate([np.arange(lots), lots + case.wanted, lots + np.arange(count)])
        order = np.lexsort((heads, tails))  # as the graph wants its edges
        self._place = np.argsort(order)[:lots]
        capacity = np.minimum(case.supply[case.lot], case.demand[case.wanted])
        self._capacity: IntArray = np.concatenate([case.supply, capacity, case.demand])[order]
        self._graph = pylmcf.Graph(source + 1, tails[order].astype(np.int32), heads[order].astype(np.int32))
        self._graph.set_node_supply(
            np.concatenate([np.zeros(lots), -case.demand, [case.demand.sum()]]).astype(np.int64)
        )
        cost = np.concatenate([np.zeros(lots), most - case.saving, np.full(count, most)])
        self._graph.set_edge_costs(cost[order].astype(np.int64))
        self._dearest = most * int(case.demand.sum())
        self.solve()

    def set_quantity(self, lot: int, *, steps: int) -> None:
        """Change how much of a lot there is."""
        self._capacity[self._place[lot]] = steps

    def solve(self) -> int:
        """Solve from where the graph stood and return what is saved."""
        self._graph.set_edge_capacities(self._capacity)
        self._graph.solve()
        return self._dearest - int(self._graph.total_cost())
