# SPDX-License-Identifier: EUPL-1.2
"""What the rules of the plan cost, with answers worked out by hand: trips, loads, conversions."""

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest

from matcher.errors import InputError
from matcher.loads import count_load_steps, count_loads
from matcher.measure import measure_matches
from matcher.problem.problem import Problem
from matcher.rates import set_rates
from matcher.value import (
    conversion_of_pair,
    price_load,
    price_pair,
    price_pay,
    price_trip,
    rate_pairs,
)

Build = Callable[..., Problem]
BRICK, BRICK_OLD, DOOR = 0, 1, 2
LORRY: dict[str, Any] = {
    "id": ["lorry"],
    "payload_g": [13_000_000],
    "volume_ml": [40_000_000],
    "loading_mm": [7200],
    "ore_per_tonne_km": [150.0],
    "co2e_mg_per_tonne_km": [89_700.0],
    "trip_ore": [40_000.0],
    "trip_ore_per_km": [100.25],
    "load_ore": [5000.0],
    "load_ore_per_km": [900.0],
}


def test_a_trip_and_its_loads(build: Build) -> None:
    """5 km: 400 DKK and 5 * 100.25 øre a trip, 50 DKK and 5 * 900 øre a load."""
    rates = set_rates(build(vehicles=LORRY))
    assert price_trip(rates, BRICK, BRICK, 5000) == 40_501_250
    assert price_load(rates, BRICK, BRICK, 5000) == 9_500_000
    assert price_trip(rates, BRICK, BRICK, 0) == 40_000_000


def test_a_load_is_full_by_whatever_fills_first(build: Build, tables: dict[str, Any]) -> None:
    """6500 bricks by mass; 200 doors by volume, 72 by the floor; one slab too heavy is a load of its own."""
    classes = tables["classes"]
    problem = build(vehicles=LORRY)
    assert count_load_steps(problem).tolist() == [6500, 6500, 200]
    problem = build(vehicles=LORRY, classes={**classes, "loading_mm": [0, 0, 100]})
    assert count_load_steps(problem).tolist() == [6500, 6500, 72]
    heavy = {**classes, "mass_g": [2000, 0, 14_000_000], "volume_ml": [0, 0, 0]}
    problem = build(vehicles=LORRY, classes={**heavy, "vehicle": [None, "lorry", "lorry"]})
    assert count_load_steps(problem).tolist() == [0, 10**11, 1]
    offered, quantity = np.array([0, 1, 2], dtype=np.int32), np.array([9, 10**9, 3])
    assert count_loads(problem, offered=offered, quantity=quantity).tolist() == [0, 1, 3]


def test_what_a_project_pays_is_money_alone(build: Build) -> None:
    """Price 200, preparation 100, 1.5 for 5 km, 5 for ten days; no disposal, no carbon price."""
    problem = build(
        lots=[{"disposal_avoided_ore": 50.0, "preparation_co2e_mg": 9000.0}],
        params={"carbon_price_ore_per_tonne": 75_000},
    )
    assert price_pay(set_rates(problem), 0, BRICK, BRICK, 5000, 10) == 306_500


def test_conversion_and_breakage_are_one_fraction(build: Build) -> None:
    """Two old bricks make one, of which 5 % break: 19 / 40; without either 1 / 1."""
    problem = build(
        substitutes={"class": ["brick"], "substitute": ["brick_old"], "p": [4], "q": [8]},
        requirements=[{"breakage": 50}, {}],
    )
    rates = set_rates(problem)
    assert conversion_of_pair(rates, BRICK_OLD, BRICK, 0) == (19, 40)
    assert conversion_of_pair(rates, BRICK_OLD, BRICK, 1) == (1, 2)
    assert conversion_of_pair(rates, BRICK, BRICK, 0) == (19, 20)
    assert conversion_of_pair(rates, BRICK, BRICK, 1) == (1, 1)


def test_priority_makes_new_dearer(build: Build) -> None:
    """545 øre with the carbon price, a quarter more for its priority; the money of it stays 500."""
    rates = set_rates(build(requirements=[{"priority": 250}], params={"carbon_price_ore_per_tonne": 75_000}))
    assert rates.new_cost.tolist() == [681_250]
    assert rates.new_money.tolist() == [500_000]


def test_the_fair_share_is_rounded_up(build: Build) -> None:
    """The first 30 % of 61 steps, 18.3, are 19; each counts a tenth more; a weight of 0 is no rule."""
    share = {"fair_share": 300, "fair_weight": 100}
    rates = set_rates(build(requirements=[{"quantity": 61}], params=share))
    assert (rates.first.tolist(), rates.first_cost.tolist()) == ([19], [50_000])
    rates = set_rates(build(params={"fair_share": 300}))
    assert (rates.first.tolist(), rates.first_cost.tolist()) == ([0], [0])


@pytest.mark.parametrize(
    ("counted", "seller", "buyer", "cost"),
    [
        (False, True, True, 101_500),
        (True, True, True, 301_500),
        (False, False, True, 301_500),
        (False, True, False, 301_500),
    ],
)
def test_a_transfer_is_no_cost_where_it_does_not_count(
    build: Build, *, counted: bool, seller: bool, buyer: bool, cost: int
) -> None:
    """Only a price from a public body to a public body is left out, and only where the planner says so."""
    problem = build(
        lots=[{"public": seller}],
        projects={"id": ["school"], "builder": ["Byen"], "public": [buyer]},
        params={"count_transfers": counted},
    )
    rates = set_rates(problem)
    assert price_pair(rates, 0, BRICK, BRICK, 5000, 0, 0) == cost
    assert price_pay(rates, 0, BRICK, BRICK, 5000, 0) == 301_500


