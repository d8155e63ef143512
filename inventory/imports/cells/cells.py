# SPDX-License-Identifier: EUPL-1.2
"""Cells of texts, ids, whole numbers, money and moments."""

import uuid
from datetime import UTC, date, datetime
from decimal import Decimal

from inventory.imports.cells.number import NumberStyle, parse_number
from inventory.imports.cells.problem import Cell, Parsed, Problem, refuse_cell
from inventory.imports.cells.quantity import round_to_steps

LONGEST_REF = 200
LONGEST_TEXT = 4000


def parse_text(cell: Cell, *, longest: int = LONGEST_REF) -> Parsed[str]:
    """Read a text; a whole number of Excel is a text without decimals, a day is ISO.

    Problem ``text_too_long``. Control characters become spaces, as no page can show them.
    """
    if cell is None:
        return Parsed()
    if isinstance(cell, float) and cell.is_integer():
        text = str(int(cell))
    elif isinstance(cell, datetime):
        text = (cell.date() if cell.time() == datetime.min.time() else cell).isoformat()
    elif isinstance(cell, date):
        text = cell.isoformat()
    else:
        text = str(cell)
    text = "".join(letter if letter.isprintable() or letter == "\n" else " " for letter in text).strip()
    if len(text) > longest:
        return refuse_cell("text_too_long", found=len(text), most=longest)
    return Parsed(value=text or None)


def parse_note(cell: Cell) -> Parsed[str]:
    """Read a text of some length."""
    return parse_text(cell, longest=LONGEST_TEXT)


def parse_uuid(cell: Cell) -> Parsed[uuid.UUID]:
    """Read a register id. Problem ``not_a_uuid``."""
    if cell is None:
        return Parsed()
    text = str(cell).strip().strip("{}")
    if len(text) not in (32, 36):
        return refuse_cell("not_a_uuid")
    try:
        return Parsed(value=uuid.UUID(text))
    except ValueError:
        return refuse_cell("not_a_uuid")


def parse_whole(cell: Cell, *, style: NumberStyle, low: int, high: int) -> Parsed[int]:
    """Read a whole number, rounding half up with a warning.

    Parameters
    ----------
    cell
        Text or number.
    style
        How the file writes decimals.
    low, high
        Bounds, both allowed; `low` is at least 0.

    Returns
    -------
    Parsed of int
        Problems of `parse_number`, ``number_out_of_range``, ``number_rounded``.
    """
    number = parse_number(cell, style=style)
    if number.value is None:
        return Parsed(problem=number.problem)
    if not low <= number.value <= high:
        return refuse_cell("number_out_of_range", low=low, high=high)
    steps = round_to_steps(number.value, step=Decimal(1))
    rounded = Problem(code="number_rounded", params={"read": steps.count, "step": 1})
    return Parsed(value=steps.count, problem=rounded if steps.changed else number.problem)


def parse_amount(cell: Cell, *, style: NumberStyle, high: Decimal) -> Parsed[Decimal]:
    """Read a number of at least 0 exactly, as a price in DKK or a distance in km.

    Problems of `parse_number` and ``number_out_of_range``.
    """
    number = parse_number(cell, style=style)
    if number.value is not None and not 0 <= number.value <= high:
        return refuse_cell("number_out_of_range", low=0, high=high)
    return number


def parse_moment(cell: Cell) -> Parsed[datetime]:
    """Read a moment of the register (ISO 8601, UTC where no zone is given). Problem ``not_a_date``."""
    if cell is None:
        return Parsed()
    if isinstance(cell, datetime):
        return Parsed(value=cell if cell.tzinfo else cell.replace(tzinfo=UTC))
    if isinstance(cell, date):
        return Parsed(value=datetime(cell.year, cell.month, cell.day, tzinfo=UTC))
    try:
        moment = datetime.fromisoformat(str(cell).strip())
    except ValueError:
        return refuse_cell("not_a_date")
    return Parsed(value=moment if moment.tzinfo else moment.replace(tzinfo=UTC))
