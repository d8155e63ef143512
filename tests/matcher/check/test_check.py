# SPDX-License-Identifier: EUPL-1.2
"""The checker notices: rules broken in the solver, and plans tampered with."""

import json
import subprocess
import sys
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import numpy as np
import pytest

from matcher.check.check import check
from matcher.plan import Plan
from matcher.problem.problem import Problem
from matcher.solve import solve

Build = Callable[..., Problem]

# Run without compiling, so that a rule replaced in matcher.compatibility is replaced everywhere. Class and
# window are looked at in the search for candidates too: there the solver is shown other columns.
MUTATIONS = """
import json, sys
from dataclasses import replace
import numpy as np
from matcher import compatibility
from matcher.check.check import check
from matcher.problem.problem import make_problem
from matcher.solve import solve

found = {}
rules = ["", "is_documented", "is_screened", "is_of_class", "is_within_bounds"]
rules += ["is_joined", "is_near", "is_in_time"]
for rule in rules:
    problem = make_problem(**json.loads(sys.argv[1]))
    whole = getattr(compatibility, rule, None)
    if rule:
        setattr(compatibility, rule, lambda *_: True)
    shown = problem
    if rule == "is_of_class":
        anything = np.ones(1, dtype=np.bool_)
        shown = replace(problem, requirements=replace(problem.requirements, substitutes_ok=anything))
    if rule == "is_in_time":
        always = np.full(len(problem.lots.id), 20_500, dtype=np.int32)
        shown = replace(problem, lots=replace(problem.lots, available_from=always))
    plan = solve(shown)
    if rule:
        setattr(compatibility, rule, whole)
    broken = [one for one in check(problem, plan, digest=problem.digest) if one.rule == "pair"]
    found[rule] = sorted({one.rule + " " + one.found for one in broken})
print(json.dumps(found))
"""


