# SPDX-License-Identifier: EUPL-1.2
"""Shares per builder, and fair shares that keep one large project from taking everything."""

from collections.abc import Callable

import pytest

from matcher.problem.problem import Problem
from matcher.solve import solve
from matcher.tradeoffs.fairness import share_by_builder, weigh_fairness

PROJECTS = {"id": ["large", "small"], "builder": ["Storby", "Landsby"]}


@pytest.fixture
def scarce(build: Callable[..., Problem]) -> Problem:
    """60 bricks for a large project that saves most on each and a small one that saves a little less."""
    return build(
        lots=[{"quantity": 60}],
        requirements=[
            {"quantity": 90, "project": "large", "new_price_ore": 520.0},
            {"quantity": 30, "project": "small", "new_price_ore": 500.0},
            {"quantity": 10, "project": None, "class": "door"},
        ],
        projects=PROJECTS,
    )


def test_shares_are_told_by_builder(scarce: Problem) -> None:
    """The large project takes all bricks: two thirds served, nothing for the others."""
    shares = {share.builder: share for share in share_by_builder(scarce, solve(scarce))}
    assert {name: round(share.share, 3) for name, share in shares.items()} == {
        "": 0.0,
        "Storby": 0.667,
        "Landsby": 0.0,
    }
    assert shares["Storby"].wanted_ore == 90 * 520
    assert shares["Storby"].served_ore == 60 * 520


def test_fair_shares_lift_the_lowest_and_say_what_that_costs(scarce: Problem) -> None:
    """The first half of each requirement counts more: the small builder gets 15, and 20 øre a brick go."""
    fairness = weigh_fairness(scarce, fair_share=500, fair_weight=200)
    after = {share.builder: share.share for share in fairness.after}
    assert after["Landsby"] == pytest.approx(0.5)
    assert after["Storby"] == pytest.approx(0.5)
    assert fairness.cost_ore == 15 * 20
    assert fairness.saving_before_ore - fairness.saving_after_ore == fairness.cost_ore
