# SPDX-License-Identifier: EUPL-1.2
"""Read a table of laboratory results: every wrong cell is named, and nothing is taken while one is."""

from __future__ import annotations

import csv
import io
from collections.abc import Collection, Mapping, Sequence
from datetime import date
from pathlib import Path
from uuid import UUID

from inventory.actions.screen import NewSample
from inventory.errors import BadInputError
from inventory.imports.cells.dates import parse_date
from inventory.imports.cells.spelling import suggest_words
from inventory.imports.messages.sample import say_reading, say_sample
from inventory.screening.reading import ReadingError, parse_reading

COLUMNS = (
    "site", "lot", "place", "substance", "result", "unit", "laboratory", "accreditation", "sampled_on",
    "report",
)  # fmt: skip
_MAY_BE_EMPTY = {"accreditation", "report"}
_MOST_BYTES = 20_000_000


class SampleFileError(BadInputError):
    """{told}"""


class SampleRowsError(BadInputError):
    """{told}"""


def read_sample_file(
    path: Path,
    *,
    lots: Mapping[tuple[str, str], Sequence[UUID]],
    substances: Collection[str],
    today: date,
    language: str = "en",
) -> list[NewSample]:
    """Read a CSV file of samples, UTF-8 or Windows-1252, parted by comma or semicolon.

    Parameters
    ----------
    path
        A file with the columns of `COLUMNS`; `accreditation` and `report` may be left empty.
    lots
        Ids of the surveyed lots by name of site and lot.
    substances
        The codes that can be sampled.
    today
        No sample is taken later.
    language
        ``da`` or ``en``, of what is wrong.

    Raises
    ------
    SampleFileError
        If it is no such file.
    SampleRowsError
        If a cell cannot be read; every one of them is named.
    """
    rows = _read_rows(path, language=language)
    problems: list[str] = []
    found: dict[UUID, tuple[int, NewSample]] = {}
    for line, row in rows:
        wrong, sample = _read_row(row, lots=lots, substances=substances, today=today, language=language)
        problems += [say_sample("in_row", language=language, row=line, what=text) for text in wrong]
        if sample is None:
            continue
        first = found.setdefault(sample.id, (line, sample))
        if first[1].reading != sample.reading:
            told = say_sample(
                "twice", language=language, found=sample.text, first=first[0], other=first[1].text
            )
            problems.append(say_sample("in_row", language=language, row=line, what=told))
    if problems:
        head = say_sample("rows_refused", language=language, file=path.name)
        raise SampleRowsError(told="\n".join([head, *problems]))
    return [sample for _, sample in found.values()]


def _refuse(path: Path, code: str, *, language: str, **details: object) -> SampleFileError:
    """Make the error that says why a file is not taken."""
    why = say_sample(code, language=language, **details)
    return SampleFileError(told=say_sample("file_refused", language=language, file=path.name, why=why))


def _read_rows(path: Path, *, language: str) -> list[tuple[int, dict[str, str]]]:
    data = path.read_bytes()
    if len(data) > _MOST_BYTES:
        raise _refuse(path, "too_large", language=language, megabytes=_MOST_BYTES // 1_000_000)
    if b"\0" in data:
        raise _refuse(path, "no_text", language=language)
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = data.decode("cp1252", errors="replace")
    first = text.split("\n", 1)[0]
    table = csv.reader(io.StringIO(text, newline=""), delimiter=";" if ";" in first else ",")
    try:
        lines = [(table.line_num, cells) for cells in table]
    except csv.Error as error:
        raise _refuse(path, "unreadable", language=language, why=error) from error
    if not lines:
        raise _refuse(path, "empty_file", language=language)
    headers = [cell.strip().casefold() for cell in lines[0][1]]
    missing = [name for name in COLUMNS if name not in headers and name not in _MAY_BE_EMPTY]
    columns = ", ".join(COLUMNS)
    if missing:
        raise _refuse(path, "columns_missing", language=language, missing=", ".join(missing), columns=columns)
    if len(set(headers)) != len(headers):
        raise _refuse(path, "columns_twice", language=language, columns=columns)
    return [
        (line, dict(zip(headers, [*(cell.strip() for cell in cells), *[""] * len(headers)], strict=False)))
        for line, cells in lines[1:]
        if any(cell.strip() for cell in cells)
    ]


def _read_row(
    row: Mapping[str, str],
    *,
    lots: Mapping[tuple[str, str], Sequence[UUID]],
    substances: Collection[str],
    today: date,
    language: str,
) -> tuple[list[str], NewSample | None]:
    """Read one row: what is wrong with it, and the sample where nothing is."""
    wrong = [
        say_sample("cell_empty", language=language, column=name)
        for name in COLUMNS
        if name not in _MAY_BE_EMPTY and not row[name]
    ]
    if wrong:
        return wrong, None
    ids = lots.get((row["site"], row["lot"]), ())
    if len(ids) != 1:
        code = "several_lots" if ids else "no_lot"
        wrong.append(say_sample(code, language=language, lot=row["lot"], site=row["site"]))
    if row["substance"] not in substances:
        near = ", ".join(suggest_words(row["substance"], known=sorted(substances)) or sorted(substances))
        wrong.append(say_sample("substance", language=language, found=row["substance"], near=near))
    reading = None
    try:
        reading = parse_reading(row["result"], unit=row["unit"])
    except ReadingError as error:
        why = say_reading(error, language=language)
        wrong.append(say_sample("reading", language=language, why=why))
    sampled_on = parse_date(row["sampled_on"]).value
    if sampled_on is None or sampled_on > today:
        wrong.append(
            say_sample("sampled_on", language=language, found=row["sampled_on"], today=today.isoformat())
        )
    if wrong or reading is None or sampled_on is None:
        return wrong, None
    return [], NewSample(
        lot_id=ids[0],
        place=row["place"],
        substance=row["substance"],
        text=row["result"],
        text_unit=row["unit"],
        reading=reading,
        laboratory=row["laboratory"],
        accreditation=row.get("accreditation") or None,
        sampled_on=sampled_on,
        report=row.get("report") or None,
    )
