# SPDX-License-Identifier: EUPL-1.2
"""The checker notices plans that break a rule of the plan, and plans with rules that were tampered with."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import numpy as np
import pytest

from matcher.check.check import check
from matcher.check.codes import VIOLATIONS
from matcher.distance import lay_places, measure_roads
from matcher.loads import deliver_steps
from matcher.measure import measure_matches
from matcher.plan import Certificate, Plan, Termination, Unmet, choose_designs
from matcher.problem.problem import Problem
from matcher.rates import set_rates
from matcher.reasons import REASONS
from matcher.value import rate_pairs
from matcher.window import count_storages

Build = Callable[..., Problem]


def make_plan(problem: Problem, takes: dict[tuple[int, int], int], designs: dict[int, str]) -> Plan:
    """Make a plan by hand: its matches measured as they should be, its certificate empty."""
    lots, wanted, rates = problem.lots, problem.requirements, set_rates(problem)
    keys = sorted(takes, key=lambda key: (key[1], key[0]))
    lot = np.array([key[0] for key in keys], dtype=np.int32)
    row = np.array([key[1] for key in keys], dtype=np.int32)
    steps = np.array([takes[key] for key in keys], dtype=np.int64)
    metres = measure_roads(lay_places(problem), lots.site[lot], wanted.site[row])
    window = (
        lots.available_from[lot],
        lots.available_to[lot],
        wanted.wanted_from[row],
        wanted.wanted_to[row],
    )
    days = count_storages(*window)
    priced = rate_pairs(rates, lot, lots.class_[lot], wanted.class_[row], metres, days, row)
    left = wanted.quantity.copy()
    np.subtract.at(left, row, deliver_steps(problem, lot=lot, requirement=row, quantity=steps))
    chosen = [
        not name or designs.get(project) == name
        for name, project in zip(wanted.design_option, wanted.project, strict=True)
    ]
    short = np.flatnonzero((left > 0) & np.array(chosen))
    matches = measure_matches(
        problem,
        lot=lot,
        requirement=row,
        quantity=steps,
        metres=metres,
        waits=days,
        step_cost=priced.cost,
        trip_cost=priced.trip,
        load_cost=priced.load,
    )
    return Plan(
        digest=problem.digest,
        params=problem.params,
        versions={},
        termination=Termination.STOPPED,
        matches=matches,
        unmet=Unmet(
            requirement=short.astype(np.int32),
            quantity=left[short],
            reason=np.zeros(len(short), dtype=np.int8),
            stopped=np.zeros((len(short), len(REASONS)), dtype=np.int64),
        ),
        certificate=Certificate(
            lot_prices=np.zeros(len(lots.id), dtype=np.int64),
            project_prices=np.zeros(len(problem.projects.id), dtype=np.int64),
            bounded=np.zeros(len(wanted.id), dtype=np.int8),
            quanta=rates.quantum,
            cost=0,
            bound=0,
            baseline=0,
            gap=0.0,
        ),
        tiers={"block": len(wanted.id)},
        pairs=0,
        figures={},
        designs=choose_designs(designs),
    )


SWAP = {"class": ["brick"], "substitute": ["brick_old"], "p": [1], "q": [2]}
BUDGET = {"id": ["school"], "builder": ["Byen"], "budget_ore": [100]}


@pytest.mark.parametrize(
    ("rule", "given", "bad", "good"),
    [
        ("minimum_take", {"lots": [{"minimum_take": 20}]}, {(0, 0): 19}, {(0, 0): 20}),
        ("indivisible", {"lots": [{"indivisible": True, "quantity": 50}]}, {(0, 0): 49}, {(0, 0): 50}),
        ("fulfilment", {"requirements": [{"minimum_fulfilment": 501}]}, {(0, 0): 30}, {(0, 0): 31}),
        (
            "most_donors",
            {"lots": [{}] * 3, "requirements": [{"most_donors": 2}]},
            {(0, 0): 1, (1, 0): 1, (2, 0): 1},
            {(0, 0): 1, (2, 0): 1},
        ),
        (
            "one_kind",
            {"lots": [{"kind": "a"}, {"kind": "b"}, {"kind": "a"}], "requirements": [{"one_kind": True}]},
            {(0, 0): 1, (1, 0): 1},
            {(0, 0): 1, (2, 0): 1},
        ),
        (
            "one_kind",
            {"lots": [{}, {}], "requirements": [{"one_kind": True}]},
            {(0, 0): 1, (1, 0): 1},
            {(1, 0): 1},
        ),
        ("surplus", {}, {(0, 0): 61}, {(0, 0): 60}),
        ("surplus", {"requirements": [{"breakage": 100}]}, {(0, 0): 68}, {(0, 0): 67}),
        ("surplus", {"requirements": [{"breakage": 100}]}, {(0, 0): 11}, {(0, 0): 12}),
        ("surplus", {"lots": [{}, {"minimum_take": 5}]}, {(0, 0): 58, (1, 0): 5}, {(0, 0): 55, (1, 0): 5}),
        ("surplus", {"lots": [{}, {"minimum_take": 5}]}, {(0, 0): 60, (1, 0): 5}, {(0, 0): 59}),
        (
            "surplus",
            {
                "lots": [{"class": "brick_old", "quantity": 200}],
                "requirements": [{"substitutes_ok": True}],
                "substitutes": SWAP,
            },
            {(0, 0): 121},
            {(0, 0): 120},
        ),
        # 300.3 øre each instead of 500 new: the trip of 20,000 øre less what 60 or 99 save
        (
            "budget",
            {
                "projects": BUDGET,
                "vehicles": {
                    "id": ["lorry"],
                    "payload_g": [13_000_000],
                    "ore_per_tonne_km": [0.0],
                    "co2e_mg_per_tonne_km": [0.0],
                    "trip_ore": [20_100.0],
                },
                "requirements": [{"quantity": 150}],
            },
            {(0, 0): 99},
            {(0, 0): 100},
        ),
        ("demand", {}, {}, {(0, 0): 10}),
        ("supply", {"requirements": [{"quantity": 200}]}, {(0, 0): 101}, {(0, 0): 100}),
    ],
)
def test_a_broken_rule_has_its_name(
    build: Build, rule: str, given: dict[str, Any], bad: dict[Any, int], good: dict[Any, int]
) -> None:
    """Of two plans made by hand one breaks a rule by a step, and only that one is told so."""
    problem = build(**given)
    plan = make_plan(problem, bad, {})
    if rule == "demand":
        plan = replace(plan, unmet=replace(plan.unmet, quantity=plan.unmet.quantity - 1))
    found = {one.rule for one in check(problem, plan, digest=problem.digest)}
    assert rule in found
    assert found <= set(VIOLATIONS)
    plan = make_plan(problem, good, {})
    assert rule not in {one.rule for one in check(problem, plan, digest=problem.digest)}


DESIGNS = {"requirements": [{"design_option": "wood"}, {"design_option": "brick"}, {}]}


@pytest.mark.parametrize(
    ("takes", "designs", "told"),
    [
        ({(0, 0): 5}, {0: "wood"}, False),
        ({(0, 2): 5}, {0: "brick"}, False),
        ({(0, 0): 5}, {0: "brick"}, True),
        ({}, {}, True),
        ({}, {0: "stone"}, True),
    ],
)
def test_one_design_is_chosen(
    build: Build, takes: dict[Any, int], designs: dict[int, str], *, told: bool
) -> None:
    """Exactly one design of those there are, and nothing for the others."""
    problem = build(**DESIGNS)
    found = {one.rule for one in check(problem, make_plan(problem, takes, designs), digest=problem.digest)}
    assert ("design" in found) == told


def test_a_price_of_a_budget_has_limits(build: Build) -> None:
    """Only a project with a budget has a price, and none so high that sums would overflow."""
    problem = build()
    plan = make_plan(problem, {}, {})
    priced = replace(plan, certificate=replace(plan.certificate, project_prices=np.array([1])))
    assert "price" in {one.rule for one in check(problem, priced, digest=problem.digest)}
    problem = build(projects=BUDGET)
    for price, told in ((100_000, False), (100_001, True), (-1, True)):
        plan = make_plan(problem, {}, {})
        priced = replace(plan, certificate=replace(plan.certificate, project_prices=np.array([price])))
        assert ("price" in {one.rule for one in check(problem, priced, digest=problem.digest)}) == told
