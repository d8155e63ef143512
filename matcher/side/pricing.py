# SPDX-License-Identifier: EUPL-1.2
"""Prices for a block, raised over the pairs that matter, and the bound they prove over all pairs."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

import numpy as np

from matcher.problem.columns import IntArray
from matcher.side.ascent import raise_prices
from matcher.side.beginning import find_first_prices
from matcher.side.choose import choose_pairs
from matcher.side.desk import SUPPLY, Desk, narrow_desk
from matcher.side.offers import Offers
from matcher.side.sweep import Plans, add_up, bound_all, make_plans, plan_all

NARROW = 100
"""Fewest pairs of each requirement that the ascent looks at."""
CERTAIN_NODES = 5_000
"""Most nodes of a tree in the last pass."""


class Ascent(NamedTuple):
    """How prices are raised.

    Parameters
    ----------
    steps, first_step
        How many, and the first as a share of the scale of the prices.
    nodes
        Most nodes of a tree.
    rounds
        Parts of it between which pairs are chosen anew.
    """

    steps: int
    first_step: float
    nodes: int
    rounds: tuple[tuple[float, float], ...]


LONG = Ascent(
    steps=300, first_step=0.4, nodes=2000, rounds=((0.0, 0.5), (0.5, 0.8), (0.8, 0.95), (0.95, 1.0))
)
"""Where passes cost little: far from the prices of the flow, which know no rule."""
SHORT = Ascent(steps=60, first_step=0.1, nodes=500, rounds=((0.0, 0.4), (0.4, 0.7), (0.7, 0.85), (0.85, 1.0)))
"""Where there are many pairs: requirements use many lots each, and the flow's prices are nearly the best."""
MANY = 300_000
"""Pairs from which the ascent is short."""


class Proof(NamedTuple):
    """What prices prove.

    Parameters
    ----------
    prices, group_prices
        u of each lot, mu of each group.
    plans
        The best plan of each requirement at these prices, and how it was bounded.
    option
        The design option of each group that the bound chooses.
    bound
        LB over all pairs.
    """

    prices: IntArray
    group_prices: IntArray
    plans: Plans
    option: IntArray
    bound: int


def find_proof(desk: Desk, *, offers: Offers, should_stop: Callable[[], bool]) -> Proof:
    """Raise prices and return the best proof met.

    Parameters
    ----------
    desk
        The block with all its pairs.
    offers
        Working space.
    should_stop
        Asked between steps; the prices at hand then prove what they can.
    """
    supply = desk.lots[:, SUPPLY].copy()
    group_prices = np.zeros(len(desk.groups), dtype=np.int64)
    prices = find_first_prices(desk)
    way = LONG if len(desk.pairs) <= MANY else SHORT
    for begin, end in way.rounds:
        if should_stop():
            break
        chosen = choose_pairs(
            desk, prices=prices, group_prices=group_prices, supply=supply, least=NARROW, offers=offers
        )
        narrow = narrow_desk(desk, chosen)
        prices, group_prices, _ = raise_prices(
            narrow,
            make_plans(narrow),
            prices=prices,
            group_prices=group_prices,
            steps=round(way.steps * (end - begin)),
            first_step=way.first_step,
            begin=begin,
            end=end,
            limit=way.nodes,
            offers=offers,
            should_stop=should_stop,
        )
    return certify(desk, prices=prices, group_prices=group_prices, offers=offers)


def certify(desk: Desk, *, prices: IntArray, group_prices: IntArray, offers: Offers) -> Proof:
    """Return what these prices prove over all pairs, exact in integers."""
    plans = make_plans(desk)
    option = np.zeros(len(desk.groups), dtype=np.int64)
    use = np.zeros(len(desk.lots), dtype=np.int64)
    plan_all(desk, plans, prices, group_prices, desk.lots[:, SUPPLY].copy(), offers, CERTAIN_NODES)
    bound_all(desk, plans, prices, group_prices)
    bound = int(add_up(desk, plans, prices, group_prices, option, use))
    return Proof(prices, group_prices, plans, option, bound)
