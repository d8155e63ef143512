# SPDX-License-Identifier: EUPL-1.2
"""Solving a family of plain requirements: every pair made once, then improved until none would improve it."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from matcher.candidates import World, find_cheaper, lay_world, select_cheapest
from matcher.errors import SolverError
from matcher.figures.figures import find_gap, multiply
from matcher.plain.assigned import Assigned, assign_by_flow
from matcher.plain.holding import Pool, hold_pairs, make_room, price_pool
from matcher.plain.prices import find_least_prices
from matcher.plain.repricing import price_requirements
from matcher.plain.simplex import Tree, improve_tree, list_matches, plant_tree
from matcher.plan import Bounded, Termination
from matcher.problem.columns import IntArray, RowArray
from matcher.stops import count_stops
from matcher.task import Answer, Signal, Task

ENOUGH = 5
"""Where not all pairs fit: times the demand that the cheapest offer to begin with. Source: matching.md, 3."""
LEAST = 10
"""Where not all pairs fit: fewest pairs of a requirement to begin with."""
MOST_ADDED = 32
"""Where not all pairs fit: most pairs a requirement gets in one round of pricing."""
MOST_BY_FLOW = 100_000
"""Most pairs of a family that OR-Tools' flow takes; beyond that the simplex is quicker and can be stopped."""
AT_ONCE = 20_000_000
"""Pairs of a lot and a requirement looked at between two words to whoever waits."""
SWEEPS = 8
"""Sweeps over all pairs between two words to whoever waits, and between two looks at the gap."""
HELD, IMPROVED, CLOSED = 0.3, 0.9, 0.93
"""Share of the work done when the pairs are held, when no pair improves the plan, and when it is priced."""


class Family(NamedTuple):
    """What every step of a solve needs to know; costs in quanta."""

    world: World
    supply: IntArray
    demand: IntArray
    weights: IntArray
    new_cost: IntArray
    quantum: int


class Proven(NamedTuple):
    """Prices, v of each requirement over all pairs, and the bound they give; in quanta."""

    prices: IntArray
    worth: IntArray
    bound: int


def solve_plain(task: Task, signal: Signal, *, new_cost: IntArray | None = None) -> Answer:
    """Solve one family whose requirements are all plain.

    Parameters
    ----------
    task
        The family.
    signal
        Told how far it is; may end it. The answer then is the plan at hand with the bound its prices give.
    new_cost
        N of each requirement, where it is not the one its price gives.

    Raises
    ------
    SolverError
        Where prices do not agree with the plan: never, unless costs overflow.

    Notes
    -----
    The plan is feasible and its prices give a valid bound at any moment; when no pair improves it, C = LB.
    """
    problem = task.problem
    world = lay_world(problem, quantum=task.quanta, fees=task.fees)
    if new_cost is not None:
        world = world._replace(rates=world.rates._replace(new_cost=new_cost))
    quantum = int(task.quanta[problem.requirements.class_[0]])
    family = Family(
        world=world,
        supply=problem.lots.quantity,
        demand=problem.requirements.quantity,
        weights=task.weights,
        new_cost=world.rates.new_cost // quantum,
        quantum=quantum,
    )
    pool, allowed, whole = _gather_pairs(family, signal, most=task.limits.held)
    at_once = task.limits.work is None and task.limits.gap == 0.0 and not signal.tell(HELD)
    if at_once and whole and len(pool.lot) <= MOST_BY_FLOW:
        used = assign_by_flow(pool, new_cost=family.new_cost, demand=family.demand, supply=family.supply)
        proven = _price_optimum(family, used, pool, whole=True)
        ended = Termination.OPTIMAL
        return _make_answer(family, used, proven, allowed=allowed, ended=ended, tier="flow", signal=signal)
    tree = plant_tree(family.supply, family.demand, family.new_cost)
    ended, proven = _improve(family, tree, pool, whole=whole, task=task, signal=signal)
    while ended is Termination.OPTIMAL and not whole:
        pairs = find_cheaper(
            world, np.arange(len(allowed)), proven.prices * quantum, proven.worth * quantum, MOST_ADDED
        )
        if not len(pairs[0]):
            break
        pool = _add_pairs(pool, *pairs, quantum=quantum)
        ended, proven = _improve(family, tree, pool, whole=whole, task=task, signal=signal)
    used = _list_used(family, tree)
    return _make_answer(family, used, proven, allowed=allowed, ended=ended, tier="simplex", signal=signal)


