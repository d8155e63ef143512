# SPDX-License-Identifier: EUPL-1.2
"""The best plan of one requirement against all its plans."""

from collections.abc import Callable, Iterator

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from matcher.side.block import Block
from matcher.side.desk import lay_desk
from matcher.side.inner import find_plan
from matcher.side.offers import THOUSAND, make_offers
from matcher.side.relaxed import bound_requirement

Make = Callable[..., Block]
NODES = 100_000


@st.composite
def draw_requirement(draw: st.DrawFn, make: Make) -> tuple[Block, np.ndarray, int]:
    """Draw a requirement with any rules, lot prices and the price of a budget."""
    lots = draw(st.integers(1, 4))
    demand = draw(st.integers(1, 8))
    on = draw(st.sets(st.sampled_from(["least", "whole", "kind", "load", "trip", "share", "pay"])))

    def numbers(low: int, high: int) -> list[int]:
        return draw(st.lists(st.integers(low, high), min_size=lots, max_size=lots))

    rules: dict[str, object] = {
        "new_cost": [draw(st.integers(1, 25))],
        "fulfilment": [draw(st.integers(0, demand))],
        "donors": [draw(st.integers(0, 3))],
        "one_kind": ["kind" in on],
        "kind": numbers(0, 1),
    }
    if "least" in on:
        rules["minimum_take"] = numbers(1, 4)
    if "whole" in on:
        rules["indivisible"] = numbers(0, 1)
    if "load" in on:
        rules |= {"load": [numbers(0, 20)], "load_steps": numbers(0, 4)}
    if "trip" in on:
        rules["trip"] = [numbers(0, 40)]
    if "share" in on:
        rules |= {"first": [draw(st.integers(0, demand))], "first_cost": [draw(st.integers(0, 20))]}
    if "pay" in on:
        rules |= {"pay": [numbers(0, 20)], "new_money": [draw(st.integers(0, 20))]}
    block = make(supply=numbers(1, 6), demand=[demand], cost=[numbers(0, 20)], **rules)
    mu = draw(st.integers(0, 900)) if "pay" in on else 0
    return block, np.array(numbers(0, 8), dtype=np.int64), mu


@settings(max_examples=300, deadline=None)
@given(data=st.data())
def test_it_is_the_cheapest_of_all_plans(
    make: Make,
    plans_of: Callable[[Block, int], Iterator[dict[int, int]]],
    cost_of: Callable[[Block, int, dict[int, int]], int],
    spent_of: Callable[[Block, int, dict[int, int]], int],
    data: st.DataObject,
) -> None:
    """At any prices, under any rules: proven, equal to the least over every plan, and no bound lies above."""
    block, prices, mu = data.draw(draw_requirement(make))
    desk = lay_desk(block)
    offers = make_offers(len(block.lot))
    value, _, exact = find_plan(desk, 0, prices, THOUSAND, mu, block.supply, offers, NODES)
    least = min(
        THOUSAND * cost_of(block, 0, taken)
        + THOUSAND * sum(int(prices[pair]) * steps for pair, steps in taken.items())
        + mu * spent_of(block, 0, taken)
        for taken in plans_of(block, 0)
    )
    assert exact
    assert value == least
    assert bound_requirement(desk, 0, prices, mu) <= least


@pytest.mark.parametrize("seed", range(8))
def test_conversions_are_never_proven_but_bounded(
    make: Make,
    plans_of: Callable[[Block, int], Iterator[dict[int, int]]],
    cost_of: Callable[[Block, int, dict[int, int]], int],
    seed: int,
) -> None:
    """Where steps taken are not steps delivered the plan is good, not proven, and the relaxed bound holds."""
    draw = np.random.default_rng(seed)
    block = make(
        supply=draw.integers(1, 6, 3).tolist(),
        demand=[int(draw.integers(2, 8))],
        cost=[draw.integers(0, 20, 3).tolist()],
        trip=[draw.integers(0, 30, 3).tolist()],
        new_cost=[25],
        top=[draw.integers(1, 4, 3).tolist()],
        bottom=[draw.integers(1, 4, 3).tolist()],
        donors=[2],
    )
    desk, prices = lay_desk(block), np.zeros(3, dtype=np.int64)
    value, _, _ = find_plan(desk, 0, prices, THOUSAND, 0, block.supply, make_offers(3), NODES)
    least = min(THOUSAND * cost_of(block, 0, taken) for taken in plans_of(block, 0))
    assert bound_requirement(desk, 0, prices, 0) <= least <= value


def test_a_tree_cut_short_says_so(make: Make) -> None:
    """With one node the plan found first is returned, marked as not proven, and is no worse than nothing."""
    draw = np.random.default_rng(1)
    block = make(
        supply=draw.integers(3, 9, 12).tolist(),
        demand=[40],
        cost=[draw.integers(10, 20, 12).tolist()],
        trip=[draw.integers(10, 60, 12).tolist()],
        new_cost=[40],
    )
    prices = np.zeros(12, dtype=np.int64)
    value, _, exact = find_plan(lay_desk(block), 0, prices, THOUSAND, 0, block.supply, make_offers(12), 1)
    assert not exact
    assert value <= THOUSAND * 40 * 40
