# SPDX-License-Identifier: EUPL-1.2
"""Scenarios keep the estimates' own quantiles, and are the same for the same seed."""

from collections.abc import Callable

import numpy as np

from matcher.problem.problem import Problem
from matcher.scenarios.draw import draw_scenarios

MANY = 4000
ESTIMATED = {"quantity": 400, "low": 400, "likely": 1000, "high": 2500, "estimated": True}


def test_the_quantiles_are_those_of_the_estimate(build: Callable[..., Problem]) -> None:
    """Over many scenarios P10, P50 and P90 come out as they went in."""
    problem = build(lots=[ESTIMATED])
    found = np.array([quantity[0] for quantity in draw_scenarios(problem, scenarios=MANY)])
    for share, expected in ((0.1, 400), (0.5, 1000), (0.9, 2500)):
        assert abs(np.quantile(found, share) - expected) < 0.06 * 2500
    assert found.min() >= 0


def test_a_surveyed_lot_is_what_it_says(build: Callable[..., Problem]) -> None:
    """A lot without quantiles is never drawn."""
    problem = build(lots=[{"quantity": 77}, ESTIMATED])
    assert {int(quantity[0]) for quantity in draw_scenarios(problem, scenarios=20)} == {77}


def test_estimates_of_one_site_err_together(build: Callable[..., Problem]) -> None:
    """Two lots of one building go up and down together; of two buildings they do not."""
    problem = build(lots=[ESTIMATED, ESTIMATED, {**ESTIMATED, "site": "far"}])
    found = np.array(list(draw_scenarios(problem, scenarios=MANY)), dtype=np.float64)
    together = np.corrcoef(found.T)
    assert 0.35 < together[0, 1] < 0.65
    assert abs(together[0, 2]) < 0.1


def test_the_same_seed_gives_the_same_scenarios(build: Callable[..., Problem]) -> None:
    """A scenario depends on seed and number alone, not on how many are drawn."""
    problem = build(lots=[ESTIMATED, ESTIMATED])
    few = list(draw_scenarios(problem, scenarios=3, seed=5))
    many = list(draw_scenarios(problem, scenarios=9, seed=5))
    assert all(np.array_equal(a, b) for a, b in zip(few, many, strict=False))
    assert not np.array_equal(few[0], next(draw_scenarios(problem, seed=6)))
