# SPDX-License-Identifier: EUPL-1.2
"""The only place that turns two sites into road metres; every tier is at least the straight line."""

from __future__ import annotations

import math
from typing import NamedTuple

import numpy as np

from matcher.compiling import compiled
from matcher.problem.columns import DayArray, IntArray, RowArray
from matcher.problem.problem import Problem

NO_WAY = -1
"""Metres between two sites that no road joins."""


class Places(NamedTuple):
    """Sites and roads as the compiled loops want them.

    Parameters
    ----------
    x_m, y_m
        Points of the sites, EPSG:25832, metres.
    land
        Number of each site's land mass; -1 = not known.
    node
        Row of each site's road node; -1 = none.
    access_m
        Metres from each site to its node; 0 where it has none.
    road_m
        Metres between all nodes; -1 = no way.
    detour_permille, near_m
        The params of the same names.
    """

    x_m: IntArray
    y_m: IntArray
    land: RowArray
    node: RowArray
    access_m: IntArray
    road_m: DayArray
    detour_permille: int
    near_m: int


def lay_places(problem: Problem) -> Places:
    """Prepare the sites and roads of a problem.

    Parameters
    ----------
    problem
        Any problem.
    """
    sites, roads, params = problem.sites, problem.roads, problem.params
    names, land = np.unique(sites.land.astype(str), return_inverse=True)
    numbers = np.where(names == "", -1, np.arange(len(names)))[land].astype(np.int32)
    access = measure_accesses(
        sites.x_m, sites.y_m, sites.node, roads.x_m, roads.y_m, int(params.detour_permille)
    )
    for array in (sites.x_m, sites.y_m, numbers, sites.node, access, roads.metres):
        array.setflags(write=False)
    return Places(
        sites.x_m,
        sites.y_m,
        numbers,
        sites.node,
        access,
        roads.metres,
        int(params.detour_permille),
        int(params.near_metres),
    )


@compiled
def measure_line(dx: int, dy: int) -> int:
    """Return the straight line in whole metres, rounded up.

    Parameters
    ----------
    dx, dy
        Differences of coordinates, metres, below 1e9.
    """
    square = dx * dx + dy * dy
    root = int(math.sqrt(square))
    while root * root > square:
        root -= 1
    while root * root < square:
        root += 1
    return root


@compiled
def stretch_line(line: int, detour_permille: int) -> int:
    """Return a straight line times the detour factor in whole metres, rounded up.

    Parameters
    ----------
    line
        Metres.
    detour_permille
        At least 1000.
    """
    return (line * detour_permille + 999) // 1000


@compiled
def measure_accesses(  # Numba takes no keyword-only arguments
    x_m: IntArray, y_m: IntArray, node: RowArray, node_x_m: IntArray, node_y_m: IntArray, detour_permille: int
) -> IntArray:
    """Return the metres from each site to its road node, 0 where it has none.

    Parameters
    ----------
    x_m, y_m, node
        Columns of sites.
    node_x_m, node_y_m
        Points of the road nodes.
    detour_permille
        At least 1000.
    """
    access = np.zeros(len(x_m), dtype=np.int64)
    for site in range(len(x_m)):
        if node[site] >= 0:
            line = measure_line(x_m[site] - node_x_m[node[site]], y_m[site] - node_y_m[node[site]])
            access[site] = stretch_line(line, detour_permille)
    return access


@compiled
def measure_road(places: Places, start: int, end: int) -> int:
    """Return the one-way road between two sites in whole metres, or `NO_WAY`.

    Parameters
    ----------
    places
        From `lay_places`.
    start, end
        Rows of sites.

    Notes
    -----
    Tier a, inside one land mass and nearer than `near_m` in a straight line: that line times the detour
    factor. Tier b, otherwise: to the site's node (straight line times detour), along the trunk roads, from
    the other node. The trunk roads may be a few metres shorter than the projected straight line (the scale of
    EPSG:25832 is not 1): then the straight line stands. Source: matching.md, section 4.
    """
    line = measure_line(places.x_m[start] - places.x_m[end], places.y_m[start] - places.y_m[end])
    if places.land[start] >= 0 and places.land[start] == places.land[end] and line < places.near_m:
        return stretch_line(line, places.detour_permille)
    from_node = places.node[start]
    to_node = places.node[end]
    if start == end:
        return 0
    if from_node < 0 or to_node < 0:
        return NO_WAY
    trunk = places.road_m[from_node, to_node]
    if trunk < 0:
        return NO_WAY
    return int(max(line, places.access_m[start] + trunk + places.access_m[end]))


@compiled
def measure_roads(places: Places, starts: RowArray, ends: RowArray) -> IntArray:
    """Return the road metres of many pairs of sites, `NO_WAY` where there is none.

    Parameters
    ----------
    places
        From `lay_places`.
    starts, ends
        Rows of sites, of one length.
    """
    metres = np.empty(len(starts), dtype=np.int64)
    for pair in range(len(starts)):
        metres[pair] = measure_road(places, starts[pair], ends[pair])
    return metres
