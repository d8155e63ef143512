# SPDX-License-Identifier: EUPL-1.2
"""By which way a pair goes: direct, or through the cheapest store that is allowed."""

from __future__ import annotations

from matcher.compiling import compiled
from matcher.storing import AT_BUILDER, FIRST_HUB, ON_SITE, WAIT_UNIT, Stores, price_hub
from matcher.window import NEVER


@compiled
def choose_route(  # Numba takes no keyword-only arguments
    stores: Stores,
    lot: int,
    wanted: int,
    lot_site: int,
    wanted_site: int,
    offered: int,
    wanted_from: int,
    metres: int,
    days: int,
) -> tuple[int, int]:
    """Return the road and the wait of a pair by its cheapest store: for a step of a full load.

    Parameters
    ----------
    stores
        From `matcher.storing.lay_stores`.
    lot, wanted
        Rows of lots and requirements.
    lot_site, wanted_site, offered
        Sites of both, and class of the lot.
    wanted_from
        First day it can be received.
    metres, days
        The direct road, and the days between pick-up and delivery.

    Returns
    -------
    tuple
        Metres, of both legs by way of a hub; days and store as one integer, or `NEVER` where none will do.

    Notes
    -----
    On site where the days are no more than the lot allows there; at the builder's likewise; at a hub that
    receives on the day of pick-up, hands out on the day of delivery, and is joined by road to both. What
    costs the same goes to the first of them, hubs by id. Source: matching.md, section 1.
    """
    if days <= 0:
        return metres, days
    best, road, wait = 0.0, metres, NEVER
    if days <= stores.site_days[lot]:
        best, wait = days * stores.site_ore[lot], days + ON_SITE * WAIT_UNIT
    if days <= stores.builder_days[wanted]:
        asked = days * stores.builder_ore[wanted]
        if wait == NEVER or asked < best:
            best, wait = asked, days + AT_BUILDER * WAIT_UNIT
    for hub in range(len(stores.hub_from)):
        come, go = stores.in_m[hub, lot_site], stores.out_m[hub, wanted_site]
        opened = stores.hub_from[hub] <= wanted_from - days and wanted_from < stores.hub_to[hub]
        if come >= 0 and go >= 0 and opened:
            asked = price_hub(stores, hub, offered, days, come + go - metres)
            if wait == NEVER or asked < best:
                best, road, wait = asked, come + go, days + (FIRST_HUB + hub) * WAIT_UNIT
    return road, wait
