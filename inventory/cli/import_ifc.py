# SPDX-License-Identifier: EUPL-1.2
"""genbro import ifc: a building model becomes lots of a site, or requirements of a project."""

import json
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from uuid import UUID

import click
from rich.console import Console
from rich.table import Table
from rich.text import Text
from sqlalchemy.orm import Session

from inventory.actions.ifc_rules import remember_ifc_rules
from inventory.actions.imports.records import begin_import, finish_import
from inventory.cli.import_mapping import find_owner, write_output, write_refused
from inventory.cli.import_show import print_report, show_progress
from inventory.cli.options import database_option, json_option
from inventory.database import open_session
from inventory.errors import BadInputError
from inventory.exports.import_report import check_report_name, write_import_report
from inventory.imports.model.choices import Choice
from inventory.imports.model.import_model import import_model, propose_choices
from inventory.imports.model.mapping import (
    KINDS,
    TOLERANCE_MM,
    ModelKind,
    ModelMapping,
    read_model_mapping,
    read_window,
)
from inventory.imports.model.rules import list_rules
from inventory.imports.model.wording import WHY
from inventory.tables import Firmness, ImportKind
from inventory.takeoff.rows import Takeoff
from inventory.takeoff.take_off import take_off

_HEADERS = (
    ("type", "type"),
    ("lag", "layer"),
    ("dele", "parts"),
    ("klasse", "class"),
    ("hvorfor", "why"),
)
_STATES = {
    "open": ("åben", "open"),
    "decided": ("valgt", "decided"),
    "rule": ("som sidst", "as before"),
}


class WherePlacedError(BadInputError):
    """A model imported as {kind} goes to a {right}: use --{right}, not --{wrong}."""


class PointFormError(BadInputError):
    """The point {told} is not two numbers: write x,y in EPSG:25832, or longitude,latitude."""


@click.command()
@click.argument("file", type=click.Path(dir_okay=False, path_type=Path))
@click.option(
    "--as",
    "kind",
    type=click.Choice(list(KINDS)),
    required=True,
    help="What its parts become: a design's requirements, or lots of the old building.",
)
@click.option("--site", help="Site of the lots: its id, reference or address; a new one where there is none.")
@click.option("--project", help="Project that wants the parts: its id, reference or name; or a new one.")
@click.option("--name", help="Name of a new site or project.")
@click.option("--point", help="Where it stands, by hand: x,y in EPSG:25832, or longitude,latitude.")
@click.option("--from", "first", help="First day of the window; otherwise the site's or project's.")
@click.option("--to", "end", help="Day after the last.")
@click.option("--firmness", type=click.Choice(list(Firmness)), help="How sure the window of the lots is.")
@click.option(
    "--tolerance",
    type=click.IntRange(0, 1000),
    help=f"How far in mm a lot may be from the design, a tenth at most; {TOLERANCE_MM} where not said.",
)
@click.option(
    "--mapping",
    type=click.Path(dir_okay=False, exists=True, path_type=Path),
    help="Which type is which class, as --propose-mapping writes it; it is remembered.",
)
@click.option(
    "--propose-mapping",
    "propose",
    type=click.Path(dir_okay=False, path_type=Path),
    help="Write a proposed mapping to this .json file and import nothing.",
)
@click.option("--organisation", help="Whose import it is: its earlier choices are proposed and remembered.")
@click.option(
    "--refused-rows",
    type=click.Path(dir_okay=False, path_type=Path),
    help="Write the types that were not taken to this .xlsx file.",
)
@click.option(
    "--report",
    type=click.Path(dir_okay=False, path_type=Path),
    help="Write every finding to this .json or .csv file.",
)
@click.option("--dry-run", is_flag=True, help="Check everything and save nothing.")
@click.option(
    "--language",
    type=click.Choice(["da", "en"]),
    default="en",
    show_default=True,
    help="Language of the summary; reports are in both.",
)
@json_option
@database_option
@click.pass_context
def ifc(ctx: click.Context, /, **options: Any) -> None:
    """Import a building model (IFC) as lots of a site or requirements of a project.

    Exit code 0: all types taken; 1: some types have no class or quantity, the rest imported; 2: the model was
    refused.
    """
    ctx.exit(_run(**options))


