# SPDX-License-Identifier: EUPL-1.2
"""Room in hubs: kept by every plan, priced in the bound, checked without a solver."""

import itertools
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from matcher.check.check import check
from matcher.cluster.shards import pack_task, unpack_task
from matcher.document import write_plan
from matcher.plan import Plan, Termination
from matcher.problem.problem import Problem
from matcher.rates import set_rates
from matcher.read_plan import read_plan
from matcher.solve import solve
from matcher.space import lay_calendar, lay_fees, measure_use
from matcher.task import Limits, list_tasks

Build = Callable[..., Problem]
DAY = 20_500
WAITING = {"wanted_from": DAY + 40, "wanted_to": DAY + 60}
AREA = [50, 50, 4000]


def give_hub(**columns: Any) -> dict[str, list[Any]]:
    """Return the only place where anything can wait."""
    return {"id": ["depot"], "site": ["near"], **columns}


def build_full(build: Build, tables: Any, *, room: int | None, **given: Any) -> Problem:
    """Build 160 bricks for two schools that can wait nowhere but in a hub of some room, 50 cm2 each."""
    lots = given.pop("lots", [{"site_storage_days": 0, "quantity": 160}])
    requirements = given.pop("requirements", [WAITING, {**WAITING, "new_price_ore": 400.0}])
    return build(
        lots=lots,
        requirements=requirements,
        hubs=give_hub(area_cm2=[room]),
        classes={**tables["classes"], "area_cm2": AREA},
        **given,
    )


def prove(problem: Problem, **limits: Any) -> Plan:
    """Solve a problem and return the plan, which the checker finds sound."""
    plan = solve(problem, **limits)
    assert check(problem, plan, digest=problem.digest) == []
    assert plan.certificate.bound <= plan.certificate.cost <= plan.certificate.baseline
    return plan


def test_room_enough_changes_nothing(build: Build, tables: Any) -> None:
    """Where the room does not bind the plan is that without limits, optimal and without prices of space."""
    free, wide = (build_full(build, tables, room=room) for room in (None, 120 * 50))
    plan = prove(wide)
    assert plan.certificate.cost == prove(free).certificate.cost
    assert plan.termination == Termination.OPTIMAL
    assert len(plan.certificate.hub_prices.hub) == 0


@pytest.mark.parametrize(("room", "served"), [(0, [0, 0]), (50 * 60, [60, 0]), (50 * 75, [60, 15])])
def test_room_goes_to_those_who_save_most(build: Build, tables: Any, room: int, served: list[int]) -> None:
    """The dearer new, the more a brick in the hub saves; the gap is closed by the price of space."""
    plan = prove(build_full(build, tables, room=room))
    assert np.bincount(plan.matches.requirement, plan.matches.quantity, 2).tolist() == served
    assert plan.certificate.gap < 0.02


def test_a_month_more_takes_room_there_too(build: Build, tables: Any) -> None:
    """What waits over the turn of a month takes the room of both, and is priced in both."""
    problem = build_full(build, tables, room=50 * 30)
    plan = prove(problem)
    used = measure_use(problem, lay_calendar(problem), plan.matches)
    assert used.max() <= 50 * 30
    assert used.tolist()[0].count(50 * 30) == used.shape[1] == 1 + (DAY + 39 >= 20_544)


def test_other_families_do_not_pay_for_room(build: Build, tables: Any) -> None:
    """A door takes eighty times the floor of a brick: one of them less makes room for many."""
    lots = [{"site_storage_days": 0}, {"site_storage_days": 0, "class": "door", "quantity": 2}]
    wanted = [WAITING, {**WAITING, "class": "door", "quantity": 2, "new_price_ore": 600.0}]
    problem = build_full(build, tables, room=50 * 60 + 4000, lots=lots, requirements=wanted)
    plan = prove(problem)
    assert plan.matches.quantity.tolist() == [60, 1]


def test_a_side_rule_is_kept_when_room_runs_out(build: Build, tables: Any) -> None:
    """All or nothing: sixty bricks do not fit, so none come; the school that takes what it gets is served."""
    wanted = [{**WAITING, "minimum_fulfilment": 1000}, {**WAITING, "new_price_ore": 400.0}]
    plan = prove(build_full(build, tables, room=50 * 40, requirements=wanted))
    assert 0 not in plan.matches.requirement


@settings(max_examples=40)
@given(data=st.data())
def test_plans_in_little_room_are_proven(build: Build, tables: Any, rows: Any, data: st.DataObject) -> None:
    """The checker finds room kept and the bound valid, with plain families and with rules."""
    lots, requirements, params = data.draw(rows)
    ruled = data.draw(st.booleans())
    for lot in lots:
        lot.update(site_storage_days=data.draw(st.sampled_from([None, 0])))
    for wanted in requirements:
        wanted.update(minimum_fulfilment=data.draw(st.sampled_from([0, 600])) if ruled else 0)
    hubs = {
        "id": ["a", "b"],
        "site": ["near", "over"],
        "area_cm2": [data.draw(st.sampled_from([0, 300, 1000])), data.draw(st.sampled_from([None, 500]))],
    }
    classes = {**tables["classes"], "area_cm2": AREA}
    problem = build(lots=lots, requirements=requirements, params=params, hubs=hubs, classes=classes)
    prove(problem)