def test_a_rule_broken_in_the_solver_is_noticed(tables: dict[str, Any]) -> None:
    """For each rule there is a lot that it alone keeps away; without it the checker objects by name."""
    reasons = ["documentation", "screening", "no_lot_of_class", "attribute", "no_road", "distance", "window"]
    count = len(reasons)

    def column(usual: Any, **other: Any) -> list[Any]:
        return [other.get(reason, usual) for reason in reasons]

    problem = {
        **tables,
        "lots": {
            "id": reasons,
            "class": column("brick", no_lot_of_class="brick_old"),
            "site": column("near", no_road="island", distance="far"),
            "quantity": [1] * count,
            "available_from": column(20_500, window=20_700),
            "available_to": column(20_530, window=20_730),
            "documentation": column("basic", documentation="none"),
            "screening": column("clean", screening="hazardous"),
            "attribute.length_mm": column(100, attribute=99),
        },
        "requirements": {
            "id": ["wanted"],
            "class": ["brick"],
            "site": ["yard"],
            "quantity": [10],
            "wanted_from": [20_500],
            "wanted_to": [20_530],
            "new_price_ore": [5000.0],
            "minimum.length_mm": [100],
        },
    }
    done = subprocess.run(
        [sys.executable, "-c", MUTATIONS, json.dumps(problem)],
        env={"NUMBA_DISABLE_JIT": "1", "PYTHONPATH": ":".join(sys.path)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout) == {
        "": [],
        "is_documented": ["pair documentation"],
        "is_screened": ["pair screening"],
        "is_of_class": ["pair no_lot_of_class"],
        "is_within_bounds": ["pair attribute"],
        "is_joined": ["pair no_road"],
        "is_near": ["pair distance"],
        "is_in_time": ["pair window"],
    }


@pytest.fixture(scope="module")
def proven(build: Build) -> tuple[Problem, Plan]:
    """Give a problem with scarce lots, one of another class, and its plan."""
    problem = build(
        lots=[
            {"quantity": 50},
            {"quantity": 20, "price_ore": 150.0},
            {"class": "door"},
            {"price_ore": 250.0},
        ],
        requirements=[
            {"quantity": 90},
            {"quantity": 100, "new_price_ore": 450.0},
            {"class": "door", "site": "over"},
        ],
    )
    plan = solve(problem)
    assert check(problem, plan, digest=problem.digest) == []
    return problem, plan


def edit(plan: Plan, table: str, column: str, change: Callable[[Any], None]) -> Plan:
    """Return a plan with one array changed."""
    part = getattr(plan, table)
    array = getattr(part, column).copy()
    change(array)
    return replace(plan, **{table: replace(part, **{column: array})})


def bump(array: Any) -> None:
    """Add one to the first value."""
    array[0] += 1


def drop(array: Any) -> None:
    """Take one from the first value."""
    array[0] -= 1


def swap_lot(array: Any) -> None:
    """Put another lot of the same class in the place of the first."""
    array[0] = 1 if array[0] != 1 else 0


def make_door(array: Any) -> None:
    """Put a lot of another class in the place of the first."""
    array[0] = 2


@pytest.mark.parametrize(
    ("table", "column", "change", "rule"),
    [
        ("matches", "quantity", bump, "surplus"),
        ("matches", "quantity", drop, "demand"),
        ("matches", "lot", make_door, "pair"),
        ("matches", "lot", swap_lot, "supply"),
        ("matches", "metres", bump, "match"),
        ("matches", "storage_days", bump, "match"),
        ("matches", "pick_up", bump, "match"),
        ("matches", "deliver", drop, "match"),
        ("matches", "loads", bump, "match"),
        ("matches", "price_ore", drop, "match"),
        ("matches", "transport_ore", drop, "match"),
        ("matches", "co2e_regulatory_g", bump, "match"),
        ("matches", "cost", drop, "match"),
        ("unmet", "quantity", drop, "demand"),
        ("unmet", "reason", bump, "reason"),
        ("unmet", "stopped", bump, "stopped"),
        ("certificate", "lot_prices", bump, "certificate"),
        ("certificate", "quanta", bump, "quantum"),
    ],
)
def test_a_changed_number_is_noticed(
    proven: tuple[Problem, Plan], table: str, column: str, change: Callable[[Any], None], rule: str
) -> None:
    """Whichever number of a plan is changed, a rule is named that no longer holds."""
    problem, plan = proven
    found = check(problem, edit(plan, table, column, change), digest=problem.digest)
    assert rule in {violation.rule for violation in found}
    assert all(str(violation) for violation in found)


def test_a_pair_that_stands_twice_is_noticed(proven: tuple[Problem, Plan]) -> None:
    """A match split into two rows is not a plan, even where all sums agree."""
    problem, plan = proven
    columns = {name: np.repeat(getattr(plan.matches, name), 2) for name in plan.matches.__slots__}
    found = check(problem, replace(plan, matches=replace(plan.matches, **columns)), digest=problem.digest)
    assert "repeat" in {violation.rule for violation in found}


def test_a_lot_given_out_twice_is_noticed(proven: tuple[Problem, Plan]) -> None:
    """More than there is of a lot cannot be assigned, even where demand and costs are made to fit."""
    problem, plan = proven
    matches = plan.matches
    place = int(np.flatnonzero(matches.lot == 0)[0])
    quantity = matches.quantity.copy()
    quantity[place] = problem.lots.quantity[0] + 1
    found = check(problem, replace(plan, matches=replace(matches, quantity=quantity)), digest=problem.digest)
    assert "supply" in {violation.rule for violation in found}


@pytest.mark.parametrize(
    ("change", "rule"),
    [
        ({"cost": -1}, "certificate"),
        ({"bound": 1}, "certificate"),
        ({"baseline": 1}, "certificate"),
        ({"gap": 0.1}, "certificate"),
    ],
)
def test_a_changed_certificate_is_noticed(
    proven: tuple[Problem, Plan], change: dict[str, Any], rule: str
) -> None:
    """C, LB, B and the gap are added up again."""
    problem, plan = proven
    certificate = plan.certificate
    changed = {name: getattr(certificate, name) + by for name, by in change.items()}
    found = check(problem, replace(plan, certificate=replace(certificate, **changed)), digest=problem.digest)
    assert rule in {violation.rule for violation in found}


def test_lower_prices_do_not_prove_it(proven: tuple[Problem, Plan]) -> None:
    """Prices of nothing give a bound that is valid and too low: 'optimal' is then a lie."""
    problem, plan = proven
    certificate = replace(plan.certificate, lot_prices=np.zeros_like(plan.certificate.lot_prices))
    rules = {
        violation.rule
        for violation in check(problem, replace(plan, certificate=certificate), digest=problem.digest)
    }
    assert {"termination", "certificate"} <= rules


def test_prices_below_nothing_are_refused(proven: tuple[Problem, Plan]) -> None:
    """A price below 0 would make the bound invalid."""
    problem, plan = proven
    found = check(
        problem,
        edit(plan, "certificate", "lot_prices", lambda a: a.__setitem__(3, -1)),
        digest=problem.digest,
    )
    assert {violation.rule for violation in found} == {"price"}


def test_every_figure_is_added_up_again(proven: tuple[Problem, Plan]) -> None:
    """Each key figure, and each total, is noticed when it is wrong."""
    problem, plan = proven
    for name, value in plan.figures.items():
        wrong = {**plan.figures}
        wrong[name] = {**value, "tonnes": 1e9} if isinstance(value, dict) else value + 0.01
        found = check(problem, replace(plan, figures=wrong), digest=problem.digest)
        assert [violation.rule for violation in found] == ["figure"], name
    for name in plan.figures["totals"]:
        wrong = {**plan.figures, "totals": {**plan.figures["totals"], name: -1}}
        found = check(problem, replace(plan, figures=wrong), digest=problem.digest)
        assert [violation.subject for violation in found] == [f"totals.{name}"]


def test_the_digest_is_held_outside(proven: tuple[Problem, Plan], build: Build) -> None:
    """Neither a plan of another problem nor a problem changed afterwards has the digest its owner holds."""
    problem, plan = proven
    other = build()
    assert {v.subject for v in check(problem, plan, digest=other.digest)} == {"problem", "plan"}
    assert {v.subject for v in check(problem, replace(plan, digest=other.digest), digest=problem.digest)} == {
        "plan"
    }
    forged = replace(
        problem, requirements=replace(problem.requirements, quantity=problem.requirements.quantity + 1)
    )
    assert {v.subject for v in check(forged, plan, digest=problem.digest)} == {"problem"}
    softer = replace(plan, params=replace(plan.params, cap_metres=1))
    assert {v.rule for v in check(problem, softer, digest=problem.digest)} == {"params"}


def test_rows_that_do_not_exist_are_noticed(proven: tuple[Problem, Plan]) -> None:
    """A row beyond the tables, or columns of unequal length, end the check with a violation, not an error."""
    problem, plan = proven
    found = check(
        problem, edit(plan, "matches", "lot", lambda a: a.__setitem__(0, 99)), digest=problem.digest
    )
    assert {violation.rule for violation in found} == {"reference"}
    short = replace(plan, matches=replace(plan.matches, cost=plan.matches.cost[:-1]))
    assert {violation.rule for violation in check(problem, short, digest=problem.digest)} == {"length"}
