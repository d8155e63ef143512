# SPDX-License-Identifier: EUPL-1.2
"""A file as columns under our own names, with the rows a spreadsheet would show."""

from dataclasses import dataclass, field
from typing import Literal

import pandas as pd

from inventory.imports.cells.problem import Cell


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Table:
    """Cells of one sheet under our own column names.

    `columns` has one list per known header, with one cell per non-blank row of the file (None where
    empty); `numbers` gives each its row in a spreadsheet; `broken` and `wide` (index -> cells found)
    are rows not to be trusted, whose cells are empty here. `titles` and `rows` are the cells as the file has
    them, `positions` where each column stands in them, `fixed` the columns a mapping gives. `spread` and
    `unstored` (index, column) are cells of merged ranges and of formulas without a result. `decimal` is
    None where it is to be guessed; `epsg` and `swapped` say what x and y were in, None where nothing said
    so; `axes_found` says that the file had them the wrong way about and nobody said so.
    """

    file: str
    sheet: str
    file_format: str
    encoding: str
    separator: str | None
    header_row: int
    headers: dict[str, str]
    unknown: tuple[str, ...]
    other_sheets: tuple[str, ...]
    misnamed: str | None
    columns: dict[str, list[Cell]]
    numbers: tuple[int, ...]
    blank: int
    width: int
    broken: frozenset[int]
    wide: dict[int, int]
    titles: tuple[Cell, ...] = ()
    rows: tuple[list[Cell], ...] = ()
    positions: dict[str, int] = field(default_factory=dict)
    fixed: frozenset[str] = frozenset()
    line_ends: str = ""
    hidden_sheets: tuple[str, ...] = ()
    macros: bool = False
    spread: frozenset[tuple[int, str]] = frozenset()
    unstored: frozenset[tuple[int, str]] = frozenset()
    decimal: Literal[",", "."] | None = None
    month_first: bool = False
    epsg: int | None = None
    swapped: bool = False
    axes_found: bool = False

    def __len__(self) -> int:
        """Count the rows that are not blank."""
        return len(self.numbers)

    def has(self, column: str) -> bool:
        """Tell whether the file has a column."""
        return column in self.headers

    def column(self, column: str) -> list[Cell] | None:
        """Give the cells of a column, None if the file has no such column."""
        return self.columns.get(column)

    def cell(self, index: int, *, column: str) -> Cell:
        """Give one cell, None if the file has no such column."""
        cells = self.columns.get(column)
        return None if cells is None else cells[index]

    def make_frame(self) -> pd.DataFrame:
        """Give the cells as a data frame (dtype object) indexed by the rows of the spreadsheet."""
        return pd.DataFrame(self.columns, dtype=object, index=list(self.numbers))

    def show(self, index: int, *, column: str) -> Cell:
        """Give one cell as the file has it, before any conversion."""
        position = self.positions.get(column)
        if position is None or index in self.broken or index in self.wide:
            return self.cell(index, column=column)
        row = self.rows[index]
        return row[position] if position < len(row) else None

    def row_number(self, index: int) -> int:
        """Give the row a spreadsheet shows for an index of the table."""
        return self.numbers[index]
