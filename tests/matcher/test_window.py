# SPDX-License-Identifier: EUPL-1.2
"""When windows meet, at their edges."""

from collections.abc import Callable

import pytest

from matcher.problem.problem import Problem
from matcher.solve import solve
from matcher.window import NEVER, count_storage


@pytest.mark.parametrize(
    ("lot", "requirement", "days"),
    [
        ((10, 20), (10, 20), 0),
        ((10, 20), (19, 30), 0),  # the last day of the lot is the first of the requirement
        ((10, 20), (20, 30), 1),  # picked up on 19, delivered on 20
        ((10, 20), (25, 30), 6),
        ((10, 11), (11, 12), 1),
        ((10, 20), (5, 11), 0),  # the first day of the lot is the last of the requirement
        ((10, 20), (5, 10), NEVER),  # the requirement ends as the lot begins
        ((10, 20), (1, 5), NEVER),
    ],
)
def test_days_in_storage(lot: tuple[int, int], requirement: tuple[int, int], days: int) -> None:
    """Direct where a day is common, stored where the lot ends first, never where it begins too late."""
    assert count_storage(*lot, *requirement) == days


@pytest.mark.parametrize(("allowed", "met"), [(5, 0), (6, 60), (None, 60), (0, 0)])
def test_storage_is_limited_by_the_requirement(
    build: Callable[..., Problem], allowed: int | None, met: int
) -> None:
    """Six days in storage are allowed where six or more are, or where the default of the run holds."""
    plan = solve(build(requirements=[{"wanted_from": 20_535, "wanted_to": 20_550, "storage_days": allowed}]))
    assert plan.matches.quantity.sum() == met
    if met:
        assert plan.matches.storage_days.tolist() == [6]
        assert plan.matches.pick_up.tolist() == [20_529]
        assert plan.matches.deliver.tolist() == [20_535]


@pytest.mark.parametrize(("decide_by", "met"), [(20_499, 0), (20_500, 60), (None, 60)])
def test_a_project_must_commit_before_the_demolition_decides(
    build: Callable[..., Problem], decide_by: int | None, met: int
) -> None:
    """A project that can commit on day 20,500 gets a lot to be decided on that day, not the day before."""
    plan = solve(build(lots=[{"decide_by": decide_by}], requirements=[{"commit_from": 20_500}]))
    assert plan.matches.quantity.sum() == met
