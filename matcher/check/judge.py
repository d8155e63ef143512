# SPDX-License-Identifier: EUPL-1.2
"""The checker's own judgement of one pair: every rule of what is allowed, written down a second time."""

from __future__ import annotations

import numpy as np

from matcher.check.market import Asked, Market, Shelf
from matcher.check.ways import find_way
from matcher.compiling import compiled
from matcher.distance import measure_road
from matcher.problem.columns import OPEN, UNKNOWN
from matcher.reasons import ATTRIBUTE, DISTANCE, DOCUMENTATION, NO_LOT_OF_CLASS, NO_ROAD, SCREENING, WINDOW

ALLOWED = -1
"""No rule stops a pair."""


@compiled
def fits_attributes(shelf: Shelf, asked: Asked, place: int, row: int) -> bool:
    """Return whether every bounded attribute of a lot is within its bounds, or may be unknown."""
    fits = True
    for column in range(asked.minimum.shape[1]):
        low, high = asked.minimum[row, column], asked.maximum[row, column]
        if low == UNKNOWN and high == OPEN:
            continue
        value = shelf.attribute[place, column]
        if value == UNKNOWN:
            fits &= asked.unknown_ok[row, column]
        else:
            fits &= (value >= low) & (value <= high)
    return fits


@compiled
def count_days(shelf: Shelf, asked: Asked, place: int, row: int) -> int:
    """Return the days in storage from lot [a, b) to requirement [e, l): 0 = direct, -1 = they never meet."""
    a, b = np.int64(shelf.opens[place]), np.int64(shelf.closes[place])
    e, end = np.int64(asked.wanted_from[row]), np.int64(asked.wanted_to[row])
    days = int(e - b + 1)
    if a >= end:
        days = -1
    elif e < b:
        days = 0
    late = (days > asked.storage[row]) | (asked.commit_from[row] > shelf.decide_by[place])
    return -1 if late else days


@compiled
def find_reason(market: Market, place: int, row: int, offered: int) -> tuple[int, int, int]:
    """Return the first rule that stops a pair, its road metres and its wait (`matcher.storing`).

    Parameters
    ----------
    market
        From `lay_market`.
    place
        Place of the lot on the shelf.
    row
        Row of requirements.
    offered
        Class of the lot.

    Notes
    -----
    The rules are those of contracts.md, "What is allowed", in that order, written down a second time: nothing
    here comes from `matcher.compatibility`, `matcher.window` or `matcher.candidates`.
    """
    shelf, asked = market.shelf, market.asked
    metres = measure_road(market.places, shelf.site[place], asked.site[row])
    straight = metres
    days = count_days(shelf, asked, place, row)
    metres, days = find_way(market, place, row, offered, straight, days)
    own = asked.own[row]
    accepted = offered == own
    if asked.swaps[row]:
        for spot in range(asked.offer_start[own], asked.offer_start[own + 1]):
            accepted |= asked.offer[spot] == offered
    screening = shelf.screening[place]
    reason = ALLOWED
    if shelf.documentation[place] < asked.documentation[row]:
        reason = DOCUMENTATION
    elif screening > 1 or (screening == 1 and not asked.unscreened[row]):
        reason = SCREENING
    elif not accepted:
        reason = NO_LOT_OF_CLASS
    elif not fits_attributes(shelf, asked, place, row):
        reason = ATTRIBUTE
    elif straight < 0:
        reason = NO_ROAD
    elif straight > asked.metres[row]:
        reason = DISTANCE
    elif days < 0:
        reason = WINDOW
    return reason, metres, days
