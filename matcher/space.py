# SPDX-License-Identifier: EUPL-1.2
"""Room in hubs by calendar month: what matches take of it, and what its price adds to a pair."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from matcher.compiling import compiled
from matcher.plan import HubPrices, Matches
from matcher.problem.columns import NONE, BoolArray, IntArray
from matcher.problem.problem import Problem
from matcher.storing import FIRST_HUB, WAIT_BITS, WAIT_UNIT


class Calendar(NamedTuple):
    """The calendar months in which anything of a problem can be stored.

    Parameters
    ----------
    first_month, months
        The first, in months since 1970-01, and how many there are.
    first_day, month_of
        First day of the first month, and of each day from there on the number of its month, from 0.
    """

    first_month: int
    months: int
    first_day: int
    month_of: IntArray


class Fees(NamedTuple):
    """Prices of hub space as the compiled loops want them; nothing at all where no hub has a price.

    Parameters
    ----------
    area
        Of each class: cm2 of floor one step takes.
    before
        By hub and month: the sum of the prices of all months before it, of one cm2, 1/1000 øre.
    month_of, first_day
        As in `Calendar`.
    """

    area: IntArray
    before: IntArray
    month_of: IntArray
    first_day: int


def is_limited(problem: Problem) -> BoolArray:
    """Return of each hub whether its room has an end."""
    limited: BoolArray = problem.hubs.area_cm2 != NONE
    return limited


def lay_calendar(problem: Problem) -> Calendar:
    """Return the months from the earliest pick-up into storage to the latest delivery out of it."""
    opens, delivered = problem.lots.available_to, problem.requirements.wanted_from
    first, last = int(opens.min(initial=0)) - 1, int(delivered.max(initial=0))
    if len(opens) and len(delivered):
        first, last = int(opens.min()) - 1, int(delivered.max())
    last = max(first, last)
    months = np.arange(first, last + 1).astype("datetime64[D]").astype("datetime64[M]").astype(np.int64)
    first_month = int(months[0])
    return Calendar(first_month, int(months[-1]) - first_month + 1, first, months - first_month)


def lay_fees(problem: Problem, calendar: Calendar, prices: IntArray) -> Fees:
    """Prepare prices of hub space.

    Parameters
    ----------
    problem, calendar
        The problem, and its months.
    prices
        By hub and month: w, the price of one cm2 for the month, 1/1000 øre.
    """
    before = np.zeros((len(prices), calendar.months + 1), dtype=np.int64)
    np.cumsum(prices, axis=1, out=before[:, 1:])
    fees = Fees(problem.classes.area_cm2, before, calendar.month_of, calendar.first_day)
    for array in (fees.area, fees.before, fees.month_of):
        array.setflags(write=False)
    return fees


def charge_nothing() -> Fees:
    """Return the fees where no hub has a price."""
    none = np.zeros(0, dtype=np.int64)
    none.setflags(write=False)
    return Fees(none, none.reshape(0, 0), none, 0)


@compiled
def charge_space(fees: Fees, offered: int, wait: int, wanted_from: int, most: int) -> int:
    """Return what the space that a step of a pair takes in a hub costs, in 1/1000 øre.

    Parameters
    ----------
    fees
        From `lay_fees`.
    offered
        Class of the lot.
    wait
        Days and store of the pair.
    wanted_from
        Day of delivery.
    most
        Beyond this it makes no difference: such a pair is dearer than new, and a bound stays one.
    """
    hub = (wait >> WAIT_BITS) - FIRST_HUB
    if hub < 0:
        return 0
    last = wanted_from - 1 - fees.first_day
    first = last + 1 - (wait & (WAIT_UNIT - 1))
    months = fees.before[hub, fees.month_of[last] + 1] - fees.before[hub, fees.month_of[first]]
    if float(months) * fees.area[offered] >= most:
        return most
    return int(months * fees.area[offered])


def measure_use(problem: Problem, calendar: Calendar, matches: Matches) -> IntArray:
    """Return the cm2 that matches take of each hub in each month.

    Parameters
    ----------
    problem, calendar
        The problem, and its months.
    matches
        Matches of it.
    """
    used = np.zeros((len(problem.hubs.id), calendar.months), dtype=np.int64)
    taken = matches.quantity * problem.classes.area_cm2[problem.lots.class_[matches.lot]]
    for place in np.flatnonzero(matches.hub >= 0).tolist():
        first, last = list_months(calendar, matches, place)
        used[matches.hub[place], first : last + 1] += taken[place]
    return used


def list_months(calendar: Calendar, matches: Matches, place: int) -> tuple[int, int]:
    """Return the first and the last month, from 0, in which a stored match waits."""
    nights = (int(matches.pick_up[place]), int(matches.deliver[place]) - 1)
    first, last = (int(calendar.month_of[day - calendar.first_day]) for day in nights)
    return first, last


def list_prices(calendar: Calendar, prices: IntArray) -> HubPrices:
    """Return the prices above 0, by hub and month."""
    hub, month = np.nonzero(prices)
    return HubPrices(hub=hub.astype(np.int32), month=month + calendar.first_month, price=prices[hub, month])
