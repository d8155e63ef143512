# SPDX-License-Identifier: EUPL-1.2
"""Which engine plans a family, and that the two exact ones agree."""

from collections.abc import Callable

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from matcher.check.check import check
from matcher.plain import plain
from matcher.problem.problem import Problem
from matcher.solve import solve


def test_small_families_go_to_the_flow(build: Callable[..., Problem]) -> None:
    """A plain family with few pairs is planned by the flow, whatever else is in the problem."""
    problem = build(
        lots=[{}, {"class": "door", "indivisible": True, "quantity": 2}], requirements=[{}, {"class": "door"}]
    )
    assert solve(problem).tiers == {"flow": 1, "simplex": 0, "block": 1}


def test_flow_and_simplex_prove_the_same(
    build: Callable[..., Problem], rows: st.SearchStrategy, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Both are exact: the same cost, the same least prices, and both pass the independent check."""

    @settings(max_examples=40)
    @given(drawn=rows)
    def compare(drawn: tuple) -> None:
        lots, requirements, params = drawn
        problem = build(lots=lots, requirements=requirements, params=params)
        by_flow = solve(problem)
        with monkeypatch.context() as patch:
            patch.setattr(plain, "MOST_BY_FLOW", -1)
            by_simplex = solve(problem)
        assert by_flow.tiers["simplex"] == by_simplex.tiers["flow"] == 0
        assert by_flow.certificate.cost == by_simplex.certificate.cost
        assert np.array_equal(by_flow.certificate.lot_prices, by_simplex.certificate.lot_prices)
        for plan in (by_flow, by_simplex):
            assert check(problem, plan, digest=problem.digest) == []

    compare()
