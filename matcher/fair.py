# SPDX-License-Identifier: EUPL-1.2
"""Solving a plain family with fair shares: the first steps of each requirement count as one of its own."""

from __future__ import annotations

from dataclasses import fields, replace

import numpy as np

from matcher.candidates import lay_world
from matcher.plain.plain import solve_plain
from matcher.plan import Bounded
from matcher.problem.columns import IntArray, Pairs
from matcher.problem.problem import Problem
from matcher.rates import set_rates
from matcher.stops import count_stops
from matcher.task import Answer, Signal, Task, take_rows


def solve_fair(task: Task, signal: Signal) -> Answer:
    """Solve one plain family whose shortfall grows dearer in steps.

    Parameters
    ----------
    task
        The family.
    signal
        Told how far it is; may end it.

    Notes
    -----
    A requirement whose first steps cost more when bought new is two: those first steps at the dearer price of
    new, and the rest. The steps are convex, so an optimal plan of the two fills the first before the rest,
    and adding both up gives cost and bound of the one.
    """
    problem = task.problem
    rates = set_rates(problem, quantum=task.quanta)
    demand = problem.requirements.quantity
    rest = np.flatnonzero(rates.first < demand)
    origin = np.concatenate([np.arange(len(demand)), rest])
    first = len(demand)
    quantity = np.concatenate([rates.first, (demand - rates.first)[rest]])
    new_cost = rates.new_cost[origin]
    new_cost[:first] += rates.first_cost
    kept = np.flatnonzero(quantity > 0)
    origin, quantity, new_cost = origin[kept], quantity[kept], new_cost[kept]
    order = np.argsort(origin, kind="stable")
    origin, quantity, new_cost = origin[order], quantity[order], new_cost[order]
    found = solve_plain(
        replace(task, problem=_double(problem, origin=origin, quantity=quantity)), signal, new_cost=new_cost
    )
    return _merge(task, found, origin=origin)


def _double(problem: Problem, *, origin: IntArray, quantity: IntArray) -> Problem:
    """Return the family with a row for each part of its requirements."""
    return replace(
        problem,
        requirements=take_rows(problem.requirements, origin, quantity=quantity),
        pairs=_double_pairs(problem.pairs, origin=origin),
    )


def _double_pairs(pairs: Pairs | None, *, origin: IntArray) -> Pairs | None:
    if pairs is None:
        return None
    order = np.argsort(pairs.requirement, kind="stable")
    start = np.searchsorted(pairs.requirement[order], np.arange(origin.max(initial=0) + 2))
    count = np.diff(start)[origin]
    part = np.repeat(np.arange(len(origin)), count)
    within = np.arange(len(part)) - np.repeat(np.cumsum(count) - count, count)
    rows = order[start[origin][part] + within]
    columns = {item.name: getattr(pairs, item.name)[rows] for item in fields(pairs)}
    columns["requirement"] = part.astype(np.int32)
    for array in columns.values():
        array.setflags(write=False)
    return Pairs(**columns)


def _merge(task: Task, found: Answer, *, origin: IntArray) -> Answer:
    """Return the answer with one row for each requirement again."""
    width = len(task.problem.lots.id)
    keys, place = np.unique(origin[found.requirement] * width + found.lot, return_inverse=True)
    flow = np.zeros(len(keys), dtype=np.int64)
    np.add.at(flow, place, found.flow)
    cost = np.zeros(len(keys), dtype=np.int64)
    cost[place] = found.cost
    count = len(task.problem.requirements.id)
    allowed, worth = np.zeros(count, dtype=np.int64), np.zeros(count, dtype=np.int64)
    allowed[origin] = found.allowed
    np.maximum.at(worth, origin, found.worth)
    short = np.unique(origin[found.short])
    world = lay_world(task.problem, quantum=task.quanta)
    return replace(
        found,
        lot=keys % width,
        requirement=keys // width,
        flow=flow,
        cost=cost,
        rows=np.arange(count),
        allowed=allowed,
        worth=worth,
        short=short,
        stopped=count_stops(world, short, weights=task.weights),
        bounded=np.full(count, Bounded.EXACT, dtype=np.int8),
    )
