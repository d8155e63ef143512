# SPDX-License-Identifier: EUPL-1.2
"""The quantity of a lot over time: traced from its history, and laid out as steps on a drawing."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from inventory.queries.surveys.surveys import HistoryLine

WIDTH, LEFT, RIGHT = 520, 4, 4
TOP, FLOOR = 34, 190
"""Where the highest step and the ground lie; the days stand below."""
HEIGHT = 216
_ROOM_FOR_WORDS = 76  # narrower steps say what they are in the table alone


@dataclass(frozen=True, slots=True, kw_only=True)
class Point:
    """What there was from a moment on: steps of the class, the state of the lot, and what happened."""

    at: datetime
    kind: str | None
    quantity: int
    status: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """A step of the drawing, from `x` on, `width` wide and `height` high, with room for words or not."""

    point: Point
    x: float
    y: float
    width: float
    height: float
    roomy: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Chart:
    """The steps, the most there ever was, and the first and last day drawn."""

    steps: list[Step]
    most: int
    first: date
    last: date


def trace_quantity(
    lines: Sequence[HistoryLine], *, began: datetime, changed: datetime, quantity: int, status: str
) -> list[Point]:
    """Trace what was counted, held, agreed and delivered of a lot, from all that happened to it.

    Parameters
    ----------
    lines
        The lot's history, the oldest first.
    began
        When the lot was first written down.
    changed
        When it was last changed: a file imported again changes a quantity without a line of history.
    quantity, status
        As they are now.

    Returns
    -------
    list of Point
        The oldest first, one for each time quantity or state changed; the last is what there is now.
    """
    steps = int(_first(lines, "quantity", otherwise=quantity) or 0)
    state = str(_first(lines, "status", otherwise=status))
    before_removal = state
    points: list[Point] = []
    for line in lines:
        now, then = steps, state
        if "quantity" in line.changes:
            now = int(line.changes["quantity"][1])
        if "status" in line.changes:
            then = str(line.changes["status"][1])
        elif line.kind == "lot_removed":
            before_removal, then = state, "withdrawn"
        elif line.kind == "lot_restored":
            then = before_removal
        begins = not points and line.changes.get("quantity", (1, 1))[0] in (None, 0)
        if (now, then) != (steps, state) or begins:
            if not points and not begins:
                points.append(Point(at=min(began, line.at), kind=None, quantity=steps, status=state))
            points.append(Point(at=line.at, kind=line.kind, quantity=now, status=then))
        steps, state = now, then
    if not points:
        points.append(Point(at=began, kind=None, quantity=quantity, status=status))
    elif (points[-1].quantity, points[-1].status) != (quantity, status):
        at = max(changed, points[-1].at)
        points.append(Point(at=at, kind=None, quantity=quantity, status=status))
    return points


def _first(lines: Sequence[HistoryLine], name: str, *, otherwise: Any) -> Any:
    """Give what a value was before the first line that changed it; what it is now where none did."""
    return next((line.changes[name][0] for line in lines if name in line.changes), otherwise)


def draw_quantity(points: Sequence[Point], *, today: date) -> Chart | None:
    """Lay points out as steps from the first day to today; None where there never was anything.

    Parameters
    ----------
    points
        Of `trace_quantity`.
    today
        Where the last step ends.
    """
    most = max(point.quantity for point in points)
    if most <= 0:
        return None
    first = points[0].at.date()
    last = max(today, points[-1].at.date()) + timedelta(days=1)
    begin = datetime(first.year, first.month, first.day, tzinfo=points[0].at.tzinfo)
    whole = max((last - first).total_seconds(), 1)

    def place(moment: datetime) -> float:
        return round(LEFT + (moment - begin).total_seconds() / whole * (WIDTH - LEFT - RIGHT), 1)

    ends = [place(point.at) for point in points[1:]] + [float(WIDTH - RIGHT)]
    steps = []
    for point, end in zip(points, ends, strict=True):
        x, height = place(point.at), round(point.quantity / most * (FLOOR - TOP), 1)
        width = round(max(end - x, 1.0), 1)
        steps.append(
            Step(
                point=point,
                x=x,
                y=round(FLOOR - height, 1),
                width=width,
                height=height,
                roomy=width >= _ROOM_FOR_WORDS,
            )
        )
    return Chart(steps=steps, most=most, first=first, last=last - timedelta(days=1))
