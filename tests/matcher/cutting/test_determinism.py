# SPDX-License-Identifier: EUPL-1.2
"""The same problem gives the same plan, in whatever order it was told and however often."""

from collections.abc import Callable
from dataclasses import fields

import numpy as np

from matcher.cutting.plan import CuttingPlan
from matcher.cutting.problem import CuttingProblem
from matcher.cutting.solve import Effort, solve_cutting

EFFORT = Effort(branches=40, moves=4)


def list_numbers(plan: CuttingPlan) -> list[list[object]]:
    """Return everything a plan and its proof say, as lists."""
    tables = (plan.patterns, plan.contents, plan.new, plan.certificate.branches, plan.certificate.prices)
    return [getattr(table, item.name).tolist() for table in tables for item in fields(table)]


def test_twice_is_the_same(drawn: Callable[..., CuttingProblem]) -> None:
    """Two solves agree to the last price."""
    problem = drawn(bars=40, pieces=15, seed=2)
    one, other = (solve_cutting(problem, effort=EFFORT) for _ in range(2))
    assert list_numbers(one) == list_numbers(other)
    assert one.certificate.bound == other.certificate.bound


def test_more_work_is_never_worse(drawn: Callable[..., CuttingProblem]) -> None:
    """The gap of a longer search is at most that of a shorter one; both bounds hold for both plans."""
    problem = drawn(bars=40, pieces=15, seed=2)
    gaps = []
    bounds, costs = [], []
    for branches in (0, 10, 80):
        certificate = solve_cutting(problem, effort=Effort(branches=branches, moves=0)).certificate
        gaps.append(certificate.gap)
        bounds.append(certificate.bound)
        costs.append(certificate.cost)
    assert max(bounds) <= min(costs)
    assert np.all(np.diff(gaps) <= 0)
    assert gaps[-1] < 0.01
