# SPDX-License-Identifier: EUPL-1.2
"""The parts of a model as a table, so that they are shown and reported as the rows of any file are."""

from collections.abc import Mapping, Sequence

from inventory.imports.cells.problem import Cell
from inventory.imports.model.amounts import Amount
from inventory.imports.model.choices import Part
from inventory.imports.model.naming import show_size
from inventory.imports.table import Table
from inventory.queries.imports.keys import KnownClass

COLUMNS = (
    "type", "entity", "material", "layer", "size", "elements", "class", "quantity", "unit", "check",
)  # fmt: skip


def make_table(
    parts: Sequence[Part],
    *,
    amounts: Sequence[Amount | None],
    classes: Sequence[KnownClass | None],
    checks: Sequence[str],
    left: int,
    file: str,
) -> Table:
    """Make the table.

    Parameters
    ----------
    parts
        One row each.
    amounts, classes
        Per part; None where its class is open.
    checks
        What declared quantities are worth, per part.
    left
        Rows that are not to be taken; they count as blank.
    file
        Name of the model.
    """
    rows: list[list[Cell]] = []
    for part, amount, of_class, check in zip(parts, amounts, classes, checks, strict=True):
        row = part.row
        rows.append(
            [
                row.type_name or ", ".join(row.names),
                f"{row.entity} {row.predefined}".strip(),
                row.material,
                row.layer,
                show_size(row),
                row.elements,
                None if of_class is None else of_class.code,
                None if amount is None or amount.problem else f"{amount.value:f}",
                None if of_class is None else of_class.unit,
                check,
            ]
        )
    positions = {name: at for at, name in enumerate(COLUMNS)}
    columns: Mapping[str, list[Cell]] = {name: [row[at] for row in rows] for name, at in positions.items()}
    return Table(
        file=file,
        sheet="",
        file_format="ifc",
        encoding="",
        separator=None,
        header_row=0,
        headers={name: name for name in COLUMNS},
        unknown=(),
        other_sheets=(),
        misnamed=None,
        columns=dict(columns),
        numbers=tuple(range(1, len(rows) + 1)),
        blank=left,
        width=len(COLUMNS),
        broken=frozenset(),
        wide={},
        titles=COLUMNS,
        rows=tuple(rows),
        positions=positions,
    )
