# SPDX-License-Identifier: EUPL-1.2
"""Choosing the pairs that matter at given prices, so that most passes need not look at all of them."""

from __future__ import annotations

import numpy as np

from matcher.columns import BoolArray, IntArray
from matcher.compiling import compiled
from matcher.side.desk import GROUP, Desk
from matcher.side.offers import PAIR, RATE, THOUSAND, Offers, lay_offers


def choose_pairs(
    desk: Desk, *, prices: IntArray, group_prices: IntArray, supply: IntArray, most: int, offers: Offers
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
    most
        Of each requirement; all where it has no more.
    offers
        Working space.
    """
    kept = np.zeros(len(desk.pairs), dtype=np.bool_)
    _mark(desk, prices, group_prices, supply, most, offers, kept)
    return np.flatnonzero(kept)


@compiled
def _mark(  # Numba takes no keyword-only arguments
    desk: Desk,
    prices: IntArray,
    group_prices: IntArray,
    supply: IntArray,
    most: int,
    offers: Offers,
    kept: BoolArray,
) -> None:
    for one in range(len(desk.wanted)):
        mu = group_prices[desk.wanted[one, GROUP]]
        count = lay_offers(desk, one, prices, THOUSAND, mu, supply, offers)
        highest = np.inf
        if count > most:
            highest = np.partition(offers.floats[RATE, :count].copy(), most - 1)[most - 1]
        found = 0
        for place in range(count):
            if offers.floats[RATE, place] <= highest and found < most:
                kept[offers.ints[PAIR, place]] = True
                found += 1
