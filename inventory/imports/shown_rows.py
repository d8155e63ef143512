# SPDX-License-Identifier: EUPL-1.2
"""Rows of a file as they are shown: the first ones, and all in which something was found."""

import json
from collections.abc import Iterator

from inventory.imports.cells.problem import show_cell
from inventory.imports.report import Finding, ImportReport

FIRST_ROWS = 50
_ROW = -1

ShownValues = tuple[int, bool, list[str], str]
"""Number, refused, cells, and marks as JSON: position of the cell (-1 = the row) -> what was found."""


def list_shown_rows(report: ImportReport) -> list[ShownValues]:
    """List the rows to show, the headers first as row 0, with what was found in each cell.

    Parameters
    ----------
    report
        Of the import or of its check; findings of the file as a whole are marks of the headers.
    """
    table = report.table
    found: dict[int, list[Finding]] = {}
    for finding in report.findings:
        found.setdefault(finding.row or 0, []).append(finding)
    positions = {table.headers[name]: position for name, position in table.positions.items()}
    width = len(table.titles)
    rows: list[ShownValues] = [
        (0, False, [show_cell(cell) for cell in table.titles], _write_marks(found.get(0, []), positions))
    ]
    for index, number in enumerate(table.numbers):
        findings = found.get(number, [])
        if index >= FIRST_ROWS and not findings:
            continue
        cells = [show_cell(cell) for cell in table.rows[index][:width]]
        cells += [""] * (width - len(cells))
        refused = any(finding.severity == "error" for finding in findings)
        rows.append((number, refused, cells, _write_marks(findings, positions)))
    return rows


def _write_marks(findings: list[Finding], positions: dict[str, int]) -> str:
    marks: dict[str, list[dict[str, str]]] = {}
    for finding in findings:
        at = positions.get(finding.column, _ROW)
        marks.setdefault(str(at), []).append(dict(_describe(finding)))
    return json.dumps(marks, ensure_ascii=False).replace("\\u0000", " ")


def _describe(finding: Finding) -> Iterator[tuple[str, str]]:
    yield "severity", finding.severity
    yield "code", finding.code
    yield "da", f"{finding.message_da} {finding.mend_da}"
    yield "en", f"{finding.message_en} {finding.mend_en}"
