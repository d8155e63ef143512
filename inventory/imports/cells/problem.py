# SPDX-License-Identifier: EUPL-1.2
"""What may be wrong with one cell, and a cell's value together with it."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from typing import Generic, TypeVar

Value = TypeVar("Value")
Given_co = TypeVar("Given_co", covariant=True)

# A cell as a file gives it: text from CSV, Excel's own types from a workbook, None where empty.
Cell = str | int | float | bool | date | datetime | time | timedelta | None


_NOT_IN_A_LINE = re.compile(r"[\x00\r\n]+")


@dataclass(frozen=True, slots=True, kw_only=True)
class Problem:
    """A code of `inventory.imports.messages` with the values its message needs."""

    code: str
    params: Mapping[str, object] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Parsed(Generic[Given_co]):
    """The value read from a cell (None: no value) and what is to be said about it."""

    value: Given_co | None = None
    problem: Problem | None = None


def refuse_cell(code: str, **params: object) -> Parsed[Value]:
    """Make the answer for a cell that cannot be read."""
    return Parsed(problem=Problem(code=code, params=params))


def show_cell(cell: Cell) -> str:
    """Show a cell as its reader would see it, at most 80 characters, for a message."""
    if cell is None:
        return ""
    if isinstance(cell, float) and cell.is_integer():
        cell = int(cell)  # a workbook has no other numbers than floats, and shows this one without a point
    text = cell.isoformat() if isinstance(cell, date | time) else str(cell)
    # lone surrogates stand for bytes that were no letters in the file's encoding
    text = text.encode("utf-8", "replace").decode("utf-8")
    # a database holds no NUL, and a browser sends a line break back as another than it was given
    text = _NOT_IN_A_LINE.sub(" ", text)
    return text if len(text) <= 80 else text[:77] + "..."
