# SPDX-License-Identifier: EUPL-1.2
"""``genbro takeoff``: what a building model holds, per type."""

import csv
import json
import sys
from dataclasses import asdict
from pathlib import Path
from typing import Any

import click

from inventory.cli.options import json_option
from inventory.files.formula import disarm
from inventory.takeoff.rows import TakeoffRow
from inventory.takeoff.take_off import take_off

NAMED = ("ifc_class", "entity", "predefined", "type_name", "material", "layer", "profile")
SIZED = ("width_mm", "height_mm", "thickness_mm", "elements", "shapes")
MEASURED = (("area", "m2"), ("length", "m"), ("volume", "m3"))
COLUMNS = (
    *NAMED,
    *SIZED,
    *(
        name
        for kind, unit in MEASURED
        for name in (f"{kind}_{unit}", f"declared_{kind}_{unit}", f"{kind}_verdict")
    ),
)


@click.command()
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--layers", is_flag=True, help="Write the layers of walls, slabs and roofs as well.")
@json_option
def takeoff(file: Path, layers: bool, as_json: bool) -> None:
    """Write what an IFC model holds as CSV, per class, type, material and size.

    Pieces, areas in m2, lengths in m and volumes in m3. Declared quantities are checked against the geometry,
    which decides: a verdict is agrees, gross (openings not taken off), factor_1e3 (declared a thousand times
    too large) and its like, differs, or unchecked. What was left out is told on standard error.
    """
    found = take_off(file)
    if as_json:
        document = {
            "schema": found.schema,
            "rows": [describe_row(row) for row in found.rows],
            "layers": [describe_row(row) for row in found.layers],
            "left_out": dict(found.left_out),
            "repeated_guids": found.repeated,
            "place": dict(found.place),
        }
        click.echo(json.dumps(document, ensure_ascii=False))
        return
    writer = csv.writer(sys.stdout, lineterminator="\n")
    writer.writerow(COLUMNS)
    for row in (*found.rows, *(found.layers if layers else ())):
        writer.writerow(_write_cell(cell) for cell in list_cells(row))
    for reason, count in sorted(found.left_out.items()):
        click.echo(f"left out: {count} {reason}", err=True)
    if found.repeated:
        click.echo(f"taken, though they have the GUID of another: {found.repeated}", err=True)


def list_cells(row: TakeoffRow) -> list[Any]:
    """List the values of a row in the order of `COLUMNS`."""
    cells: list[Any] = [getattr(row, name) for name in (*NAMED, *SIZED)]
    for kind, _ in MEASURED:
        quantity = getattr(row, kind)
        cells += [quantity.used, quantity.declared, quantity.verdict]
    return cells


def describe_row(row: TakeoffRow) -> dict[str, Any]:
    """Describe a row as plain values, the verdicts beside the quantities."""
    document = asdict(row)
    for kind, _ in MEASURED:
        document[kind]["verdict"] = getattr(row, kind).verdict
    return document


def _write_cell(cell: Any) -> Any:
    if isinstance(cell, float):
        return f"{cell:.4f}"
    return disarm(cell) if cell is not None else ""
