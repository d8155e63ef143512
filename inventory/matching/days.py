# SPDX-License-Identifier: EUPL-1.2
"""Days as problems and plans write them: whole days since 1970-01-01."""

from datetime import date, timedelta

EPOCH = date(1970, 1, 1)


def number_day(day: date) -> int:
    """Give the number of a day."""
    return (day - EPOCH).days


def name_day(number: int) -> date:
    """Give the day of a number.

    Raises
    ------
    OverflowError
        It lies outside the calendar.
    """
    return EPOCH + timedelta(days=number)
