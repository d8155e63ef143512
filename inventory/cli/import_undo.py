# SPDX-License-Identifier: EUPL-1.2
"""genbro imports, genbro import undo: what was imported, and taking it back."""

import json
from uuid import UUID

import click
from rich.console import Console
from rich.table import Table
from rich.text import Text
from sqlalchemy.exc import NoResultFound

from inventory.actions.imports.undo import undo_import
from inventory.cli.options import database_option, json_option
from inventory.database import open_session
from inventory.errors import BadInputError
from inventory.queries.imports.records import list_imports


class NoSuchImportError(BadInputError):
    """There is no import {import_id}; `genbro imports` lists them."""


@click.command()
@click.argument("import_id", type=click.UUID)
@json_option
@database_option
def undo(*, import_id: UUID, url: str, as_json: bool) -> None:
    """Undo an import as a whole: delete what it inserted, put back what it changed.

    Refused, and nothing is changed, where something came later that rests on it.
    """
    with open_session(url) as session:
        try:
            counts = undo_import(session, import_id=import_id)
        except NoResultFound as error:
            raise NoSuchImportError(import_id=import_id) from error
    if as_json:
        click.echo(json.dumps({"import": str(import_id), **counts}))
    else:
        click.echo(f"Undone: {counts['deleted']} rows deleted, {counts['restored']} put back.")


@click.command()
@click.option(
    "--limit", type=click.IntRange(1, 10_000), default=20, show_default=True, help="At most so many."
)
@json_option
@database_option
def imports(*, limit: int, url: str, as_json: bool) -> None:
    """List the latest imports, newest first."""
    with open_session(url) as session:
        found = list_imports(session, limit=limit)
    if as_json:
        rows = [
            {
                "id": str(one.id),
                "at": one.created_at.isoformat(),
                "kind": one.kind,
                "file": one.file,
                "organisation": one.organisation,
                "status": one.status,
                "counts": dict(one.counts),
            }
            for one in found
        ]
        click.echo(json.dumps(rows, ensure_ascii=False))
        return
    table = Table()
    for name in ("id", "at", "kind", "file", "status", "rows", "inserted", "updated", "refused"):
        table.add_column(name, overflow="fold")
    for one in found:
        counts = [str(one.counts.get(name, "")) for name in ("rows", "inserted", "updated", "refused")]
        at = one.created_at.astimezone().strftime("%Y-%m-%d %H:%M")
        cells = (str(one.id), at, one.kind, one.file, one.status, *counts)
        table.add_row(*(Text(cell) for cell in cells))
    Console(markup=False, emoji=False).print(table)
