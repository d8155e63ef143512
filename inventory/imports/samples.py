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
from inventory.imports.dates import parse_date
from inventory.imports.spelling import suggest_words
from inventory.screening.reading import ReadingError, parse_reading

COLUMNS = (
    "site", "lot", "place", "substance", "result", "unit", "laboratory", "accreditation", "sampled_on",
    "report",
)  # fmt: skip
_MAY_BE_EMPTY = {"accreditation", "report"}
_MOST_BYTES = 20_000_000


class SampleFileError(BadInputError):
    """Cannot read {file}: {why}. Nothing was taken."""


class SampleRowsError(BadInputError):
    """{file} has cells that cannot be read. Nothing was taken; mend them and send the file again:
    {lines}
    """


def read_sample_file(
    path: Path,
    *,
    lots: Mapping[tuple[str, str], Sequence[UUID]],
    substances: Collection[str],
    today: date,
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

    Raises
    ------
    SampleFileError
        If it is no such file.
    SampleRowsError
        If a cell cannot be read; every one of them is named.
    """
    rows = _read_rows(path)
    problems: list[str] = []
    found: dict[UUID, tuple[int, NewSample]] = {}
    for line, row in rows:
        wrong, sample = _read_row(row, lots=lots, substances=substances, today=today)
        problems += [f"row {line}, {text}" for text in wrong]
        if sample is None:
            continue
        first = found.setdefault(sample.id, (line, sample))
        if first[1].reading != sample.reading:
            problems.append(
                f"row {line}, column result: {sample.text!r}: row {first[0]} says {first[1].text!r} of the"
                " same lot, place, substance and day; give the other place or day"
            )
    if problems:
        raise SampleRowsError(file=path.name, lines="\n".join(problems))
    return [sample for _, sample in found.values()]


def _read_rows(path: Path) -> list[tuple[int, dict[str, str]]]:
    data = path.read_bytes()
    if len(data) > _MOST_BYTES:
        raise SampleFileError(file=path.name, why=f"it is larger than {_MOST_BYTES // 1_000_000} MB")
    if b"\0" in data:
        raise SampleFileError(file=path.name, why="it is no text file; save it as CSV")
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = data.decode("cp1252", errors="replace")
    first = text.split("\n", 1)[0]
    table = csv.reader(io.StringIO(text, newline=""), delimiter=";" if ";" in first else ",")
    try:
        lines = [(table.line_num, cells) for cells in table]
    except csv.Error as error:
        raise SampleFileError(file=path.name, why=str(error)) from error
    if not lines:
        raise SampleFileError(file=path.name, why="it is empty")
    headers = [cell.strip().casefold() for cell in lines[0][1]]
    missing = [name for name in COLUMNS if name not in headers and name not in _MAY_BE_EMPTY]
    if missing or len(set(headers)) != len(headers):
        why = f"the first row lacks {', '.join(missing)}" if missing else "two columns have one name"
        raise SampleFileError(file=path.name, why=f"{why}; it is to hold {', '.join(COLUMNS)}")
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
) -> tuple[list[str], NewSample | None]:
    """Read one row: what is wrong with it, and the sample where nothing is."""
    wrong = [
        f"column {name}: empty, expected a text"
        for name in COLUMNS
        if name not in _MAY_BE_EMPTY and not row[name]
    ]
    if wrong:
        return wrong, None
    ids = lots.get((row["site"], row["lot"]), ())
    if len(ids) != 1:
        what = "several surveyed lots" if ids else "no surveyed lot"
        wrong.append(f"column lot: {row['lot']!r}: {what} of that name at site {row['site']!r}")
    if row["substance"] not in substances:
        near = ", ".join(suggest_words(row["substance"], known=sorted(substances)) or sorted(substances))
        wrong.append(f"column substance: {row['substance']!r}, expected one such as {near}")
    reading = None
    try:
        reading = parse_reading(row["result"], unit=row["unit"])
    except ReadingError as error:
        wrong.append(f"columns result and unit: {error}")
    sampled_on = parse_date(row["sampled_on"]).value
    if sampled_on is None or sampled_on > today:
        wrong.append(f"column sampled_on: {row['sampled_on']!r}, expected a day up to {today.isoformat()}")
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
