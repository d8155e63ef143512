# SPDX-License-Identifier: EUPL-1.2
"""Shares in percent and counts: what is read, what is refused."""

from decimal import Decimal

import pytest

from inventory.imports.cells.number import NumberStyle
from inventory.imports.cells.problem import Cell
from inventory.imports.cells.shares import parse_count, parse_share

STYLE = NumberStyle(decimal=".", known_by="values")


@pytest.mark.parametrize(
    ("cell", "permille", "code"),
    [
        (None, None, None),
        ("80", 800, None),
        ("80 %", 800, None),
        ("12,5%", 125, None),
        (80.0, 800, None),
        (0, 0, None),
        ("0", 0, None),
        ("100", 1000, None),
        ("Alt eller intet", 1000, None),
        ("ALL-OR-NOTHING", 1000, None),
        ("0.5 %", 5, None),
        ("1 %", 10, None),
        (1, 10, "share_of_one"),
        ("33.33", 333, "number_rounded"),
        (0.8, None, "share_unclear"),
        ("0.8", None, "share_unclear"),
        ("101", None, "number_out_of_range"),
        ("-5", None, "number_out_of_range"),
        ("most", None, "not_a_number"),
        (True, None, "not_a_number"),
    ],
)
def test_shares(cell: Cell, permille: int | None, code: str | None):
    """Percentages become permille; what could be a workbook's 80 % or 0.8 % is not guessed at."""
    parsed = parse_share(cell, style=STYLE, all_or_nothing=True)
    assert (parsed.value, parsed.problem and parsed.problem.code) == (permille, code)


def test_unclear_share_says_what_it_may_be():
    """The message names the percentage that a workbook shows."""
    problem = parse_share(0.125, style=STYLE).problem
    assert problem is not None
    assert problem.params == {"percent": "12.5"}


def test_words_and_bounds_are_those_of_the_column():
    """All or nothing says nothing of breakage, which cannot be whole."""
    assert parse_share("all or nothing", style=STYLE).problem is not None
    assert parse_share("90", style=STYLE, high=90).value == 900
    problem = parse_share("91", style=STYLE, high=90).problem
    assert problem is not None
    assert problem.params["high"] == 90


@pytest.mark.parametrize(
    ("cell", "count", "code"),
    [
        (None, None, None),
        ("3", 3, None),
        (3.0, 3, None),
        ("0", 0, None),
        ("2.5", None, "not_whole"),
        (2.5, None, "not_whole"),
        ("-1", None, "number_out_of_range"),
        ("11", None, "number_out_of_range"),
        ("three", None, "not_a_number"),
    ],
)
def test_counts(cell: Cell, count: int | None, code: str | None):
    """A count is whole or refused, never rounded."""
    parsed = parse_count(cell, style=STYLE, high=10)
    assert (parsed.value, parsed.problem and parsed.problem.code) == (count, code)
    assert not isinstance(parsed.value, Decimal)
