# SPDX-License-Identifier: EUPL-1.2
"""After any changes a family costs, and prices, what a solve from the beginning finds."""

from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from matcher.errors import InputError, SolverError
from matcher.plain.flow import find_flow
from matcher.plain.prices import find_prices
from matcher.resolve.standing import Standing

NEW = 100


def solve_cold(
    *, supply: list[int], wishes: dict[int, tuple[int, int, dict[int, int]]]
) -> tuple[int, list[int]]:
    """Solve a family from the beginning with OR-Tools; give its cost and its least prices."""
    rows = sorted(wishes)
    pairs = [
        (place, lot, cost)
        for place, row in enumerate(rows)
        for lot, cost in sorted(wishes[row][2].items())
        if cost < wishes[row][1]
    ]
    demand = np.array([wishes[row][0] for row in rows], dtype=np.int64)
    new_cost = np.array([wishes[row][1] for row in rows], dtype=np.int64)
    wanted, lot, cost = np.array(pairs, dtype=np.int64).reshape(-1, 3).T.copy()
    given_supply = np.array(supply, dtype=np.int64)
    flow = np.zeros(0, dtype=np.int64)
    if len(wanted):
        flow = find_flow(
            wanted=wanted, lot=lot, saving=new_cost[wanted] - cost, demand=demand, supply=given_supply
        )
    prices, _ = find_prices(
        wanted=wanted, lot=lot, cost=cost, flow=flow, new_cost=new_cost, demand=demand, supply=given_supply
    )
    served = np.bincount(wanted, flow, len(rows)).astype(np.int64)
    total = int((cost * flow).sum() + (new_cost * (demand - served)).sum())
    return total, prices.tolist()


def check_flow(standing: Standing, *, wishes: dict[int, tuple[int, int, dict[int, int]]]) -> None:
    """See that the flow keeps to supply, demand and allowed pairs, and costs what the proof says."""
    state = standing.state
    wanted, lot, steps = standing.list_flow()
    assert (steps > 0).all()
    assert (np.bincount(lot, steps, len(state.supply)) + state.spare == state.supply).all()
    assert (np.bincount(wanted, steps, len(state.demand)) + state.bought == state.demand).all()
    cost = sum(wishes[row][2][one] * count for row, one, count in zip(wanted, lot, steps, strict=True))
    cost += sum(wishes[row][1] * int(state.bought[row]) for row in wishes)
    assert standing.prove().cost == cost


