# SPDX-License-Identifier: EUPL-1.2
"""Read the reference tables that come with the package, refusing any row that is not right."""

from __future__ import annotations

import csv
import io
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal, InvalidOperation
from enum import StrEnum
from importlib.resources import files
from importlib.resources.abc import Traversable
from typing import Any, NoReturn, TypeVar

from inventory.errors import GenbroError
from inventory.tables.base import SRID

Values = dict[str, Any]
"""A row of a table: the value of each column."""

C = TypeVar("C", bound=StrEnum)

# Denmark with its waters in EPSG:25832, Bornholm included: a swapped or misread coordinate lies outside.
EAST_M = (430_000, 910_000)
NORTH_M = (6_030_000, 6_420_000)


class ReferenceTableError(GenbroError):
    """Reference table {file}, line {line}, column {column}: found {value!r}, expected {expected}."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """A line of a reference table, read cell by cell.

    Parameters
    ----------
    file : str
        Name of the file, for messages.
    line : int
        Line of the file the row ends on, the first being 1.
    cells : dict[str, str]
        Text of each column, without spaces at the ends.
    """

    file: str
    line: int
    cells: dict[str, str]

    def refuse(self, column: str, expected: str) -> NoReturn:
        """Raise the error that names the cell."""
        raise ReferenceTableError(
            file=self.file,
            line=self.line,
            column=column,
            value=self.cells.get(column, ""),
            expected=expected,
        )

    def optional(self, column: str) -> str | None:
        """Read a text, None where the cell is empty."""
        return self.cells[column] or None

    def text(self, column: str) -> str:
        """Read a text that must be there."""
        return self.cells[column] or self.refuse(column, "a text")

    def code(self, column: str, codes: type[C]) -> C:
        """Read a member of an enumeration."""
        try:
            return codes(self.cells[column])
        except ValueError:
            self.refuse(column, "one of " + ", ".join(codes))

    def number(self, column: str) -> Decimal:
        """Read a number with decimal point."""
        try:
            value = Decimal(self.cells[column])
        except InvalidOperation:
            self.refuse(column, "a number with decimal point")
        return value if value.is_finite() else self.refuse(column, "a finite number")

    def optional_number(self, column: str) -> Decimal | None:
        """Read a number, None where the cell is empty."""
        return self.number(column) if self.cells[column] else None

    def whole(self, column: str) -> int:
        """Read a whole number."""
        value = self.number(column)
        return int(value) if value == value.to_integral_value() else self.refuse(column, "a whole number")

    def optional_whole(self, column: str) -> int | None:
        """Read a whole number, None where the cell is empty."""
        return self.whole(column) if self.cells[column] else None

    def flag(self, column: str) -> bool:
        """Read true or false."""
        text = self.cells[column]
        return text == "true" if text in {"true", "false"} else self.refuse(column, "true or false")

    def day(self, column: str) -> date:
        """Read an ISO date."""
        try:
            return date.fromisoformat(self.cells[column])
        except ValueError:
            self.refuse(column, "a date such as 2026-01-31")

    def optional_day(self, column: str) -> date | None:
        """Read an ISO date, None where the cell is empty."""
        return self.day(column) if self.cells[column] else None

    def reference(self, column: str, known: Collection[str]) -> str:
        """Read a key that another reference table must hold."""
        text = self.cells[column]
        return text if text in known else self.refuse(column, "a key of the table it points to")

    def optional_reference(self, column: str, known: Collection[str]) -> str | None:
        """Read a key of another table, None where the cell is empty."""
        return self.reference(column, known) if self.cells[column] else None

    def point(self) -> str:
        """Read the columns x and y, metres in EPSG:25832, as EWKT."""
        for column, (low, high) in (("x", EAST_M), ("y", NORTH_M)):
            if not low <= self.number(column) <= high:
                self.refuse(column, f"metres from {low} to {high} (EPSG:{SRID})")
        return f"SRID={SRID};POINT({self.number('x')} {self.number('y')})"


def round_half_up(value: Decimal) -> int:
    """Round to the nearest whole number, halves away from zero."""
    return int(value.quantize(Decimal(1), rounding=ROUND_HALF_UP))


def reference_folder() -> Traversable:
    """Find the folder of the reference tables inside the package."""
    return files("inventory") / "reference"


def read_reference(name: str, *, columns: str, folder: Traversable) -> list[Row]:
    """Read one reference table.

    Parameters
    ----------
    name : str
        The file without ``.csv``: UTF-8, comma, a header, one row a line.
    columns : str
        The columns it must have, in any order, separated by spaces; a column not named here is
        refused, so that nothing is left out in silence.
    folder : Traversable
        Where it lies.

    Raises
    ------
    ReferenceTableError
        Where the file is missing, the header differs, or a row has more or fewer cells than it.
    """
    file = f"{name}.csv"
    wanted = columns.split()
    source = folder / file
    if not source.is_file():
        raise ReferenceTableError(file=file, line=0, column="-", value="", expected="the file to exist")
    # newline="": line ends inside quoted cells are the csv module's to judge.
    reader = csv.reader(io.StringIO(source.read_text(encoding="utf-8"), newline=""), strict=True)
    header = next(reader, [])
    if sorted(header) != sorted(wanted):
        odd = sorted(set(header) ^ set(wanted)) or header
        raise ReferenceTableError(
            file=file,
            line=1,
            column=" ".join(odd),
            value=",".join(header),
            expected=f"the columns {columns}",
        )
    rows = []
    for cells in reader:
        if len(cells) != len(header):
            raise ReferenceTableError(
                file=file,
                line=reader.line_num,
                column="-",
                value=f"{len(cells)} cells",
                expected=f"{len(header)} cells",
            )
        values = [cell.strip() for cell in cells]
        rows.append(Row(file=file, line=reader.line_num, cells=dict(zip(header, values, strict=True))))
    return rows


def order_by_parent(rows: Iterable[Row], *, key: str, parent: str) -> list[Row]:
    """Put each row after the one it names.

    Raises
    ------
    ReferenceTableError
        Where a row names none of the table, or itself through others.
    """
    ordered: list[Row] = []
    placed = {""}
    left = list(rows)
    while left:
        ready = [row for row in left if row.cells[parent] in placed]
        if not ready:
            left[0].refuse(parent, f"a {key} of this table that does not lead back here")
        ordered += ready
        placed.update(row.cells[key] for row in ready)
        left = [row for row in left if row.cells[key] not in placed]
    return ordered


def refuse_twice(rows: Sequence[Row], *columns: str) -> None:
    """Refuse a table in which two rows have the same natural key."""
    seen: dict[tuple[str, ...], Row] = {}
    for row in rows:
        key = tuple(row.cells[column] for column in columns)
        if key in seen:
            row.refuse(columns[-1], f"a key other than that of line {seen[key].line}")
        seen[key] = row


def refuse_empty_window(row: Row) -> None:
    """Refuse a row whose days of force are none."""
    end = row.optional_day("valid_to")
    if end is not None and end <= row.day("valid_from"):
        row.refuse("valid_to", "a day after valid_from, or nothing")
