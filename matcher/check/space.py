# SPDX-License-Identifier: EUPL-1.2
"""The checker's own account of room in hubs: what the matches take, and what stated prices add to a pair."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from typing import NamedTuple

import numpy as np

from matcher.check.rules import Found
from matcher.compiling import compiled
from matcher.plan import Plan
from matcher.problem.columns import NONE, IntArray
from matcher.problem.problem import Problem
from matcher.storing import FIRST_HUB, WAIT_UNIT

EPOCH = date(1970, 1, 1)
MOST_PRICE = 10**12
"""Highest price of a square centimetre for a month."""
TIMES_NEW = 2
"""Space adds at most so many times what a step costs new: that is dear enough, and less is a bound too."""


class Charges(NamedTuple):
    """Stated prices of space.

    Parameters
    ----------
    price
        By hub and month: of one cm2, 1/1000 øre.
    month_of, first_day
        Of each day from the first on: its month, from 0.
    area
        Of each class: cm2 of a step.
    """

    price: IntArray
    month_of: IntArray
    first_day: int
    area: IntArray


def number_month(day: int) -> int:
    """Return the calendar month of a day since 1970-01-01, in months since 1970-01."""
    there = EPOCH + timedelta(days=day)
    return (there.year - EPOCH.year) * 12 + there.month - 1


def find_overfull(problem: Problem, plan: Plan) -> Iterator[Found]:
    """Yield every hub and month in which matches take more room than there is.

    Parameters
    ----------
    problem, plan
        The plan names rows that the problem has; its matches are stored where their pairs are.
    """
    taken: dict[tuple[int, int], int] = {}
    matches, hubs = plan.matches, problem.hubs
    for place, hub in enumerate(matches.hub.tolist()):
        if not 0 <= hub < len(hubs.area_cm2) or hubs.area_cm2[hub] == NONE:
            continue
        kind = int(problem.lots.class_[matches.lot[place]])
        area = int(matches.quantity[place]) * int(problem.classes.area_cm2[kind])
        nights = range(int(matches.pick_up[place]), int(matches.deliver[place]))
        for month in sorted({number_month(day) for day in nights}):
            taken[hub, month] = taken.get((hub, month), 0) + area
    for (hub, month), area in sorted(taken.items()):
        room = int(hubs.area_cm2[hub])
        if area > room:
            name = f"{hubs.id[hub]} {1970 + month // 12}-{month % 12 + 1:02d}"
            yield "hub", name, f"at most {room} cm2", area


def find_wrong_prices(problem: Problem, plan: Plan) -> Iterator[Found]:
    """Yield every price of space that cannot be one: of no hub or an endless one, twice, below 0."""
    prices, hubs = plan.certificate.hub_prices, problem.hubs
    lengths = {len(prices.hub), len(prices.month), len(prices.price)}
    if len(lengths) != 1:
        yield "length", "certificate.hub_prices", "columns of one length", sorted(lengths)
        return
    rows = list(zip(prices.hub.tolist(), prices.month.tolist(), prices.price.tolist(), strict=True))
    if len({row[:2] for row in rows}) != len(rows):
        yield "repeat", "certificate.hub_prices", "each hub and month once", "some twice"
    for hub, month, price in rows:
        if not 0 <= hub < len(hubs.id):
            yield "reference", "certificate.hub_prices", f"rows below {len(hubs.id)}", hub
        elif not 0 <= price <= (MOST_PRICE if hubs.area_cm2[hub] != NONE else 0):
            yield "price", str(hubs.id[hub]), f"from 0 to {MOST_PRICE}, 0 where room has no end", price
        elif abs(month) > MOST_PRICE:
            yield "price", str(hubs.id[hub]), "a month", month


def value_room(problem: Problem, plan: Plan) -> int:
    """Return what all room in hubs is worth at the stated prices, 1/1000 øre."""
    prices = plan.certificate.hub_prices
    return sum(
        int(problem.hubs.area_cm2[hub]) * price
        for hub, price in zip(prices.hub.tolist(), prices.price.tolist(), strict=True)
    )


def lay_charges(problem: Problem, plan: Plan) -> Charges:
    """Prepare the stated prices for the pass over all pairs.

    Parameters
    ----------
    problem, plan
        The plan's prices of space are sound.
    """
    prices = plan.certificate.hub_prices
    none = np.zeros(0, dtype=np.int64)
    if not len(prices.hub) or not len(problem.lots.id):
        return Charges(np.zeros((0, 0), dtype=np.int64), none, 0, none)
    first, last = int(problem.lots.available_to.min()) - 1, int(problem.requirements.wanted_from.max())
    months = np.array([number_month(day) for day in range(first, max(first, last) + 1)], dtype=np.int64)
    price = np.zeros((len(problem.hubs.id), months[-1] - months[0] + 1), dtype=np.int64)
    for hub, month, one in zip(prices.hub, prices.month - months[0], prices.price, strict=True):
        if 0 <= month < price.shape[1]:  # what is stored in no other month pays for none
            price[hub, month] = one
    return Charges(price, months - months[0], first, problem.classes.area_cm2)


@compiled
def charge_pairs(  # Numba takes no keyword-only arguments
    charges: Charges,
    count: int,
    classes: IntArray,
    waits: IntArray,
    delivered: int,
    new_cost: int,
    cost: IntArray,
    added: IntArray,
) -> None:
    """Add to the costs of the pairs of a requirement what space costs, and keep what was added.

    Parameters
    ----------
    charges
        From `lay_charges`; without any price nothing is added.
    count, classes, waits
        How many pairs, and of each the class of its lot and its wait.
    delivered, new_cost
        Day of delivery, and the most that a step bought new costs.
    cost, added
        Changed, and filled.
    """
    if len(charges.price) == 0:
        return
    for pair in range(count):
        added[pair] = add_space(charges, classes[pair], waits[pair], delivered, new_cost)
        cost[pair] += added[pair]


@compiled
def add_space(charges: Charges, offered: int, wait: int, delivered: int, new_cost: int) -> int:
    """Return what space adds to the cost of a step of a pair, 1/1000 øre."""
    store, days = wait // WAIT_UNIT, wait % WAIT_UNIT
    if store < FIRST_HUB:
        return 0
    months = charges.month_of[delivered - days - charges.first_day]
    end = charges.month_of[delivered - 1 - charges.first_day]
    summed = 0.0
    exact = 0
    for month in range(months, end + 1):
        summed += float(charges.price[store - FIRST_HUB, month])
        exact += charges.price[store - FIRST_HUB, month]
    if summed * charges.area[offered] >= TIMES_NEW * new_cost:
        return int(TIMES_NEW * new_cost)
    return int(exact * charges.area[offered])
