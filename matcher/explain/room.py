# SPDX-License-Identifier: EUPL-1.2
"""Which hubs a plan fills in which months, and what more room there would save."""

from __future__ import annotations

import numpy as np

from matcher.explain.told import Room, RoomMonth
from matcher.plan import Plan, name_month
from matcher.problem.problem import Problem
from matcher.space import Calendar, Fees, is_limited, lay_calendar, lay_fees, measure_use


class RoomBook:
    """The floor of the hubs of a problem, as a plan leaves it.

    Parameters
    ----------
    problem, plan
        A problem and a plan of it.
    """

    def __init__(self, problem: Problem, plan: Plan) -> None:
        self._problem = problem
        self._limited = is_limited(problem)
        self._calendar: Calendar | None = None
        self.fees: Fees | None = None
        """What room costs on top, for the loops over pairs; None where none has a price."""
        if not self._limited.any() or problem.pairs is not None:
            return
        calendar = lay_calendar(problem)
        self._calendar = calendar
        self._free = problem.hubs.area_cm2[:, None] - measure_use(problem, calendar, plan.matches)
        stated = plan.certificate.hub_prices
        self._prices = np.zeros_like(self._free)
        self._prices[stated.hub, stated.month - calendar.first_month] = stated.price
        if stated.price.any():
            self.fees = lay_fees(problem, calendar, self._prices)

    def find_room(self, *, hub: int, lot: int, requirement: int, days: int) -> Room | None:
        """Return the room that a step of a pair takes at a hub; None where there is room to spare.

        Parameters
        ----------
        hub, lot, requirement
            Rows.
        days
            Days that it waits there: the last of them is the one before the requirement is first wanted.

        Notes
        -----
        A hub is full in a month where less is free than one step of the lot takes. A price can stand where a
        little is free: what was left out was larger.
        """
        area = int(self._problem.classes.area_cm2[self._problem.lots.class_[lot]])
        if self._calendar is None or not self._limited[hub] or not area:
            return None
        calendar = self._calendar
        nights = int(self._problem.requirements.wanted_from[requirement]) - calendar.first_day
        first, last = (int(calendar.month_of[day]) for day in (nights - days, nights - 1))
        months = tuple(
            RoomMonth(
                month=name_month(calendar.first_month + month),
                full=bool(self._free[hub, month] < area),
                free=int(self._free[hub, month]),
                price=int(self._prices[hub, month]),
            )
            for month in range(first, last + 1)
            if self._free[hub, month] < area or self._prices[hub, month]
        )
        if not months:
            return None
        fee = area * int(self._prices[hub, first : last + 1].sum())
        return Room(hub=str(self._problem.hubs.id[hub]), months=months, fee=fee)
