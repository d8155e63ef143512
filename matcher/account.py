# SPDX-License-Identifier: EUPL-1.2
"""From the flows of the families to the parts of a plan: matches, unmet parts and the certificate."""

from __future__ import annotations

import platform
from importlib.metadata import PackageNotFoundError, version

import numpy as np

from matcher.blocks import name_options, number_kinds
from matcher.candidates import lay_world
from matcher.compatibility import gather_facts, judge_pairs
from matcher.errors import SolverError
from matcher.figures.figures import find_gap, multiply
from matcher.figures.match_rates import rate_matches
from matcher.measure import measure_matches
from matcher.plan import Bounded, Certificate, HubPrices, Matches, Unmet, price_no_hub
from matcher.problem.columns import BoolArray, CodeArray, IntArray, RowArray
from matcher.problem.problem import Problem
from matcher.rates import Rates
from matcher.reasons import NO_LOT_OF_CLASS, REASONS
from matcher.rules import uses_side_rules
from matcher.setbacks import count_setbacks
from matcher.stops import count_stops
from matcher.task import Answer
from matcher.types import Typed, spread_flow


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
    return measure_rows(
        problem,
        rates=rates,
        lot=lot.astype(np.int32),
        requirement=requirement.astype(np.int32),
        quantity=quantity,
    )


def measure_rows(
    problem: Problem, *, rates: Rates, lot: RowArray, requirement: RowArray, quantity: IntArray
) -> Matches:
    """Return matches of some rows with all their numbers.

    Parameters
    ----------
    problem, rates
        The whole problem, and its rates.
    lot, requirement, quantity
        Rows of allowed pairs, and steps taken.
    """
    metres = waits = np.zeros(len(lot), dtype=np.int64)
    if problem.pairs is None:
        metres, waits = judge_pairs(gather_facts(problem), lot, requirement)
    priced = rate_matches(problem, rates=rates, lot=lot, requirement=requirement, metres=metres, waits=waits)
    return measure_matches(
        problem,
        lot=lot,
        requirement=requirement,
        quantity=quantity,
        metres=metres,
        waits=waits,
        step_cost=priced.cost,
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


def explain_short(problem: Problem, *, rates: Rates, answer: Answer, matches: Matches) -> Unmet:
    """Return the unmet parts of a plan whose matches are no longer those of its families' answers.

    Parameters
    ----------
    problem, rates
        The whole problem, and its rates.
    answer
        It chose the designs.
    matches
        The matches.
    """
    left = find_short(problem, matches=matches)
    left[~_list_wanted(problem, answer=answer)] = 0
    rows = np.flatnonzero(left)
    world = lay_world(problem, quantum=rates.quantum)
    stopped = count_stops(world, rows, weights=np.ones(len(problem.lots.id), dtype=np.int64))
    if uses_side_rules(problem):
        stopped = count_setbacks(
            problem,
            world=world,
            rows=rows,
            stopped=stopped,
            kind=number_kinds(problem),
            lot=matches.lot,
            requirement=matches.requirement,
            quantity=matches.quantity,
        )
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
    problem: Problem,
    *,
    typed: Typed,
    rates: Rates,
    answer: Answer,
    matches: Matches,
    unmet: Unmet,
    hub_prices: HubPrices | None = None,
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
    hub_prices
        Prices of space in hubs that the bound rests on, where there are any.
    """
    of_types = np.zeros(len(typed.problem.lots.id), dtype=np.int64)
    of_types[answer.priced] = answer.prices
    prices = of_types[typed.lots.type_of]
    cost = count_cost(problem, rates=rates, matches=matches, unmet=unmet)
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
        hub_prices=hub_prices or price_no_hub(),
        cost=cost,
        bound=answer.bound,
        baseline=answer.baseline,
        gap=find_gap(cost=cost, bound=answer.bound, baseline=answer.baseline),
    )


def count_cost(problem: Problem, *, rates: Rates, matches: Matches, unmet: Unmet) -> int:
    """Return C, what matches and unmet parts cost together, in 1/1000 øre.

    Parameters
    ----------
    problem, rates
        The whole problem, and its rates.
    matches, unmet
        The plan.
    """
    wanted = problem.requirements
    served = wanted.quantity[unmet.requirement] - unmet.quantity
    first_short = np.maximum(0, rates.first[unmet.requirement] - served)
    bought = multiply(rates.new_cost[unmet.requirement], unmet.quantity)
    dearer = multiply(rates.first_cost[unmet.requirement], first_short)
    paid: int = sum(matches.cost.tolist())
    return paid + bought + dearer


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
