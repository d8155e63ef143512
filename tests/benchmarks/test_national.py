# SPDX-License-Identifier: EUPL-1.2
"""The national problems have the proportions they are meant to have, at a tenth of their size."""

from pathlib import Path

import pytest

from benchmarks.make_problem import draw_problem
from benchmarks.mix import NATIONAL, NATIONAL_MIXED, Mix, write_parameters
from benchmarks.proportions import measure_proportions, share_saved
from matcher.problem.problem import Problem
from matcher.solve import solve

SIZE = {"n_lots": 100_000, "n_requirements": 10_000}


def draw(mix: Mix) -> Problem:
    """Draw a tenth of a country: pairs for each lot and requirement stay as they are."""
    return draw_problem(mix=mix, **SIZE)


def test_the_plain_problem() -> None:
    """80 to 95 M pairs at full size, 15 scarce classes, a fifth to save, and storage is the rule."""
    problem = draw(NATIONAL)
    told = measure_proportions(problem)
    assert 8.0e-4 <= told.density <= 9.5e-4
    assert told.scarce_classes >= 15
    assert told.stored_pairs > 0.7
    assert told.long_pairs > 0.4
    assert told.fulfilment == told.donors == told.minimum_take == told.trip_share == 0.0
    plan = solve(problem)
    assert plan.certificate.gap == 0.0
    assert share_saved(plan) >= 0.2
    assert (plan.matches.storage_days > 0).mean() > 0.7
    after = problem.requirements.wanted_from[plan.matches.requirement]
    after = after - problem.lots.available_from[plan.matches.lot]
    assert ((after >= 180) & (after <= 540)).mean() > 0.3


def test_the_mixed_problem() -> None:
    """A fifth of the rows with side rules, a third of them each; trips cost on every pair."""
    told = measure_proportions(draw(NATIONAL_MIXED))
    assert 8.0e-4 <= told.density <= 9.5e-4
    assert told.scarce_classes >= 15
    for share in (told.fulfilment, told.donors, told.minimum_take):
        assert share == pytest.approx(0.2 / 3, abs=0.01)
    assert 0.1 <= told.trip_share <= 0.5


def test_the_page_shows_every_parameter() -> None:
    """What the maker draws by stands on the page as it stands in the code."""
    page = Path(__file__).parents[2] / "docs" / "reference" / "national-problems.md"
    assert page.read_text(encoding="utf-8").endswith(write_parameters())
