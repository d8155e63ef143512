# SPDX-License-Identifier: EUPL-1.2
"""genbro documentation: how complete the papers of a building's lots are, and what is missing."""

import json
from pathlib import Path
from uuid import UUID

import click
from rich.table import Table

from inventory.cli.options import database_option, json_option
from inventory.cli.plan import open_console
from inventory.database import open_session
from inventory.errors import BadInputError
from inventory.exports.documentation_list import describe_documentation, lay_out_documentation
from inventory.exports.sheets import check_sheet_name, save_sheets, write_rows, write_workbook
from inventory.queries.documentation import list_documented_lots, read_attribute_names, read_completeness
from inventory.queries.places.sites import read_code_names

_FORMATS = (".csv", ".xlsx")


class NothingSurveyedError(BadInputError):
    """There is no surveyed lot at the site {site}. Survey or import its lots first."""


@click.command("documentation")
@click.argument("site", type=click.UUID, metavar="SITE")
@click.option("--to", "path", type=click.Path(dir_okay=False, path_type=Path), help="Write a .csv or .xlsx.")
@click.option("--language", type=click.Choice(["da", "en"]), default="en", show_default=True)
@json_option
@database_option
def documentation(*, url: str, as_json: bool, site: UUID, path: Path | None, language: str) -> None:
    """Show how complete the papers of SITE's surveyed lots are, and what each gap would open."""
    if path is not None:
        check_sheet_name(path, formats=_FORMATS)
    with open_session(url) as session:
        lots = list_documented_lots(session, site_id=site)
        complete = read_completeness(session, lot_ids=[lot.id for lot in lots])
        names = read_code_names(session, lists=("documentation", "use", "paper")) | read_attribute_names(
            session
        )
    if not lots:
        raise NothingSurveyedError(site=site)
    sheet = lay_out_documentation(lots, complete=complete, names=names, language=language)
    if path is not None:
        save_sheets(
            path, content=write_rows(sheet) if path.suffix.lower() == ".csv" else write_workbook([sheet])
        )
    if as_json:
        told = [
            {
                "lot": str(lot.id),
                "ref": lot.ref,
                "documentation": str(lot.documentation),
                "product_status": None if lot.product_status is None else str(lot.product_status),
            }
            | describe_documentation(complete[lot.id])
            for lot in lots
        ]
        click.echo(json.dumps({"file": None if path is None else str(path), "lots": told}))
    elif path is not None:
        click.echo(f"Wrote {path}: {len(lots)} lots, {len(sheet.rows)} rows.")
    else:
        table = Table(title=sheet.title)
        for head in sheet.heads:
            table.add_column(head)
        for row in sheet.rows:
            table.add_row(*("" if cell is None else str(cell) for cell in row))
        open_console().print(table)
