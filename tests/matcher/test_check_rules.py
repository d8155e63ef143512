# SPDX-License-Identifier: EUPL-1.2
"""The checker notices plans that break a rule of the plan, and plans with rules that were tampered with."""

from collections.abc import Callable
from dataclasses import fields, replace
from typing import Any

import numpy as np
import pytest

from matcher.check import check
from matcher.check_codes import VIOLATIONS
from matcher.distance import lay_places, measure_roads
from matcher.loads import deliver_steps
from matcher.plan import Bounded, Certificate, Plan, Termination, Unmet, choose_designs
from matcher.problem import Problem
from matcher.rates import set_rates
from matcher.reasons import REASONS
from matcher.solve import solve
from matcher.value import measure_matches, rate_pairs
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
        storage_days=days,
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


@pytest.fixture(scope="module")
def ruled(build: Build, tables: dict[str, Any]) -> tuple[Problem, Plan]:
    """Give a problem with every rule, and its plan."""
    problem = build(
        lots=[
            {"quantity": 50, "kind": "red", "public": True},
            {"quantity": 30, "kind": "red", "price_ore": 150.0, "minimum_take": 10},
            {"quantity": 25, "price_ore": 120.0, "indivisible": True},
            {"quantity": 90, "class": "brick_old", "price_ore": 60.0},
            {"quantity": 9, "class": "door"},
        ],
        requirements=[
            {"quantity": 70, "one_kind": True, "minimum_fulfilment": 900, "design_option": "wall"},
            {"quantity": 60, "design_option": "arch", "new_price_ore": 510.0},
            {"quantity": 65, "most_donors": 2, "breakage": 50, "substitutes_ok": True, "project": "hall"},
            {"quantity": 12, "class": "door", "priority": 100, "project": "hall", "new_price_ore": 900.0},
            {"quantity": 30, "minimum_fulfilment": 1000, "project": "hall", "new_price_ore": 320.0},
        ],
        projects={
            "id": ["school", "hall"],
            "builder": ["Byen", "Byen"],
            "budget_ore": [None, 2500],
            "public": [True, False],
        },
        substitutes={
            "class": ["brick"],
            "substitute": ["brick_old"],
            "p": [1],
            "q": [2],
            "penalty_ore": [5.0],
        },
        vehicles={**tables["vehicles"], "trip_ore": [300.0], "load_ore_per_km": [10.0]},
        params={"count_transfers": False, "fair_share": 300, "fair_weight": 200},
    )
    plan = solve(problem)
    assert [str(one) for one in check(problem, plan, digest=problem.digest)] == []
    assert len(plan.matches.lot)
    assert len(plan.unmet.requirement)
    return problem, plan


def list_changes(plan: Plan) -> list[tuple[str, Plan]]:
    """List plans that differ from one in a single number each, with the name of the field."""
    changed = []
    for part in ("matches", "unmet", "designs", "certificate"):
        table = getattr(plan, part)
        for item in fields(table):
            value = getattr(table, item.name)
            for by in (1, -1):
                if isinstance(value, np.ndarray):
                    if not len(value):
                        continue
                    other = value.copy()
                    other[0] = other[0] + by if value.dtype != np.object_ else "none of them"
                else:
                    other = value + by
                changed.append(
                    (f"{part}.{item.name}", replace(plan, **{part: replace(table, **{item.name: other})}))
                )
    for name, value in plan.figures.items():
        other = value + 1 if not isinstance(value, dict) else {**value, "tonnes": value["tonnes"] + 1}
        changed.append((f"figures.{name}", replace(plan, figures={**plan.figures, name: other})))
    changed.append(("digest", replace(plan, digest="0" * 64)))
    changed.append(("params", replace(plan, params=replace(plan.params, fair_share=301))))
    changed.append(("pairs", replace(plan, pairs=plan.pairs + 1)))
    changed.append(("tiers", replace(plan, tiers={**plan.tiers, "flow": plan.tiers.get("flow", 0) + 1})))
    return changed


def test_a_change_of_any_number_is_noticed(ruled: tuple[Problem, Plan]) -> None:
    """Whatever number of a plan with rules is raised or lowered, a rule is named; a looser bound is none."""
    problem, plan = ruled
    missed = []
    for name, changed in list_changes(plan):
        found = check(problem, changed, digest=problem.digest)
        assert {one.rule for one in found} <= set(VIOLATIONS)
        if not found:
            missed.append(name)
    # other prices, or the relaxed formula, may prove as much and more: then nothing false is said
    assert set(missed) <= {"certificate.bounded", "certificate.lot_prices"}


@pytest.mark.parametrize(
    ("name", "rule"),
    [
        ("matches.delivered", "match"),
        ("matches.surplus", "match"),
        ("matches.trip_ore", "match"),
        ("matches.load_ore", "match"),
        ("designs.project", "reference"),
        ("designs.design_option", "design"),
        ("certificate.project_prices", "certificate"),
        ("certificate.cost", "certificate"),
        ("certificate.baseline", "certificate"),
        ("unmet.stopped", "stopped"),
        ("tiers", "tiers"),
        ("pairs", "certificate"),
        ("figures.preference_ore", "figure"),
        ("figures.transfer_ore", "figure"),
        ("figures.gathered_loads", "figure"),
        ("digest", "digest"),
        ("params", "params"),
    ],
)
def test_a_change_breaks_the_rule_it_should(ruled: tuple[Problem, Plan], name: str, rule: str) -> None:
    """The rule named is the one that the changed number falls under."""
    problem, plan = ruled
    changed = next(other for field, other in list_changes(plan) if field == name)
    assert rule in {one.rule for one in check(problem, changed, digest=problem.digest)}


def test_threads_find_the_same(ruled: tuple[Problem, Plan]) -> None:
    """What is found does not depend on how many look."""
    problem, plan = ruled
    lower = replace(plan.certificate, bound=plan.certificate.bound + 1)
    wrong = replace(plan, certificate=lower, pairs=plan.pairs + 1)
    one = check(problem, wrong, digest=problem.digest)
    assert one == check(problem, wrong, digest=problem.digest, workers=2)
    assert Bounded.EXACT in set(plan.certificate.bounded.tolist())
