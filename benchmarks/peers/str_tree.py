# SPDX-License-Identifier: EUPL-1.2
"""Shapely's STRtree: a tree of lots for each class, all points of a class asked at once, on two threads."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray
from shapely import STRtree, points

from benchmarks.contest import Answer
from benchmarks.reach import THREADS, Reach, join_classes, keep_meeting, part_classes

IntArray = NDArray[np.int64]


@dataclass(frozen=True, slots=True, kw_only=True)
class Boxes:
    """Of each class the tree of its lots and the points of its requirements, with the rows they are."""

    trees: list[tuple[IntArray, STRtree]]
    asked: list[tuple[IntArray, Any]]


def plant_boxes(reach: Reach) -> Boxes:
    """Make trees and points beforehand, as a program that asks often would."""
    parts = part_classes(reach)
    boxes = Boxes(
        trees=[(offered, STRtree(points(reach.lot_xy[offered]))) for offered, _ in parts],
        asked=[(rows, points(reach.wanted_xy[rows])) for _, rows in parts],
    )
    for (_, tree), (_, asked) in zip(boxes.trees, boxes.asked, strict=True):
        tree.query(asked[:1])  # a tree is built when it is first asked
    return boxes


def find_by_boxes(reach: Reach, boxes: Boxes) -> Answer:
    """Find every pair within reach whose windows meet, by requirement, then distance.

    Notes
    -----
    ``dwithin`` with arrays; `query_nearest` is for the nearest alone.
    """

    def find(place: int) -> tuple[IntArray, IntArray, IntArray]:
        (offered, tree), (rows, asked) = boxes.trees[place], boxes.asked[place]
        row, column = tree.query(asked, predicate="dwithin", distance=reach.line_m + 1.0)
        return keep_meeting(reach, rows[row], offered[column])

    with ThreadPoolExecutor(THREADS) as pool:
        return join_classes(list(pool.map(find, range(len(boxes.trees)))))
