# SPDX-License-Identifier: EUPL-1.2
"""What a row of an exported lot says was moved: a file tells what is there, the database what was counted."""

from collections.abc import Collection, Sequence
from functools import partial
from uuid import UUID

from sqlalchemy.orm import Session

from inventory.imports.cells.number import NumberStyle, parse_number
from inventory.imports.findings import Findings, parse_cells
from inventory.queries.imports.keys import KnownClass, map_moved_out


def count_before_moves(
    findings: Findings,
    *,
    session: Session,
    classes: Sequence[KnownClass | None],
    quantities: Sequence[int | None],
    ids: Sequence[object],
    there: Collection[UUID],
    style: NumberStyle,
) -> list[int | None]:
    """Take what moved out of the quantity of each lot that is here already.

    A lot that is not here has no moves: what its row says is there was counted. A row that counts less than
    what of its lot is in other lots now is refused, and it alone.

    Parameters
    ----------
    findings
        Told of ``moved_above_quantity`` and ``moved_more``.
    session
        To look up what moved.
    classes, quantities, ids
        Class, quantity in steps and id per row; None where the row is refused.
    there
        Ids of the lots that are here.
    style
        How the file writes decimals.

    Returns
    -------
    list
        Steps that were counted, as `inventory.actions.imports.lots.write_lots` takes them.
    """
    counted = list(quantities)
    if findings.table.has("moved"):
        _take_moves_out(findings, counted, classes=classes, ids=ids, there=there, style=style)
    gone = map_moved_out(session, lot_ids=there)
    for index, (lot_id, of_class, steps) in enumerate(zip(ids, classes, counted, strict=True)):
        out = gone.get(lot_id, 0) if isinstance(lot_id, UUID) else 0
        if of_class is not None and steps is not None and steps < out:
            amounts = {"counted": steps * of_class.step, "moved": out * of_class.step}
            findings.add(
                index,
                code="moved_more",
                column="quantity",
                **{name: f"{amount:f}" for name, amount in amounts.items()},
            )
    return counted


def _take_moves_out(
    findings: Findings,
    counted: list[int | None],
    *,
    classes: Sequence[KnownClass | None],
    ids: Sequence[object],
    there: Collection[UUID],
    style: NumberStyle,
) -> None:
    """Make counts of the quantities of a file that says what moved, as an export does."""
    moved = parse_cells(findings, column="moved", parse=partial(parse_number, style=style))
    for index, (value, of_class, steps) in enumerate(zip(moved, classes, tuple(counted), strict=True)):
        if value is None or of_class is None or steps is None or ids[index] not in there:
            continue
        change = round(value / of_class.step)
        if change > steps:
            findings.add(index, code="moved_above_quantity", column="moved")
        else:
            counted[index] = steps - change
