# SPDX-License-Identifier: EUPL-1.2
"""Cells of the building register, where an odd value is left empty and told, and the row is taken."""

from decimal import Decimal
from typing import Any

from inventory.imports.cells.number import NumberStyle, parse_number
from inventory.imports.cells.problem import Cell, Parsed, Problem, Value
from inventory.imports.findings import Parser
from inventory.imports.messages import MESSAGES

# Parsed columns of the register: name -> one value per row of the table.
Columns = dict[str, list[Any]]

# No register code, floor count or year has more digits.
_LARGEST = 99_999
# The register writes 1000 (and 0) for "not known"; the oldest standing buildings are of about 1080.
_UNKNOWN_YEARS = (0, 1000)
# m2, more than twice the largest building there is: beyond it one slip of the hand would outweigh all
# other lots of the country together.
_LARGEST_AREA = 5_000_000
_MANY_FLOORS = 40
_MOST_FLOORS = 100


def soften(parse: Parser[Value]) -> Parser[Value]:
    """Make a parser that leaves an unreadable cell empty with a warning instead of an error."""

    def parse_softly(cell: Cell) -> Parsed[Value]:
        parsed = parse(cell)
        problem = parsed.problem
        if problem is None or MESSAGES[problem.code].severity == "warning":
            return parsed
        message = MESSAGES[problem.code]
        params = {"suggestion_da": "", "suggestion_en": "", **problem.params}
        why = {"why_da": message.da.format_map(params), "why_en": message.en.format_map(params)}
        return Parsed(problem=Problem(code="own_cell_unreadable", params=why))

    return parse_softly


def parse_code(cell: Cell, *, style: NumberStyle) -> Parsed[int]:
    """Read a code or count of the register. Problem ``number_unreadable``."""
    number = parse_number(cell, style=style)
    value = number.value
    if value is None:
        return Parsed(problem=None if cell is None else Problem(code="number_unreadable"))
    if value != value.to_integral_value() or not 0 <= value <= _LARGEST:
        return Parsed(problem=Problem(code="number_unreadable"))
    return Parsed(value=int(value))


def parse_year(cell: Cell, *, style: NumberStyle, this_year: int, unknown: str | None) -> Parsed[int]:
    """Read a year of the register.

    Parameters
    ----------
    cell
        Year; empty, 0 and 1000 mean unknown.
    style
        How the file writes decimals.
    this_year
        The year now; a later one counts as unknown.
    unknown
        Code for an unknown year, None where that is nothing to tell of (no rebuilding).

    Returns
    -------
    Parsed of int
        Problems ``year_in_future``, ``year_impossible`` (before 1001), ``number_unreadable`` and
        `unknown`.
    """
    number = parse_code(cell, style=style)
    if number.problem is not None:
        return number
    if number.value is None or number.value in _UNKNOWN_YEARS:
        return Parsed(problem=None if unknown is None else Problem(code=unknown))
    if number.value > this_year:
        return Parsed(problem=Problem(code="year_in_future"))
    if number.value < _UNKNOWN_YEARS[1]:
        return Parsed(problem=Problem(code="year_impossible"))
    return number


def parse_area(cell: Cell, *, style: NumberStyle, missing: str | None) -> Parsed[Decimal]:
    """Read an area in m2.

    Parameters
    ----------
    cell
        Area; a negative one counts as unknown.
    style
        How the file writes decimals.
    missing
        Code for 0 or empty where that means "not registered"; None where 0 is an area like any
        other (a shed has a dwelling area of 0).

    Returns
    -------
    Parsed of Decimal
        Problems ``area_negative``, ``area_impossible`` (above 5 million m2), ``number_unreadable`` and
        `missing`.
    """
    number = parse_number(cell, style=style)
    if number.value is None and cell is not None:
        return Parsed(problem=Problem(code="number_unreadable"))
    if number.value is not None and number.value < 0:
        return Parsed(problem=Problem(code="area_negative"))
    if number.value is not None and number.value > _LARGEST_AREA:
        return Parsed(problem=Problem(code="area_impossible", params={"largest": f"{_LARGEST_AREA}"}))
    if missing is not None and not number.value:
        return Parsed(problem=Problem(code=missing))
    return number


def parse_floors(cell: Cell, *, style: NumberStyle) -> Parsed[int]:
    """Read the number of floors; 0 and empty mean not registered.

    Problems ``floors_not_registered``, ``floors_many`` (above 40, kept), ``floors_impossible`` (above 100,
    unknown), ``number_unreadable``.
    """
    number = parse_code(cell, style=style)
    if number.problem is not None:
        return number
    if not number.value:
        return Parsed(problem=Problem(code="floors_not_registered"))
    if number.value > _MOST_FLOORS:
        return Parsed(problem=Problem(code="floors_impossible", params={"floors": number.value}))
    if number.value > _MANY_FLOORS:
        return Parsed(
            value=number.value, problem=Problem(code="floors_many", params={"floors": number.value})
        )
    return number
