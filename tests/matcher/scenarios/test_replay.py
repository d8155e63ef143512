# SPDX-License-Identifier: EUPL-1.2
"""Plans replayed by hand: who comes short, who has a back-up, and what it costs."""

from collections.abc import Callable

import numpy as np
import pytest

from matcher.problem.problem import Problem
from matcher.scenarios.draw import draw_scenarios
from matcher.scenarios.replay import replay_plan
from matcher.solve import solve

LIKELY = {"low": 10, "likely": 100, "high": 200, "estimated": True}


def test_what_is_all_there_serves_everyone(build: Callable[..., Problem]) -> None:
    """With the quantities of the plan itself everyone is served and the saving is the plan's."""
    problem = build(lots=[{"quantity": 50}, {"quantity": 100, "price_ore": 250.0}])
    plan = solve(problem)
    replay = replay_plan(problem, plan, [problem.lots.quantity] * 3)
    assert replay.scenarios == 3
    assert replay.assigned.tolist() == [60]
    assert replay.served.tolist() == [1.0]
    saving = (plan.certificate.baseline - plan.certificate.cost) / 1000
    assert np.allclose(replay.saving_ore, saving)


def test_a_short_lot_serves_those_who_would_lose_most(build: Callable[..., Problem]) -> None:
    """Of 100 planned steps 30 are there: the requirement with the dearer new bricks gets them."""
    problem = build(
        lots=[{"quantity": 100}],
        requirements=[{"quantity": 60}, {"quantity": 40, "new_price_ore": 900.0}],
    )
    replay = replay_plan(problem, solve(problem), [np.array([30])])
    assert replay.expected.tolist() == [0.0, 30.0]
    assert replay.served.tolist() == [0.0, 0.0]


def test_the_back_up_is_the_cheapest_lot_with_steps_left(build: Callable[..., Problem]) -> None:
    """The first lot serves; of the others the cheaper one stands behind it and covers what is missing."""
    problem = build(
        lots=[
            {"quantity": 60},
            {"quantity": 40, "price_ore": 240.0},
            {"quantity": 60, "price_ore": 260.0},
        ]
    )
    plan = solve(problem)
    replay = replay_plan(problem, plan, [np.array([25, 40, 60]), np.array([10, 40, 60])])
    assert plan.matches.lot.tolist() == [0]
    assert replay.back_ups.lot.tolist() == [1]
    assert replay.back_ups.free.tolist() == [40]
    assert replay.served.tolist() == [0.0]
    assert replay.served_with_back_up.tolist() == [0.5]
    gain, back_up = 500 - 300, 500 - 340
    transport = replay.saving_ore[0] - gain * 25
    assert abs(transport) < 25 * gain
    assert np.isclose(
        replay.saving_with_back_up_ore[0] - replay.saving_ore[0],
        back_up * 35 + (transport / 25) * 35,
    )


def test_without_another_lot_there_is_no_back_up(build: Callable[..., Problem]) -> None:
    """Nothing else allowed: no back-up, and the price of failing is new."""
    problem = build(lots=[{"quantity": 60}, {"class": "door", "quantity": 99}])
    replay = replay_plan(problem, solve(problem), [problem.lots.quantity])
    assert replay.back_ups.lot.tolist() == [-1]
    assert replay.back_ups.free.tolist() == [0]


def test_probabilities_follow_the_estimate(build: Callable[..., Problem]) -> None:
    """A plan on the likely quantity holds in about half of the scenarios, one on P10 in about nine of ten."""
    for quantity, share in ((100, 0.5), (10, 0.9)):
        problem = build(lots=[{"quantity": quantity, **LIKELY}], requirements=[{"quantity": quantity}])
        replay = replay_plan(problem, solve(problem), draw_scenarios(problem, scenarios=400))
        assert abs(replay.served[0] - share) < 0.07


def test_with_all_there_the_saving_is_the_plans_whatever_the_rules(
    build: Callable[..., Problem], tables: dict[str, dict[str, list[object]]]
) -> None:
    """Trips, loads, breakage and a conversion: replayed whole, the saving is B - C to the øre."""
    problem = build(
        lots=[{"quantity": 40}, {"quantity": 50, "class": "brick_old", "price_ore": 80.0}],
        requirements=[{"quantity": 60, "substitutes_ok": True, "breakage": 50, "minimum_fulfilment": 700}],
        substitutes={**tables["substitutes"], "p": [2], "q": [3]},
        vehicles={**tables["vehicles"], "trip_ore": [900.0], "load_ore": [300.0], "payload_g": [24_000]},
    )
    plan = solve(problem)
    assert len(plan.matches.lot) == 2
    replay = replay_plan(problem, plan, [problem.lots.quantity, np.array([20, 50])])
    saving = (plan.certificate.baseline - plan.certificate.cost) / 1000
    assert np.isclose(replay.saving_ore[0], saving)
    # with 20 bricks gone fewer than 42 are delivered: all or nothing of the least share, so nothing
    assert replay.saving_ore[1] == 0.0
    assert replay.served.tolist() == [0.5]
    assert replay.expected[0] == pytest.approx(plan.matches.delivered.sum() / 2)
