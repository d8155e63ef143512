# SPDX-License-Identifier: EUPL-1.2
"""The checker notices a plan with every rule that was tampered with, whichever number was changed."""

import json
import re
from collections.abc import Callable, Iterator
from copy import deepcopy
from dataclasses import fields, replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from matcher.check.check import check
from matcher.check.codes import VIOLATIONS
from matcher.document import write_plan
from matcher.errors import InputError
from matcher.plan import Bounded, HubPrices, Plan
from matcher.problem.problem import Problem
from matcher.read_plan import read_plan
from matcher.solve import solve

Build = Callable[..., Problem]


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
                elif isinstance(value, HubPrices):  # of a problem without hubs: none there, so one is added
                    one = np.array([0])
                    other = HubPrices(hub=one.astype(np.int32), month=one, price=one + by)
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


Place = tuple[str | int, ...]

# What may change and leave all that a plan claims as true as before: which versions made it, and a price by
# which as much is proven.
_NOT_CLAIMED = {"versions", "certificate.lot_prices.price"}


def list_leaves(value: Any, place: Place = ()) -> Iterator[tuple[Place, Any]]:
    """List every value that is no table, with the way to it; of a column its first."""
    if isinstance(value, dict):
        for name, inner in value.items():
            yield from list_leaves(inner, (*place, name))
    elif isinstance(value, list) and value:
        yield from list_leaves(value[0], (*place, 0))
    else:
        yield place, value


def change(value: Any) -> Any:
    """Give another value of the same kind, one that means something else."""
    if isinstance(value, bool):
        return not value
    if isinstance(value, int | float):
        return value + 1
    if isinstance(value, list):
        return [1]
    if value is None:
        return 1
    if re.fullmatch(r"\d{4}-\d\d-\d\d", value):
        return (date.fromisoformat(value) + timedelta(days=1)).isoformat()
    return f"{value}x"


def tamper(document: dict[str, Any], place: Place, value: Any) -> dict[str, Any]:
    """Write another value at one place of a copy."""
    changed = deepcopy(document)
    at: Any = changed
    for step in place[:-1]:
        at = at[step]
    at[place[-1]] = value
    return changed


def test_every_field_of_a_plan_is_held(
    ruled: tuple[Problem, Plan],
    tmp_path: Path,
) -> None:
    """Each value of the file is changed by itself; what goes unnoticed is what claims nothing."""
    problem, plan = ruled
    path = tmp_path / "plan.json"
    write_plan(problem, plan, path)
    document = json.loads(path.read_text())
    assert not check(problem, read_plan(problem, path), digest=problem.digest)
    missed: set[str] = set()
    fields = 0
    for place, value in list_leaves(document):
        path.write_text(json.dumps(tamper(document, place, change(value))))
        fields += 1
        try:
            found = check(problem, read_plan(problem, path), digest=problem.digest)
        except InputError:
            continue
        if not found:
            missed.add("versions" if place[0] == "versions" else ".".join(map(str, place[:-1])))
    assert fields > 90
    assert missed <= _NOT_CLAIMED
