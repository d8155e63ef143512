# SPDX-License-Identifier: EUPL-1.2
"""A file as columns under our own names, with the rows a spreadsheet would show."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import pandas as pd

from inventory.imports.delimited import (
    MOST_BROKEN,
    RawSheet,
    TooBrokenError,
    find_separator,
    read_delimited,
)
from inventory.imports.encoding import decode_text
from inventory.imports.headers import Layout, match_headers
from inventory.imports.problem import Cell, show_cell
from inventory.imports.refusal import FileRefusedError
from inventory.imports.workbook import OLE_MARK, ZIP_MARK, read_workbook

# Titles and remarks may stand above the header; it is looked for in so many first rows.
_HEADER_WITHIN = 20
_BINARY_MARKS = {
    b"%PDF": "PDF",
    b"\x89PNG": "PNG",
    b"\xff\xd8\xff": "JPEG",
    b"SQLite format 3": "SQLite",
    b"PAR1": "Parquet",
    b"\x1f\x8b": "gzip",
}
_FORMAT_SUFFIXES = {
    "csv": {".csv", ".txt", ".tsv", ".tab", ""},
    "workbook": {".xlsx", ".xlsm", ".xlsb", ".xls", ".ods"},
}


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Table:
    """Cells of one sheet under our own column names.

    `columns` has one list per known header, with one cell per non-blank row of the file (None where
    empty); `numbers` gives each its row in a spreadsheet; `broken` and `wide` (index -> cells found)
    are rows not to be trusted, whose cells are empty here.
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

    def row_number(self, index: int) -> int:
        """Give the row a spreadsheet shows for an index of the table."""
        return self.numbers[index]


def read_table(path: Path, *, layout: Layout, sheet: str | None = None) -> Table:
    """Read a file into columns under our own names.

    Parameters
    ----------
    path
        CSV text in any of the encodings of `decode_text`, or a workbook; told by content, not name.
    layout
        The columns that may be there and those that must.
    sheet
        Name of the sheet of a workbook; None takes the first that has the required columns.

    Returns
    -------
    Table

    Raises
    ------
    FileRefusedError
        If the file is missing, empty, binary, protected, damaged, or lacks required columns.
    """
    file = show_cell(path.name)
    try:
        data = path.read_bytes()
    except FileNotFoundError as error:
        raise FileRefusedError(file=file, code="file_missing") from error
    except OSError as error:
        raise FileRefusedError(file=file, code="file_unreadable", found=error.strerror or "") from error
    if not data.strip(b"\x00\t\r\n \xef\xbb\xbf"):
        raise FileRefusedError(file=file, code="file_empty")
    if data.startswith((ZIP_MARK, OLE_MARK)):
        sheets, file_format = read_workbook(data, file=file), "workbook"
        encoding, separator = "", None
    else:
        _refuse_binary(data, file=file)
        text = decode_text(data)
        encoding, separator, file_format = text.encoding, find_separator(text.text), "csv"
        try:
            sheets = [read_delimited(text.text, separator=separator)]
        except TooBrokenError as error:
            raise FileRefusedError(file=file, code="too_broken", found=str(MOST_BROKEN)) from error
    return _choose_sheet(
        sheets,
        file=file,
        layout=layout,
        sheet=sheet,
        encoding=encoding,
        separator=separator,
        file_format=file_format,
        suffix=path.suffix.lower(),
    )


def _refuse_binary(data: bytes, *, file: str) -> None:
    for mark, name in _BINARY_MARKS.items():
        if data.startswith(mark):
            raise FileRefusedError(file=file, code="file_binary", found=name)
    if not data.startswith((b"\xff\xfe", b"\xfe\xff")) and b"\x00" in data[:100_000]:
        raise FileRefusedError(file=file, code="file_binary", found="NUL")


@dataclass(frozen=True, slots=True, kw_only=True)
class _Found:
    """A row that may be the header: known columns by position."""

    row: int
    names: dict[int, str]
    missing: tuple[str, ...]