def find_optimum(problem: Problem, room: int, costs: list[list[int]]) -> int:
    """Try every way of sharing out a few bricks whose every pair waits in the one hub."""
    lots, wanted = problem.lots.quantity.tolist(), problem.requirements.quantity.tolist()
    new = set_rates(problem).new_cost.tolist()
    best: int = sum(price * count for price, count in zip(new, wanted, strict=True))
    cells = [(lot, row) for lot in range(len(lots)) for row in range(len(wanted))]
    for taken in itertools.product(*(range(min(lots[lot], wanted[row]) + 1) for lot, row in cells)):
        of_lot, of_row = [0] * len(lots), [0] * len(wanted)
        cost = 0
        for (lot, row), steps in zip(cells, taken, strict=True):
            of_lot[lot] += steps
            of_row[row] += steps
            cost += costs[lot][row] * steps
        fits = all(a <= b for a, b in zip(of_lot, lots, strict=True))
        if fits and all(a <= b for a, b in zip(of_row, wanted, strict=True)) and sum(taken) * 50 <= room:
            cost += sum((d - s) * n for d, s, n in zip(wanted, of_row, new, strict=True))
            best = min(best, cost)
    return best


def test_the_bound_is_below_the_optimum_which_room_never_raises(build: Build, tables: Any) -> None:
    """Against every plan there is: LB <= optimum <= C, and more room never makes the optimum dearer."""
    lots = [
        {"site_storage_days": 0, "quantity": 3},
        {"site_storage_days": 0, "quantity": 2, "price_ore": 250.0},
    ]
    wanted = [
        {**WAITING, "quantity": 2},
        {**WAITING, "quantity": 3, "new_price_ore": 430.0, "site": "near"},
    ]
    free = prove(build_full(build, tables, room=None, lots=lots, requirements=wanted))
    road = {0: 1950, 1: 0}
    costs = [[price + road[row] for row in (0, 1)] for price in (300_000, 350_000)]
    last = None
    for room in range(0, 301, 50):
        problem = build_full(build, tables, room=room, lots=lots, requirements=wanted)
        plan = prove(problem)
        best = find_optimum(problem, room, costs)
        assert plan.certificate.bound <= best <= plan.certificate.cost
        assert last is None or best <= last
        last = best
    assert last == free.certificate.cost


@pytest.mark.parametrize(
    ("column", "value", "rule"),
    [
        ("price", -1, "price"),
        ("price", 10**15, "price"),
        ("hub", 3, "reference"),
        ("price", 0, "certificate"),
        ("month", 0, "certificate"),
    ],
)
def test_forged_prices_of_space_are_noticed(
    build: Build, tables: Any, column: str, value: int, rule: str
) -> None:
    """A price below 0, of no hub, of another month, or none at all: the bound no longer follows from them."""
    problem = build_full(build, tables, room=50 * 60)
    plan = solve(problem)
    prices = plan.certificate.hub_prices
    assert len(prices.hub)
    forged = replace(prices, **{column: np.full_like(getattr(prices, column), value)})
    one = replace(plan, certificate=replace(plan.certificate, hub_prices=forged))
    assert rule in {found.rule for found in check(problem, one, digest=problem.digest)}


def test_a_plan_that_overfills_a_hub_is_noticed(build: Build, tables: Any) -> None:
    """The plan for a larger hub, given out as that of a smaller one."""
    wide, narrow = (build_full(build, tables, room=50 * room) for room in (120, 60))
    plan = replace(solve(wide), digest=narrow.digest)
    assert "hub" in {found.rule for found in check(narrow, plan, digest=narrow.digest)}


def test_prices_of_space_are_written_and_read_back(build: Build, tables: Any, tmp_path: Any) -> None:
    """By hub, month and price; what is read back passes the check."""
    problem = build_full(build, tables, room=50 * 60)
    plan = solve(problem)
    write_plan(problem, plan, tmp_path / "plan.json")
    again = read_plan(problem, tmp_path / "plan.json")
    assert again.certificate.hub_prices.price.tolist() == plan.certificate.hub_prices.price.tolist()
    assert check(problem, again, digest=problem.digest) == []


def test_workers_and_shards_carry_the_prices(build: Build, tables: Any) -> None:
    """The same plan with two processes; a task packed for another machine has the fees of its own."""
    problem = build_full(build, tables, room=50 * 60)
    assert prove(problem, workers=2).certificate.cost == prove(problem).certificate.cost
    calendar = lay_calendar(problem)
    prices = np.arange(calendar.months, dtype=np.int64)[None, :]
    weights = np.ones(len(problem.lots.id), dtype=np.int64)
    (task,) = list_tasks(problem, weights=weights, quanta=set_rates(problem).quantum, limits=Limits())
    fees = lay_fees(problem, calendar, prices)
    read = unpack_task(pack_task(replace(task, fees=fees))).fees
    assert read is not None
    assert read.first_day == fees.first_day
    for name in ("area", "before", "month_of"):
        assert np.array_equal(getattr(fees, name), getattr(read, name))
