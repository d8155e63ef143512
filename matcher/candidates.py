# SPDX-License-Identifier: EUPL-1.2
"""Allowed pairs, found through a grid: the cheapest to begin with, every single one to price with."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from matcher.compatibility import ALLOWED, Facts, gather_facts, judge_pair
from matcher.compiling import compiled
from matcher.grid import Grid, lay_grid
from matcher.near import find_near
from matcher.problem.columns import IntArray, RowArray
from matcher.problem.problem import Problem
from matcher.space import Fees, charge_nothing, charge_space
from matcher.value import Rates, price_pair, set_rates


class World(NamedTuple):
    """Everything the loops over pairs look at.

    Parameters
    ----------
    facts, rates, grid
        Rules, money and places.
    given
        Whether the pairs are given instead of computed.
    given_start, given_lot, given_cost
        The pairs given, by requirement.
    fees
        What space in hubs costs on top.
    """

    facts: Facts
    rates: Rates
    grid: Grid
    given: bool
    given_start: IntArray
    given_lot: RowArray
    given_cost: IntArray
    fees: Fees


def lay_world(problem: Problem, *, quantum: IntArray | None = None, fees: Fees | None = None) -> World:
    """Prepare everything the loops over pairs look at.

    Parameters
    ----------
    problem
        Any problem.
    quantum
        As in `matcher.value.set_rates`.
    fees
        Prices of space in hubs; none where left out.
    """
    start = np.zeros(len(problem.requirements.id) + 1, dtype=np.int64)
    lot, cost = np.zeros(0, dtype=np.int32), np.zeros(0, dtype=np.int64)
    if problem.pairs is not None:
        counts = np.bincount(problem.pairs.requirement, minlength=len(problem.requirements.id))
        np.cumsum(counts, out=start[1:])
        lot, cost = problem.pairs.lot, problem.pairs.cost
    for array in (start, lot, cost):
        array.setflags(write=False)
    return World(
        gather_facts(problem),
        set_rates(problem, quantum=quantum),
        lay_grid(problem),
        problem.pairs is not None,
        start,
        lot,
        cost,
        charge_nothing() if fees is None else fees,
    )


@compiled
def collect_pairs(world: World, wanted: int, lots: RowArray, costs: IntArray) -> int:
    """Write every allowed pair of a requirement into buffers and return how many there are.

    Parameters
    ----------
    world
        From `lay_world`.
    wanted
        Row of requirements.
    lots, costs
        Buffers as long as there are lots: rows, and c in 1/1000 øre.

    Notes
    -----
    Every road is at least the straight line: lots farther than that from the requirement are left out before
    any rule is looked at, and so are those whose window ends too early or begins too late (`matcher.window`).
    """
    if world.given:
        count = 0
        for place in range(world.given_start[wanted], world.given_start[wanted + 1]):
            lots[count] = world.given_lot[place]
            costs[count] = world.given_cost[place]
            count += 1
        return count
    facts, grid, rates = world.facts, world.grid, world.rates
    own = facts.wanted_class[wanted]
    count = 0
    for offer in range(grid.offer_start[own], grid.offer_start[own + 1]):
        offered = grid.offer[offer]
        if offered != own and not facts.wanted_swap_ok[wanted]:
            continue
        found = find_near(grid, facts, offered, wanted, lots[count:])
        for place in range(count, count + found):
            lot = grid.lots[lots[place]]
            reason, metres, days = judge_pair(facts, lot, wanted)
            if reason == ALLOWED:
                lots[count] = lot
                costs[count] = price_pair(rates, lot, offered, own, metres, days, wanted)
                count += 1
    if len(world.fees.before) > 0:
        _charge_pairs(world, wanted, lots, costs, count)
    return count


@compiled
def _charge_pairs(world: World, wanted: int, lots: RowArray, costs: IntArray, count: int) -> None:
    """Add what space in hubs costs: apart from the loop over all pairs, which a rare branch would slow."""
    facts, most = world.facts, 2 * world.rates.new_cost[wanted]
    for pair in range(count):
        _reason, _metres, days = judge_pair(facts, lots[pair], wanted)
        offered = facts.lot_class[lots[pair]]
        costs[pair] += charge_space(world.fees, offered, days, facts.wanted_from[wanted], most)


@compiled
def _grow(array: IntArray, size: int) -> IntArray:
    if size <= len(array):
        return array
    larger = np.empty(max(size, 2 * len(array)), dtype=array.dtype)
    larger[: len(array)] = array
    return larger


@compiled
def select_cheapest(  # Numba takes no keyword-only arguments
    world: World,
    rows: IntArray,
    supply: IntArray,
    demand: IntArray,
    weights: IntArray,
    enough: int,
    least: int,
) -> tuple[IntArray, IntArray, IntArray, IntArray]:
    """Return the cheapest allowed pairs of each requirement, until they supply `enough` times its demand.

    Parameters
    ----------
    world
        From `lay_world`.
    rows
        Rows of requirements.
    supply, demand
        Quantities of all lots and of all requirements.
    weights
        How many lots each row of lots stands for.
    enough
        Times the demand.
    least
        Fewest pairs, as far as there are so many.

    Returns
    -------
    tuple
        Requirement, lot and cost of each pair, by requirement; and for each of `rows` the number of *all*
        allowed lots. Pairs no cheaper than new are counted, not returned.
    """
    lots = np.empty(len(supply), dtype=np.int32)
    costs = np.empty(len(supply), dtype=np.int64)
    out_wanted = np.empty(1024, dtype=np.int64)
    out_lot = np.empty(1024, dtype=np.int64)
    out_cost = np.empty(1024, dtype=np.int64)
    allowed = np.zeros(len(rows), dtype=np.int64)
    size = 0
    for place in range(len(rows)):
        wanted = rows[place]
        count = collect_pairs(world, wanted, lots, costs)
        useful = 0
        for pair in range(count):
            allowed[place] += weights[lots[pair]]
            if costs[pair] < world.rates.new_cost[wanted]:
                costs[useful] = costs[pair]
                lots[useful] = lots[pair]
                useful += 1
        order = np.argsort(costs[:useful])
        out_wanted = _grow(out_wanted, size + useful)
        out_lot = _grow(out_lot, size + useful)
        out_cost = _grow(out_cost, size + useful)
        gathered = 0
        for taken, pair in enumerate(order):
            if taken >= least and gathered >= enough * demand[wanted]:
                break
            out_wanted[size] = wanted
            out_lot[size] = lots[pair]
            out_cost[size] = costs[pair]
            size += 1
            gathered += supply[lots[pair]]
    return out_wanted[:size], out_lot[:size], out_cost[:size], allowed


@compiled
def find_cheaper(
    world: World, rows: IntArray, prices: IntArray, worth: IntArray, most: int
) -> tuple[IntArray, IntArray, IntArray]:
    """Look at every allowed pair and return those that would improve a plan at the given prices.

    Parameters
    ----------
    world
        From `lay_world`.
    rows
        Rows of requirements.
    prices
        u of every lot.
    worth
        v of every requirement: what its dearest step costs now, prices included.
    most
        Most pairs returned for a requirement, those that improve most.

    Returns
    -------
    tuple
        Requirement, lot and cost of pairs with c + u < v. None at all means that the plan is optimal.
    """
    lots = np.empty(len(prices), dtype=np.int32)
    costs = np.empty(len(prices), dtype=np.int64)
    gain = np.empty(len(prices), dtype=np.int64)
    out_wanted = np.empty(256, dtype=np.int64)
    out_lot = np.empty(256, dtype=np.int64)
    out_cost = np.empty(256, dtype=np.int64)
    size = 0
    for wanted in rows:
        count = collect_pairs(world, wanted, lots, costs)
        better = 0
        for pair in range(count):
            reduced = costs[pair] + prices[lots[pair]] - worth[wanted]
            if reduced < 0:
                gain[better] = reduced
                costs[better] = costs[pair]
                lots[better] = lots[pair]
                better += 1
        if better == 0:
            continue
        order = np.argsort(gain[:better])
        kept = min(better, most)
        out_wanted = _grow(out_wanted, size + kept)
        out_lot = _grow(out_lot, size + kept)
        out_cost = _grow(out_cost, size + kept)
        for place in range(kept):
            out_wanted[size] = wanted
            out_lot[size] = lots[order[place]]
            out_cost[size] = costs[order[place]]
            size += 1
    return out_wanted[:size], out_lot[:size], out_cost[:size]
