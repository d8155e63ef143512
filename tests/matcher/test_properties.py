# SPDX-License-Identifier: EUPL-1.2
"""What holds for every problem: proven, never worse than greedy, the same whatever the order."""

from collections.abc import Callable
from dataclasses import fields
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.optimize import linprog

from matcher.check.check import check
from matcher.check.market import lay_market
from matcher.check.pairs import find_pairs, make_sieve, sift_lots
from matcher.decompose import join_answers, solve_tasks
from matcher.greedy import assign_greedily
from matcher.plan import Plan, Termination
from matcher.problem.problem import Problem
from matcher.reasons import REASONS
from matcher.solve import solve
from matcher.task import Limits, list_tasks
from matcher.value import rate_pairs, set_rates

pytestmark = pytest.mark.long

Build = Callable[..., Problem]


def list_pairs(problem: Problem) -> list[tuple[int, int, int]]:
    """List every allowed pair with its cost, as the checker sees it."""
    market, size = lay_market(problem), len(problem.lots.id)
    lots, classes, metres, days = np.zeros((4, size), dtype=np.int64)
    pairs, sieve, stopped = [], make_sieve(market, size), np.zeros(len(REASONS), dtype=np.int64)
    for row in range(len(problem.requirements.id)):
        sift_lots(market, row, sieve, stopped)
        count = find_pairs(market, sieve, row, lots, classes, metres, days)
        own = np.full(count, problem.requirements.class_[row])
        place = (lots[:count], classes[:count], own, metres[:count], days[:count], np.full(count, row))
        costs = rate_pairs(market.rates, *place).cost
        pairs += [(row, int(lot), int(cost)) for lot, cost in zip(lots[:count], costs, strict=True)]
    return pairs


def same_plans(one: Plan, other: Plan) -> bool:
    """Compare everything a plan says."""
    tables = [
        np.array_equal(getattr(getattr(one, table), item.name), getattr(getattr(other, table), item.name))
        for table in ("matches", "unmet")
        for item in fields(getattr(one, table))
    ]
    return (
        all(tables)
        and np.array_equal(one.certificate.lot_prices, other.certificate.lot_prices)
        and (one.certificate.cost, one.certificate.bound) == (other.certificate.cost, other.certificate.bound)
        and (one.digest, one.figures, one.pairs) == (other.digest, other.figures, other.pairs)
    )


@settings(max_examples=150)
@given(data=st.data())
def test_a_plan_is_proven(build: Build, rows: Any, data: st.DataObject) -> None:
    """The checker finds nothing, the bound meets the cost, and both lie below buying everything new."""
    lots, requirements, params = data.draw(rows)
    problem = build(lots=lots, requirements=requirements, params=params)
    plan = solve(problem)
    assert check(problem, plan, digest=problem.digest) == []
    assert plan.termination == Termination.OPTIMAL
    assert plan.certificate.bound == plan.certificate.cost <= plan.certificate.baseline
    assert plan.certificate.gap == 0


@settings(max_examples=60)
@given(data=st.data())
def test_optimal_is_never_worse_than_greedy(build: Build, rows: Any, data: st.DataObject) -> None:
    """First come, first served costs as much or more, and keeps to the same supply."""
    lots, requirements, params = data.draw(rows)
    problem = build(lots=lots, requirements=requirements, params=params)
    lot, requirement, steps, cost = assign_greedily(problem)
    assert solve(problem).certificate.cost <= cost
    assert (np.bincount(lot, steps, len(lots)) <= problem.lots.quantity).all()
    assert (np.bincount(requirement, steps, len(requirements)) <= problem.requirements.quantity).all()


@settings(max_examples=40)
@given(data=st.data())
def test_the_order_of_the_rows_does_not_matter(build: Build, rows: Any, data: st.DataObject) -> None:
    """The same rows in another order have the same digest and the same plan, ties included."""
    lots, requirements, params = data.draw(rows)
    lots = [{**row, "id": f"l{place}"} for place, row in enumerate(lots)]
    requirements = [{**row, "id": f"r{place}"} for place, row in enumerate(requirements)]
    one = solve(build(lots=lots, requirements=requirements, params=params))
    shuffled = data.draw(st.permutations(lots)), data.draw(st.permutations(requirements))
    other = solve(build(lots=shuffled[0], requirements=shuffled[1], params=params))
    assert same_plans(one, other)


