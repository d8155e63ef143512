# SPDX-License-Identifier: EUPL-1.2
"""genbro papers: one survey on three sheets: demolition plan, waste notification, offer."""

import json
from datetime import UTC, datetime
from pathlib import Path
from uuid import UUID

import click
from rich.table import Table

from inventory.cli.options import database_option, json_option
from inventory.cli.plan import open_console
from inventory.database import open_session
from inventory.exports.gather_papers import gather_papers
from inventory.exports.paper_sheets import SHEETS, lay_out_papers
from inventory.exports.sheets import check_sheet_name, save_sheets, write_workbook


@click.command("papers")
@click.argument("site", type=click.UUID, metavar="SITE")
@click.option("--to", "path", type=click.Path(dir_okay=False, path_type=Path), help="The .xlsx to write.")
@click.option("--language", type=click.Choice(["da", "en"]), default="da", show_default=True)
@json_option
@database_option
def papers(*, url: str, as_json: bool, site: UUID, path: Path | None, language: str) -> None:
    """Write the survey of SITE (a donor building's id) on the sheets of plan, notification and offer.

    They hold the address: keep them from those who may not see it. Nothing is sent to any authority.
    """
    if path is not None:
        check_sheet_name(path, formats=(".xlsx",))
    today = datetime.now(tz=UTC).date()
    with open_session(url) as session:
        facts = gather_papers(session, site_id=site, today=today, public=False)
    sheets = lay_out_papers(facts, today=today, language=language)
    if path is not None:
        save_sheets(path, content=write_workbook([sheets[name] for name in SHEETS]))
    if as_json:
        document = {
            name: {
                "title": sheet.title,
                "facts": [list(fact) for fact in sheet.facts],
                "heads": list(sheet.heads),
                "rows": [list(row) for row in sheet.rows],
            }
            for name, sheet in sheets.items()
        }
        click.echo(json.dumps({"file": None if path is None else str(path), "sheets": document}))
    elif path is not None:
        counts = ", ".join(f"{sheet.title} {len(sheet.rows)}" for sheet in sheets.values())
        click.echo(f"Wrote {path}: rows of {counts}.")
    else:
        for sheet in sheets.values():
            table = Table(title=sheet.lines[0])
            for head in sheet.heads:
                table.add_column(head)
            for row in sheet.rows:
                table.add_row(*("" if cell is None else str(cell) for cell in row))
            open_console().print(table)
