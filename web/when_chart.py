# SPDX-License-Identifier: EUPL-1.2
"""When a building comes down, drawn: its days early, likely and late, and those that are sure."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from inventory.queries.offers import AnyRow
from web.timeline import list_months

WIDTH, LEFT, RIGHT = 520, 84, 8
TOP, ROW, BAR = 24, 34, 18
_MONTHS_WRITTEN, _MONTH = 6, 44


@dataclass(frozen=True, slots=True, kw_only=True)
class Span:
    """A bar: its code (early, likely, late or sure), first day and day after the last, and its place."""

    code: str
    start: date
    end: date
    x: float
    y: int
    width: float


@dataclass(frozen=True, slots=True, kw_only=True)
class WhenChart:
    """The bars, first days of months with their places, where today is, and the drawing's height."""

    spans: list[Span]
    months: list[tuple[date, float]]
    today: float | None
    height: int


def draw_when(demolition: AnyRow | None, *, site: AnyRow, today: date) -> WhenChart | None:
    """Lay the days of a demolition out; None where nobody has said any.

    Parameters
    ----------
    demolition
        Of `read_demolition`; None where only the site's window is known.
    site
        Of `read_site`: its window are the days that are sure, which plans count with.
    today
        Marked where it lies within.
    """
    days: list[tuple[str, date, date]] = []
    if demolition is not None:
        days = [
            (code, getattr(demolition, f"start_{code}"), getattr(demolition, f"end_{code}"))
            for code in ("early", "likely", "late")
        ]
    if site.available_from is not None:
        days.append(("sure", site.available_from, site.available_to))
    if not days:
        return None
    first = min(start for _, start, _ in days).replace(day=1)
    last = max(end for _, _, end in days) + timedelta(days=1)
    scale = (WIDTH - LEFT - RIGHT) / max((last - first).days, 1)

    def place(day: date) -> float:
        return float(round(LEFT + (day - first).days * scale, 1))

    spans = [
        Span(
            code=code,
            start=start,
            end=end,
            x=place(start),
            y=TOP + number * ROW,
            width=round(max((end - start).days * scale, 2.0), 1),
        )
        for number, (code, start, end) in enumerate(days)
    ]
    return WhenChart(
        spans=spans,
        # A month at the very end has no room for its name.
        months=[
            (month, place(month))
            for month in list_months(first, last, most=_MONTHS_WRITTEN)
            if place(month) < WIDTH - _MONTH
        ],
        today=place(today) if first <= today < last else None,
        height=TOP + len(spans) * ROW + 2,
    )
