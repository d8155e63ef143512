# SPDX-License-Identifier: EUPL-1.2
"""A grid of each class: the lots of a class by the cell their site lies in."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from matcher.problem.columns import DayArray, IntArray, RowArray
from matcher.problem.problem import Problem

CELL_METRES = 10_000
"""Side of a grid cell, unless the sites span more than `MOST_CELLS` of them."""
MOST_CELLS = 64


class Grid(NamedTuple):
    """Lots of each class by the cell their site lies in.

    Parameters
    ----------
    lots
        Rows of lots by class, then cell, then row.
    start
        ``lots[start[k, cell]:start[k, cell + 1]]`` are those of class k in a cell.
    offer_start, offer
        Classes that may serve each class, itself first: ``offer[offer_start[k]:offer_start[k + 1]]``.
    west_m, south_m, cell_m, columns, rows
        Corner, side and size of the grid.
    x_m, y_m, opens, closes
        Point (from the corner) and window [a, b) of each of `lots`, in their order: a search reads them one
        after the other.
    """

    lots: RowArray
    start: IntArray
    offer_start: DayArray
    offer: DayArray
    west_m: int
    south_m: int
    cell_m: int
    columns: int
    rows: int
    x_m: DayArray
    y_m: DayArray
    opens: DayArray
    closes: DayArray


def lay_grid(problem: Problem) -> Grid:
    """Sort the lots of a problem into cells.

    Parameters
    ----------
    problem
        Any problem.
    """
    lots, sites = problem.lots, problem.sites
    x, y = sites.x_m[lots.site], sites.y_m[lots.site]
    west, south = int(x.min(initial=2**31)), int(y.min(initial=2**31))
    span = max(int(x.max(initial=west)) - west, int(y.max(initial=south)) - south) + 1
    side = max(CELL_METRES, -(-span // MOST_CELLS))
    columns = (int(x.max(initial=west)) - west) // side + 1
    rows = (int(y.max(initial=south)) - south) // side + 1
    cell = (x - west) // side + (y - south) // side * columns
    key = lots.class_.astype(np.int64) * (columns * rows) + cell
    counts = np.bincount(key, minlength=len(problem.classes.id) * columns * rows)
    start = np.zeros(len(counts) + 1, dtype=np.int64)
    np.cumsum(counts, out=start[1:])
    offers = [
        [row, *problem.substitutes.substitute[problem.substitutes.class_ == row].tolist()]
        for row in range(len(problem.classes.id))
    ]
    offer_start = np.zeros(len(offers) + 1, dtype=np.int32)
    np.cumsum([len(each) for each in offers], out=offer_start[1:])
    order = np.argsort(key, kind="stable").astype(np.int32)
    grid = Grid(
        order,
        start,
        offer_start,
        np.array([one for each in offers for one in each], dtype=np.int32),
        west,
        south,
        side,
        int(columns),
        int(rows),
        (x - west)[order].astype(np.int32),
        (y - south)[order].astype(np.int32),
        lots.available_from[order],
        lots.available_to[order],
    )
    for array in grid:
        if isinstance(array, np.ndarray):
            array.setflags(write=False)
    return grid
