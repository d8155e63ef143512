# SPDX-License-Identifier: EUPL-1.2
"""Numbers as people write them: decimal comma or point, thousands, Excel's own numbers."""

import math
import re
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from inventory.imports.cells.problem import Cell, Parsed, Problem, refuse_cell

Separator = Literal[",", "."]

_SPACES = re.compile("[\\s\u00a0\u2007\u2009\u202f]+")
_SPACE_GROUPS = re.compile(r"[+-]?[0-9]{1,3}( [0-9]{3})+([.,][0-9]+)?")
_CURRENCY = re.compile(r"^(kr\.?|dkk|€)\s*|\s*(kr\.?|dkk|,-|\.-)$", re.IGNORECASE)
_PLAIN = re.compile(r"[+-]?[0-9]+")
_TIDY = re.compile(r"-?[0-9]+([.,][0-9]+)?")
_POWER = re.compile(r"[+-]?[0-9]+([.,][0-9]+)?[eE][+-]?[0-9]{1,2}")
_DECIMAL = re.compile(r"[+-]?[0-9]*[.,][0-9]+")
_AMBIGUOUS = re.compile(r"[+-]?[1-9][0-9]{0,2}[.,][0-9]{3}")
_GROUPS = {
    ".": re.compile(r"[+-]?[1-9][0-9]{0,2}(\.[0-9]{3})+(,[0-9]+)?"),
    ",": re.compile(r"[+-]?[1-9][0-9]{0,2}(,[0-9]{3})+(\.[0-9]+)?"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class NumberStyle:
    """The decimal separator of a file and how it is known.

    `known_by` is "values" (some number of the file shows it), "separator" (only the file's field
    separator hints at it: semicolon goes with decimal comma), "mixed" (the file contradicts itself)
    or "nothing".
    """

    decimal: Separator | None
    known_by: Literal["values", "separator", "mixed", "nothing"]


def _tidy(text: str) -> str:
    if _TIDY.fullmatch(text):
        return text  # as most are
    text = _CURRENCY.sub("", _SPACES.sub(" ", text).strip()).strip().replace("\u2212", "-")
    return text.replace(" ", "") if _SPACE_GROUPS.fullmatch(text) else text


def find_decimal(text: str) -> Separator | None:
    """Find which decimal separator a written number proves.

    Parameters
    ----------
    text
        A cell: ``"1.234,5"`` and ``"0,75"`` prove the comma, ``"12.5"`` the point, ``"1.234"`` neither.

    Returns
    -------
    "," or "." or None
        None where the text is no number or could be either.
    """
    text = _tidy(text)
    if _AMBIGUOUS.fullmatch(text):
        return None
    if _DECIMAL.fullmatch(text):
        return "," if "," in text else "."
    if _GROUPS["."].fullmatch(text):
        return ","
    if _GROUPS[","].fullmatch(text):
        return "."
    return None


def guess_style(cells: Iterable[Cell], *, separator: str | None) -> NumberStyle:
    """Guess a file's decimal separator from all cells of its number columns.

    Parameters
    ----------
    cells
        Cells of number columns; only texts count.
    separator
        The file's field separator, None for a workbook.
    """
    found = {found for cell in cells if isinstance(cell, str) and (found := find_decimal(cell))}
    if len(found) == 2:
        return NumberStyle(decimal=None, known_by="mixed")
    if found:
        return NumberStyle(decimal=found.pop(), known_by="values")
    if separator in (",", ";"):
        return NumberStyle(decimal="," if separator == ";" else ".", known_by="separator")
    return NumberStyle(decimal=None, known_by="nothing")


def parse_number(cell: Cell, *, style: NumberStyle) -> Parsed[Decimal]:
    """Read one number exactly.

    Parameters
    ----------
    cell
        Text or Excel number. Excel's binary numbers are taken at 15 digits, as Excel shows them.
    style
        How the file writes its decimals; decides only ``"1.234"`` and ``"1,234"``, all else speaks
        for itself.

    Returns
    -------
    Parsed of Decimal
        Problems: ``not_a_number``; ``number_ambiguous`` (refused: the file writes both ways);
        ``number_guessed`` (taken, on the field separator's word alone).
    """
    if cell is None:
        return Parsed()
    if isinstance(cell, bool) or not isinstance(cell, str | int | float):
        return refuse_cell("not_a_number")
    if isinstance(cell, int):
        return Parsed(value=Decimal(cell))
    if isinstance(cell, float):
        if not math.isfinite(cell):
            return refuse_cell("not_a_number")
        return Parsed(value=Decimal(format(cell, ".15g")))
    return _parse_text(_tidy(cell), style=style)


def _parse_text(text: str, *, style: NumberStyle) -> Parsed[Decimal]:
    if _PLAIN.fullmatch(text):
        return Parsed(value=Decimal(text))
    if _POWER.fullmatch(text):
        return Parsed(value=Decimal(text.replace(",", ".")))
    if _AMBIGUOUS.fullmatch(text):
        as_decimal, as_thousands = text.replace(",", "."), re.sub("[.,]", "", text)
        if style.decimal is None:
            return refuse_cell("number_ambiguous", first=as_thousands, second=as_decimal)
        value = Decimal(as_decimal if style.decimal in text else as_thousands)
        if style.known_by == "values":
            return Parsed(value=value)
        return Parsed(value=value, problem=Problem(code="number_guessed", params={"read": value}))
    decimal = find_decimal(text)
    if decimal is None:
        return refuse_cell("not_a_number")
    return Parsed(value=Decimal(text.replace("." if decimal == "," else ",", "").replace(",", ".")))
