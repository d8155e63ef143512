# SPDX-License-Identifier: EUPL-1.2
"""Where the bars of a timeline of demolitions stand: days turned into places on a drawing of fixed size."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from inventory.queries.offers import AnyRow

WIDTH, LEFT, ROW, TOP = 1000, 8, 26, 28
"""Size of the drawing: its width, its margin, the height of a row and of the months above."""
_LABELS = 12


@dataclass(frozen=True, slots=True, kw_only=True)
class Bar:
    """A building's row: `whole` from the earliest start to the latest end, `sure` the days that are sure.

    Each is (x, width) in the drawing's units; `sure` is None where no day is. `likely` are the places of the
    likely start and end.
    """

    row: AnyRow
    y: int
    whole: tuple[float, float]
    sure: tuple[float, float] | None
    likely: tuple[float, float]


@dataclass(frozen=True, slots=True, kw_only=True)
class Timeline:
    """A drawing `height` high: bars, the first days of months with their places, and where today is."""

    height: int
    bars: list[Bar]
    months: list[tuple[date, float]]
    today: float | None


def draw_timeline(buildings: Sequence[AnyRow], *, today: date) -> Timeline | None:
    """Lay the buildings that have days out on a timeline; None where none has.

    Parameters
    ----------
    buildings
        Rows of `list_firm_buildings`. One without a demolition's days is drawn with its window, as sure.
    today
        Marked where it lies within.
    """
    spans = [
        (
            row,
            row.start_early or row.available_from,
            row.start_likely or row.available_from,
            row.end_likely or row.available_to,
            row.end_late or row.available_to,
        )
        for row in buildings
        if (row.start_early or row.available_from) is not None
    ]
    if not spans:
        return None
    first = min(span[1] for span in spans).replace(day=1)
    last = max(span[4] for span in spans)
    scale = (WIDTH - 2 * LEFT) / max((last - first).days, 1)

    def place(day: date) -> float:
        return float(round(LEFT + (day - first).days * scale, 1))

    def stretch(start: date, end: date) -> tuple[float, float]:
        return place(start), round(max((end - start).days * scale, 2.0), 1)

    bars = [
        Bar(
            row=row,
            y=TOP + number * ROW,
            whole=stretch(early, late),
            sure=None if row.available_from is None else stretch(row.available_from, row.available_to),
            likely=(place(start), place(end)),
        )
        for number, (row, early, start, end, late) in enumerate(spans)
    ]
    return Timeline(
        height=TOP + len(bars) * ROW + 4,
        bars=bars,
        months=[(month, place(month)) for month in list_months(first, last)],
        today=place(today) if first <= today < last else None,
    )


def list_months(first: date, last: date, *, most: int = _LABELS) -> list[date]:
    """List first days of months, so far apart that at most so many are written."""
    count = (last.year - first.year) * 12 + last.month - first.month + 1
    every = next((step for step in (1, 2, 3, 6, 12) if count <= step * most), 24)
    numbers = range(first.year * 12 + first.month - 1, last.year * 12 + last.month, every)
    return [date(number // 12, number % 12 + 1, 1) for number in numbers]
