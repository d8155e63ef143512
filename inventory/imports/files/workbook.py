# SPDX-License-Identifier: EUPL-1.2
"""Excel workbooks (and their OpenDocument cousins) to rows of cells."""

import zipfile
import zlib
from dataclasses import dataclass
from io import BytesIO

from python_calamine import (
    CalamineError,
    CalamineSheet,
    CalamineWorkbook,
    PasswordError,
    SheetVisibleEnum,
    load_workbook,
)

from inventory.imports.cells.problem import Cell
from inventory.imports.files.delimited import RawSheet
from inventory.imports.files.extent import MOST_CELLS, measure_sheets
from inventory.imports.files.formulas import find_unstored
from inventory.imports.files.unpacking import refuse_bomb
from inventory.imports.refusal import FileRefusedError

ZIP_MARK = b"PK\x03\x04"
OLE_MARK = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")


@dataclass(frozen=True, slots=True, kw_only=True)
class Workbook:
    """The visible sheets of a workbook, its hidden ones, and whether it holds macros."""

    sheets: list[RawSheet]
    hidden: tuple[RawSheet, ...]
    macros: bool


def read_workbook(data: bytes, *, file: str) -> Workbook:
    """Read all visible sheets of a workbook.

    Parameters
    ----------
    data
        The whole file: XLSX, XLSM, XLS or ODS. Macros are never run.
    file
        Its name, for errors.

    Returns
    -------
    Workbook
        Visible sheets in order, from their very first row, so entry i is row i + 1. A value of cells merged
        downwards stands in each of their rows.

    Raises
    ------
    FileRefusedError
        ``file_password``, ``file_binary`` (a zip or OLE file of another kind), ``file_damaged``,
        ``unpacks_too_much``, ``cell_far_out`` (a workbook that would fill the memory with empty cells).
    """
    if data.startswith(OLE_MARK) and _ENCRYPTED in data:
        raise FileRefusedError(file=file, code="file_password")
    unstored, macros = _check_zip(data, file=file) if data.startswith(ZIP_MARK) else ({}, False)
    try:
        workbook: CalamineWorkbook = load_workbook(BytesIO(data))
        sheets, hidden = (
            [
                _read_sheet(workbook.get_sheet_by_name(meta.name), unstored=unstored.get(meta.name, set()))
                for meta in workbook.sheets_metadata
                if (meta.visible == SheetVisibleEnum.Visible) is visible
            ]
            for visible in (True, False)
        )
    except PasswordError as error:
        raise FileRefusedError(file=file, code="file_password") from error
    except CalamineError as error:
        raise FileRefusedError(file=file, code="file_damaged", found=str(error)) from error
    return Workbook(sheets=sheets, hidden=tuple(hidden), macros=macros)


def _read_sheet(sheet: CalamineSheet, *, unstored: set[tuple[int, int]]) -> RawSheet:
    rows = [[_tidy_cell(cell) for cell in row] for row in sheet.to_python(skip_empty_area=False)]
    spread: set[tuple[int, int]] = set()
    for (top, left), (bottom, _) in sheet.merged_cell_ranges or []:
        value = rows[top][left] if top < len(rows) and left < len(rows[top]) else None
        if value is None:
            continue
        for row in range(top + 1, min(bottom + 1, len(rows))):
            if left < len(rows[row]) and rows[row][left] is None:
                rows[row][left] = value
                spread.add((row, left))
    return RawSheet(name=sheet.name, rows=rows, spread=spread, unstored=unstored)


def _check_zip(data: bytes, *, file: str) -> tuple[dict[str, set[tuple[int, int]]], bool]:
    try:
        with zipfile.ZipFile(BytesIO(data)) as archive:
            entries = archive.infolist()
            names = {entry.filename for entry in entries}
            if not names & {"xl/workbook.xml", "xl/workbook.bin", "content.xml"}:
                raise FileRefusedError(file=file, code="file_binary", found="ZIP")
            refuse_bomb(entries, file=file)
            for sheet in measure_sheets(archive):
                if sheet.rows * sheet.columns > MOST_CELLS:
                    raise FileRefusedError(file=file, code="cell_far_out", found=sheet.farthest)
            return find_unstored(archive), any(name.endswith("vbaProject.bin") for name in names)
    except (zipfile.BadZipFile, zlib.error, EOFError, OSError, ValueError, RuntimeError) as error:
        # Broken, cut off, packed in a way Python does not know, or locked with a password of the archive's.
        raise FileRefusedError(file=file, code="file_damaged", found=str(error)) from error


def _tidy_cell(cell: Cell) -> Cell:
    if isinstance(cell, str):
        return cell.strip() or None
    return cell