@settings(max_examples=60)
@given(data=st.data())
def test_cost_and_prices_agree_with_a_linear_programme(build: Build, rows: Any, data: st.DataObject) -> None:
    """HiGHS finds the same cost, and among all prices that prove it none is smaller than ours."""
    lots, requirements, params = data.draw(rows)
    problem = build(lots=lots, requirements=requirements, params=params)
    plan = solve(problem)
    pairs = list_pairs(problem)
    new_cost, demand, supply = (
        set_rates(problem).new_cost,
        problem.requirements.quantity,
        problem.lots.quantity,
    )
    count, lot_count = len(demand), len(supply)
    serve = np.zeros((count, len(pairs) + count))
    use = np.zeros((lot_count, len(pairs) + count))
    for place, (row, lot, _) in enumerate(pairs):
        serve[row, place], use[lot, place] = 1, 1
    serve[np.arange(count), len(pairs) + np.arange(count)] = 1
    cost = np.array([pair[2] for pair in pairs] + new_cost.tolist(), dtype=float)
    best = linprog(cost, A_ub=use, b_ub=supply, A_eq=serve, b_eq=demand, method="highs")
    assert plan.certificate.cost == pytest.approx(best.fun, abs=1)

    # least prices: minimise the sum of u over u >= 0, v <= N, v - u <= c, d v - q u = C
    limits = np.zeros((len(pairs), lot_count + count))
    for place, (row, lot, _) in enumerate(pairs):
        limits[place, lot], limits[place, lot_count + row] = -1, 1
    proves = np.concatenate([-supply, demand])[None, :].astype(float)
    least = linprog(
        np.concatenate([np.ones(lot_count), np.zeros(count)]),
        A_ub=limits if len(pairs) else None,
        b_ub=[pair[2] for pair in pairs] or None,
        A_eq=proves,
        b_eq=[float(plan.certificate.cost)],
        bounds=[(0, None)] * lot_count + [(None, float(limit)) for limit in new_cost],
        method="highs",
    )
    assert least.status == 0
    assert plan.certificate.lot_prices.sum() == pytest.approx(least.fun, abs=2)


def make_crowd(build: Build, *, lots: int, requirements: int, seed: int) -> Problem:
    """Make a scarce problem of several families with many rows that are alike."""
    draw = np.random.default_rng(seed)
    classes = ["brick", "brick_old", "door"]
    return build(
        lots=[
            {
                "class": classes[draw.integers(3)],
                "site": ["yard", "near", "over"][draw.integers(3)],
                "quantity": int(draw.integers(1, 30)),
                "price_ore": float(draw.integers(100, 400)),
                "available_from": 20_500 + int(draw.integers(0, 30)),
                "available_to": 20_531 + int(draw.integers(0, 30)),
            }
            for _ in range(lots)
        ],
        requirements=[
            {
                "class": classes[draw.integers(3)],
                "site": ["yard", "near", "over"][draw.integers(3)],
                "quantity": int(draw.integers(1, 90)),
                "new_price_ore": float(draw.integers(300, 600)),
                "wanted_from": 20_490 + int(draw.integers(0, 40)),
                "wanted_to": 20_535 + int(draw.integers(0, 40)),
                "substitutes_ok": bool(draw.integers(2)),
            }
            for _ in range(requirements)
        ],
    )


def test_pricing_closes_what_the_first_pairs_miss(build: Build) -> None:
    """With hundreds of scarce lots per requirement the first pairs are too few; pricing still proves it."""
    problem = make_crowd(build, lots=900, requirements=120, seed=3)
    plan = solve(problem)
    assert check(problem, plan, digest=problem.digest) == []
    assert plan.certificate.cost < assign_greedily(problem)[3]
    assert plan.pairs > 10 * len(plan.matches.lot)


def test_the_plan_does_not_depend_on_the_memory(build: Build) -> None:
    """Pairs held in memory and pairs made again each round give the same prices and cost."""
    problem = make_crowd(build, lots=300, requirements=60, seed=5)
    rates = set_rates(problem)
    answers = []
    for held in (10**6, 200):
        tasks = list_tasks(
            problem,
            weights=np.ones(len(problem.lots.id), dtype=np.int64),
            quanta=rates.quantum,
            limits=Limits(held=held),
        )
        answers.append(join_answers(tasks, solve_tasks(tasks)))
    whole, parts = answers
    assert (whole.total, whole.bound, whole.baseline) == (parts.total, parts.bound, parts.baseline)
    for name in ("priced", "prices", "rows", "allowed", "worth", "short", "stopped"):
        assert np.array_equal(getattr(whole, name), getattr(parts, name)), name


def test_the_plan_does_not_depend_on_the_workers(build: Build) -> None:
    """One process and two find the same plan, and progress is told in order."""
    problem = make_crowd(build, lots=200, requirements=60, seed=4)
    told: list[tuple[str, int, int]] = []
    one = solve(problem, progress=lambda now: told.append((now.step, now.done, now.total)))
    assert same_plans(one, solve(problem, workers=2))
    assert [step for step, _, _ in told if step != "solve"] == ["gather", "explain", "done"]
    solved = [done for step, done, _ in told if step == "solve"]
    assert solved == sorted(solved)
    assert told[-1][1] == told[-1][2] >= solved[-1]


def test_nothing_offered(build: Build) -> None:
    """A problem without a single lot has a plan: everything is bought new."""
    problem = build(lots=[])
    plan = solve(problem)
    assert check(problem, plan, digest=problem.digest) == []
    assert plan.certificate.cost == plan.certificate.baseline == 60 * 500_000


def test_nothing_wanted(build: Build) -> None:
    """A problem without a single requirement has an empty plan."""
    problem = build(requirements=[])
    plan = solve(problem)
    assert check(problem, plan, digest=problem.digest) == []
    assert plan.certificate.cost == 0