def _gather_pairs(family: Family, signal: Signal, *, most: int) -> tuple[Pool, IntArray, bool]:
    """Return the pairs cheaper than new, the allowed ones counted, and whether they are all."""
    lots, count = len(family.supply), len(family.demand)
    room = make_room(lots=lots, requirements=count, most=most)
    together = max(1, AT_ONCE // (lots + 1))
    for first in range(0, count, together):
        last = min(count, first + together)
        if not hold_pairs(family.world, room, family.weights, family.quantum, first, last):
            wanted, lot, cost, allowed = select_cheapest(
                family.world, np.arange(count), family.supply, family.demand, family.weights, ENOUGH, LEAST
            )
            none = Pool(np.zeros(count + 1, dtype=np.int64), room.lot[:0], room.cost[:0])
            return _add_pairs(none, wanted, lot, cost, quantum=family.quantum), allowed, False
        signal.tell(HELD * last / count)
    size = int(room.start[-1])
    return Pool(room.start, room.lot[:size], room.cost[:size]), room.allowed, True


def _add_pairs(pool: Pool, wanted: IntArray, lot: IntArray, cost: IntArray, *, quantum: int) -> Pool:
    wanted = np.concatenate([np.repeat(np.arange(len(pool.start) - 1), np.diff(pool.start)), wanted])
    lots: RowArray = np.concatenate([pool.lot, lot.astype(np.int32)])
    costs = np.concatenate([pool.cost, cost // quantum])
    order = np.lexsort((lots, wanted))
    start = np.zeros(len(pool.start), dtype=np.int64)
    np.cumsum(np.bincount(wanted, minlength=len(start) - 1), out=start[1:])
    return Pool(start, lots[order], costs[order])


def _improve(
    family: Family, tree: Tree, pool: Pool, *, whole: bool, task: Task, signal: Signal
) -> tuple[Termination, Proven]:
    """Improve a plan over the pairs of a pool to an end; return which, and what proves the plan there."""
    place, clean, looked, rounds = 0, 0, 0, 0
    count, pairs = len(family.demand), len(pool.lot)
    limits = task.limits
    most = None if limits.work is None else int(limits.work * task.work)
    stopped = signal.tell(HELD)
    while True:
        slice_ = pairs + count if stopped else SWEEPS * pairs + len(tree.parent)
        if most is not None:
            slice_ = min(slice_, max(most - looked, 1))
        place, clean, looks = improve_tree(tree, pool.start, pool.lot, pool.cost, place, clean, slice_)
        looked += looks
        rounds += 1
        if clean == count:
            return Termination.OPTIMAL, _price_optimum(family, _list_used(family, tree), pool, whole=whole)
        if stopped:
            return Termination.STOPPED, _price_plan(family, tree, pool, whole=whole)
        if most is not None and looked >= most:
            return Termination.WORK_LIMIT, _price_plan(family, tree, pool, whole=whole)
        if limits.gap > 0.0:
            proven = _price_plan(family, tree, pool, whole=whole)
            gap = find_gap(
                cost=multiply(tree.flow, tree.cost),
                bound=proven.bound,
                baseline=multiply(family.new_cost, family.demand),
            )
            if gap <= limits.gap:
                return Termination.GAP, proven
        stopped = signal.tell(IMPROVED - (IMPROVED - HELD) * 0.8**rounds)


def _list_used(family: Family, tree: Tree) -> Assigned:
    return Assigned(*list_matches(tree, len(family.demand)))


def _count_cost(family: Family, used: Assigned) -> int:
    """Return C in quanta."""
    short = family.demand - used.count_served(len(family.demand))
    return multiply(used.flow, used.cost) + multiply(family.new_cost, short)


def _price_optimum(family: Family, used: Assigned, pool: Pool, *, whole: bool) -> Proven:
    prices, worth = find_least_prices(
        pool.start,
        pool.lot,
        pool.cost,
        used_lot=used.lot,
        used_wanted=used.wanted,
        used_cost=used.cost,
        flow=used.flow,
        new_cost=family.new_cost,
        demand=family.demand,
        supply=family.supply,
    )
    if whole:  # the full pass over every pair
        worth = price_pool(pool, prices, family.new_cost)
    proven = Proven(prices, worth, _sum_bound(family, prices, worth))
    if proven.bound != _count_cost(family, used):
        raise SolverError("The plan is not optimal: its prices give another bound.")
    return proven


def _price_plan(family: Family, tree: Tree, pool: Pool, *, whole: bool) -> Proven:
    """Return what the prices of a plan on its way prove."""
    prices = np.maximum(tree.worth[: len(family.supply)], 0)
    if whole:
        worth = price_pool(pool, prices, family.new_cost)
    else:
        worth = price_requirements(family.world, prices * family.quantum) // family.quantum
    return Proven(prices, worth, _sum_bound(family, prices, worth))


def _sum_bound(family: Family, prices: IntArray, worth: IntArray) -> int:
    return multiply(worth, family.demand) - multiply(prices, family.supply)


def _make_answer(
    family: Family,
    used: Assigned,
    proven: Proven,
    *,
    allowed: IntArray,
    ended: Termination,
    tier: str,
    signal: Signal,
) -> Answer:
    signal.tell(CLOSED)
    quantum = family.quantum
    short = np.flatnonzero(used.count_served(len(family.demand)) < family.demand)
    stopped = count_stops(family.world, short, weights=family.weights)
    priced = np.flatnonzero(proven.prices)
    none = np.zeros(0, dtype=np.int64)
    signal.tell(1.0)
    return Answer(
        lot=used.lot,
        requirement=used.wanted,
        flow=used.flow,
        cost=used.cost * quantum,
        priced=priced,
        prices=proven.prices[priced] * quantum,
        rows=np.arange(len(family.demand)),
        allowed=allowed,
        worth=proven.worth * quantum,
        short=short,
        stopped=stopped,
        total=_count_cost(family, used) * quantum,
        bound=proven.bound * quantum,
        baseline=multiply(family.new_cost, family.demand) * quantum,
        termination=ended,
        bounded=np.full(len(family.demand), Bounded.EXACT, dtype=np.int8),
        projects=none,
        project_prices=none,
        options=none,
        tier=tier,
    )
