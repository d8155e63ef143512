# SPDX-License-Identifier: EUPL-1.2
"""How far a sheet of an XLSX workbook reaches, before a reader makes room for every cell in between."""

import re
import zipfile
from dataclasses import dataclass

# Every cell between the first and the last takes 32 bytes in the reader, and more in Python.
MOST_CELLS = 50_000_000
# A cell with something in it: an empty one with a style alone, <c r="XFD9" s="1"/>, takes no room.
_FILLED = re.compile(
    rb"""<(?:[\w.-]{1,30}:)?c\b[^<>]{0,400}?\br\s?=\s?["']([A-Z]{1,3})([0-9]{1,7})["'][^<>]{0,400}?(?<!/)>"""
)
_CHUNK = 1 << 20
_LONGEST_TAG = 1000


@dataclass(frozen=True, slots=True, kw_only=True)
class Extent:
    """The last row and the last column with something in them, from 1, and a cell that is there."""

    rows: int
    columns: int
    farthest: str


def measure_sheets(archive: zipfile.ZipFile) -> list[Extent]:
    """Measure the sheets of an XLSX workbook; none where it is of another kind."""
    # whatever they are called: a workbook may keep its sheets in any folder
    return [_measure(archive, entry) for entry in archive.infolist()]


def _measure(archive: zipfile.ZipFile, entry: zipfile.ZipInfo) -> Extent:
    rows = columns = farthest_area = 0
    farthest, kept = "", b""
    with archive.open(entry) as sheet:
        while chunk := sheet.read(_CHUNK):
            for letters, digits in _FILLED.findall(kept + chunk):
                row, column = int(digits), _column_number(letters)
                rows, columns = max(rows, row), max(columns, column)
                if row * column > farthest_area:
                    farthest_area, farthest = row * column, (letters + digits).decode()
            kept = chunk[-_LONGEST_TAG:]
    return Extent(rows=rows, columns=columns, farthest=farthest)


def _column_number(letters: bytes) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + letter - ord("A") + 1
    return number
