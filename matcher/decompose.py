# SPDX-License-Identifier: EUPL-1.2
"""Solving a problem family by family: each until no allowed pair would improve it, on one core or several."""

from __future__ import annotations

import multiprocessing
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor, as_completed
from dataclasses import dataclass

import numpy as np

from matcher.candidates import World, find_cheaper, lay_world, select_cheapest
from matcher.columns import IntArray
from matcher.families import label_families
from matcher.flow import find_flow
from matcher.holding import hold_pairs
from matcher.prices import find_prices
from matcher.problem import Problem, list_tables

ENOUGH = 5
"""Times the demand that the cheapest pairs offer to begin with (matching.md, section 3)."""
LEAST = 10
"""Fewest pairs of a requirement to begin with."""
MOST_ADDED = 32
"""Most pairs a requirement gets in one round of pricing."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """The optimal flow of one family, or of all.

    Parameters
    ----------
    lot, requirement, flow, cost
        Rows, steps and c of each match.
    priced, prices
        Rows of lots and their least optimal prices; all others are 0.
    rows, allowed, worth
        Rows of requirements, how many pairs are allowed for each, and v: what a step costs, prices included.
    """

    lot: IntArray
    requirement: IntArray
    flow: IntArray
    cost: IntArray
    priced: IntArray
    prices: IntArray
    rows: IntArray
    allowed: IntArray
    worth: IntArray


def solve_families(
    problem: Problem,
    *,
    world: World,
    weights: IntArray,
    workers: int = 1,
    report: Callable[[int], None] | None = None,
) -> Answer:
    """Solve every family to its optimum.

    Parameters
    ----------
    problem
        Any problem.
    world
        The same, prepared.
    weights
        How many lots each row of lots stands for.
    workers
        Processes; the answer does not depend on it.
    report
        Called with the number of requirements done, each time a family is.
    """
    families = label_families(problem)
    of_wanted = families[problem.requirements.class_]
    of_lots = np.bincount(families[problem.lots.class_], minlength=len(families))
    tasks = [np.flatnonzero(of_wanted == family) for family in np.unique(of_wanted)]
    tasks.sort(key=lambda rows: (-len(rows) * int(of_lots[of_wanted[rows[0]]]), int(rows[0])))
    answers: dict[int, Answer] = {}
    done = 0
    if workers > 1 and len(tasks) > 1:
        with ProcessPoolExecutor(
            max_workers=min(workers, len(tasks)),
            mp_context=multiprocessing.get_context("spawn"),
            initializer=_start_worker,
            initargs=(problem, weights, world.rates.quantum),
        ) as pool:
            futures = {pool.submit(_solve_in_worker, rows): place for place, rows in enumerate(tasks)}
            for future in as_completed(futures):
                answers[futures[future]] = future.result()
                done += len(tasks[futures[future]])
                if report is not None:
                    report(done)
    else:
        for place, rows in enumerate(tasks):
            answers[place] = solve_family(
                world,
                rows,
                supply=problem.lots.quantity,
                demand=problem.requirements.quantity,
                weights=weights,
            )
            done += len(rows)
            if report is not None:
                report(done)
    return _join_answers([answers[place] for place in range(len(tasks))])


def solve_family(
    world: World, rows: IntArray, *, supply: IntArray, demand: IntArray, weights: IntArray
) -> Answer:
    """Solve one family: flow over a few pairs, prices, every pair that would improve it, until none does.

    Parameters
    ----------
    world
        The problem, prepared.
    rows
        Rows of the requirements of the family.
    supply, demand
        Quantities of all lots and of all requirements.
    weights
        How many lots each row of lots stands for.
    """
    new_cost = world.rates.new_cost
    wanted, lot, cost, allowed = select_cheapest(world, rows, supply, demand, weights, ENOUGH, LEAST)
    worth = np.zeros(len(new_cost), dtype=np.int64)
    prices = np.zeros(len(supply), dtype=np.int64)
    flow = np.zeros(0, dtype=np.int64)
    quantum = int(world.rates.quantum[world.facts.wanted_class[rows[0]]])
    world = hold_pairs(world, rows, lots=len(supply))
    while True:
        order = np.lexsort((lot, wanted))
        wanted, lot, cost = wanted[order], lot[order], cost[order]
        seen, local_lot = np.unique(lot, return_inverse=True)
        local_wanted = np.searchsorted(rows, wanted)
        if len(wanted):
            flow = find_flow(
                wanted=local_wanted,
                lot=local_lot,
                saving=(new_cost[wanted] - cost) // quantum,
                demand=demand[rows],
                supply=supply[seen],
            )
        prices[seen], worth[rows] = find_prices(
            wanted=local_wanted,
            lot=local_lot,
            cost=cost,
            flow=flow,
            new_cost=new_cost[rows],
            demand=demand[rows],
            supply=supply[seen],
        )
        more = find_cheaper(world, rows, prices, worth, MOST_ADDED)
        if not len(more[0]):
            break
        wanted, lot, cost = (np.concatenate(pair) for pair in zip((wanted, lot, cost), more, strict=True))
    used = flow > 0
    return Answer(
        lot=lot[used],
        requirement=wanted[used],
        flow=flow[used],
        cost=cost[used],
        priced=seen,
        prices=prices[seen],
        rows=rows,
        allowed=allowed,
        worth=worth[rows],
    )


class _Shared:
    """What a worker process keeps between tasks."""

    problem: Problem
    world: World
    weights: IntArray


def _start_worker(problem: Problem, weights: IntArray, quantum: IntArray) -> None:
    for _, columns in list_tables(
        problem
    ):  # read-only again: else every loop would be compiled a second time
        for array in columns.values():
            array.setflags(write=False)
    _Shared.problem = problem
    _Shared.world = lay_world(problem, quantum=quantum)
    _Shared.weights = weights


def _solve_in_worker(rows: IntArray) -> Answer:
    problem = _Shared.problem
    return solve_family(
        _Shared.world,
        rows,
        supply=problem.lots.quantity,
        demand=problem.requirements.quantity,
        weights=_Shared.weights,
    )


def _join_answers(answers: list[Answer]) -> Answer:
    empty = np.zeros(0, dtype=np.int64)

    def join(name: str) -> IntArray:
        return np.concatenate([empty, *(getattr(answer, name) for answer in answers)])

    return Answer(
        lot=join("lot"),
        requirement=join("requirement"),
        flow=join("flow"),
        cost=join("cost"),
        priced=join("priced"),
        prices=join("prices"),
        rows=join("rows"),
        allowed=join("allowed"),
        worth=join("worth"),
    )
