# SPDX-License-Identifier: EUPL-1.2
"""From the flows of the families to the parts of a plan: matches, unmet parts and the certificate."""

from __future__ import annotations

import platform
from importlib.metadata import PackageNotFoundError, version

import numpy as np

from matcher.blocks import name_options
from matcher.distance import lay_places, measure_roads
from matcher.errors import SolverError
from matcher.figures.figures import find_gap, multiply
from matcher.figures.match_rates import rate_matches
from matcher.plan import Bounded, Certificate, Matches, Unmet
from matcher.problem.columns import BoolArray, CodeArray, IntArray
from matcher.problem.problem import Problem
from matcher.rates import Rates
from matcher.reasons import NO_LOT_OF_CLASS, REASONS
from matcher.task import Answer
from matcher.types import Typed, spread_flow
from matcher.value import measure_matches
from matcher.window import count_storages


def spread_matches(problem: Problem, *, typed: Typed, rates: Rates, answer: Answer) -> Matches:
    """Return the matches between lots and requirements, with all their numbers.

    Parameters
    ----------
    problem
        The whole problem.
    typed
        The same, gathered into types.
    rates
        Of the whole problem.
    answer
        Flows between types.
    """
    lots, wanted = problem.lots, problem.requirements
    # a row alone in its type gets all of its flow: of a conversion that may be more steps than it wants
    alone = typed.requirements.count[typed.requirements.type_of] == 1
    lot, requirement, quantity = spread_flow(
        lot=answer.lot,
        wanted=answer.requirement,
        flow=answer.flow,
        lots=typed.lots,
        requirements=typed.requirements,
        supply=lots.quantity,
        demand=np.where(alone, np.iinfo(np.int64).max, wanted.quantity),
    )
    width = len(typed.problem.lots.id)
    keys = answer.requirement * width + answer.lot
    order = np.argsort(keys)
    wished = typed.requirements.type_of[requirement] * width + typed.lots.type_of[lot]
    step_cost = answer.cost[order][np.searchsorted(keys[order], wished)]
    metres = days = np.zeros(len(lot), dtype=np.int64)
    if problem.pairs is None:
        metres = measure_roads(lay_places(problem), lots.site[lot], wanted.site[requirement])
        days = count_storages(
            lots.available_from[lot],
            lots.available_to[lot],
            wanted.wanted_from[requirement],
            wanted.wanted_to[requirement],
        )
    priced = rate_matches(
        problem,
        rates=rates,
        lot=lot.astype(np.int32),
        requirement=requirement.astype(np.int32),
        metres=metres,
        days=days,
    )
    return measure_matches(
        problem,
        lot=lot.astype(np.int32),
        requirement=requirement.astype(np.int32),
        quantity=quantity,
        metres=metres,
        storage_days=days,
        step_cost=step_cost,
        trip_cost=priced.trip,
        load_cost=priced.load,
    )


def explain_unmet(problem: Problem, *, typed: Typed, answer: Answer, matches: Matches) -> Unmet:
    """Return the unmet parts, each with the furthest reason any lot reached.

    Parameters
    ----------
    problem, typed
        The whole problem, and gathered into types.
    answer
        Of the gathered problem: the lots each reason stopped.
    matches
        The matches of the whole problem.
    """
    left = find_short(problem, matches=matches)
    left[~_list_wanted(problem, answer=answer)] = 0
    rows = np.flatnonzero(left)
    of_type = np.zeros(len(typed.requirements.first), dtype=np.int64)
    of_type[answer.short] = np.arange(len(answer.short))
    stopped = answer.stopped.reshape(-1, len(REASONS))[of_type[typed.requirements.type_of[rows]]]
    return Unmet(
        requirement=rows.astype(np.int32), quantity=left[rows], reason=find_furthest(stopped), stopped=stopped
    )


def find_short(problem: Problem, *, matches: Matches) -> IntArray:
    """Return the steps of each requirement that its matches do not deliver.

    Parameters
    ----------
    problem
        The problem.
    matches
        All matches.
    """
    left = problem.requirements.quantity.copy()
    np.subtract.at(left, matches.requirement, matches.delivered)
    return np.maximum(left, 0)


def _list_wanted(problem: Problem, *, answer: Answer) -> BoolArray:
    """Return of each requirement whether the design that its project builds wants it."""
    wanted = problem.requirements
    chosen = name_options(problem, answer)
    built = np.array([chosen.get(row, "") for row in range(len(problem.projects.id))] + [""], dtype=object)
    open_: BoolArray = (wanted.design_option == "") | (wanted.design_option == built[wanted.project])
    return open_


def find_furthest(stopped: IntArray) -> CodeArray:
    """Return the furthest reason with a lot in each row, as its number; `no_lot_of_class` without any lot.

    Parameters
    ----------
    stopped
        Lots stopped, one row a requirement, one column a reason.
    """
    reached = stopped > 0
    last = stopped.shape[1] - 1 - np.argmax(reached[:, ::-1], axis=1)
    return np.where(reached.any(axis=1), last, NO_LOT_OF_CLASS).astype(np.int8)


def certify(
    problem: Problem, *, typed: Typed, rates: Rates, answer: Answer, matches: Matches, unmet: Unmet
) -> Certificate:
    """Return the prices and the three figures they prove.

    Parameters
    ----------
    problem, typed
        The whole problem, and gathered into types.
    rates
        Of the whole problem.
    answer
        Flows and prices of the types.
    matches, unmet
        Of the whole problem.
    """
    of_types = np.zeros(len(typed.problem.lots.id), dtype=np.int64)
    of_types[answer.priced] = answer.prices
    prices = of_types[typed.lots.type_of]
    wanted = problem.requirements
    served = wanted.quantity[unmet.requirement] - unmet.quantity
    first_short = np.maximum(0, rates.first[unmet.requirement] - served)
    cost = (
        sum(matches.cost.tolist())
        + multiply(rates.new_cost[unmet.requirement], unmet.quantity)
        + multiply(rates.first_cost[unmet.requirement], first_short)
    )
    if cost != answer.total:
        raise SolverError(f"The plan's cost {cost} is not the engines' {answer.total}.")
    bounded = np.full(len(typed.problem.requirements.id), Bounded.EXACT, dtype=np.int8)
    bounded[answer.rows] = answer.bounded
    project_prices = np.zeros(len(problem.projects.id), dtype=np.int64)
    project_prices[answer.projects] = answer.project_prices
    return Certificate(
        lot_prices=prices,
        project_prices=project_prices,
        bounded=bounded[typed.requirements.type_of],
        quanta=rates.quantum,
        cost=cost,
        bound=answer.bound,
        baseline=answer.baseline,
        gap=find_gap(cost=cost, bound=answer.bound, baseline=answer.baseline),
    )


def count_pairs(*, typed: Typed, answer: Answer) -> int:
    """Return the number of allowed pairs of the whole problem.

    Parameters
    ----------
    typed
        The problem gathered into types.
    answer
        Lots allowed for each type of requirement, alike ones counted each.
    """
    return multiply(answer.allowed, typed.requirements.count[answer.rows])


def list_versions() -> dict[str, str]:
    """Return the version of everything that took part in a solve."""
    versions = {"python": platform.python_version()}
    for name in ("genbro", "numba", "numpy", "ortools"):
        try:
            versions[name] = version(name)
        except PackageNotFoundError:
            versions[name] = "not installed"
    return versions
