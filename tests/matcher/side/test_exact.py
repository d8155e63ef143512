# SPDX-License-Identifier: EUPL-1.2
"""Small blocks end at their optimum, also where no order of planning reaches it."""

from collections.abc import Callable
from itertools import product

import pytest

from benchmarks.side_instances import draw_block
from matcher.side.block import Block
from matcher.side.solve import solve_block

Make = Callable[..., Block]


@pytest.mark.parametrize(("seed", "optimum"), [(8, 97_333_158), (11, 55_062_963)])
def test_a_small_block_ends_at_the_optimum(seed: int, optimum: int) -> None:
    """HiGHS proved these optima once, given every pair; the search alone stays above them."""
    found = solve_block(draw_block(pairs=500, fulfilment=0.6, seed=seed), work=2000, seed=1)
    assert found.cost == optimum
    assert found.bound <= optimum


@pytest.mark.parametrize("load", [0, 30])
def test_what_is_shared_is_shared_to_the_step(make: Make, load: int) -> None:
    """Of one lot each of two wants more than is left once the other has its least: found by trying all."""
    block = make(
        supply=[10],
        demand=[9, 8],
        cost=[[20], [22]],
        fulfilment=[6, 4],
        trip=[40, 50],
        load=[load, load],
        load_steps=[5],
    )
    found = solve_block(block, work=50, seed=1)

    def cost_of(taken: int, wanted: int, price: int, trip: int) -> int:
        fixed = trip + load * -(-taken // 5) if taken else 0
        return price * taken + fixed + 100 * (wanted - taken)

    best = min(
        cost_of(first, 9, 20, 40) + cost_of(second, 8, 22, 50)
        for first, second in product((0, 6, 7, 8, 9), (0, 4, 5, 6, 7, 8))
        if first + second <= 10
    )
    assert found.cost == best
