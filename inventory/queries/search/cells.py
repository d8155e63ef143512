# SPDX-License-Identifier: EUPL-1.2
"""The squares of the country that a search looks into: a lot knows its own, so an index leads there."""

from dataclasses import dataclass
from math import hypot

from inventory.tables.lot_search import CELL_M, COLUMNS, ROWS, SOUTH, WEST

_SLACK_M = 1.0  # more than arithmetic may differ


@dataclass(frozen=True, slots=True, kw_only=True)
class Frame:
    """A box that all of an answer lies in, in metres of EPSG:25832.

    `east` and `north` belong to it. Where the answer lies within a distance of a point, `x`, `y` and `metres`
    say which.
    """

    west: float
    south: float
    east: float
    north: float
    x: float | None = None
    y: float | None = None
    metres: float | None = None


def list_cells(frame: Frame) -> list[int]:
    """List the squares that hold something of a frame, in order."""
    west, east = (_place(value, WEST, COLUMNS) for value in (frame.west - _SLACK_M, frame.east + _SLACK_M))
    south, north = (_place(value, SOUTH, ROWS) for value in (frame.south - _SLACK_M, frame.north + _SLACK_M))
    return [
        column * ROWS + row
        for column in range(west, east + 1)
        for row in range(south, north + 1)
        if _is_met(frame, column, row)
    ]


def _place(value: float, origin: int, most: int) -> int:
    """Give the number of the column or row; as the table has it, what lies outside counts to the nearest."""
    return int(min(max((value - origin) // CELL_M, 0), most - 1))


def _is_met(frame: Frame, column: int, row: int) -> bool:
    """Say whether a square may hold something within the distance; one at the edge holds all beyond it."""
    if frame.x is None or frame.y is None or frame.metres is None:
        return True
    edge = column in {0, COLUMNS - 1} or row in {0, ROWS - 1}
    away = hypot(
        _beyond(frame.x, WEST + column * CELL_M),
        _beyond(frame.y, SOUTH + row * CELL_M),
    )
    return edge or away <= frame.metres + _SLACK_M


def _beyond(value: float, start: int) -> float:
    """Give how far a value lies outside a square's side."""
    return max(start - value, value - start - CELL_M, 0.0)
