# SPDX-License-Identifier: EUPL-1.2
"""Days as people write them: ISO, Danish day first, Excel's own dates."""

import re
from collections.abc import Iterable
from datetime import date, datetime, timedelta

from inventory.imports.cells.problem import Cell, Parsed, Problem, refuse_cell

_ISO = re.compile(r"([0-9]{4})-([0-9]{1,2})-([0-9]{1,2})([T ][0-9:.,]+(Z|[+-][0-9:]+)?)?")
_DAY_FIRST = re.compile(r"([0-9]{1,2})[-./]\s?([0-9]{1,2})[-./]\s?([0-9]{4})( [0-9:.]+)?")
# Excel counts days from 1899-12-30 (its 1900 is a leap year by mistake).
_EXCEL_START = date(1899, 12, 30)
_FIRST, _LAST = date(1990, 1, 1), date(2150, 1, 1)


def parse_date(cell: Cell, *, month_first: bool = False) -> Parsed[date]:
    """Read one day.

    Parameters
    ----------
    cell
        ``2026-11-23``, ``23-11-2026``, ``23.11.2026``, ``23/11/2026`` (day first), an Excel date, or
        the number of an Excel date whose cell lost its format (taken with a warning).
    month_first
        Whether ``3/11/2026`` is the 11th of March, as a mapping may say.

    Returns
    -------
    Parsed of date
        Problems: ``not_a_date``, ``date_far_away`` (before 1990 or after 2150),
        ``date_from_number``.
    """
    if cell is None:
        return Parsed()
    if isinstance(cell, datetime):
        return _check_range(cell.date())
    if isinstance(cell, date):
        return _check_range(cell)
    if isinstance(cell, bool):
        return refuse_cell("not_a_date")
    if isinstance(cell, int | float):
        if not 30_000 <= cell <= 90_000:
            return refuse_cell("not_a_date")
        day = _EXCEL_START + timedelta(days=int(cell))
        return Parsed(value=day, problem=Problem(code="date_from_number", params={"read": day.isoformat()}))
    if not isinstance(cell, str):
        return refuse_cell("not_a_date")
    text = cell.strip()
    if match := _ISO.fullmatch(text):
        year, month, number = (int(match[part]) for part in (1, 2, 3))
    elif match := _DAY_FIRST.fullmatch(text):
        number, month, year = (int(match[part]) for part in (1, 2, 3))
        if month_first:
            number, month = month, number
    else:
        return refuse_cell("not_a_date")
    try:
        return _check_range(date(year, month, number))
    except ValueError:
        return refuse_cell("not_a_date")


def guess_month_first(cells: Iterable[Cell]) -> bool:
    """Guess whether days are written month first: some must be, and none may be the other way about."""
    pairs = [
        (int(match[1]), int(match[2]))
        for cell in cells
        if isinstance(cell, str) and (match := _DAY_FIRST.fullmatch(cell.strip()))
    ]
    return any(second > 12 for _, second in pairs) and not any(first > 12 for first, _ in pairs)


def _check_range(day: date) -> Parsed[date]:
    if not _FIRST <= day <= _LAST:
        return refuse_cell("date_far_away", read=day.isoformat())
    return Parsed(value=day)
