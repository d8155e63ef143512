# SPDX-License-Identifier: EUPL-1.2
"""What it costs if a lot of the mix falls out, and until when new can still be bought."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from inventory.queries.lead_times import LeadTime
from matcher.instant.answer import TakenLot


@dataclass(frozen=True, slots=True, kw_only=True)
class Fallback:
    """What stands in for a lot that falls out.

    Parameters
    ----------
    from_backup, bought
        Steps its back-up gives, and steps that are bought new.
    cost
        What that costs more than the lot does, in 1/1000 oere; negative where it is cheaper, which the
        price of a lot to others can bring about.
    """

    from_backup: int
    bought: int
    cost: int


def weigh_fallback(taken: TakenLot, *, new_cost: int) -> Fallback:
    """Weigh what it costs if a lot falls out: its back-up as far as that goes, new for the rest.

    Parameters
    ----------
    taken
        A lot of a mix.
    new_cost
        What a step costs new, in 1/1000 oere.
    """
    from_backup = 0 if taken.backup is None else taken.backup_steps
    dearer = 0 if taken.backup is None else taken.backup.cost - taken.offer.cost
    bought = taken.steps - from_backup
    return Fallback(
        from_backup=from_backup,
        bought=bought,
        cost=from_backup * dearer + bought * (new_cost - taken.offer.cost),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class LastDay:
    """The last day to order new, for it to be there on the last day of a window.

    `passed` says that the day lies before today; `lead` is the lead time it rests on.
    """

    day: date
    needed_on: date
    passed: bool
    lead: LeadTime


def find_last_day(*, wanted_to: date, lead: LeadTime | None, today: date) -> LastDay | None:
    """Find the last day on which new can be ordered for a requirement; None where no lead time is known.

    Parameters
    ----------
    wanted_to
        The day after the last of its window.
    lead
        The lead time of its material.
    today
        The day it is.
    """
    if lead is None:
        return None
    needed_on = wanted_to - timedelta(days=1)
    day = needed_on - timedelta(days=lead.days)
    return LastDay(day=day, needed_on=needed_on, passed=day < today, lead=lead)
