# SPDX-License-Identifier: EUPL-1.2
"""genbro template: an empty workbook of lots, requirements, buildings, hubs or demolitions to fill in."""

import json
import sys
from pathlib import Path

import click

from inventory.cli.options import json_option
from inventory.empty_tables import LAYOUTS, make_empty_table
from inventory.errors import BadInputError
from inventory.exports.templates import Language
from inventory.imports.cells.words import WORDS
from inventory.imports.headers import Layout


class TemplatePlaceError(BadInputError):
    """The template cannot be written to {path}: {why}."""


class TerminalError(BadInputError):
    """A workbook cannot be shown in a terminal: write genbro template {kind} > {kind}.xlsx, or --to FILE."""


@click.command()
@click.argument("kind", type=click.Choice(list(LAYOUTS)))
@click.option(
    "--language",
    type=click.Choice(["da", "en"]),
    default="da",
    show_default=True,
    help="Language of headers and guide; the importer reads both.",
)
@click.option(
    "--to",
    "target",
    type=click.Path(dir_okay=False, path_type=Path),
    help="File to write instead of standard output.",
)
@json_option
def template(*, kind: str, language: Language, target: Path | None, as_json: bool) -> None:
    """Write an empty workbook to fill in: genbro template lots > lots.xlsx.

    With --json, describe the columns instead.
    """
    layout = LAYOUTS[kind]
    if as_json:
        click.echo(json.dumps({"version": 1, "kind": kind, "columns": _describe(layout)}, ensure_ascii=False))
        return
    if target is None and sys.stdout.isatty():
        raise TerminalError(kind=kind)
    data = make_empty_table(kind, language=language)
    if target is None:
        sys.stdout.buffer.write(data)
    else:
        try:
            target.write_bytes(data)
        except OSError as error:
            raise TemplatePlaceError(path=target, why=error.strerror or str(error)) from error
        click.echo(str(target), err=True)


def _describe(layout: Layout) -> list[dict[str, object]]:
    return [
        {
            "name": column.name,
            "header_da": column.da,
            "header_en": column.en,
            "also": list(column.also),
            "kind": column.kind,
            "required": column.name in layout.required,
            "one_of": [name for group in layout.one_of if column.name in group for name in group],
            "codes": list(WORDS.get(column.words or "", {})),
            "help_da": column.help_da,
            "help_en": column.help_en,
        }
        for column in layout.columns
    ]
