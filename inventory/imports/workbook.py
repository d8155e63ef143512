# SPDX-License-Identifier: EUPL-1.2
"""Excel workbooks (and their OpenDocument cousins) to rows of cells."""

import zipfile
import zlib
from io import BytesIO

from python_calamine import CalamineError, CalamineWorkbook, PasswordError, SheetVisibleEnum, load_workbook

from inventory.imports.delimited import RawSheet
from inventory.imports.extent import MOST_CELLS, measure_sheets
from inventory.imports.problem import Cell
from inventory.imports.refusal import FileRefusedError

ZIP_MARK = b"PK\x03\x04"
OLE_MARK = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
# An unpacked workbook above this is no list of lots, but may be a trap for the memory.
_MOST_UNPACKED = 2_000_000_000
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")


def read_workbook(data: bytes, *, file: str) -> list[RawSheet]:
    """Read all visible sheets of a workbook.

    Parameters
    ----------
    data
        The whole file: XLSX, XLS or ODS.
    file
        Its name, for errors.

    Returns
    -------
    list of RawSheet
        Visible sheets in order, from their very first row, so entry i is row i + 1.

    Raises
    ------
    FileRefusedError
        ``file_password``, ``file_binary`` (a zip or OLE file of another kind), ``file_damaged``,
        ``cell_far_out`` (a workbook that would fill the memory with empty cells).
    """
    if data.startswith(OLE_MARK) and _ENCRYPTED in data:
        raise FileRefusedError(file=file, code="file_password")
    if data.startswith(ZIP_MARK):
        _check_zip(data, file=file)
    try:
        workbook: CalamineWorkbook = load_workbook(BytesIO(data))
        names = [meta.name for meta in workbook.sheets_metadata if meta.visible == SheetVisibleEnum.Visible]
        return [
            RawSheet(
                name=name,
                rows=[
                    [_tidy_cell(cell) for cell in row]
                    for row in workbook.get_sheet_by_name(name).to_python(skip_empty_area=False)
                ],
            )
            for name in names
        ]
    except PasswordError as error:
        raise FileRefusedError(file=file, code="file_password") from error
    except CalamineError as error:
        raise FileRefusedError(file=file, code="file_damaged", found=str(error)) from error


def _check_zip(data: bytes, *, file: str) -> None:
    try:
        with zipfile.ZipFile(BytesIO(data)) as archive:
            entries = archive.infolist()
            names = {entry.filename for entry in entries}
            if not names & {"xl/workbook.xml", "xl/workbook.bin", "content.xml"}:
                raise FileRefusedError(file=file, code="file_binary", found="ZIP")
            if sum(entry.file_size for entry in entries) > _MOST_UNPACKED:
                raise FileRefusedError(file=file, code="file_damaged", found="> 2 GB")
            for sheet in measure_sheets(archive):
                if sheet.rows * sheet.columns > MOST_CELLS:
                    raise FileRefusedError(file=file, code="cell_far_out", found=sheet.farthest)
    except (zipfile.BadZipFile, zlib.error, EOFError, RuntimeError) as error:
        # Broken, cut off, packed in a way Python does not know, or locked with a password of the archive's.
        raise FileRefusedError(file=file, code="file_damaged", found=str(error)) from error


def _tidy_cell(cell: Cell) -> Cell:
    if isinstance(cell, str):
        return cell.strip() or None
    return cell
