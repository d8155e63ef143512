# SPDX-License-Identifier: EUPL-1.2
"""genbro export: write a plan, a firm's lots, or the papers of a project or a lot, as a file."""

import json
from pathlib import Path

import click

from inventory.cli.export_justification import export_justification
from inventory.cli.export_lca import export_lca
from inventory.cli.export_lots import export_lots
from inventory.cli.export_materialepas import export_materialepas
from inventory.cli.options import database_option, json_option
from inventory.database import open_session
from inventory.exports.plan_files import check_plan_file_name, write_plan_file
from inventory.queries.plans.tables import read_plan_tables
from inventory.queries.runs import find_run_with_plan


@click.group()
def export() -> None:
    """Write what Genbro holds as a file."""


@export.command("plan")
@click.argument("run", metavar="RUN")
@click.option(
    "--to",
    "path",
    type=click.Path(dir_okay=False, path_type=Path),
    required=True,
    help="out.gpkg, .xlsx, .csv or .geojson.",
)
@json_option
@database_option
def export_plan(*, url: str, as_json: bool, run: str, path: Path) -> None:
    """Write the plan of RUN (its id, the first letters of it, or "latest") as a file."""
    check_plan_file_name(path)
    with open_session(url) as session:
        plan = read_plan_tables(session, run_id=find_run_with_plan(session, run).id)
    write_plan_file(plan, path)
    counts = {
        "file": str(path),
        "matches": len(plan.matches),
        "unmet": len(plan.unmet),
        "lots": len(plan.lots),
    }
    click.echo(
        json.dumps(counts)
        if as_json
        else f"Wrote {path}: {counts['matches']} matches, {counts['unmet']} unmet, {counts['lots']} lots."
    )


export.add_command(export_lots)
export.add_command(export_materialepas)
export.add_command(export_lca)
export.add_command(export_justification)