@st.composite
def draw_wish(draw: st.DrawFn, lots: int) -> tuple[int, int, dict[int, int]]:
    """Draw demand, cost of new and pairs of a requirement; few values, so that ties are common."""
    pairs = draw(st.dictionaries(st.integers(0, lots - 1), st.integers(-20, 110).map(lambda c: c // 7 * 7)))
    return draw(st.integers(1, 30)), draw(st.sampled_from([NEW, 60, 77])), pairs


def open_standing(
    supply: list[int], wishes: dict[int, tuple[int, int, dict[int, int]]], **more: Any
) -> Standing:
    """Open a family from plain lists."""
    pairs = [
        (row, lot, cost)
        for row, (_, new, offers) in sorted(wishes.items())
        for lot, cost in sorted(offers.items())
        if cost < new
    ]
    wanted, lot, cost = np.array(pairs, dtype=np.int64).reshape(-1, 3).T.copy()
    return Standing(
        supply=np.array(supply, dtype=np.int64),
        demand=np.array([wishes[row][0] for row in sorted(wishes)], dtype=np.int64),
        new_cost=np.array([wishes[row][1] for row in sorted(wishes)], dtype=np.int64),
        wanted=wanted,
        lot=lot,
        cost=cost,
        **more,
    )


@settings(max_examples=600)
@given(data=st.data())
def test_changes_end_where_a_solve_from_the_beginning_does(data: st.DataObject) -> None:
    """After each of many random changes cost, bound and least prices are those of a cold solve."""
    lots = data.draw(st.integers(1, 7))
    supply = data.draw(st.lists(st.integers(0, 30), min_size=lots, max_size=lots))
    wishes = dict(enumerate(data.draw(st.lists(draw_wish(lots), min_size=1, max_size=6))))
    standing = open_standing(supply, wishes)
    rows = len(wishes)
    for _ in range(data.draw(st.integers(1, 8))):
        change = data.draw(st.sampled_from(["quantity", "demand", "add", "remove"]))
        if change == "quantity":
            lot, steps = data.draw(st.integers(0, lots - 1)), data.draw(st.integers(0, 40))
            supply[lot] = steps
            standing.set_quantity(lot, steps=steps)
        elif change == "demand" and wishes:
            row, steps = data.draw(st.sampled_from(sorted(wishes))), data.draw(st.integers(1, 40))
            wishes[row] = (steps, *wishes[row][1:])
            standing.set_demand(row, steps=steps)
        elif change == "remove" and wishes:
            row = data.draw(st.sampled_from(sorted(wishes)))
            del wishes[row]
            standing.remove_requirement(row)
        else:
            wishes[rows] = data.draw(draw_wish(lots))
            demand, new, offers = wishes[rows]
            row = standing.add_requirement(
                lots=np.array(sorted(offers), dtype=np.int64),
                costs=np.array([offers[lot] for lot in sorted(offers)], dtype=np.int64),
                demand=demand,
                new_cost=new,
            )
            assert row == rows
            rows += 1
        cost, prices = solve_cold(supply=supply, wishes=wishes)
        proof = standing.prove()
        assert (proof.cost, proof.bound) == (cost, cost)
        assert standing.state.price.tolist() == prices
        assert proof.baseline == sum(demand * new for demand, new, _ in wishes.values())
        check_flow(standing, wishes=wishes)


def test_a_plan_is_taken_over_and_a_worse_one_refused() -> None:
    """An optimal flow with its prices opens a family as it is; a flow that is not optimal does not."""
    wishes = {0: (5, NEW, {0: 10, 1: 30}), 1: (5, NEW, {0: 20, 1: 90})}
    best, worse = np.array([0, 5, 5, 0]), np.array([5, 0, 0, 5])
    standing = open_standing([5, 9], wishes, flow=best, prices=np.array([20, 0]))
    assert [part.tolist() for part in standing.list_flow()] == [[0, 1], [1, 0], [5, 5]]
    assert standing.state.price.tolist() == [20, 0]
    with pytest.raises(SolverError, match="not an optimum"):
        open_standing([5, 9], wishes, flow=worse, prices=np.array([20, 0]))
    with pytest.raises(SolverError, match="not an optimum"):
        open_standing([5, 9], wishes, flow=best, prices=np.array([0, 0]))
    with pytest.raises(SolverError, match="not an optimum"):
        open_standing([4, 9], wishes, flow=best, prices=np.array([20, 0]))


def test_prices_fall_to_the_least_though_the_flow_stays() -> None:
    """A withdrawn rival leaves the flow as it is and the price at what the next one would pay."""
    wishes = {0: (5, NEW, {0: 10}), 1: (5, 60, {0: 10}), 2: (5, 77, {0: 10})}
    standing = open_standing([5], wishes)
    assert standing.state.price.tolist() == [67]
    standing.remove_requirement(2)
    assert standing.state.price.tolist() == [50]
    standing.remove_requirement(1)
    assert standing.state.price.tolist() == [0]
    assert standing.prove().cost == standing.prove().bound == 50


def test_many_changes_take_no_more_room() -> None:
    """Requirements that come and go leave no pairs behind, and a flow in many parts finds room."""
    lots = 40
    wishes = {0: (lots, NEW, dict.fromkeys(range(lots), 7))}
    standing = open_standing([1] * lots, wishes)
    for _ in range(200):
        row = standing.add_requirement(
            lots=np.arange(lots), costs=np.full(lots, 5), demand=lots, new_cost=NEW
        )
        assert standing.prove().cost == lots * (5 + NEW)
        standing.remove_requirement(row)
    assert standing.prove().cost == lots * 7
    assert len(standing.state.lot) <= 4 * lots


@pytest.mark.parametrize("steps", [-1, -(2**40)])
def test_less_than_nothing_is_refused(steps: int) -> None:
    """A negative quantity names the field; a requirement for nothing is one to remove."""
    standing = open_standing([5], {0: (5, NEW, {0: 10})})
    with pytest.raises(InputError, match="'lots', column 'quantity'"):
        standing.set_quantity(0, steps=steps)
    with pytest.raises(InputError, match="'requirements', column 'quantity'"):
        standing.set_demand(0, steps=min(steps, 0))
    with pytest.raises(InputError, match="at least 1 step"):
        standing.add_requirement(lots=np.arange(1), costs=np.arange(1), demand=0, new_cost=5)
    assert standing.prove().cost == 50
