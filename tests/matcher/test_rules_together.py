# SPDX-License-Identifier: EUPL-1.2
"""Problems with every side rule at once: the plan keeps them, its bound holds, and the checker agrees."""

from collections.abc import Callable
from copy import deepcopy
from dataclasses import replace
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from matcher.check.check import check
from matcher.plan import Termination
from matcher.problem.problem import Problem
from matcher.solve import solve

SITES = st.sampled_from(["yard", "near", "far", "over"])


@st.composite
def draw_lot(draw: st.DrawFn) -> dict[str, Any]:
    """Draw a lot with rules."""
    return {
        "class": draw(st.sampled_from(["brick", "brick", "brick_old", "door"])),
        "site": draw(SITES),
        "quantity": draw(st.integers(0, 40)),
        "price_ore": draw(st.sampled_from([0.0, 100.0, 200.5, 400.0])),
        "minimum_take": draw(st.sampled_from([0, 0, 0, 5, 20])),
        "indivisible": draw(st.sampled_from([False, False, True])),
        "kind": draw(st.sampled_from(["", "red", "yellow"])),
        "public": draw(st.booleans()),
    }


@st.composite
def draw_requirement(draw: st.DrawFn) -> dict[str, Any]:
    """Draw a requirement with rules."""
    return {
        "class": draw(st.sampled_from(["brick", "brick", "door"])),
        "site": draw(SITES),
        "project": draw(st.sampled_from(["school", "bath", None])),
        "quantity": draw(st.integers(1, 60)),
        "new_price_ore": draw(st.sampled_from([250.0, 500.0, 900.0])),
        "substitutes_ok": draw(st.booleans()),
        "minimum_fulfilment": draw(st.sampled_from([0, 0, 600, 1000])),
        "most_donors": draw(st.sampled_from([0, 0, 1, 2])),
        "one_kind": draw(st.sampled_from([False, False, True])),
        "breakage": draw(st.sampled_from([0, 0, 50, 100])),
        "priority": draw(st.sampled_from([0, 0, 250])),
    }


@st.composite
def draw_tables(draw: st.DrawFn) -> dict[str, Any]:
    """Draw lots, requirements, trips, budgets, designs, conversions and params."""
    requirements = draw(st.lists(draw_requirement(), min_size=1, max_size=5))
    if draw(st.booleans()):
        for row in requirements:
            if row["project"]:
                row["design_option"] = draw(st.sampled_from(["", "brick front", "timber front"]))
    return {
        "lots": draw(st.lists(draw_lot(), min_size=1, max_size=6)),
        "requirements": requirements,
        "trip_ore": draw(st.sampled_from([0.0, 500.0, 3000.0])),
        "load_ore": draw(st.sampled_from([0.0, 0.0, 700.0])),
        "payload_g": draw(st.sampled_from([13_000_000, 24_000])),
        "budget": draw(st.sampled_from([None, None, 0, 20])),
        "p": draw(st.sampled_from([1, 1, 2])),
        "q": draw(st.sampled_from([1, 1, 3])),
        "params": {
            "carbon_price_ore_per_tonne": draw(st.sampled_from([0, 75_000])),
            "fair_share": draw(st.sampled_from([0, 0, 300])),
            "fair_weight": draw(st.sampled_from([0, 400])),
            "count_transfers": draw(st.booleans()),
        },
    }


def build_from(
    drawn: dict[str, Any], build: Callable[..., Problem], tables: dict[str, dict[str, list[Any]]]
) -> Problem:
    """Make a problem of what was drawn."""
    vehicles = deepcopy(tables["vehicles"])
    vehicles |= {
        "trip_ore": [drawn["trip_ore"]],
        "load_ore": [drawn["load_ore"]],
        "payload_g": [drawn["payload_g"]],
    }
    return build(
        lots=drawn["lots"],
        requirements=drawn["requirements"],
        vehicles=vehicles,
        substitutes={**tables["substitutes"], "p": [drawn["p"]], "q": [drawn["q"]]},
        projects={
            "id": ["school", "bath"],
            "builder": ["Byen", "Landet"],
            "budget_ore": [drawn["budget"], None],
            "public": [True, False],
        },
        params=drawn["params"],
    )


