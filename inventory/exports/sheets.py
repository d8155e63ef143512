# SPDX-License-Identifier: EUPL-1.2
"""Plain tables as an Excel workbook, ready to print, or as CSV."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from openpyxl import Workbook
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.worksheet import Worksheet

from inventory.errors import BadInputError
from inventory.files.formula import disarm

Cell = str | int | float | None

_HEAD = PatternFill("solid", start_color="E7ECEF")
_WIDEST, _NARROWEST, _LABEL_WIDTH = 60, 10, 40
# A workbook carries a moment; a fixed one keeps the same rows the same bytes.
_MADE = datetime(2026, 1, 1)  # noqa: DTZ001 - a workbook knows no zones
_PAPER_A4 = 9


class SheetNameError(BadInputError):
    """Cannot write {path}: the ending says which format is meant, and it must be one of {known}."""


class SheetPlaceError(BadInputError):
    """Cannot write {path}: {why}. Choose another place by --to."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """One table: a title of at most 31 letters, lines and facts that stand above it, its heads and its rows.

    A fact is a label and what is said of it; empty is to be filled in by hand.
    """

    title: str
    lines: Sequence[str] = ()
    facts: Sequence[tuple[str, str]] = ()
    heads: Sequence[str]
    rows: Sequence[Sequence[Cell]]


def check_sheet_name(path: Path, *, formats: Sequence[str]) -> None:
    """Refuse a name whose ending is none of the formats, or whose folder is not there.

    Raises
    ------
    SheetNameError, SheetPlaceError
        See there.
    """
    if path.suffix.lower() not in formats:
        raise SheetNameError(path=path, known=", ".join(formats))
    if not path.parent.is_dir():
        raise SheetPlaceError(path=path, why=f"there is no folder {path.parent}")


def write_workbook(sheets: Sequence[Sheet]) -> bytes:
    """Write tables as XLSX, a sheet each: heads stay in sight, a page is as wide as the paper (A4, lying).

    Text that a spreadsheet would calculate is disarmed.
    """
    workbook = Workbook()
    first = workbook.active
    if first is not None:
        workbook.remove(first)
    for sheet in sheets:
        _fill(workbook.create_sheet(sheet.title[:31]), sheet)
    workbook.properties.created = workbook.properties.modified = _MADE
    workbook.properties.creator = "Genbro"
    out = io.BytesIO()
    workbook.save(out)
    return out.getvalue()


def write_rows(sheet: Sheet) -> bytes:
    """Write one table as CSV, UTF-8 with a mark that Excel knows, parted by semicolons as in Denmark."""
    out = io.StringIO(newline="")
    writer = csv.writer(out, delimiter=";", lineterminator="\r\n")
    writer.writerow([disarm(head) for head in sheet.heads])
    writer.writerows([[disarm(cell) for cell in row] for row in sheet.rows])
    return out.getvalue().encode("utf-8-sig")


def save_sheets(path: Path, *, content: bytes) -> None:
    """Write the bytes where they were asked for.

    Raises
    ------
    SheetPlaceError
        They cannot be written there.
    """
    try:
        path.write_bytes(content)
    except OSError as error:
        raise SheetPlaceError(path=path, why=error.strerror or str(error)) from error


def _safe(value: Cell) -> Cell:
    return str(disarm(value)) if isinstance(value, str) else value


def _fill(page: Worksheet, sheet: Sheet) -> None:
    for line in sheet.lines:
        page.append([_safe(line)])
        page.cell(page.max_row, 1).alignment = Alignment(wrap_text=False)
    if sheet.lines:
        page["A1"].font = Font(bold=True, size=14)
    for row_at, (label, fact) in enumerate(sheet.facts, start=len(sheet.lines) + 1):
        page.cell(row_at, 1).value = _safe(label)
        page.cell(row_at, 2).value = _safe(fact)  # unwrapped, so it runs on over the empty cells beside it
        page.cell(row_at, 1).font = Font(bold=True)
        page.cell(row_at, 1).alignment = Alignment(wrap_text=True, vertical="top")
    above = len(sheet.lines) + len(sheet.facts)
    head = above + 2 if above else 1
    for column, name in enumerate(sheet.heads, start=1):
        cell = page.cell(head, column)
        cell.value = _safe(name)
        cell.font, cell.fill = Font(bold=True), _HEAD
        cell.alignment = Alignment(wrap_text=True, vertical="top")
    for at, row in enumerate(sheet.rows, start=head + 1):
        for place, value in enumerate(row, start=1):
            page.cell(at, place).value = _safe(value)
            page.cell(at, place).alignment = Alignment(wrap_text=True, vertical="top")
    for column, name in enumerate(sheet.heads):
        longest = max((len(str(row[column] or "")) for row in sheet.rows), default=0)
        width = min(max(longest, len(name), _NARROWEST), _WIDEST)
        page.column_dimensions[get_column_letter(column + 1)].width = width + 2
    if sheet.facts:
        page.column_dimensions["A"].width = _LABEL_WIDTH
    else:
        page.freeze_panes = f"A{head + 1}"
    page.print_title_rows = f"{head}:{head}"
    page.page_setup.orientation, page.page_setup.paperSize = "landscape", _PAPER_A4
    page.page_setup.fitToWidth, page.page_setup.fitToHeight = 1, 0
    page.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
