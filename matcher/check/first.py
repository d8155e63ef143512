# SPDX-License-Identifier: EUPL-1.2
"""A first plan of one requirement at given prices, so that the dynamic programme has a cost to beat."""

from __future__ import annotations

import numpy as np

from matcher.check.offers import Offer, Want, cost_short, cost_taken
from matcher.compiling import compiled
from matcher.problem.columns import IntArray

LOOK = 48
"""Lots tried as the last one, at each place of an order."""


@compiled
def find_first(offer: Offer, want: Want, relief: IntArray, best: int) -> int:
    """Return what a plan made in one go costs, or ``best`` where that is less.

    Parameters
    ----------
    offer, want
        Lots and requirement.
    relief
        Of each lot: what it takes off the bound at a good price (`matcher.check.offers.relieve`).
    best
        Cost to beat.

    Notes
    -----
    Lots are taken whole in two orders, of falling relief a step and of falling relief; before each, the next
    `LOOK` are tried as the last one, taken as far as it is wanted. Any plan will do here: what is returned is
    only ever a cost that some plan has.
    """
    for by_step in (True, False):
        key = relief / offer.most if by_step else relief.astype(np.float64)
        order = np.argsort(key, kind="mergesort")
        best = _fill(offer, want, order, best)
    return best


@compiled
def _fill(offer: Offer, want: Want, order: IntArray, best: int) -> int:
    start = max(want.least, 1)
    reached, spent = 0, 0
    for place in range(len(order)):  # so many lots are used before this one
        if reached >= want.demand or (want.donors > 0 and place == want.donors):
            break
        for later in range(place, min(place + LOOK, len(order))):
            one = order[later]
            for target in (want.demand, want.first, start):
                steps = min(max(target - reached, offer.least[one]), offer.most[one])
                if reached + steps >= start:
                    cost = spent + cost_taken(offer, one, steps) + cost_short(want, reached + steps)
                    best = min(best, cost)
        one = order[place]
        reached += offer.most[one]
        spent += cost_taken(offer, one, offer.most[one])
        if reached >= start:
            best = min(best, spent + cost_short(want, reached))
    return int(best)