def _run(
    *,
    file: Path,
    kind: ModelKind,
    report: Path | None,
    refused_rows: Path | None,
    propose: Path | None,
    organisation: str | None,
    dry_run: bool,
    language: str,
    as_json: bool,
    url: str,
    **told: Any,
) -> int:
    if report is not None:
        check_report_name(report)
    mapping = _read_options(file, kind=kind, **told)
    takeoff = take_off(file)
    with show_progress() as tell, open_session(url) as session:
        owner = find_owner(session, name=organisation)
        if propose is not None:
            return _propose(
                session, takeoff, mapping=mapping, owner=owner, to=propose, language=language, as_json=as_json
            )
        import_id = begin_import(
            session,
            kind=ImportKind(kind),
            file=file.name,
            at=datetime.now(tz=UTC),
            organisation_id=owner,
            mapping=mapping.make_document(),
        )
        result = import_model(
            session,
            takeoff,
            file=file.name,
            mapping=mapping,
            organisation_id=owner,
            dry_run=dry_run,
            progress=tell,
        )
        finish_import(session, import_id=import_id, counts=result.count())
        remember_ifc_rules(session, rules=list_rules(mapping), organisation_id=owner, at=datetime.now(tz=UTC))
        document = {
            "refused_file": False,
            "import": None if dry_run else str(import_id),
            **result.make_document(),
        }
        # written before the commit: no import is kept whose report was asked for and lost
        if report is not None:
            write_import_report(document, report)
        if refused_rows is not None:
            write_refused(result, to=refused_rows, language=language)
        if dry_run:
            session.rollback()
    if as_json:
        click.echo(json.dumps(document, ensure_ascii=False))
    else:
        print_report(Console(markup=False, emoji=False), result, language=language)
    return 1 if result.refused else 0


def _read_options(
    file: Path,
    *,
    kind: ModelKind,
    mapping: Path | None,
    site: str | None,
    project: str | None,
    name: str | None,
    point: str | None,
    first: str | None,
    end: str | None,
    firmness: str | None,
    tolerance: int | None,
) -> ModelMapping:
    """Lay what the options say over what the mapping says."""
    right, wrong = ("site", "project") if kind == "lots" else ("project", "site")
    if {"site": site, "project": project}[wrong] is not None:
        raise WherePlacedError(kind=kind, right=right, wrong=wrong)
    read = ModelMapping(kind=kind) if mapping is None else read_model_mapping(mapping, kind=kind)
    return replace(
        read,
        target=site or project or read.target,
        name=name or read.name,
        point=read.point if point is None else _read_point(point),
        window=read_window((first, end), file=file.name) or read.window,
        firmness=firmness or read.firmness,
        tolerance_mm=read.tolerance_mm if tolerance is None else tolerance,
    )


def _read_point(told: str) -> tuple[float, float]:
    try:
        x, y = (float(part) for part in told.split(","))
    except ValueError as error:
        raise PointFormError(told=told) from error
    return x, y


def _propose(
    session: Session,
    takeoff: Takeoff,
    *,
    mapping: ModelMapping,
    owner: UUID | None,
    to: Path,
    language: str,
    as_json: bool,
) -> int:
    """Write a proposed mapping, the open types with an empty class, and show it."""
    choices, _known = propose_choices(session, takeoff, mapping=mapping, organisation_id=owner)
    # an open type is left out of the mapping's own classes, so that it stays open when it is read back
    chosen = {choice.type.key: choice.class_code for choice in choices if not choice.open}
    document = replace(mapping, classes=chosen).make_document()
    text = json.dumps(document, ensure_ascii=False, indent=1) + "\n"
    write_output(to, text.encode())
    if as_json:
        click.echo(json.dumps(document, ensure_ascii=False))
    else:
        _show_choices(choices, language=language)
    return 1 if any(choice.open and not choice.type.key.layer for choice in choices) else 0


def _show_choices(choices: list[Choice], *, language: str) -> None:
    at = 0 if language == "da" else 1
    table = Table()
    for names in _HEADERS:
        table.add_column(names[at], overflow="fold")
    for choice in choices:
        key = choice.type.key
        why = _STATES.get(choice.why, WHY.get(choice.why, ("", "")))[at]
        cells = (
            f"{key.entity} {key.type_name}",
            key.layer,
            str(choice.type.elements),
            choice.class_code or "-",
            f"{why} {choice.word}".strip(),
        )
        table.add_row(*(Text(cell) for cell in cells))
    Console(stderr=True, markup=False, emoji=False).print(table)
