# SPDX-License-Identifier: EUPL-1.2
"""The front of money against CO2e: dearer carbon never saves less of it."""

from collections.abc import Callable
from itertools import pairwise

import pytest

from matcher.problem.problem import Problem
from matcher.tradeoffs.change import change_params
from matcher.tradeoffs.front import sweep_carbon_price


@pytest.fixture
def torn(build: Callable[..., Problem]) -> Problem:
    """A requirement that either cheap but dirty bricks serve or dear but clean ones."""
    return build(
        lots=[
            {"quantity": 60, "price_ore": 100.0, "preparation_co2e_mg": 500_000.0},
            {"quantity": 60, "price_ore": 250.0, "preparation_co2e_mg": 0.0},
        ]
    )


def test_dearer_carbon_buys_cleaner_bricks(torn: Problem) -> None:
    """Without a carbon price the cheap bricks go, at a high one the clean; both stand on the front."""
    cheap, clean = sweep_carbon_price(torn, [50_000_000, 0])
    assert (cheap.carbon_price_ore_per_tonne, clean.carbon_price_ore_per_tonne) == (0, 50_000_000)
    assert cheap.money_ore - clean.money_ore == pytest.approx(150 * 60)
    assert clean.co2e_kg_real - cheap.co2e_kg_real == pytest.approx(0.5 * 60)
    assert not cheap.dominated
    assert not clean.dominated


def test_the_front_never_turns_back(torn: Problem) -> None:
    """Over rising prices money falls or stays, CO2e rises or stays, and each point has its own digest."""
    told: list[int] = []
    points = sweep_carbon_price(torn, [0, 10**5, 10**6, 10**7, 10**8], report=told.append)
    assert told == [1, 2, 3, 4, 5]
    assert len({point.digest for point in points}) == 5
    for lower, higher in pairwise(points):
        assert higher.money_ore <= lower.money_ore
        assert higher.co2e_kg_real >= lower.co2e_kg_real


def test_changing_params_changes_the_digest_as_if_made_so(
    torn: Problem, build: Callable[..., Problem]
) -> None:
    """The digest is that of a problem made with the changed params in the first place."""
    made = build(
        lots=[
            {"quantity": 60, "price_ore": 100.0, "preparation_co2e_mg": 500_000.0},
            {"quantity": 60, "price_ore": 250.0, "preparation_co2e_mg": 0.0},
        ],
        params={"carbon_price_ore_per_tonne": 7},
    )
    assert change_params(torn, {"carbon_price_ore_per_tonne": 7}).digest == made.digest != torn.digest
