# SPDX-License-Identifier: EUPL-1.2
"""Windows of lots and requirements: half-open, never empty."""

from datetime import date

from inventory.imports.findings import Findings


def check_window(
    findings: Findings, index: int, *, start: date | None, end: date | None, columns: tuple[str, str]
) -> None:
    """Refuse a row whose window is empty or has one date only.

    Parameters
    ----------
    findings
        Told of ``window_empty`` and ``window_half``.
    index
        Index of the row.
    start, end
        First day, and the first day after; None where empty or not readable.
    columns
        Names of the two columns.
    """
    cells = [findings.table.cell(index, column=column) for column in columns]
    if start is not None and end is not None:
        if start >= end:
            findings.add(
                index, code="window_empty", column=columns[1], first=start.isoformat(), last=end.isoformat()
            )
    elif (cells[0] is None) != (cells[1] is None):
        findings.add(index, code="window_half", column=columns[0] if cells[0] is None else columns[1])
