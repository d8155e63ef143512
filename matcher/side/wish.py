# SPDX-License-Identifier: EUPL-1.2
"""A wish: what one requirement wants and what a step bought new costs it, at given prices."""

from __future__ import annotations

from typing import NamedTuple

from matcher.compiling import compiled
from matcher.side.desk import DEMAND, DONORS, EXTRA, FIRST, FULFILMENT, NEW, NEW_MONEY, ONE_KIND, Desk
from matcher.side.offers import THOUSAND


class Wish(NamedTuple):
    """One requirement as the search of its best plan sees it, in thousandths of a cost unit.

    Parameters
    ----------
    demand, least
        Steps wanted, and delivered at least where anything is.
    value, first, extra
        Cost of a step not delivered; how many first steps cost ``extra`` more.
    credit
        What is taken off for every step delivered or not, the same for all plans.
    donors
        Most offers used, 0 = any.
    one_kind
        All offers used are of one kind.
    """

    demand: int
    least: int
    value: int
    first: int
    extra: int
    credit: int
    donors: int
    one_kind: bool


@compiled
def read_wish(desk: Desk, one: int, mu: int) -> Wish:
    """Return the wish of a requirement where a budget unit costs ``mu`` permille."""
    row = desk.wanted[one]
    money = mu * row[NEW_MONEY]
    return Wish(
        row[DEMAND],
        row[FULFILMENT],
        THOUSAND * row[NEW] + money,
        row[FIRST],
        THOUSAND * row[EXTRA],
        -money * row[DEMAND],
        row[DONORS],
        row[ONE_KIND] > 0,
    )


@compiled
def count_missing(wish: Wish, delivered: int) -> int:
    """Return what the steps not delivered cost, credit taken off."""
    cost = wish.credit
    if delivered < wish.demand:
        cost += wish.value * (wish.demand - delivered)
    if delivered < wish.first:
        cost += wish.extra * (wish.first - delivered)
    return cost
