# SPDX-License-Identifier: EUPL-1.2
"""Pairs chosen to be looked at: too dear today is not too dear for ever."""

from collections.abc import Callable

import numpy as np
import pytest

from benchmarks.side_instances import draw_block
from matcher.side.block import Block
from matcher.side.choose import choose_pairs
from matcher.side.desk import SUPPLY, Desk, lay_desk
from matcher.side.offers import make_offers
from matcher.side.solve import solve_block

Make = Callable[..., Block]


def choose(desk: Desk, prices: list[int], *, least: int) -> list[int]:
    """Return the rows of the pairs chosen at these prices."""
    chosen = choose_pairs(
        desk,
        prices=np.array(prices, dtype=np.int64),
        group_prices=np.zeros(len(desk.groups), dtype=np.int64),
        supply=desk.lots[:, SUPPLY].copy(),
        least=least,
        offers=make_offers(10),
    )
    return [int(row) for row in chosen]


def test_a_pair_too_dear_at_these_prices_is_kept(make: Make) -> None:
    """Prices fall again: a pair is left out only where new is cheaper even if its lot cost nothing."""
    desk = lay_desk(make(supply=[10, 10, 10], demand=[10], cost=[[20, 60, 120]]))
    assert choose(desk, [90, 90, 90], least=3) == [0, 1]


def test_the_best_at_these_prices_are_chosen(make: Make) -> None:
    """Where not all are looked at, the lots' prices count, and three times the demand is on offer."""
    desk = lay_desk(make(supply=[100] * 4, demand=[10], cost=[[20, 30, 40, 45]]))
    assert choose(desk, [30, 5, 0, 0], least=1) == [1, 2, 3]
    assert choose(desk, [0, 0, 0, 0], least=1) == [0, 1, 2]


@pytest.mark.parametrize("fulfilment", [0.6, 1.0])
def test_a_scarce_block_with_three_rules_is_nearly_proven(fulfilment: float) -> None:
    """On 5,000 pairs with trips, least shares and most donors little of the saving is left unproven."""
    found = solve_block(draw_block(pairs=5000, fulfilment=fulfilment), work=15_000, seed=1)
    assert found.cost - found.bound <= 0.025 * (found.baseline - found.bound)
