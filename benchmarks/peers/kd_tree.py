# SPDX-License-Identifier: EUPL-1.2
"""SciPy's cKDTree: a tree of lots for each class, on two threads."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.spatial import cKDTree

from benchmarks.contest import Answer
from benchmarks.reach import (
    REACH_M,
    THREADS,
    Reach,
    join_classes,
    keep_meeting,
    measure_lines,
    order_pairs,
    part_classes,
    sum_pairs,
)

IntArray = NDArray[np.int64]


@dataclass(frozen=True, slots=True, kw_only=True)
class Trees:
    """Trees of the lots and of the requirements of each class, with the rows they are made of."""

    lots: list[tuple[IntArray, Any]]
    wanted: list[tuple[IntArray, Any]]


def plant_trees(reach: Reach) -> Trees:
    """Make the trees beforehand, as a program that asks often would."""
    parts = part_classes(reach)
    return Trees(
        lots=[(offered, cKDTree(reach.lot_xy[offered])) for offered, _ in parts],
        wanted=[(rows, cKDTree(reach.wanted_xy[rows])) for _, rows in parts],
    )


def find_by_trees(reach: Reach, trees: Trees) -> Answer:
    """Find every pair within reach whose windows meet, by requirement, then distance.

    Notes
    -----
    `sparse_distance_matrix` as an array is the fastest way cKDTree has, class by class on two threads; it has
    no ``workers`` of its own. `query_ball_point` has: with two of them it takes several times as long, since
    it gives lists.
    """

    def find(place: int) -> tuple[IntArray, IntArray, IntArray]:
        (offered, tree), (rows, asked) = trees.lots[place], trees.wanted[place]
        near = asked.sparse_distance_matrix(tree, reach.line_m + 1.0, output_type="ndarray")
        return keep_meeting(reach, rows[near["i"]], offered[near["j"]])

    with ThreadPoolExecutor(THREADS) as pool:
        return join_classes(list(pool.map(find, range(len(trees.lots)))))


def find_nearest_by_trees(reach: Reach, trees: Trees, *, nearest: int) -> Answer:
    """Find the nearest lots of each requirement within reach; windows are open all the time."""
    parts = []
    for (offered, tree), (rows, _) in zip(trees.lots, trees.wanted, strict=True):
        _, column = tree.query(
            reach.wanted_xy[rows],
            k=np.arange(1, nearest + 1),
            distance_upper_bound=reach.line_m + 1.0,
            workers=THREADS,
        )
        row, place = np.nonzero(column < len(offered))
        parts.append((rows[row], offered[column[row, place]]))
    wanted, lot = (np.concatenate(column) for column in zip(*parts, strict=True))
    metres = measure_lines(reach.wanted_xy[wanted], reach.lot_xy[lot])
    kept = metres <= REACH_M
    return sum_pairs(*order_pairs(wanted[kept], lot[kept], metres[kept]), whole=False)
