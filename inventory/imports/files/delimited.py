# SPDX-License-Identifier: EUPL-1.2
"""CSV text to rows of cells; a row with stray quotation marks costs that row alone."""

import csv
from collections.abc import Iterator
from dataclasses import dataclass, field
from io import StringIO

from inventory.imports.cells.problem import Cell

SEPARATORS = (";", ",", "\t", "|")
# So many rows with stray quotation marks say that the text is no CSV at all.
MOST_BROKEN = 1000
_MOST_CHARACTERS = 1_000_000


class TooBrokenError(ValueError):
    """More rows than `MOST_BROKEN` cannot be read."""


@dataclass(slots=True, kw_only=True)
class RawSheet:
    """Rows as the file has them, before any header is known; `broken` are indexes of unreadable rows.

    `spread` are cells (row, column) whose value was taken from a merged cell above; `unstored` are cells
    whose formula has no stored result. `epsg` and `swapped` say what the places of a map's layer were in.
    """

    name: str
    rows: list[list[Cell]]
    broken: set[int] = field(default_factory=set)
    spread: set[tuple[int, int]] = field(default_factory=set)
    unstored: set[tuple[int, int]] = field(default_factory=set)
    epsg: int | None = None
    swapped: bool = False


def find_separator(text: str) -> str:
    """Find the separator of a CSV text: the one that splits its first lines most evenly.

    A line ``sep=;``, as Excel writes and reads it, decides alone.
    """
    first = text[:6].lower()
    if first.startswith("sep=") and len(text) > 4 and text[4] in SEPARATORS:
        return text[4]
    lines = [line for line in text[:20_000].splitlines()[:20] if line.strip()]

    def rate(separator: str) -> tuple[int, int]:
        widths = [len(row) for row in csv.reader(lines, delimiter=separator) if row]
        if not widths:
            return (0, 0)
        common = max(set(widths), key=lambda width: (widths.count(width), width))
        return (widths.count(common) if common > 1 else 0, common)

    return max(SEPARATORS, key=rate)


def read_delimited(text: str, *, separator: str) -> RawSheet:
    """Split CSV text into rows.

    Parameters
    ----------
    text
        The decoded file.
    separator
        One character.

    Returns
    -------
    RawSheet
        One entry per record, blank ones too, so that entry i is row i + 1 of a spreadsheet. A record
        with stray quotation marks is an entry of its first line alone, named in `broken`; reading goes
        on at the next line.

    Raises
    ------
    TooBrokenError
        If more than `MOST_BROKEN` records are broken.
    """
    lines = list(StringIO(text, newline=""))
    sheet = RawSheet(name="", rows=[])
    start = 0
    limit = csv.field_size_limit(_MOST_CHARACTERS)
    try:
        while start < len(lines):
            start = _read_until_broken(lines, start=start, separator=separator, sheet=sheet)
    finally:
        csv.field_size_limit(limit)
    return sheet


def _read_until_broken(lines: list[str], *, start: int, separator: str, sheet: RawSheet) -> int:
    reader = csv.reader(_iterate(lines, start), delimiter=separator, strict=True)
    begun = start
    try:
        for record in reader:
            sheet.rows.append([cell.strip() or None for cell in record])
            begun = start + reader.line_num
    except csv.Error:
        sheet.broken.add(len(sheet.rows))
        sheet.rows.append([lines[begun].strip()])
        if len(sheet.broken) > MOST_BROKEN:
            raise TooBrokenError from None
        return begun + 1
    return len(lines)


def _iterate(lines: list[str], start: int) -> Iterator[str]:
    for index in range(start, len(lines)):
        yield lines[index]
