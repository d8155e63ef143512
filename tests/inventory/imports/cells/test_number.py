# SPDX-License-Identifier: EUPL-1.2
"""Numbers are read as their writer meant them, or not at all."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from inventory.imports.cells.number import NumberStyle, find_decimal, guess_style, parse_number

COMMA = NumberStyle(decimal=",", known_by="values")
POINT = NumberStyle(decimal=".", known_by="values")
UNKNOWN = NumberStyle(decimal=None, known_by="nothing")
STYLES = {",": COMMA, ".": POINT}


def write(value: Decimal, *, decimal: str, group: str) -> str:
    """Write a number as a person or spreadsheet would."""
    text = f"{value:,f}"
    return text.translate(str.maketrans({",": group, ".": decimal}))


@given(
    value=st.decimals(min_value=-(10**9), max_value=10**9, places=3),
    decimal=st.sampled_from([",", "."]),
    grouped=st.booleans(),
    spaces=st.sampled_from(["", " ", "\u00a0"]),
)
def test_written_numbers_come_back(value: Decimal, decimal: str, *, grouped: bool, spaces: str):
    """Whatever the decimal sign and the thousands, a number comes back as it was written."""
    group = {",": ".", ".": ","}[decimal] if grouped else spaces
    parsed = parse_number(write(value, decimal=decimal, group=group), style=STYLES[decimal])
    assert parsed.value == value
    assert parsed.problem is None


@given(value=st.decimals(min_value=0, max_value=10**9, places=2), decimal=st.sampled_from([",", "."]))
def test_two_decimals_need_no_style(value: Decimal, decimal: str):
    """A number that is no thousands group speaks for itself, even against the file's style."""
    text = write(value, decimal=decimal, group="")
    for style in (COMMA, POINT, UNKNOWN):
        assert parse_number(text, style=style).value == value


@given(value=st.integers(min_value=-(10**12), max_value=10**12))
def test_whole_numbers_are_never_touched(value: int):
    """A number without any sign is the same in all styles, as text and as Excel number."""
    assert parse_number(str(value), style=UNKNOWN).value == value
    assert parse_number(value, style=UNKNOWN).value == value


@given(value=st.floats(min_value=-1e9, max_value=1e9).map(lambda value: round(value, 4)))
def test_excel_numbers_are_what_excel_shows(value: float):
    """Excel's binary dust beyond 15 digits is no part of the number."""
    assert parse_number(value, style=UNKNOWN).value == Decimal(format(value, ".15g"))
    assert parse_number(0.1 + 0.2, style=UNKNOWN).value == Decimal("0.3")


@given(text=st.text())
def test_any_text_is_a_number_or_refused(text: str):
    """No text whatever breaks the reader, and what it takes is finite."""
    parsed = parse_number(text, style=COMMA)
    assert (parsed.value is None) == (parsed.problem is not None and parsed.problem.code != "number_guessed")
    assert parsed.value is None or parsed.value.is_finite()


@pytest.mark.parametrize("text", ["1.234", "12.000", "999.999", "1,234", "-1,234"])
def test_thousands_or_decimals_follow_the_file(text: str):
    """A number that could be both is read as the rest of the file writes, and refused where none tells."""
    plain = text.replace(",", ".")
    same = "," if "," in text else "."
    other = {",": ".", ".": ","}[same]
    assert parse_number(text, style=STYLES[same]).value == Decimal(plain)
    assert parse_number(text, style=STYLES[other]).value == Decimal(plain.replace(".", ""))
    refused = parse_number(text, style=UNKNOWN)
    assert refused.value is None
    assert refused.problem is not None
    assert refused.problem.code == "number_ambiguous"


def test_separator_alone_is_a_guess_and_says_so():
    """Where only the semicolon speaks for the decimal comma, the reading is told."""
    style = guess_style(["1.234", "17"], separator=";")
    assert (style.decimal, style.known_by) == (",", "separator")
    parsed = parse_number("1.234", style=style)
    assert parsed.value == 1234
    assert parsed.problem is not None
    assert parsed.problem.code == "number_guessed"


def test_contradicting_file_refuses_what_is_ambiguous():
    """A file that writes both ways refuses only the numbers that could be either."""
    style = guess_style(["1,5", "2.5"], separator=";")
    assert style.known_by == "mixed"
    assert parse_number("2.5", style=style).value == Decimal("2.5")
    assert parse_number("2.500", style=style).value is None


@pytest.mark.parametrize(
    ("text", "value"),
    [("kr. 1.234,50", "1234.50"), ("125,-", "125"), ("3,5 kr.", "3.5"), ("−4,5", "-4.5"), ("1E+05", "100000"),
     (",5", "0.5"), ("1.234.567", "1234567"), ("1,234,567.8", "1234567.8"), ("12 345,6", "12345.6")],
)  # fmt: skip
def test_common_spellings(text: str, value: str):
    """Currency, minus signs, powers and repeated thousands are understood."""
    assert parse_number(text, style=COMMA).value == Decimal(value)


@pytest.mark.parametrize(
    "text", ["", "abc", "12 stk", "1.23.4", "1,2,3", "1 2", "--1", "nan", "inf", "١٢", "1.2345,6", "12-"]
)
def test_other_texts_are_no_numbers(text: str):
    """What is not surely a number is refused, never guessed."""
    assert parse_number(text, style=COMMA).value is None
    assert find_decimal(text) is None


@pytest.mark.parametrize("cell", [True, float("nan"), float("inf")])
def test_booleans_and_nan_are_no_numbers(cell: float):
    """Excel's TRUE is not 1."""
    assert parse_number(cell, style=COMMA).value is None
