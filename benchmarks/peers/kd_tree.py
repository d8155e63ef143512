# SPDX-License-Identifier: EUPL-1.2
"""SciPy's cKDTree: a tree of lots for each class, on one thread."""

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.spatial import cKDTree

from benchmarks.contest import Answer
from benchmarks.reach import REACH_M, Reach, measure_lines, order_pairs, sum_pairs

IntArray = NDArray[np.int64]


@dataclass(frozen=True, slots=True, kw_only=True)
class Trees:
    """Trees of the lots and of the requirements of each class, with the rows they are made of."""

    lots: list[tuple[IntArray, Any]]
    wanted: list[tuple[IntArray, Any]]


def plant_trees(reach: Reach) -> Trees:
    """Make the trees beforehand, as a program that asks often would."""
    lots: list[tuple[IntArray, Any]] = []
    wanted: list[tuple[IntArray, Any]] = []
    for one in np.unique(reach.wanted_class):
        rows = np.flatnonzero(reach.wanted_class == one)
        offered = np.flatnonzero(reach.lot_class == one)
        if len(offered):
            lots.append((offered, cKDTree(reach.lot_xy[offered])))
            wanted.append((rows, cKDTree(reach.wanted_xy[rows])))
    return Trees(lots=lots, wanted=wanted)


def find_by_trees(reach: Reach, trees: Trees) -> Answer:
    """Find every pair within reach whose windows meet, by requirement, then distance.

    Notes
    -----
    `sparse_distance_matrix` as an array is the fastest way cKDTree has: `query_ball_point` gives lists.
    """
    parts = []
    for (offered, tree), (rows, asked) in zip(trees.lots, trees.wanted, strict=True):
        near = asked.sparse_distance_matrix(tree, reach.line_m + 1.0, output_type="ndarray")
        wanted, lot = rows[near["i"]], offered[near["j"]]
        meet = np.maximum(reach.lot_from[lot], reach.wanted_from[wanted]) < np.minimum(
            reach.lot_to[lot], reach.wanted_to[wanted]
        )
        parts.append((wanted[meet], lot[meet]))
    wanted, lot = (np.concatenate(column) for column in zip(*parts, strict=True))
    metres = measure_lines(reach.wanted_xy[wanted], reach.lot_xy[lot])
    kept = metres <= REACH_M
    return sum_pairs(*order_pairs(wanted[kept], lot[kept], metres[kept]), whole=True)


def find_nearest_by_trees(reach: Reach, trees: Trees, *, nearest: int) -> Answer:
    """Find the nearest lots of each requirement within reach; windows are open all the time."""
    parts = []
    for (offered, tree), (rows, _) in zip(trees.lots, trees.wanted, strict=True):
        _, column = tree.query(
            reach.wanted_xy[rows],
            k=np.arange(1, nearest + 1),
            distance_upper_bound=reach.line_m + 1.0,
            workers=1,
        )
        row, place = np.nonzero(column < len(offered))
        parts.append((rows[row], offered[column[row, place]]))
    wanted, lot = (np.concatenate(column) for column in zip(*parts, strict=True))
    metres = measure_lines(reach.wanted_xy[wanted], reach.lot_xy[lot])
    kept = metres <= REACH_M
    return sum_pairs(*order_pairs(wanted[kept], lot[kept], metres[kept]), whole=False)
