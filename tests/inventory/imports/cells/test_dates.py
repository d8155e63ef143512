# SPDX-License-Identifier: EUPL-1.2
"""Days are read day first or ISO, and never guessed."""

from datetime import date, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from inventory.imports.cells.dates import parse_date
from inventory.imports.cells.problem import Cell

DAYS = st.dates(min_value=date(1990, 1, 1), max_value=date(2150, 1, 1))


@given(
    day=DAYS,
    form=st.sampled_from(
        ["%Y-%m-%d", "%d-%m-%Y", "%d.%m.%Y", "%d/%m/%Y", "%Y-%m-%dT00:00:00Z", "%d. %m. %Y"]
    ),
)
def test_written_days_come_back(day: date, form: str):
    """Every form the documentation names gives the day back."""
    assert parse_date(day.strftime(form)).value == day


@given(day=DAYS)
def test_excel_days(day: date):
    """Excel's dates are days, with or without a time; its bare numbers are days with a warning."""
    assert parse_date(day).value == day
    assert parse_date(datetime.combine(day, time(23, 59))).value == day
    number = (day - date(1899, 12, 30)) // timedelta(days=1)
    if 30_000 <= number <= 90_000:
        parsed = parse_date(number)
        assert parsed.value == day
        assert parsed.problem is not None


@pytest.mark.parametrize(
    "cell",
    [
        "31-02-2027",
        "12/31/2026",
        "1-1-27",
        "2027",
        "i morgen",
        "2027-13-01",
        True,
        12,
        1e9,
        "1850-01-01",
        "01-01-3000",
    ],
)
def test_other_cells_are_no_days(cell: Cell):
    """Months first, two-digit years and days that are none are refused."""
    parsed = parse_date(cell)
    assert parsed.value is None
    assert parsed.problem is not None


@given(text=st.text())
def test_any_text_is_a_day_or_refused(text: str):
    """No text whatever breaks the reader."""
    parsed = parse_date(text)
    assert (parsed.value is None) == (parsed.problem is not None)
