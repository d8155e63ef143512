# SPDX-License-Identifier: EUPL-1.2
"""The checker's own choice of where a pair waits: every store listed, the cheapest taken."""

from __future__ import annotations

import numpy as np

from matcher.check.market import Market
from matcher.compiling import compiled
from matcher.storing import FIRST_HUB, WAIT_UNIT, price_hub


@compiled
def find_way(  # Numba takes no keyword-only arguments
    market: Market, place: int, row: int, offered: int, road: int, days: int
) -> tuple[int, int]:
    """Return the metres driven and the wait of a pair that meets in time; a wait of -1 = it can wait nowhere.

    Parameters
    ----------
    market
        From `lay_market`.
    place, row, offered
        Place of the lot on the shelf, row of the requirement, class of the lot.
    road, days
        The direct road, and days in storage.
    """
    if days < 1:
        return road, days
    stores, lot = market.stores, market.shelf.lot[place]
    start, end = market.shelf.site[place], market.asked.site[row]
    delivered = market.asked.wanted_from[row]
    least, store, metres = np.inf, -1, road
    for hub in range(len(stores.hub_from) - 1, -1, -1):  # from the last choice to the first: ties go to that
        come, go = stores.in_m[hub, start], stores.out_m[hub, end]
        shut = delivered - days < stores.hub_from[hub] or delivered >= stores.hub_to[hub]
        if come < 0 or go < 0 or shut:
            continue
        ore = price_hub(stores, hub, offered, days, come + go - road)
        if ore <= least:
            least, store, metres = ore, FIRST_HUB + hub, come + go
    for choice, most, rate in (
        (1, stores.builder_days[row], stores.builder_ore[row]),
        (0, stores.site_days[lot], stores.site_ore[lot]),
    ):
        if days <= most and days * rate <= least:
            least, store, metres = days * rate, choice, road
    return (metres, days + store * WAIT_UNIT) if store >= 0 else (road, -1)