def test_many_pairs_are_rated_as_one(build: Build) -> None:
    """Compiled for arrays or called one by one, the integers are the same."""
    problem = build(
        vehicles=LORRY,
        lots=[{}, {"class": "brick_old", "price_ore": 33.3}, {"class": "door", "public": True}],
        requirements=[{"breakage": 77}, {"class": "door"}],
        substitutes={"class": ["brick"], "substitute": ["brick_old"], "p": [2], "q": [3]},
        params={"carbon_price_ore_per_tonne": 75_000},
    )
    rates = set_rates(problem)
    lots, wanted = np.array([0, 1, 2]), np.array([0, 0, 1])
    offered, own = problem.lots.class_[lots], problem.requirements.class_[wanted]
    metres, days = np.array([1, 5001, 77_777]), np.array([0, 3, 365])
    rated = rate_pairs(rates, lots, offered, own, metres, days, wanted)
    for pair in range(3):
        one = (int(offered[pair]), int(own[pair]))
        at = (int(metres[pair]), int(days[pair]))
        lot, row = int(lots[pair]), int(wanted[pair])
        assert rated.cost[pair] == price_pair(rates, lot, *one, *at, row)
        assert rated.trip[pair] == price_trip(rates, *one, at[0])
        assert rated.load[pair] == price_load(rates, *one, at[0])
        assert rated.pay[pair] == price_pay(rates, lot, *one, *at)
        assert (rated.top[pair], rated.bottom[pair]) == conversion_of_pair(rates, *one, row)


def test_a_match_tells_what_it_delivers(build: Build) -> None:
    """20 + 40 old bricks with 5 % breakage deliver 9 and 19; 3 of the last are surplus, replacing nothing."""
    problem = build(
        vehicles=LORRY,
        lots=[{"class": "brick_old"}] * 2,
        requirements=[{"quantity": 25, "breakage": 50, "substitutes_ok": True}],
        substitutes={"class": ["brick"], "substitute": ["brick_old"], "q": [2], "penalty_ore": [1.0]},
    )
    lot, row = np.array([0, 1], dtype=np.int32), np.array([0, 0], dtype=np.int32)
    matches = measure_matches(
        problem,
        lot=lot,
        requirement=row,
        quantity=np.array([20, 40]),
        metres=np.array([6500, 6500]),
        waits=np.array([0, 0]),
        step_cost=np.array([1000, 1000]),
        trip_cost=np.array([7, 8]),
        load_cost=np.array([100, 100]),
    )
    told = {name: getattr(matches, name).tolist() for name in matches.__slots__}
    assert told["delivered"] == [9, 19]
    assert told["surplus"] == [0, 3]
    assert told["loads"] == [1, 1]
    assert told["new_ore"] == [4500, 8000]
    assert told["co2e_new_g"] == [5400, 9600]
    assert told["penalty_ore"] == [20, 40]
    assert told["trip_ore"] == [40_652, 40_652]  # 40,000 + 6.5 * 100.25 = 40,651.6
    assert told["load_ore"] == [10_850, 10_850]  # 5000 + 6.5 * 900
    assert told["cost"] == [20_107, 40_108]


def test_given_pairs_have_given_trips(build: Build) -> None:
    """Where pairs are given, so are their trips and loads, in 1/1000 øre."""
    problem = build(
        pairs={"lot": ["l0"], "requirement": ["r0"], "cost": [2500], "trip": [4499], "load": [1600]}
    )
    rows = np.array([0], dtype=np.int32)
    matches = measure_matches(
        problem,
        lot=rows,
        requirement=rows,
        quantity=np.array([3]),
        metres=rows.astype(np.int64),
        waits=rows.astype(np.int64),
        step_cost=np.array([2500]),
        trip_cost=np.array([4499]),
        load_cost=np.array([1600]),
    )
    assert (matches.price_ore[0], matches.trip_ore[0], matches.load_ore[0]) == (8, 4, 2)
    assert matches.cost.tolist() == [7500 + 4499 + 1600]


@pytest.mark.parametrize(
    "given",
    [
        {"lots": [{"price_ore": 1e9, "quantity": 10**7}]},
        {"vehicles": {**LORRY, "load_ore": [1e14]}},
        {
            "lots": [{"quantity": 10**10}],
            "requirements": [{"breakage": 1}],
            "substitutes": {"class": ["brick"], "substitute": ["brick_old"], "p": [10**6]},
        },
    ],
)
def test_costs_that_a_bound_could_not_hold_are_refused(build: Build, given: dict[str, Any]) -> None:
    """The thousandths that the bound of side rules is counted in must fit into 64 bits as well."""
    usual = {"vehicles": LORRY, "lots": [{}], "requirements": [{}]}
    with pytest.raises(InputError, match=r"column 'quantity': found '.* of [lr]0'"):
        set_rates(build(**{**usual, **given}))
    set_rates(build(**usual))
