# SPDX-License-Identifier: EUPL-1.2
"""Cells of shares in percent and of counts that must be whole."""

from decimal import Decimal

from inventory.imports.cells.number import NumberStyle, parse_number
from inventory.imports.cells.problem import Cell, Parsed, Problem, refuse_cell
from inventory.imports.cells.quantity import round_to_steps
from inventory.imports.cells.spelling import fold_text

ALL_OR_NOTHING = ("alt eller intet", "all or nothing")
"""What may stand for 100 percent of a requirement, in Danish and English."""

_WHOLE = 100
_PERMILLE_PER_PERCENT = 10
_TENTH = Decimal("0.1")


def parse_share(
    cell: Cell, *, style: NumberStyle, high: int = _WHOLE, all_or_nothing: bool = False
) -> Parsed[int]:
    """Read a share in percent as permille, to a tenth of a percent.

    Parameters
    ----------
    cell
        A number with or without a sign for percent.
    style
        How the file writes decimals.
    high
        Greatest percentage allowed.
    all_or_nothing
        Whether one of `ALL_OR_NOTHING` may stand for 100.

    Returns
    -------
    Parsed of int
        Problems of `parse_number`; ``number_out_of_range``; ``share_unclear`` (above 0 and below 1: a cell
        of Excel in percent holds 0.8 where it shows 80 %); ``share_of_one`` (taken as 1 %);
        ``number_rounded``.
    """
    if isinstance(cell, str):
        if all_or_nothing and fold_text(cell) in {fold_text(words) for words in ALL_OR_NOTHING}:
            return Parsed(value=_WHOLE * _PERMILLE_PER_PERCENT)
        signed = cell.strip().endswith("%")
        number = parse_number(cell.strip().removesuffix("%").strip() if signed else cell, style=style)
    else:
        signed = False
        number = parse_number(cell, style=style)
    if number.value is None:
        return Parsed(problem=number.problem)
    if not 0 <= number.value <= high:
        return refuse_cell("number_out_of_range", low=0, high=high)
    if not signed and 0 < number.value < 1:
        percent = format((number.value * _WHOLE).normalize(), "f")
        return refuse_cell("share_unclear", percent=percent)
    steps = round_to_steps(number.value, step=_TENTH)
    problem = number.problem
    if steps.changed:
        read = f"{Decimal(steps.count) / _PERMILLE_PER_PERCENT} %"
        problem = Problem(code="number_rounded", params={"read": read, "step": "0.1"})
    elif not signed and number.value == 1:
        problem = Problem(code="share_of_one", params={})
    return Parsed(value=steps.count, problem=problem)


def parse_count(cell: Cell, *, style: NumberStyle, high: int) -> Parsed[int]:
    """Read a count of things: 2.5 of them is a slip, not something to round.

    Problems of `parse_number`, ``not_whole`` and ``number_out_of_range``.
    """
    number = parse_number(cell, style=style)
    if number.value is None:
        return Parsed(problem=number.problem)
    if number.value != number.value.to_integral_value():
        return refuse_cell("not_whole")
    if not 0 <= number.value <= high:
        return refuse_cell("number_out_of_range", low=0, high=high)
    return Parsed(value=int(number.value), problem=number.problem)
