# SPDX-License-Identifier: EUPL-1.2
"""Why lots were not taken: for requirements that went short, the lots each reason stopped."""

from __future__ import annotations

import numpy as np

from matcher.candidates import World
from matcher.compatibility import (
    ALLOWED,
    Facts,
    is_documented,
    is_joined,
    is_of_class,
    is_screened,
    is_within_bounds,
    judge_pair,
)
from matcher.compiling import compiled
from matcher.distance import measure_road
from matcher.problem.columns import BoolArray, IntArray, RowArray
from matcher.reasons import (
    ATTRIBUTE,
    DISTANCE,
    DOCUMENTATION,
    NO_LOT_OF_CLASS,
    NO_ROAD,
    REASONS,
    SCREENING,
    TAKEN,
    TOO_DEAR,
)
from matcher.types import gather_rows
from matcher.value import price_pair

_REASONS = len(REASONS)


def count_stops(world: World, rows: IntArray, *, weights: IntArray) -> IntArray:
    """Count for each requirement the lots of an accepted class stopped at each reason.

    Parameters
    ----------
    world
        From `matcher.candidates.lay_world`.
    rows
        Rows of requirements.
    weights
        How many lots each row of lots stands for.

    Returns
    -------
    IntArray
        One row a requirement, one column a reason. An allowed lot is `taken` if it is cheaper than new at its
        own cost, else `too_dear`. Where the pairs are given, only they are counted.
    """
    if not len(rows):
        return np.zeros((0, _REASONS), dtype=np.int64)
    if world.given:
        return _count_given(world, rows, weights)
    facts = world.facts
    alike = gather_rows(
        [
            getattr(facts, name)[rows]
            for name in (
                "wanted_class",
                "wanted_swap_ok",
                "wanted_documentation",
                "wanted_unscreened_ok",
                "wanted_minimum",
                "wanted_maximum",
                "wanted_unknown_ok",
            )
        ]
    )
    order = np.argsort(alike.type_of, kind="stable")
    return _count_computed(world, rows, weights, order, alike.type_of)


@compiled
def _count_given(world: World, rows: IntArray, weights: IntArray) -> IntArray:
    stopped = np.zeros((len(rows), _REASONS), dtype=np.int64)
    for place in range(len(rows)):
        wanted = rows[place]
        for pair in range(world.given_start[wanted], world.given_start[wanted + 1]):
            cheaper = world.given_cost[pair] < world.rates.new_cost[wanted]
            stopped[place, TAKEN if cheaper else TOO_DEAR] += weights[world.given_lot[pair]]
    return stopped


@compiled
def _count_computed(
    world: World, rows: IntArray, weights: IntArray, order: IntArray, type_of: IntArray
) -> IntArray:
    stopped = np.zeros((len(rows), _REASONS), dtype=np.int64)
    kept = np.empty(len(world.grid.lots), dtype=np.int32)
    joined = np.empty(len(world.facts.places.road_m), dtype=np.bool_)
    alike = np.zeros(_REASONS, dtype=np.int64)
    count, last = 0, -1
    for place in order:
        if type_of[place] != last:
            last = type_of[place]
            alike[:] = 0
            count = _sift_lots(world, rows[place], weights, kept, alike)
        stopped[place] = alike
        _count_kept(world, rows[place], weights, kept[:count], joined, stopped[place])
    return stopped


@compiled
def _sift_lots(world: World, wanted: int, weights: IntArray, kept: RowArray, stopped: IntArray) -> int:
    """Keep the lots that no rule stops but those of place and time, by their place in the grid."""
    facts, grid = world.facts, world.grid
    cells = grid.columns * grid.rows
    own = facts.wanted_class[wanted]
    count = 0
    for offer in range(grid.offer_start[own], grid.offer_start[own + 1]):
        offered = grid.offer[offer]
        if offered != own and not facts.wanted_swap_ok[wanted]:
            continue
        for place in range(grid.start[offered * cells], grid.start[(offered + 1) * cells]):
            lot = grid.lots[place]
            documented, screened = is_documented(facts, lot, wanted), is_screened(facts, lot, wanted)
            of_class, within = is_of_class(facts, lot, wanted), is_within_bounds(facts, lot, wanted)
            if documented and screened and of_class and within:
                kept[count] = place
                count += 1
            elif not documented:
                stopped[DOCUMENTATION] += weights[lot]
            elif not screened:
                stopped[SCREENING] += weights[lot]
            elif not of_class:
                stopped[NO_LOT_OF_CLASS] += weights[lot]
            else:
                stopped[ATTRIBUTE] += weights[lot]
    return count


@compiled
def _mark_joined(facts: Facts, site: int, joined: BoolArray) -> None:
    """Mark the road nodes that a road joins with a site."""
    node = facts.places.node[site]
    for other in range(len(joined)):
        joined[other] = node >= 0 and facts.places.road_m[other, node] >= 0


@compiled
def _count_kept(
    world: World, wanted: int, weights: IntArray, kept: RowArray, joined: BoolArray, stopped: IntArray
) -> None:
    facts, grid, rates = world.facts, world.grid, world.rates
    own, site = facts.wanted_class[wanted], facts.wanted_site[wanted]
    reach = np.int64(facts.wanted_metres[wanted])
    x, y = facts.places.x_m[site] - grid.west_m, facts.places.y_m[site] - grid.south_m
    _mark_joined(facts, site, joined)
    for place in kept:
        dx, dy = grid.x_m[place] - x, grid.y_m[place] - y
        lot = grid.lots[place]
        start = facts.lot_site[lot]
        if dx * dx + dy * dy > reach * reach:  # too far: only whether a road joins them is left to see
            node = facts.places.node[start]
            if (node >= 0 and joined[node]) or is_joined(measure_road(facts.places, start, site)):
                stopped[DISTANCE] += weights[lot]
            else:
                stopped[NO_ROAD] += weights[lot]
            continue
        reason, metres, days = judge_pair(facts, lot, wanted)
        if reason == ALLOWED:
            cost = price_pair(rates, lot, facts.lot_class[lot], own, metres, days, wanted)
            reason = TAKEN if cost < rates.new_cost[wanted] else TOO_DEAR
        stopped[reason] += weights[lot]
