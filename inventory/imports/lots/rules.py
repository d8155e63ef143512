# SPDX-License-Identifier: EUPL-1.2
"""The rules a row of lots sets: minimum take, all or nothing, which product."""

from collections.abc import Sequence
from functools import partial

from inventory.imports.cells.cells import parse_text
from inventory.imports.cells.number import NumberStyle, parse_number
from inventory.imports.cells.quantity import round_to_steps, show_steps
from inventory.imports.cells.words import parse_yes_no
from inventory.imports.findings import Findings, parse_cells
from inventory.queries.imports.keys import KnownClass


def read_lot_rules(
    findings: Findings,
    *,
    classes: Sequence[KnownClass | None],
    quantities: Sequence[int | None],
    style: NumberStyle,
) -> dict[str, Sequence[object]]:
    """Read the rules of each lot, as columns of the table of lots.

    Parameters
    ----------
    findings
        Told of minimum takes that are negative, rounded, or more than there is.
    classes, quantities
        Class and quantity in steps per row; None where the row is refused.
    style
        How the file writes decimals.
    """
    values = parse_cells(findings, column="minimum_take", parse=partial(parse_number, style=style))
    takes: list[int] = []
    for index, (value, of_class, quantity) in enumerate(zip(values, classes, quantities, strict=True)):
        takes.append(0)
        if value is None or of_class is None or quantity is None:
            continue
        step = of_class.step.normalize()
        most = show_steps(quantity, step=step)
        if value < 0:
            findings.add(index, code="number_out_of_range", column="minimum_take", low=0, high=f"{most:f}")
            continue
        if value > most:
            findings.add(index, code="minimum_take_above_quantity", column="minimum_take")
            continue
        rounded = round_to_steps(value, step=step)
        if rounded.changed:
            read = f"{show_steps(rounded.count, step=step):f}"
            findings.add(index, code="number_rounded", column="minimum_take", read=read, step=f"{step:f}")
        takes[index] = rounded.count
    return {
        "minimum_take": takes,
        "indivisible": [
            bool(answer) for answer in parse_cells(findings, column="indivisible", parse=parse_yes_no)
        ],
        "kind": parse_cells(findings, column="kind", parse=parse_text),
    }
