# SPDX-License-Identifier: EUPL-1.2
"""Requirements pasted from a spreadsheet: made into a file whose missing columns the project fills."""

from __future__ import annotations

import csv
import io
import tempfile
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from uuid import UUID

from sqlalchemy.orm import Session

from inventory.imports.cells.classes import ClassIndex
from inventory.imports.cells.municipalities import MunicipalityIndex
from inventory.imports.cells.number import NumberStyle, parse_number
from inventory.imports.cells.words import WORDS
from inventory.imports.contents import ContentsJudge
from inventory.imports.headers import match_headers
from inventory.imports.layouts.requirements import REQUIREMENT_LAYOUT
from inventory.imports.mapping import FileMapping
from inventory.imports.proposal import propose_mapping
from inventory.imports.refusal import FileRefusedError
from inventory.queries.imports.keys import list_known_classes, map_municipalities
from inventory.queries.projects.projects import list_free_refs

KIND = "requirements"
NAME = "indsat.csv"
MOST_LETTERS = 400_000
_SEPARATORS = ("\t", ";", "|", ",")
_STYLE = NumberStyle(decimal=",", known_by="values")


@dataclass(frozen=True, slots=True, kw_only=True)
class PastedFile:
    """What was pasted as a file, how it is read, and which columns are still missing."""

    content: bytes
    mapping: FileMapping
    missing: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class PastedFor:
    """The project it is pasted for: id, number, and the window of rows that name none, its end exclusive."""

    id: UUID
    ref: str
    starts: date | None
    ends: date | None


def read_pasted(
    session: Session, text: str, *, project: PastedFor, language: str = "da"
) -> PastedFile | None:
    """Make a file of requirements of pasted cells; None where there is no cell.

    Rows without a number get the next free ones, rows without a unit that of their material; a column that
    is not there and is the same for all, project and window, becomes one value for every row. The first row
    may hold headers or a requirement.

    Parameters
    ----------
    session
        To know materials, municipalities and numbers by.
    text
        Cells parted by tabs, semicolons, bars or commas, one row a line.
    project
        For whom.
    language
        Of the headers and units that are filled in: ``da`` or ``en``.
    """
    rows = _split(text)
    if not rows:
        return None
    classes = ClassIndex(list_known_classes(session))
    if not _is_header(rows[0], classes=classes):
        rows = [[str(at + 1) for at in range(max(map(len, rows)))], *rows]
    judge = ContentsJudge(classes=classes, municipalities=MunicipalityIndex(map_municipalities(session)))
    columns = _propose(rows, judge=judge)
    named = {column: at for at, column in columns.items()}
    _guess_quantity(rows, named)
    if "ref" not in named:
        refs = list_free_refs(session, project_id=project.id, count=len(rows) - 1)
        rows = _add_column(rows, getattr(REQUIREMENT_LAYOUT.by_name["ref"], language), refs)
        named["ref"] = len(rows[0]) - 1
    if "unit" not in named and "class" in named:
        units = [_find_unit(row, at=named["class"], classes=classes, language=language) for row in rows[1:]]
        rows = _add_column(rows, getattr(REQUIREMENT_LAYOUT.by_name["unit"], language), units)
        named["unit"] = len(rows[0]) - 1
    fixed = {
        "project_ref": project.ref,
        **({"wanted_from": project.starts.isoformat()} if project.starts else {}),
        **({"wanted_to": project.ends.isoformat()} if project.ends else {}),
    }
    by_header = {at: name for name, at in named.items()}
    mapping = FileMapping(
        kind=KIND,
        columns={header: by_header.get(at) for at, header in enumerate(rows[0])},
        fixed={name: value for name, value in fixed.items() if name not in named},
        separator=";",
        encoding="utf-8",
        header_row=1,
    )
    return PastedFile(
        content=_write(rows),
        mapping=mapping,
        missing=REQUIREMENT_LAYOUT.find_missing({*named, *mapping.fixed}),
    )


def fix_project(*, project: PastedFor) -> FileMapping:
    """Make the mapping of a file that is imported for a project, before anybody has looked at it."""
    fixed = {"project_ref": project.ref}
    if project.starts is not None and project.ends is not None:
        fixed |= {"wanted_from": project.starts.isoformat(), "wanted_to": project.ends.isoformat()}
    return FileMapping(kind=KIND, fixed=fixed)


def _split(text: str) -> list[list[str]]:
    plain = text.replace("\x00", "").replace("\r\n", "\n").replace("\r", "\n").strip("\n")
    separator = next((one for one in _SEPARATORS if one in plain), "\t")
    rows = [[cell.strip() for cell in row] for row in csv.reader(io.StringIO(plain), delimiter=separator)]
    filled = [row for row in rows if any(row)]
    width = max(map(len, filled), default=0)
    return [row + [""] * (width - len(row)) for row in filled]


def _is_header(row: list[str], *, classes: ClassIndex) -> bool:
    """Tell whether a row names columns: none of it is an amount or a material."""
    if match_headers(row, layout=REQUIREMENT_LAYOUT):
        return True
    return not any(
        cell and (parse_number(cell, style=_STYLE).value is not None or classes.parse(cell).value is not None)
        for cell in row
    )


def _propose(rows: list[list[str]], *, judge: ContentsJudge) -> dict[int, str]:
    """Propose what each column is, as of any file that is uploaded."""
    with tempfile.TemporaryDirectory(prefix="genbro-") as folder:
        path = Path(folder) / NAME
        path.write_bytes(_write(rows))
        asked = FileMapping(kind=KIND, separator=";", encoding="utf-8", header_row=1)
        try:
            proposal = propose_mapping(path, layout=REQUIREMENT_LAYOUT, judge=judge, mapping=asked)
        except FileRefusedError:
            return {}
    by_header = {one.header: one.column for one in proposal.columns if one.column is not None}
    return {at: by_header[header] for at, header in enumerate(rows[0]) if header in by_header}


def _guess_quantity(rows: list[list[str]], named: dict[str, int]) -> None:
    """Take the one column of numbers that nothing else explains for the quantity."""
    if "quantity" in named:
        return
    numbers = [
        at
        for at in range(len(rows[0]))
        if at not in named.values()
        and len(rows) > 1
        and all(parse_number(row[at], style=_STYLE).value is not None for row in rows[1:] if row[at])
        and any(row[at] for row in rows[1:])
    ]
    if len(numbers) == 1:
        named["quantity"] = numbers[0]


def _find_unit(row: list[str], *, at: int, classes: ClassIndex, language: str) -> str:
    known = classes.parse(row[at]).value if row[at] else None
    return "" if known is None else (WORDS["unit"][known.unit][0] if language == "da" else known.unit)


def _add_column(rows: list[list[str]], header: str, cells: list[str]) -> list[list[str]]:
    return [[*row, cell] for row, cell in zip(rows, [header, *cells], strict=True)]


def _write(rows: list[list[str]]) -> bytes:
    buffer = io.StringIO()
    csv.writer(buffer, delimiter=";", lineterminator="\n").writerows(rows)
    return buffer.getvalue().encode("utf-8")