def _choose_sheet(
    sheets: Sequence[RawSheet],
    *,
    file: str,
    layout: Layout,
    sheet: str | None,
    encoding: str,
    separator: str | None,
    file_format: str,
    suffix: str,
) -> Table:
    if sheet is not None:
        chosen = [raw for raw in sheets if raw.name == sheet]
        if not chosen and file_format != "workbook":
            raise FileRefusedError(file=file, code="no_sheets", expected=sheet)
        if not chosen:
            found = ", ".join(raw.name for raw in sheets)
            raise FileRefusedError(file=file, code="sheet_missing", expected=sheet, found=found)
    else:
        chosen = [raw for raw in sheets if any(any(row) for row in raw.rows)]
        if not chosen:
            raise FileRefusedError(file=file, code="file_empty")
    fitting = [(raw, _find_header(raw, layout=layout)) for raw in chosen]
    whole = [(raw, header) for raw, header in fitting if not header.missing]
    if not whole:
        raw, best = min(fitting, key=lambda pair: len(pair[1].missing))
        texts = [show_cell(cell) for cell in (raw.rows[best.row] if raw.rows else []) if cell is not None]
        raise FileRefusedError(
            file=file,
            code="columns_missing",
            expected=", ".join(best.missing),
            found=", ".join(texts[:12]) + (", ..." if len(texts) > 12 else "") or "-",
        )
    raw, header = whole[0]
    others = tuple(other.name for other, _ in whole[1:])
    wrong = suffix not in _FORMAT_SUFFIXES[file_format]
    return _build_table(
        raw,
        header=header,
        file=file,
        encoding=encoding,
        separator=separator,
        file_format=file_format,
        others=others,
        misnamed=suffix if wrong else None,
    )


def _find_header(raw: RawSheet, *, layout: Layout) -> _Found:
    best = _Found(row=0, names={}, missing=layout.find_missing(()))
    for row, cells in enumerate(raw.rows[:_HEADER_WITHIN]):
        if row in raw.broken:
            continue
        names = match_headers([str(cell) if cell is not None else "" for cell in cells], layout=layout)
        missing = layout.find_missing(names.values())
        if (len(missing), -len(names)) < (len(best.missing), -len(best.names)):
            best = _Found(row=row, names=names, missing=missing)
    return best


def _build_table(
    raw: RawSheet,
    *,
    header: _Found,
    file: str,
    encoding: str,
    separator: str | None,
    file_format: str,
    others: tuple[str, ...],
    misnamed: str | None,
) -> Table:
    titles = raw.rows[header.row]
    names = list(header.names.values())
    for name in names:
        if names.count(name) > 1:
            twice = [str(titles[at]) for at, known in header.names.items() if known == name]
            raise FileRefusedError(file=file, code="column_twice", expected=name, found=", ".join(twice))
    width = max(at for at, title in enumerate(titles) if title is not None) + 1
    kept = [
        at for at in range(header.row + 1, len(raw.rows)) if any(cell is not None for cell in raw.rows[at])
    ]
    if not kept:
        raise FileRefusedError(file=file, code="no_rows", row=header.row + 1)
    last = kept[-1]
    wide = {
        index: len(raw.rows[at])
        for index, at in enumerate(kept)
        if len(raw.rows[at]) > width and any(cell is not None for cell in raw.rows[at][width:])
    }
    broken = frozenset(index for index, at in enumerate(kept) if at in raw.broken)
    # cells that may stand under the wrong header are not read at all
    trusted = [[] if index in broken or index in wide else raw.rows[at] for index, at in enumerate(kept)]
    columns: dict[str, list[Cell]] = {
        name: [row[position] if position < len(row) else None for row in trusted]
        for position, name in header.names.items()
    }
    return Table(
        file=file,
        sheet=raw.name,
        file_format=file_format,
        encoding=encoding,
        separator=separator,
        header_row=header.row + 1,
        headers={name: show_cell(titles[position]) for position, name in header.names.items()},
        unknown=tuple(
            show_cell(title)
            for at, title in enumerate(titles)
            if title is not None and at not in header.names
        ),
        other_sheets=others,
        misnamed=misnamed,
        columns=columns,
        numbers=tuple(at + 1 for at in kept),
        blank=last - header.row - len(kept),
        width=width,
        broken=broken,
        wide=wide,
    )
