# SPDX-License-Identifier: EUPL-1.2
"""Choosing the pairs that matter at given prices, so that most passes need not look at all of them."""

from __future__ import annotations

import numpy as np

from matcher.compiling import compiled
from matcher.problem.columns import BoolArray, IntArray
from matcher.side.desk import DEMAND, GROUP, LOT, Desk, P, Q
from matcher.side.offers import PAIR, RATE, THOUSAND, WHOLE, Offers, lay_offers

ENOUGH = 3
"""Times the demand that the chosen pairs could give."""


def choose_pairs(
    desk: Desk, *, prices: IntArray, group_prices: IntArray, supply: IntArray, least: int, offers: Offers
) -> IntArray:
    """Return the rows of the pairs of lowest rate of each requirement, rising.

    Parameters
    ----------
    desk
        The block with all pairs.
    prices, group_prices
        u and mu.
    supply
        Of each lot.
    least
        Of each requirement, and more until they offer several times its demand.
    offers
        Working space.
    """
    kept = np.zeros(len(desk.pairs), dtype=np.bool_)
    _mark(desk, prices, group_prices, supply, least, offers, kept)
    return np.flatnonzero(kept)


@compiled
def _mark(  # Numba takes no keyword-only arguments
    desk: Desk,
    prices: IntArray,
    group_prices: IntArray,
    supply: IntArray,
    least: int,
    offers: Offers,
    kept: BoolArray,
) -> None:
    for one in range(len(desk.wanted)):
        mu = group_prices[desk.wanted[one, GROUP]]
        # without prices: an offer too dear at today's may be the best at tomorrow's
        count = lay_offers(desk, one, prices, 0, mu, supply, offers)
        rates = offers.floats[RATE, :count].copy()
        for place in range(count):
            row = desk.pairs[offers.ints[PAIR, place]]
            rates[place] += THOUSAND * prices[row[LOT]] * row[Q] / row[P]
        order = np.argsort(rates, kind="mergesort")
        enough = ENOUGH * desk.wanted[one, DEMAND]
        reached = 0
        for place in range(count):
            if place >= least and reached >= enough:
                break
            kept[offers.ints[PAIR, order[place]]] = True
            reached += offers.ints[WHOLE, order[place]]
