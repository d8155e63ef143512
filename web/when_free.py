# SPDX-License-Identifier: EUPL-1.2
"""The timeline under the map: a bar for each coming month, and the window that is chosen on it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from inventory.queries.demolitions.coming import add_months
from inventory.queries.map.free_months import FreeMonth, read_free_months
from inventory.queries.map.question import count_month
from inventory.queries.reading import Session
from inventory.queries.search.search import Search

MONTHS = 24
HEIGHT = 96
"""Of the drawing of the bars, in pixels; their places across are percentages, so that they fit any width."""

_LEAST_HEIGHT = 2
_GAP = 0.12  # of a bar's share of the width


@dataclass(frozen=True, slots=True, kw_only=True)
class MonthBar:
    """A month's bar: what is free in it, its place in per cent of the width, and whether it is chosen."""

    month: FreeMonth
    number: int
    x: float
    width: float
    height: float
    chosen: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class WhenFree:
    """The bars, the first and the last month chosen (as numbers), whether any is, and what bars measure."""

    bars: list[MonthBar]
    first: int
    last: int
    chosen: bool
    unit: str | None


def read_when_free(session: Session, *, search: Search, today: date) -> WhenFree:
    """Lay out what is free by month; bars measure quantity where all is of one unit, else they count lots."""
    months = read_free_months(session, search=search, today=today, months=MONTHS)
    least = count_month(months[0].first)
    first, last = least, least + MONTHS - 1
    if search.start is not None:
        first = min(max(count_month(search.start), least), last)
    if search.end is not None:
        last = min(max(count_month(date.fromordinal(search.end.toordinal() - 1)), first), last)
    unit = months[0].unit
    amounts = [float(month.lots if month.amount is None else month.amount) for month in months]
    most, share = max(*amounts, 1e-9), 100 / MONTHS
    bars = [
        MonthBar(
            month=month,
            number=least + place,
            x=round((place + _GAP / 2) * share, 3),
            width=round((1 - _GAP) * share, 3),
            height=round(max(amount / most * HEIGHT, _LEAST_HEIGHT if amount else 0), 1),
            chosen=first <= least + place <= last,
        )
        for place, (month, amount) in enumerate(zip(months, amounts, strict=True))
    ]
    return WhenFree(
        bars=bars,
        first=first,
        last=last,
        chosen=search.start is not None or search.end is not None,
        unit=unit,
    )


def find_window(first: int, last: int, *, today: date) -> tuple[date, date]:
    """Find the first day of one month and the last of another, both given as numbers and put in order."""
    least = count_month(today)
    start, end = sorted(min(max(number, least), least + MONTHS - 1) for number in (first, last))
    day = add_months(date(end // 12, end % 12 + 1, 1), months=1)
    return date(start // 12, start % 12 + 1, 1), date.fromordinal(day.toordinal() - 1)
