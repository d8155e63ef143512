# SPDX-License-Identifier: EUPL-1.2
"""What a row of an exported lot says was moved: a file tells what is there, the database what was counted."""

from collections.abc import Collection, Sequence
from functools import partial
from uuid import UUID

from inventory.imports.findings import Findings, parse_cells
from inventory.imports.number import NumberStyle, parse_number
from inventory.queries.import_keys import KnownClass


def count_before_moves(
    findings: Findings,
    *,
    classes: Sequence[KnownClass | None],
    quantities: Sequence[int | None],
    ids: Sequence[object],
    there: Collection[UUID],
    style: NumberStyle,
) -> list[int | None]:
    """Take what moved out of the quantity of each lot that is here already.

    A lot that is not here has no moves: what its row says is there was counted.

    Parameters
    ----------
    findings
        Told of ``moved_above_quantity``.
    classes, quantities, ids
        Class, quantity in steps and id per row; None where the row is refused.
    there
        Ids of the lots that are here.
    style
        How the file writes decimals.

    Returns
    -------
    list
        Steps that were counted, as `inventory.actions.import_lots.write_lots` takes them.
    """
    counted = list(quantities)
    if not findings.table.has("moved"):
        return counted
    moved = parse_cells(findings, column="moved", parse=partial(parse_number, style=style))
    for index, (value, of_class, steps) in enumerate(zip(moved, classes, quantities, strict=True)):
        if value is None or of_class is None or steps is None or ids[index] not in there:
            continue
        change = round(value / of_class.step)
        if change > steps:
            findings.add(index, code="moved_above_quantity", column="moved")
        else:
            counted[index] = steps - change
    return counted
