# SPDX-License-Identifier: EUPL-1.2
"""Alike rows gathered into types, and plans spread back."""

from collections.abc import Callable

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from matcher.check.check import check
from matcher.problem.problem import Problem
from matcher.solve import solve
from matcher.types import gather_rows, gather_types, spread_flow


def test_rows_equal_in_every_column_are_one_type() -> None:
    """Types are numbered by their first row; minus zero is zero."""
    groups = gather_rows([np.array([1.5, 0.0, 1.5, -0.0]), np.array([[1, 2], [3, 4], [1, 2], [3, 4]])])
    assert groups.first.tolist() == [0, 1]
    assert groups.type_of.tolist() == [0, 1, 0, 1]
    assert groups.count.tolist() == [2, 2]


def test_alike_lots_are_gathered_and_spread_by_id(build: Callable[..., Problem]) -> None:
    """Five alike lots are one type; all of them have one price, and each pair counts."""
    problem = build(
        lots=[{"quantity": 10}] * 5 + [{"quantity": 7, "price_ore": 150.0}],
        requirements=[{"quantity": 33}, {"quantity": 9}, {"quantity": 30, "new_price_ore": 450.0}],
    )
    typed = gather_types(problem, apart=np.zeros(len(problem.classes.id), dtype=np.bool_))
    assert typed.problem.lots.quantity.tolist() == [50, 7]
    assert typed.problem.requirements.quantity.tolist() == [42, 30]
    plan = solve(problem)
    assert check(problem, plan, digest=problem.digest) == []
    assert len(set(plan.certificate.lot_prices[:5].tolist())) == 1
    assert plan.pairs == 18
    of_first = plan.matches.quantity[plan.matches.requirement == 0]
    assert of_first.sum() == 33


@given(data=st.data())
def test_spreading_keeps_every_sum(data: st.DataObject) -> None:
    """Whatever flows between types, its steps come out once, within each row's own quantity."""
    supply = np.array(data.draw(st.lists(st.integers(0, 9), min_size=1, max_size=12)))
    demand = np.array(data.draw(st.lists(st.integers(1, 9), min_size=1, max_size=12)))
    lots = gather_rows(
        [np.array(data.draw(st.lists(st.integers(0, 2), min_size=len(supply), max_size=len(supply))))]
    )
    wanted = gather_rows(
        [np.array(data.draw(st.lists(st.integers(0, 2), min_size=len(demand), max_size=len(demand))))]
    )
    left = np.bincount(lots.type_of, supply, len(lots.first)).astype(int)
    need = np.bincount(wanted.type_of, demand, len(wanted.first)).astype(int)
    flows = []
    for seller in range(len(left)):
        for buyer in range(len(need)):
            steps = data.draw(st.integers(0, int(min(left[seller], need[buyer]))))
            if steps:
                flows.append((seller, buyer, steps))
                left[seller] -= steps
                need[buyer] -= steps
    flow = np.array(flows, dtype=np.int64).reshape(-1, 3)
    lot, requirement, steps = spread_flow(
        lot=flow[:, 0],
        wanted=flow[:, 1],
        flow=flow[:, 2],
        lots=lots,
        requirements=wanted,
        supply=supply,
        demand=demand,
    )
    assert (np.bincount(lot, steps, len(supply)) <= supply).all()
    assert (np.bincount(requirement, steps, len(demand)) <= demand).all()
    between = {(seller, buyer): 0 for seller, buyer, _ in flows}
    for one, other, count in zip(lot, requirement, steps, strict=True):
        between[lots.type_of[one], wanted.type_of[other]] += count
    assert between == {(seller, buyer): count for seller, buyer, count in flows}
    assert len({*zip(lot.tolist(), requirement.tolist(), strict=True)}) == len(lot)


@pytest.mark.parametrize("seed", [1, 2])
def test_gathering_changes_no_cost(build: Callable[..., Problem], seed: int) -> None:
    """A lot in ten alike parts is worth what it is worth in one."""
    draw = np.random.default_rng(seed)
    rows = [{"quantity": 100, "price_ore": float(price)} for price in draw.integers(100, 500, 6)]
    wanted = [{"quantity": int(q), "new_price_ore": float(p)} for q, p in draw.integers(200, 600, (5, 2))]
    whole = solve(build(lots=rows, requirements=wanted))
    parts = solve(
        build(lots=[{**row, "quantity": 10} for row in rows for _ in range(10)], requirements=wanted)
    )
    assert parts.certificate.cost == whole.certificate.cost
    assert sorted(parts.certificate.lot_prices[::10]) == sorted(whole.certificate.lot_prices)
