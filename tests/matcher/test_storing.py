# SPDX-License-Identifier: EUPL-1.2
"""Where a stored pair waits: the cheapest store that is allowed, told in the plan and checked again."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from matcher.check.check import check
from matcher.compatibility import gather_facts, judge_pairs
from matcher.errors import InputError
from matcher.explain.explain import explain
from matcher.explain.sentences import tell
from matcher.explain.voice import Language
from matcher.plan import STORAGE_CODES, Plan
from matcher.problem.problem import Problem
from matcher.reasons import REASONS
from matcher.solve import solve
from matcher.storing import list_waits, split_waits

Build = Callable[..., Problem]
DAY = 20_500
WAITING = {"wanted_from": DAY + 40, "wanted_to": DAY + 60}
"""Eleven days after the last pick-up of the usual lot: DAY + 29 to DAY + 40."""
HUB = {"id": ["depot"], "site": ["near"]}
DEPOT = {**HUB, "ore_per_step_day": [0.1]}


def tell_store(problem: Problem) -> tuple[str, int, int]:
    """Return store, road and cost of a step of the only match, of a plan that the checker finds sound."""
    plan = solve(problem)
    assert check(problem, plan, digest=problem.digest) == []
    matches = plan.matches
    assert len(matches.lot) == 1
    assert (matches.hub[0] >= 0) == (STORAGE_CODES[matches.storage[0]] == "hub")
    step = int(matches.cost[0]) // int(matches.quantity[0])
    return STORAGE_CODES[matches.storage[0]], int(matches.metres[0]), step


@pytest.mark.parametrize(
    ("lot", "requirement", "hubs", "store", "step"),
    [
        ({}, {}, {}, "site", 307_450),  # 300 + 6.5 km x 0.3 + 11 days x 0.5
        ({"site_storage_ore": 0.2}, {}, {}, "site", 304_150),  # 11 x 0.2
        ({}, {"builder_storage_days": 11}, {}, "site", 307_450),  # both cost the same: the first
        ({"site_storage_days": 10}, {"builder_storage_days": 11}, {}, "builder", 307_450),
        ({}, {"builder_storage_days": 11, "builder_storage_ore": 0.3}, {}, "builder", 305_250),
        ({}, {"builder_storage_days": 10, "builder_storage_ore": 0.3}, {}, "site", 307_450),
        ({}, {}, DEPOT, "hub", 303_050),  # 11 x 0.1, the hub lies at the donor's
        ({}, {}, {**HUB, "ore_per_m2_day": [40.0]}, "hub", 304_150),  # 50 cm2 a step: 11 x 0.2
        ({}, {}, {**HUB, "ore_per_step_day": [0.6]}, "site", 307_450),
        ({}, {}, {**DEPOT, "site": ["island"]}, "site", 307_450),  # no road
        ({}, {}, {**DEPOT, "open_from": [DAY + 29], "open_to": [DAY + 41]}, "hub", 303_050),
        ({}, {}, {**DEPOT, "open_from": [DAY + 30]}, "site", 307_450),  # not open on the day of pick-up
        ({}, {}, {**DEPOT, "open_to": [DAY + 40]}, "site", 307_450),  # nor on the day of delivery
    ],
)
def test_the_cheapest_store_that_is_allowed_is_used(
    build: Build,
    tables: Any,
    lot: dict[str, Any],
    requirement: dict[str, Any],
    hubs: dict[str, Any],
    store: str,
    step: int,
) -> None:
    """On site, at the builder's or at a hub: by days, opening, road and price, worked out by hand."""
    problem = build(
        lots=[lot],
        requirements=[{**WAITING, **requirement}],
        hubs=hubs,
        classes={**tables["classes"], "area_cm2": [50, 50, 0]},
    )
    assert tell_store(problem) == (store, 6500, step)


def test_a_hub_out_of_the_way_costs_both_legs(build: Build) -> None:
    """Road, transport and trips are those of donor to hub and hub to builder."""
    hubs = {"id": ["depot"], "site": ["over"], "ore_per_step_day": [0.0]}
    problem = build(lots=[{"site_storage_days": 0}], requirements=[WAITING], hubs=hubs)
    # near to over is 6.5 km to the node, 28 km on; over to yard 28 km: 62.5 km x 0.3
    assert tell_store(problem) == ("hub", 62_500, 318_750)


def test_two_trips_are_paid_by_way_of_a_hub(build: Build, tables: Any) -> None:
    """A trip to the hub and one from it, a load begun on each."""
    vehicles = {**tables["vehicles"], "trip_ore": [1000.0], "load_ore": [500.0]}
    problem = build(lots=[{"site_storage_days": 0}], requirements=[WAITING], hubs=DEPOT, vehicles=vehicles)
    plan = solve(problem)
    assert check(problem, plan, digest=problem.digest) == []
    assert (plan.matches.trip_ore.tolist(), plan.matches.load_ore.tolist()) == ([2000], [1000])


def test_without_any_store_a_pair_fails_by_its_window(build: Build) -> None:
    """Nowhere to wait is as good as never meeting."""
    problem = build(lots=[{"site_storage_days": 0}], requirements=[WAITING])
    plan = solve(problem)
    assert check(problem, plan, digest=problem.digest) == []
    assert plan.unmet.quantity.tolist() == [60]
    assert [REASONS[code] for code in plan.unmet.reason] == ["window"]


