# SPDX-License-Identifier: EUPL-1.2
"""Money and CO2e, with answers worked out by hand."""

from collections.abc import Callable

import pytest

from matcher.errors import InputError
from matcher.loads import weigh_load
from matcher.measure import round_once
from matcher.problem.problem import Problem
from matcher.rates import carry_rates, set_rates
from matcher.solve import solve
from matcher.value import price_pair

BRICK, BRICK_OLD, DOOR = 0, 1, 2


def test_cost_of_a_step(build: Callable[..., Problem]) -> None:
    """2 kg over 5 km at 150 øre/tkm are 1.5 øre; the rest of the sum is written beside it."""
    problem = build(
        lots=[
            {
                "price_ore": 200.0,
                "preparation_ore": 120.0,
                "preparation_co2e_mg": 50_000.0,
                "disposal_avoided_ore": 10.0,
            }
        ],
        params={"carbon_price_ore_per_tonne": 75_000},
    )
    rates = set_rates(problem)
    # 200 + 120 - 10 + 1.5 transport + 10 days * 0.5 = 316.5 øre
    # carbon: 50,000 mg preparation * 75,000 øre/t = 3.75; 0.01 tkm * 89,700 mg = 897 mg = 0.067275
    assert price_pair(rates, 0, BRICK, BRICK, 5000, 10) == 320_317
    assert rates.new_cost.tolist() == [545_000]  # 500 + 600,000 mg * 75,000 øre/t = 45


def test_a_substitute_pays_its_penalty(build: Callable[..., Problem]) -> None:
    """An old brick that stands in for a brick costs 25 øre more."""
    rates = set_rates(build(lots=[{"class": "brick_old"}]))
    assert price_pair(rates, 0, BRICK_OLD, BRICK, 0, 0) == 325_000
    assert price_pair(rates, 0, BRICK_OLD, BRICK_OLD, 0, 0) == 300_000


def test_light_goods_count_by_the_room_they_take(build: Callable[..., Problem]) -> None:
    """A door of 30 kg takes 1/200 of the lorry, that is 65 kg of its payload; a brick is heavy enough."""
    problem = build()
    assert weigh_load(problem).tolist() == [2000.0, 2000.0, 65_000.0]
    ore, emitted = carry_rates(problem)
    assert ore[BRICK] == pytest.approx(2e-6 * 150)
    assert emitted[DOOR] == pytest.approx(65e-6 * 89_700)


def test_parts_of_a_match_are_rounded_once(build: Callable[..., Problem]) -> None:
    """7,001 bricks over 6.5 km: 14.002 t are two loads, and every part is rounded from the exact sum."""
    problem = build(
        lots=[
            {
                "quantity": 7001,
                "preparation_co2e_mg": 33.3,
                "disposal_avoided_ore": 0.25,
                "available_to": 20_501,
                "counts_zero": True,
            }
        ],
        requirements=[{"quantity": 8000, "wanted_from": 20_510}],
    )
    matches = solve(problem).matches
    told = {name: getattr(matches, name).tolist() for name in matches.__slots__}
    assert told == {
        "lot": [0],
        "requirement": [0],
        "quantity": [7001],
        "delivered": [7001],
        "surplus": [0],
        "pick_up": [20_500],
        "deliver": [20_510],
        "storage_days": [10],
        "metres": [6500],
        "loads": [2],
        "price_ore": [1_400_200],
        "preparation_ore": [700_100],
        "transport_ore": [13_652],  # 14.002 t * 6.5 km * 150 = 13,651.95
        "trip_ore": [0],
        "load_ore": [0],
        "storage_ore": [35_005],  # 7001 * 10 * 0.5
        "disposal_ore": [1750],  # 1750.25
        "penalty_ore": [0],
        "new_ore": [3_500_500],
        "co2e_new_g": [4_200_600],
        "co2e_preparation_g": [233],  # 233.1333
        "co2e_transport_g": [8164],  # 14.002 * 6.5 * 89.7 = 8163.87
        "co2e_regulatory_g": [4_200_600],
        "storage": [1],  # on its own site
        "hub": [-1],
        "cost": [7001 * 306_700],  # 300 + 1.95 + 5 - 0.25 = 306.7 øre
    }


def test_surplus_goods_save_nothing_in_br18(build: Callable[..., Problem]) -> None:
    """Surplus and recycled goods count as new: the regulatory figure is 0, the real one is not."""
    figures = solve(build(lots=[{"counts_zero": False}])).figures
    assert figures["co2e_kg_regulatory"] == 0
    assert figures["co2e_kg_real"] == pytest.approx(60 * 0.6 - 0.07, abs=0.001)  # 0.78 tkm * 89.7 g = 70 g


def test_halves_are_rounded_up() -> None:
    """Half up, also below zero."""
    assert round_once([0.5, 1.5, -0.5, 2.49]).tolist() == [1, 2, 0, 2]


def test_quantum_is_fine_where_nothing_overflows(build: Callable[..., Problem]) -> None:
    """The usual problem is counted in 1/1000 øre."""
    assert solve(build()).certificate.quanta.tolist() == [1, 1, 1]


def test_quantum_grows_where_a_flow_would_overflow(build: Callable[..., Problem]) -> None:
    """Prices of 10 billion DKK a step are counted coarser, in their family alone, and still proven."""
    plan = solve(
        build(
            lots=[{"price_ore": 9e14, "class": "door", "quantity": 1}],
            requirements=[{"class": "door", "new_price_ore": 9.5e14, "quantity": 1}, {}],
        )
    )
    assert plan.certificate.quanta[DOOR] > 1
    assert plan.certificate.quanta[BRICK] == 1
    assert plan.certificate.cost == plan.certificate.bound
    assert plan.matches.cost[0] % plan.certificate.quanta[DOOR] == 0


def test_costs_that_cannot_be_held_are_refused(build: Callable[..., Problem]) -> None:
    """A match whose cost does not fit into 64 bits is refused before solving."""
    with pytest.raises(InputError, match="quantity"):
        solve(build(lots=[{"price_ore": 1e13, "quantity": 2**40}]))
