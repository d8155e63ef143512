# SPDX-License-Identifier: EUPL-1.2
"""Rows of the reference tables of limits and rules, with their days and whether anybody verified them."""

from __future__ import annotations

import csv
import io
from datetime import date
from functools import cache
from importlib import resources


@cache
def read_rows(name: str) -> tuple[dict[str, str], ...]:
    """Read the rows of a table of `inventory/reference`, in its order.

    Parameters
    ----------
    name
        The file's name, without its ending.
    """
    text = resources.files("inventory").joinpath("reference", f"{name}.csv")
    return tuple(csv.DictReader(io.StringIO(text.read_text(encoding="utf-8"), newline="")))


def read_day(text: str) -> date | None:
    """Read a day; None where nothing is written."""
    return date.fromisoformat(text) if text else None


def is_in_force(day: date, *, valid_from: date, valid_to: date | None) -> bool:
    """Tell whether a row is in force on a day; its end is exclusive, and open where there is none."""
    return valid_from <= day and (valid_to is None or day < valid_to)
