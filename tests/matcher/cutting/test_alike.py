# SPDX-License-Identifier: EUPL-1.2
"""Rows that are alike are solved as one, and every row gets its own bars back."""

from collections.abc import Callable

import numpy as np

from matcher.cutting.alike import merge_bars
from matcher.cutting.check import check_cutting
from matcher.cutting.problem import CuttingProblem
from matcher.cutting.solve import solve_cutting

MillMaker = Callable[..., CuttingProblem]


def test_many_rows_are_one_row_of_many(mill: MillMaker, krone: int) -> None:
    """Two hundred rows of a bar give the cost and bound of one row of two hundred, in no time."""
    pieces = [{"length_mm": 700 + 137 * place, "quantity": 10} for place in range(20)]
    rows = mill(bars=[{"id": f"b{place:03d}"} for place in range(200)], pieces=pieces, kerf_mm=4)
    row = mill(bars=[{"quantity": 200}], pieces=pieces, kerf_mm=4)
    assert len(merge_bars(rows).members) == 1
    apart, together = solve_cutting(rows), solve_cutting(row)
    assert check_cutting(rows, apart, digest=rows.digest) == []
    assert apart.certificate.cost == together.certificate.cost
    assert apart.certificate.bound == together.certificate.bound
    used = np.bincount(apart.patterns.bar, weights=apart.patterns.count)
    assert used.tolist() == [1.0] * together.figures["bars_used"]


def test_rows_that_differ_in_anything_stay_apart(mill: MillMaker) -> None:
    """A grade, a listed fit or a way to a site makes another bar."""
    pieces = [{"site": "s"}, {"site": "t"}]
    bars = [{"id": name} for name in "abcde"]
    bars[1]["grade"] = 3
    problem = mill(
        bars=bars,
        pieces=pieces,
        fits={"bar": list("aabbccdee"), "piece": ["p0", "p1", "p0", "p1", "p0", "p1", "p0", "p0", "p1"]},
        carriage={"bar": list("abcde"), "site": ["s"] * 5, "cost": [1, 1, 1, 1, 2]},
    )
    merged = merge_bars(problem)
    assert [rows.tolist() for rows in merged.members] == [[0, 2], [1], [3], [4]]
    assert merged.problem.bars.quantity.tolist() == [2, 1, 1, 1]
    plan = solve_cutting(problem)
    assert check_cutting(problem, plan, digest=problem.digest) == []


def test_rows_without_bars_do_no_harm(mill: MillMaker) -> None:
    """A row of none stands beside its likes and is never cut."""
    bars = [{"id": "a", "quantity": 0}, {"id": "b", "quantity": 2}, {"id": "c", "quantity": 0}]
    problem = mill(bars=bars, pieces=[{"length_mm": 4000, "quantity": 2}])
    plan = solve_cutting(problem)
    assert check_cutting(problem, plan, digest=problem.digest) == []
    assert plan.patterns.bar.tolist() == [1]
