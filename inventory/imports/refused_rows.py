# SPDX-License-Identifier: EUPL-1.2
"""The rows that were not taken, as a file to mend and import again."""

import csv
import io
from collections.abc import Sequence
from datetime import date, datetime
from typing import Any, Literal

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell

from inventory.imports.cells.problem import Cell
from inventory.imports.checked_table import MESSAGE_HEADERS
from inventory.imports.report import Finding, ImportReport

_MOST_EXACT = 10**15
"""Excel keeps 15 digits of a number; a longer one stays whole as text."""

Suffix = Literal[".csv", ".xlsx"]


def choose_suffix(report: ImportReport) -> Suffix:
    """Tell what file the refused rows go into: text as text, all else a workbook that keeps its numbers."""
    return ".csv" if report.table.file_format == "csv" else ".xlsx"


def make_refused_file(report: ImportReport, *, language: str) -> bytes:
    """Make a file of the rows that were not taken.

    Parameters
    ----------
    report
        Of the import; rows are those an error was found in.
    language
        "da" or "en", of the messages.

    Returns
    -------
    bytes
        CSV (UTF-8 with mark, the file's own separator) or XLSX, as `choose_suffix` says: in front a column of
        messages that an import does not read, then the columns of the file with the cells as they were.
    """
    rows = list_refused_rows(report, language=language)
    header: list[Cell] = [MESSAGE_HEADERS[0 if language == "da" else 1], *report.table.titles]
    table = [header, *([message, *cells] for message, cells in rows)]
    if choose_suffix(report) == ".csv":
        return _write_csv(table, separator=report.table.separator or ",")
    return _write_workbook(table)


def list_refused_rows(report: ImportReport, *, language: str) -> list[tuple[str, Sequence[Cell]]]:
    """List the rows that were not taken: what is wrong with each, and its cells as the file has them."""
    problems: dict[int, list[Finding]] = {}
    for finding in report.findings:
        if finding.row is not None and finding.severity == "error":
            problems.setdefault(finding.row, []).append(finding)
    index_of = {number: index for index, number in enumerate(report.table.numbers)}
    told = {
        row: " | ".join(describe_finding(one, language=language) for one in found)
        for row, found in problems.items()
    }
    return [(told[row], report.table.rows[index_of[row]]) for row in sorted(told)]


def describe_finding(finding: Finding, *, language: str) -> str:
    """Describe a finding in a sentence or two, with the column it is about."""
    what, mend = (
        (finding.message_da, finding.mend_da) if language == "da" else (finding.message_en, finding.mend_en)
    )
    return f"{finding.column}: {what} {mend}" if finding.column else f"{what} {mend}"


def _write_csv(table: Sequence[Sequence[Cell]], *, separator: str) -> bytes:
    out = io.StringIO(newline="")
    writer = csv.writer(out, delimiter=separator)
    for row in table:
        writer.writerow(["" if cell is None else _write_text(cell) for cell in row])
    return out.getvalue().encode("utf-8-sig", "replace")


def _write_text(cell: Cell) -> str:
    return cell.isoformat() if isinstance(cell, date | datetime) else str(cell)


def _write_workbook(table: Sequence[Sequence[Cell]]) -> bytes:
    workbook = Workbook(write_only=True)
    sheet = workbook.create_sheet("Genbro")
    for row in table:
        sheet.append([_make_cell(sheet, cell) for cell in row])
    out = io.BytesIO()
    workbook.save(out)
    return out.getvalue()


def _make_cell(sheet: Any, cell: Cell) -> object:
    if isinstance(cell, datetime) and cell.tzinfo is not None:
        return cell.isoformat()  # Excel knows no zones
    if isinstance(cell, int) and abs(cell) > _MOST_EXACT:
        cell = str(cell)
    if not isinstance(cell, str):
        return cell
    text = "".join(letter if letter.isprintable() or letter in "\n\t" else " " for letter in cell)
    made = WriteOnlyCell(sheet, value=text)
    made.data_type = "s"  # text that begins with = is text, not a formula
    return made
