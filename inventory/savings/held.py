# SPDX-License-Identifier: EUPL-1.2
"""What a project's components weigh against its climate limit, and what is missing to say so."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import Any

from inventory.savings.account import Account
from inventory.savings.limits import SITE, BuildingKind, ClimateLimit, find_kind, find_limit
from inventory.savings.served import divide

YEARS = 50
"""Years the limits are spread over; of a limit, its own column says so."""


class Missing(StrEnum):
    """What has to be known before a figure can be held against a limit."""

    AREA = "area"
    BUILDING_TYPE = "building_type"
    UNKNOWN_TYPE = "unknown_type"
    NO_LIMIT = "no_limit"
    NO_LIMIT_YET = "no_limit_yet"


class DayFrom(StrEnum):
    """Where the day comes from on which the limit is looked up."""

    GIVEN = "given"
    PROJECT = "project"
    TODAY = "today"


@dataclass(frozen=True, slots=True, kw_only=True)
class HeldAgainst:
    """A project's components held against a limit.

    Parameters
    ----------
    day, day_from
        The day the limit is that of, and where that day comes from.
    kind
        The building type's row, where one was found by it.
    limit
        In force on the day; None where it cannot be told.
    missing
        What is missing, the first thing first.
    area_m2
        Floor area.
    all_new, counted, emitted
        Of the components alone, in kg CO2e per m2 and year: all bought new; with this reuse as BR18 counts
        it; and as it is in reality. None without an area.
    carried
        Of that the transport of the reused alone, which may fall under the limit of A4 and A5.
    site_limit
        That limit on the day; None where none is in force.
    """

    day: date
    day_from: DayFrom
    kind: BuildingKind | None
    limit: ClimateLimit | None
    missing: tuple[Missing, ...]
    area_m2: Decimal | None
    all_new: Decimal | None
    counted: Decimal | None
    emitted: Decimal | None
    carried: Decimal | None
    site_limit: ClimateLimit | None


def hold_against_limit(
    project: Any, account: Account, *, today: date, applied_on: date | None = None, kind: str | None = None
) -> HeldAgainst:
    """Hold what a project wants against the limit of its kind of building.

    Parameters
    ----------
    project
        With `building_type`, `area_m2` and `starts`, each of which may be None.
    account
        Of everything it wants.
    today
        Decides where neither a day is given nor the project says when it starts.
    applied_on
        The day the permit is, or will be, applied for.
    kind
        The kind of building, where somebody chose it; else the building type decides.
    """
    missing: list[Missing] = []
    found = find_kind(project.building_type)
    chosen = kind or (found.kind if found is not None else None)
    if kind is None:
        if not project.building_type:
            missing.append(Missing.BUILDING_TYPE)
        elif found is None:
            missing.append(Missing.UNKNOWN_TYPE)
        elif found.kind is None:
            missing.append(Missing.NO_LIMIT)
    day, day_from = today, DayFrom.TODAY
    if applied_on is not None:
        day, day_from = applied_on, DayFrom.GIVEN
    elif project.starts is not None:
        day, day_from = project.starts, DayFrom.PROJECT
    limit = find_limit(chosen, day=day) if chosen else None
    if chosen and limit is None:
        missing.append(Missing.NO_LIMIT_YET)
    area = project.area_m2 or None
    if area is None:
        missing.append(Missing.AREA)
    years = YEARS if limit is None else limit.years

    def spread(grams: int) -> Decimal | None:
        return None if area is None else divide(grams, area * years * 1000, decimals=4)

    return HeldAgainst(
        day=day,
        day_from=day_from,
        kind=None if kind else found,
        limit=limit,
        missing=tuple(missing),
        area_m2=area,
        all_new=spread(account.co2e_all_new_g),
        counted=spread(account.co2e_counted_g),
        emitted=spread(account.co2e_emitted_g),
        carried=spread(account.co2e_transport_g),
        site_limit=find_limit(SITE, day=day),
    )