def test_a_problem_that_names_no_store_keeps_its_digest_and_plan(build: Build) -> None:
    """Tables and columns that say nothing new change neither the digest nor where a lot waits."""
    plain = build(requirements=[WAITING])
    said = build(
        lots=[{"site_storage_days": None, "site_storage_ore": None}],
        requirements=[{**WAITING, "builder_storage_days": 0, "builder_storage_ore": None}],
        hubs={},
    )
    assert plain.digest == said.digest
    assert build(requirements=[WAITING], hubs=DEPOT).digest != plain.digest
    assert solve(plain).matches.cost.tolist() == [60 * 307_450]


@pytest.mark.parametrize(
    ("hubs", "column"),
    [
        ({**HUB, "site": ["nowhere"]}, "site"),
        ({**HUB, "ore_per_m2_day": [-1.0]}, "ore_per_m2_day"),
        ({**HUB, "area_cm2": [-5]}, "area_cm2"),
        ({**HUB, "open_from": [DAY], "open_to": [DAY]}, "open_to"),
        ({**HUB, "rent": [1]}, "rent"),
        ({"id": [f"h{n}" for n in range(101)], "site": ["near"] * 101}, "id"),
    ],
)
def test_hubs_that_cannot_be_are_refused(build: Build, hubs: dict[str, Any], column: str) -> None:
    """The error names table and column."""
    with pytest.raises(InputError) as error:
        build(hubs=hubs)
    assert (error.value.table, error.value.column) == ("hubs", column)


def make_hubs(draw: Any) -> dict[str, list[Any]]:
    """Draw two hubs or none."""
    count = draw(st.sampled_from([0, 1, 2]))
    places, prices = st.sampled_from(["yard", "near", "over"]), st.sampled_from([0.0, 0.2, 3.0])
    opens, closes = st.sampled_from([None, DAY]), st.sampled_from([None, DAY + 20])
    return {
        "id": [f"h{number}" for number in range(count)],
        "site": [draw(places) for _ in range(count)],
        "ore_per_step_day": [draw(prices) for _ in range(count)],
        "open_from": [draw(opens) for _ in range(count)],
        "open_to": [draw(closes) for _ in range(count)],
    }


def draw_problem(build: Build, rows: Any, data: st.DataObject, **tables: Any) -> Problem:
    """Draw a problem in which lots wait at sites, builders and hubs."""
    lots, requirements, params = data.draw(rows)
    days, prices = st.sampled_from([None, 0, 3, 20]), st.sampled_from([None, 0.0, 1.0])
    for lot in lots:
        lot.update(site_storage_days=data.draw(days), site_storage_ore=data.draw(prices))
    for wanted in requirements:
        wanted.update(
            builder_storage_days=data.draw(st.sampled_from([0, 4])),
            builder_storage_ore=data.draw(prices),
            storage_days=data.draw(st.sampled_from([None, 0, 5])),
        )
    return build(lots=lots, requirements=requirements, params=params, hubs=make_hubs(data.draw), **tables)


@settings(max_examples=60)
@given(data=st.data())
def test_plans_with_stores_are_proven(build: Build, rows: Any, data: st.DataObject) -> None:
    """The checker, which chooses every store again by its own code, finds nothing; C = LB."""
    problem = draw_problem(build, rows, data)
    plan = solve(problem)
    assert check(problem, plan, digest=problem.digest) == []
    assert plan.certificate.bound == plan.certificate.cost


@settings(max_examples=60)
@given(data=st.data())
def test_a_wait_is_read_back_from_the_plan(build: Build, rows: Any, data: st.DataObject) -> None:
    """Days and store of the matches are those the rules give their pairs."""
    problem = draw_problem(build, rows, data)
    matches = solve(problem).matches
    metres, waits = judge_pairs(gather_facts(problem), matches.lot, matches.requirement)
    assert np.array_equal(waits, list_waits(matches))
    assert np.array_equal(metres, matches.metres)
    days, _store = split_waits(waits)
    assert np.array_equal(days, matches.storage_days)


@pytest.mark.parametrize(
    ("column", "value"), [("storage", 1), ("hub", -1), ("storage", 2), ("metres", 1), ("storage_ore", 0)]
)
def test_a_store_told_wrong_is_noticed(build: Build, column: str, value: int) -> None:
    """Another store, hub, road or price than the pair's is found by the checker."""
    problem = build(requirements=[WAITING], hubs=DEPOT)
    plan = solve(problem)
    column_of = np.full_like(getattr(plan.matches, column), value)
    forged: Plan = replace(plan, matches=replace(plan.matches, **{column: column_of}))
    assert "match" in {one.rule for one in check(problem, forged, digest=problem.digest)}


@pytest.mark.parametrize(
    ("language", "hubs", "said"),
    [
        ("en", DEPOT, "In between it waits 11 days in storage at hub depot; the road is by way of it."),
        ("da", DEPOT, "Undervejs ligger det 11 dage på lager i hub depot; vejen går via den."),
        ("en", {}, "In between it waits 11 days in storage on the donor's site."),
        ("da", {}, "Undervejs ligger det 11 dage på lager på donorens grund."),
    ],
)
def test_an_explanation_tells_where_a_lot_waits(
    build: Build, language: Language, hubs: dict[str, Any], said: str
) -> None:
    """In both languages, with the hub by name."""
    problem = build(requirements=[WAITING], hubs=hubs)
    told = explain(problem, solve(problem), "r0", lot="l0")
    assert said in tell(problem, told, language=language)