@settings(max_examples=120)
@given(drawn=draw_tables())
def test_every_rule_together_is_kept_and_bounded(
    drawn: dict[str, Any], build: Callable[..., Problem], tables: dict[str, dict[str, list[Any]]]
) -> None:
    """The independent checker finds nothing wrong with the plan, its bound or any figure of it."""
    problem = build_from(drawn, build, tables)
    plan = solve(problem)
    assert [str(one) for one in check(problem, plan, digest=problem.digest)] == []
    certificate = plan.certificate
    assert certificate.bound <= certificate.cost <= certificate.baseline
    assert sum(plan.tiers.values()) == len(problem.requirements.id)
    assert (plan.termination is Termination.OPTIMAL) == (certificate.bound == certificate.cost)


@settings(max_examples=15)
@given(drawn=draw_tables())
def test_the_plan_is_the_same_for_any_workers(
    drawn: dict[str, Any], build: Callable[..., Problem], tables: dict[str, dict[str, list[Any]]]
) -> None:
    """Solving again gives the very same plan and prices."""
    problem = build_from(drawn, build, tables)
    one, other = solve(problem), solve(problem)
    for name in ("lot", "requirement", "quantity"):
        assert np.array_equal(getattr(one.matches, name), getattr(other.matches, name))
    assert np.array_equal(one.certificate.lot_prices, other.certificate.lot_prices)
    assert one.certificate.bound == other.certificate.bound


def test_a_bound_raised_by_one_is_noticed(
    build: Callable[..., Problem], tables: dict[str, dict[str, list[Any]]]
) -> None:
    """A certificate that claims more than its prices prove fails."""
    vehicles = {**tables["vehicles"], "trip_ore": [2000.0]}
    problem = build(lots=[{}, {"price_ore": 190.0, "quantity": 20}], vehicles=vehicles)
    plan = solve(problem)
    assert plan.tiers == {"flow": 0, "simplex": 0, "block": 1}
    forged = replace(plan, certificate=replace(plan.certificate, bound=plan.certificate.bound + 1))
    found = {one.rule for one in check(problem, forged, digest=problem.digest)}
    assert found == {"certificate", "figure"}  # the figure of the bound says the old one


@pytest.mark.parametrize(
    ("lots", "wish", "tables_changed", "taken"),
    [
        # all or nothing: 100 of 120 bricks are not enough
        ([{}], {"quantity": 120, "minimum_fulfilment": 1000}, {}, []),
        ([{}], {"quantity": 120, "minimum_fulfilment": 800}, {}, [100]),
        # one donor: the larger, dearer lot
        (
            [{"quantity": 20, "price_ore": 100.0}, {"quantity": 50, "price_ore": 210.0}],
            {"most_donors": 1},
            {},
            [50],
        ),
        # one facade, one brick: the two red lots, not the larger yellow one
        (
            [
                {"quantity": 30, "kind": "red"},
                {"quantity": 25, "kind": "red"},
                {"quantity": 50, "kind": "yellow"},
            ],
            {"one_kind": True},
            {},
            [25, 30],
        ),
        # a lot taken whole: the surplus of five costs less than buying new
        ([{"quantity": 40, "indivisible": True}, {"quantity": 25, "indivisible": True}], {}, {}, [25, 40]),
        # at least 80 of it, or nothing: 60 are wanted
        ([{"minimum_take": 80}], {}, {}, []),
        # one in ten breaks: 67 to have 60
        ([{}], {"breakage": 100}, {}, [67]),
        # a trip dearer than what is saved
        ([{}], {}, {"trip_ore": [50_000.0]}, []),
    ],
)
def test_a_rule_by_itself_decides(
    build: Callable[..., Problem],
    tables: dict[str, dict[str, list[Any]]],
    lots: list[dict[str, Any]],
    wish: dict[str, Any],
    tables_changed: dict[str, Any],
    taken: list[int],
) -> None:
    """Each rule has a problem small enough to see that the plan is the right one, and proven so."""
    problem = build(lots=lots, requirements=[wish], vehicles={**tables["vehicles"], **tables_changed})
    plan = solve(problem)
    assert sorted(plan.matches.quantity.tolist()) == taken
    assert check(problem, plan, digest=problem.digest) == []
    # where steps taken are not steps delivered the bound is the relaxed one, a rounding below the optimum
    assert plan.certificate.gap <= (0.02 if wish.get("breakage") else 0.0)
