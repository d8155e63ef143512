# SPDX-License-Identifier: EUPL-1.2
"""A file as sheets of cells, whatever its format: told by its content, not by its name."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from inventory.imports.cells.problem import show_cell
from inventory.imports.encoding import decode_text
from inventory.imports.files.delimited import (
    MOST_BROKEN,
    RawSheet,
    TooBrokenError,
    find_separator,
    read_delimited,
)
from inventory.imports.files.vector import find_vector, read_vector
from inventory.imports.files.workbook import OLE_MARK, ZIP_MARK, read_workbook
from inventory.imports.mapping import FileMapping
from inventory.imports.refusal import FileRefusedError

_BINARY_MARKS = {
    b"%PDF": "PDF",
    b"\x89PNG": "PNG",
    b"\xff\xd8\xff": "JPEG",
    b"SQLite format 3": "SQLite",
    b"PAR1": "Parquet",
    b"\x1f\x8b": "gzip",
    b"7z\xbc\xaf": "7z",
    b"Rar!": "RAR",
    b"GIF8": "GIF",
}
_LINE_END = re.compile(r"\r\n|\r|\n")
_ENDS = {"\r\n": "CRLF", "\n": "LF", "\r": "CR"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """The sheets of a file, and how they were read.

    `hidden` are sheets that are hidden in the workbook and not imported; `macros` says that it holds
    macros, which are never run.
    """

    sheets: list[RawSheet]
    file_format: str
    encoding: str = ""
    separator: str | None = None
    line_ends: str = ""
    hidden: tuple[RawSheet, ...] = ()
    macros: bool = False


def read_source(path: Path, *, mapping: FileMapping | None = None) -> Source:
    """Read a file into sheets of cells.

    Parameters
    ----------
    path
        CSV text, a workbook, a GeoPackage, GeoJSON, or a Shapefile (its .shp, or a zip of all its parts).
    mapping
        Encoding, separator and coordinate system where they are decided.

    Raises
    ------
    FileRefusedError
        If the file is missing, empty, binary, protected or damaged.
    """
    file = show_cell(path.name)
    vector = find_format(path)
    if vector is not None:
        sheets = read_vector(path, file=file, file_format=vector, mapping=mapping)
        return Source(sheets=sheets, file_format=vector)
    with _reading(file):
        data = path.read_bytes()
    if not data.strip(b"\x00\t\r\n \xef\xbb\xbf"):
        raise FileRefusedError(file=file, code="file_empty")
    if data.startswith((ZIP_MARK, OLE_MARK)):
        workbook = read_workbook(data, file=file)
        return Source(
            sheets=workbook.sheets, file_format="workbook", hidden=workbook.hidden, macros=workbook.macros
        )
    _refuse_binary(data, file=file)
    text = decode_text(data, encoding=mapping.encoding if mapping else None)
    separator = (mapping.separator if mapping else None) or find_separator(text.text)
    try:
        sheet = read_delimited(text.text, separator=separator)
    except TooBrokenError as error:
        raise FileRefusedError(file=file, code="too_broken", found=str(MOST_BROKEN)) from error
    return Source(
        sheets=[sheet],
        file_format="csv",
        encoding=text.encoding,
        separator=separator,
        line_ends=find_line_ends(text.text),
    )


def find_format(path: Path) -> str | None:
    """Tell which of the map formats a file is by its content; None where it is none of them.

    Raises
    ------
    FileRefusedError
        If the file is missing or cannot be read.
    """
    with _reading(show_cell(path.name)):
        with path.open("rb") as opened:
            begins = opened.read(100)
        return find_vector(path, begins=begins)


def find_line_ends(text: str) -> str:
    """Name the line ends of a text by its first 1,000: LF, CRLF, CR, or several joined by a plus."""
    ends: set[str] = set()
    for count, match in enumerate(_LINE_END.finditer(text)):
        ends.add(_ENDS[match[0]])
        if count >= 1000:
            break
    return "+".join(sorted(ends))


@contextmanager
def _reading(file: str) -> Iterator[None]:
    try:
        yield
    except FileNotFoundError as error:
        raise FileRefusedError(file=file, code="file_missing") from error
    except OSError as error:
        raise FileRefusedError(file=file, code="file_unreadable", found=error.strerror or "") from error


def _refuse_binary(data: bytes, *, file: str) -> None:
    for mark, name in _BINARY_MARKS.items():
        if data.startswith(mark):
            raise FileRefusedError(file=file, code="file_binary", found=name)
    if not data.startswith((b"\xff\xfe", b"\xfe\xff")) and b"\x00" in data[:100_000]:
        raise FileRefusedError(file=file, code="file_binary", found="NUL")
