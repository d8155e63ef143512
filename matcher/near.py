# SPDX-License-Identifier: EUPL-1.2
"""The lots of a class that are near a requirement and open in time, found through the grid."""

from __future__ import annotations

import math

import numpy as np

from matcher.compatibility import Facts
from matcher.compiling import compiled
from matcher.grid import Grid
from matcher.problem.columns import RowArray


@compiled
def find_near(grid: Grid, facts: Facts, offered: int, wanted: int, places: RowArray) -> int:
    """Write where in the grid the lots of a class stand that are near enough and in time; return how many.

    Parameters
    ----------
    grid, facts
        Of a world.
    offered
        Class of the lots.
    wanted
        Row of requirements.
    places
        Buffer for all of them.

    Notes
    -----
    More than the allowed lots, never fewer: direct or stored, a lot has to open before the requirement ends,
    and to close on its first day less the days of storage at the earliest.
    """
    site, reach = facts.wanted_site[wanted], np.int64(facts.wanted_metres[wanted])
    x, y = facts.places.x_m[site] - grid.west_m, facts.places.y_m[site] - grid.south_m
    until = facts.wanted_to[wanted]
    since = facts.wanted_from[wanted] + 1 - facts.wanted_storage[wanted]
    base = offered * grid.columns * grid.rows
    count = 0
    for row in range(max(0, (y - reach) // grid.cell_m), min(grid.rows, (y + reach) // grid.cell_m + 1)):
        away = max(0, row * grid.cell_m - y, y - (row + 1) * grid.cell_m)
        if away > reach:
            continue
        half = int(math.sqrt(reach * reach - away * away)) + 1
        left = int(max(0, (x - half) // grid.cell_m))
        right = int(min(grid.columns - 1, (x + half) // grid.cell_m))
        if left > right:
            continue
        first = grid.start[base + row * grid.columns + left]
        last = grid.start[base + row * grid.columns + right + 1]
        for place in range(first, last):
            dx, dy = grid.x_m[place] - x, grid.y_m[place] - y
            near = dx * dx + dy * dy <= reach * reach
            in_time = (grid.opens[place] < until) & (grid.closes[place] >= since)
            places[count] = place
            count += int(near & in_time)
    return count
