# SPDX-License-Identifier: EUPL-1.2
"""``genbro takeoff``: what a building model holds, per type."""

import csv
import json
import sys
from pathlib import Path

import click

from inventory.cli.options import json_option
from inventory.exports.formula import disarm
from inventory.takeoff.take_off import take_off

COLUMNS = (
    "ifc_class", "type_name", "material", "elements", "shapes", "volume_m3", "declared_m3",
    "declared_geometry_m3", "verdict",
)  # fmt: skip


@click.command()
@click.argument("file", type=click.Path(path_type=Path))
@json_option
def takeoff(file: Path, as_json: bool) -> None:
    """Write what an IFC model holds as CSV, per class, type and material, in m³.

    Declared volumes are checked against the geometry, which decides: the verdict is agrees, factor_1e3
    (declared a thousand times too large) and its like, differs, or unchecked. What was left out is told on
    standard error.
    """
    found = take_off(file)
    if as_json:
        rows = [{name: getattr(row, name) for name in COLUMNS} for row in found.rows]
        click.echo(json.dumps({"rows": rows, "left_out": found.left_out}, ensure_ascii=False))
        return
    writer = csv.writer(sys.stdout, lineterminator="\n")
    writer.writerow(COLUMNS)
    for row in found.rows:
        cells = (getattr(row, name) for name in COLUMNS)
        writer.writerow(f"{cell:.4f}" if isinstance(cell, float) else disarm(cell) for cell in cells)
    for reason, count in sorted(found.left_out.items()):
        click.echo(f"left out: {count} {reason}", err=True)
