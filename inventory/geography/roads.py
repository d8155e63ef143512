# SPDX-License-Identifier: EUPL-1.2
"""The trunk-road graph: the node next to a point, and metres between all pairs of nodes."""

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import coo_array
from scipy.sparse.csgraph import dijkstra
from scipy.spatial import cKDTree

from inventory.geography.reference import RoadGraph

FIXED_KINDS = ("road", "bridge", "tunnel")
NO_WAY = -1


def nearest_road_node(
    points: NDArray[np.float64], *, lands: NDArray[np.str_], roads: RoadGraph
) -> NDArray[np.int32]:
    """Find each point's nearest node in a straight line, on the point's own land mass.

    Parameters
    ----------
    points
        Shape (n, 2), metres in EPSG:25832.
    lands
        Shape (n,), the land mass of each point, empty where unknown.
    roads
        From `inventory.geography.reference.read_road_graph`.

    Returns
    -------
    ndarray
        Shape (n,), rows of ``roads.ids``; -1 where the land mass has no node (an island with no
        fixed link) or the point has no land mass. Of two nodes equally near the lower row.
    """
    xy = np.asarray(points, dtype=np.float64).reshape(-1, 2)
    lands = np.asarray(lands)
    nearest = np.full(len(xy), NO_WAY, dtype=np.int32)
    for land in np.unique(lands):
        here = np.flatnonzero((lands == land) & np.isfinite(xy).all(axis=1))
        rows = np.flatnonzero(roads.lands == land)
        if land == "" or here.size == 0 or rows.size == 0:
            continue
        # two neighbours in a column each, so that a tie goes to the lower row; past the end: inf
        away, order = map(np.asarray, cKDTree(roads.xy[rows]).query(xy[here], k=[1, 2]))
        tied = np.where(away == away[:, :1], order, rows.size)
        nearest[here] = rows[tied.min(axis=1)]
    return nearest


def all_pairs_metres(
    count: int,
    *,
    edges: NDArray[np.int32],
    metres: NDArray[np.int32],
    kinds: NDArray[np.str_] | None = None,
    allowed: tuple[str, ...] = FIXED_KINDS,
) -> NDArray[np.int32]:
    """Shortest road metres between all pairs of nodes, by Dijkstra from every node.

    Parameters
    ----------
    count
        Number of nodes n.
    edges, metres, kinds
        Shape (m, 2), (m,), (m,); edges go both ways. Without kinds every edge is used.
    allowed
        The kinds that count; ferries do not unless they are named here.

    Returns
    -------
    ndarray
        Shape (n, n), whole metres, 0 on the diagonal, -1 where there is no way.

    Raises
    ------
    ValueError
        Where an edge names a node outside 0..n-1 or its length is not positive.
    """
    if len(edges) and (edges.min() < 0 or edges.max() >= count):
        raise ValueError("an edge names a node that does not exist")
    if len(metres) and metres.min() <= 0:
        raise ValueError("an edge has no length")
    if kinds is not None:
        used = np.isin(kinds, allowed)
        edges, metres = edges[used], metres[used]
    best: dict[tuple[int, int], int] = {}
    for (a, b), length in zip(edges.tolist(), metres.tolist(), strict=True):
        key = (min(a, b), max(a, b))
        best[key] = min(length, best.get(key, length))
    pairs = np.array(sorted(best), dtype=np.int32).reshape(-1, 2)
    lengths = np.array([best[key] for key in sorted(best)], dtype=np.float64)
    graph = coo_array((lengths, (pairs[:, 0], pairs[:, 1])), shape=(count, count)).tocsr()
    far = dijkstra(graph, directed=False)
    return np.where(np.isfinite(far), far, NO_WAY).astype(np.int32)
