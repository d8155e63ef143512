# SPDX-License-Identifier: EUPL-1.2
"""Rows of bars as a drawing: where each bar, line and word stands, for a desk or for a telephone."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

WIDE, NARROW = 760, 340
_LABEL_WIDTH, _VALUE_WIDTH, _GAP = 220, 128, 16
_WIDE_ROW, _NARROW_ROW, _BAR, _TOP, _MARK_TOP = 34, 48, 20, 6, 24
_TEXT_DROP = 5
_LEAST_WIDTH = 1.5


@dataclass(frozen=True, slots=True, kw_only=True)
class Segment:
    """A part of a bar from one value to another; `kind` gives its colour."""

    start: float
    end: float
    kind: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ChartRow:
    """One row: its name, its value in words, its bars; `strong` where it is a sum.

    `ends_at` is the value that the next row goes on from, of a row in a waterfall.
    """

    label: str
    value: str
    segments: Sequence[Segment]
    strong: bool = False
    ends_at: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Mark:
    """A value that a line through all rows shows, such as a limit."""

    value: float
    label: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Bar:
    """A rectangle of the drawing."""

    x: float
    y: float
    width: float
    height: float
    kind: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Stroke:
    """A line of the drawing."""

    x1: float
    y1: float
    x2: float
    y2: float
    kind: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Words:
    """A text of the drawing; `anchor` is `start`, `middle` or `end`."""

    x: float
    y: float
    text: str
    anchor: str
    strong: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Drawing:
    """A drawing of a size, ready to be written as SVG."""

    width: float
    height: float
    bars: list[Bar]
    strokes: list[Stroke]
    words: list[Words]


def draw_rows(rows: Sequence[ChartRow], *, mark: Mark | None = None, narrow: bool = False) -> Drawing:
    """Draw rows of bars on one scale.

    Parameters
    ----------
    rows
        From the top down; those with `ends_at` are joined to the next by a thin line.
    mark
        A line through all of them.
    narrow
        For a telephone: names and values stand above the bars, not beside them.
    """
    width = NARROW if narrow else WIDE
    left = 0.0 if narrow else float(_LABEL_WIDTH)
    right = float(width) if narrow else float(width - _VALUE_WIDTH)
    height = _NARROW_ROW if narrow else _WIDE_ROW
    top = float(_TOP + (_MARK_TOP if mark else 0))
    ends = [end for row in rows for part in row.segments for end in (part.start, part.end)]
    ends += [0.0] + ([mark.value] if mark else [])
    low, high = min(ends), max(ends)
    span = high - low or 1.0

    def place(value: float) -> float:
        return round(left + (value - low) / span * (right - left), 2)

    drawing = Drawing(width=width, height=top + height * len(rows) + _TOP, bars=[], strokes=[], words=[])
    for number, row in enumerate(rows):
        y = top + number * height + (height - _BAR - 4 if narrow else (height - _BAR) / 2)
        _draw_row(drawing, row, y=y, place=place, narrow=narrow, width=width)
        if row.ends_at is not None and number + 1 < len(rows):
            x = place(row.ends_at)
            empty = all(part.start == part.end for part in row.segments)
            drawing.strokes.append(
                Stroke(x1=x, y1=y if empty else y + _BAR, x2=x, y2=y + height, kind="join")
            )
    bottom = top + height * len(rows)
    drawing.strokes.append(Stroke(x1=place(0), y1=top, x2=place(0), y2=bottom, kind="axis"))
    if mark is not None:
        _draw_mark(drawing, mark, x=place(mark.value), bottom=bottom)
    return drawing


def _draw_row(
    drawing: Drawing, row: ChartRow, *, y: float, place: Callable[[float], float], narrow: bool, width: int
) -> None:
    for part in row.segments:
        if part.start == part.end:
            continue
        x1, x2 = sorted((place(part.start), place(part.end)))
        drawing.bars.append(
            Bar(x=x1, y=y, width=max(round(x2 - x1, 2), _LEAST_WIDTH), height=_BAR, kind=part.kind)
        )
    baseline = y - _TEXT_DROP if narrow else y + _BAR / 2 + _TEXT_DROP
    label_x, anchor = (0.0, "start") if narrow else (float(_LABEL_WIDTH - _GAP), "end")
    drawing.words.append(Words(x=label_x, y=baseline, text=row.label, anchor=anchor, strong=row.strong))
    drawing.words.append(Words(x=float(width), y=baseline, text=row.value, anchor="end", strong=row.strong))


def _draw_mark(drawing: Drawing, mark: Mark, *, x: float, bottom: float) -> None:
    drawing.strokes.append(Stroke(x1=x, y1=_MARK_TOP - 2, x2=x, y2=bottom, kind="mark"))
    half = drawing.width / 2
    anchor = "middle" if abs(x - half) < half / 2 else "end" if x > half else "start"
    drawing.words.append(Words(x=x, y=_MARK_TOP - 8, text=mark.label, anchor=anchor, strong=True))
