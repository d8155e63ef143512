# SPDX-License-Identifier: EUPL-1.2
"""genbro import geography: the areas of municipalities, from a map of the operator's."""

import json
from dataclasses import asdict
from datetime import UTC, datetime
from pathlib import Path

import click

from inventory.actions.imports.records import begin_import, finish_import
from inventory.cli.options import database_option, json_option
from inventory.database import open_session
from inventory.imports.areas import AreasReport, import_areas
from inventory.tables import ImportKind

WORDS = {
    "read": (
        "{file}{layer}: {shapes} flader; kolonnen {column} siger hvilken kommune.",
        "{file}{layer}: {shapes} areas; the column {column} says which municipality.",
    ),
    "written": (
        "Kommuner: {inserted} nye, {updated} ændret, {unchanged} som før.",
        "Municipalities: {inserted} new, {updated} changed, {unchanged} as before.",
    ),
    "unknown": (
        "Udeladt, da kommunen ikke kendes: {listed}.",
        "Left out, as the municipality is not known: {listed}.",
    ),
    "missing": (
        "Ingen flade i filen: {listed}. Dér afgør afstanden til byerne, som før.",
        "No area in the file: {listed}. There the distance to the towns decides, as before.",
    ),
    "row": ("række {row} ({found})", "row {row} ({found})"),
    "dry": ("Prøvekørsel: intet er gemt.", "Dry run: nothing was saved."),
    "undo": ("Fortryd med: genbro import undo {id}", "Undo with: genbro import undo {id}"),
}
_SHOWN = 10


@click.command()
@click.argument("file", type=click.Path(dir_okay=False, path_type=Path))
@click.option("--dry-run", is_flag=True, help="Check everything and save nothing.")
@click.option(
    "--language",
    type=click.Choice(["da", "en"]),
    default="en",
    show_default=True,
    help="Language of the summary.",
)
@json_option
@database_option
def geography(*, url: str, as_json: bool, file: Path, dry_run: bool, language: str) -> None:
    """Import the areas of municipalities, by which points in the wrong municipality are named exactly.

    FILE is a GeoPackage, GeoJSON or Shapefile of polygons with the municipality's code or name.

    Exit code 0: all polygons taken; 1: some left out, the rest imported; 2: the file was refused.
    """
    with open_session(url) as session:
        import_id = begin_import(session, kind=ImportKind.GEOGRAPHY, file=file.name, at=datetime.now(tz=UTC))
        report = import_areas(session, file)
        finish_import(session, import_id=import_id, counts=report.count())
        if dry_run:
            session.rollback()
    kept = None if dry_run else str(import_id)
    if as_json:
        document = asdict(report) | {"import": kept, "dry_run": dry_run}
        click.echo(json.dumps(document, ensure_ascii=False))
    else:
        print_areas(report, import_id=kept, language=language)
    click.get_current_context().exit(1 if report.unknown else 0)


def print_areas(report: AreasReport, *, import_id: str | None, language: str) -> None:
    """Print what was read, what was written, and what is lacking; without an id it was a dry run."""
    tongue = 0 if language == "da" else 1

    def say(key: str, **values: object) -> None:
        click.echo(WORDS[key][tongue].format(**values))

    layer = f" ({report.layer})" if report.layer else ""
    say("read", file=report.file, layer=layer, shapes=report.shapes, column=report.column)
    say("written", **asdict(report.written))
    if report.unknown:
        shown = [WORDS["row"][tongue].format(row=row, found=found) for row, found in report.unknown[:_SHOWN]]
        more = ["..."] if len(report.unknown) > _SHOWN else []
        say("unknown", listed=", ".join(shown + more))
    if report.missing:
        say("missing", listed=", ".join(report.missing.values()))
    if import_id is None:
        say("dry")
    else:
        say("undo", id=import_id)
