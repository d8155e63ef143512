# SPDX-License-Identifier: EUPL-1.2
"""genbro import: buildings, lots, requirements, hubs and demolitions from files."""

import json
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path
from typing import Any

import click
from rich.console import Console
from sqlalchemy.orm import Session

from inventory.actions.imports.records import begin_import, finish_import
from inventory.actions.imports.states import forget_uploads
from inventory.cli.import_geography import geography
from inventory.cli.import_ifc import ifc
from inventory.cli.import_mapping import (
    find_owner,
    keep_mapping,
    mapping_options,
    write_proposal,
    write_refused,
)
from inventory.cli.import_materialepas import import_materialepas
from inventory.cli.import_show import print_report, show_progress
from inventory.cli.import_undo import undo
from inventory.cli.options import database_option, json_option
from inventory.database import open_session
from inventory.exports.import_report import check_report_name, write_import_report
from inventory.imports.buildings.importing import import_buildings
from inventory.imports.demolitions import import_demolitions
from inventory.imports.hubs import import_hubs
from inventory.imports.kinds import LAYOUTS
from inventory.imports.lots.importing import import_lots
from inventory.imports.mapping import read_mapping
from inventory.imports.refusal import FileRefusedError
from inventory.imports.report import ImportReport
from inventory.imports.requirements.importing import import_requirements
from inventory.settings import get_settings
from inventory.tables import ImportKind

Importer = Callable[..., ImportReport]


@click.group("import")
def import_() -> None:
    """Import buildings, lots, requirements, hubs or demolitions from tables and maps, or models (IFC)."""


def file_options(command: Callable[..., None]) -> Callable[..., None]:
    """Add the argument and options that every import takes."""
    for option in (
        click.argument("file", type=click.Path(dir_okay=False, path_type=Path)),
        click.option(
            "--report",
            type=click.Path(dir_okay=False, path_type=Path),
            help="Write every finding to this .json or .csv file.",
        ),
        mapping_options,
        click.option("--dry-run", is_flag=True, help="Check everything and save nothing."),
        click.option("--sheet", help="Sheet of a workbook; otherwise the first that fits."),
        click.option(
            "--language",
            type=click.Choice(["da", "en"]),
            default="en",
            show_default=True,
            help="Language of the summary; reports are in both.",
        ),
        json_option,
        database_option,
    ):
        command = option(command)
    return command


@import_.command()
@file_options
@click.pass_context
def buildings(ctx: click.Context, /, **options: Any) -> None:
    """Import an extract of the Danish building register (BBR).

    Exit code 0: all rows taken; 1: some rows refused, the rest imported; 2: the file was refused.
    """
    today = datetime.now(tz=UTC).date()
    run_import(ctx, importer=partial(import_buildings, today=today), kind="buildings", **options)


@import_.command()
@file_options
@click.pass_context
def lots(ctx: click.Context, /, **options: Any) -> None:
    """Import surveyed lots.

    Exit code 0: all rows taken; 1: some rows refused, the rest imported; 2: the file was refused.
    """
    run_import(ctx, importer=import_lots, kind="lots", **options)


@import_.command()
@file_options
@click.pass_context
def requirements(ctx: click.Context, /, **options: Any) -> None:
    """Import requirements with their projects.

    Exit code 0: all rows taken; 1: some rows refused, the rest imported; 2: the file was refused.
    """
    run_import(ctx, importer=import_requirements, kind="requirements", **options)


@import_.command()
@file_options
@click.pass_context
def hubs(ctx: click.Context, /, **options: Any) -> None:
    """Import storage hubs: where they lie, their room, price and opening.

    Exit code 0: all rows taken; 1: some rows refused, the rest imported; 2: the file was refused.
    """
    run_import(ctx, importer=import_hubs, kind="hubs", **options)


@import_.command()
@file_options
@click.pass_context
def demolitions(ctx: click.Context, /, **options: Any) -> None:
    """Import demolitions: stage, days from early to late, notice, contractor, owner and source.

    Exit code 0: all rows taken; 1: some rows refused, the rest imported; 2: the file was refused.
    """
    today = datetime.now(tz=UTC).date()
    run_import(ctx, importer=partial(import_demolitions, today=today), kind="demolitions", **options)


import_.add_command(ifc)
import_.add_command(geography)
import_.add_command(undo)
import_.add_command(import_materialepas)


def run_import(
    ctx: click.Context,
    *,
    importer: Importer,
    kind: str,
    file: Path,
    report: Path | None,
    dry_run: bool,
    sheet: str | None,
    mapping: Path | None,
    propose: Path | None,
    refused_rows: Path | None,
    organisation: str | None,
    language: str,
    as_json: bool,
    url: str,
) -> None:
    """Run one import in one transaction, show what came of it and exit with its code."""
    if report is not None:
        check_report_name(report)
    try:
        read = None if mapping is None else read_mapping(mapping, layout=LAYOUTS[kind])
        if propose is not None:
            with open_session(url) as session:
                proposal = write_proposal(
                    session,
                    kind=kind,
                    file=file,
                    to=propose,
                    mapping=read,
                    organisation=organisation,
                    language=language,
                )
            if as_json:
                click.echo(json.dumps(proposal.mapping.make_document(), ensure_ascii=False))
            ctx.exit(1 if proposal.missing else 0)
        with show_progress() as tell, open_session(url) as session:
            now = datetime.now(tz=UTC)
            forget_uploads(session, before=now - timedelta(days=get_settings().upload_days))
            import_id = begin_import(
                session,
                kind=ImportKind(kind),
                file=file.name,
                at=now,
                organisation_id=find_owner(session, name=organisation),
                mapping=None if read is None else read.make_document(),
            )
            result = importer(session, file, dry_run=dry_run, sheet=sheet, mapping=read, progress=tell)
            finish_import(session, import_id=import_id, counts=result.count())
            if read is not None:
                keep_mapping(session, kind=kind, mapping=read, organisation=organisation)
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
            finish_transaction(session, dry_run=dry_run)
    except FileRefusedError as refusal:
        document = describe_refusal(refusal, kind=kind)
        if report is not None:
            write_import_report(document, report)
        if as_json:
            click.echo(json.dumps(document, ensure_ascii=False))
        raise
    if as_json:
        click.echo(json.dumps(document, ensure_ascii=False))
    else:
        print_report(Console(markup=False, emoji=False), result, language=language)
    ctx.exit(1 if result.refused else 0)


def finish_transaction(session: Session, *, dry_run: bool) -> None:
    """Take back everything where the run was dry; otherwise the session commits by itself."""
    if dry_run:
        session.rollback()


def describe_refusal(refusal: FileRefusedError, *, kind: str) -> dict[str, Any]:
    """Describe a refused file as a report without rows."""
    details = refusal.details
    return {
        "version": 1,
        "refused_file": True,
        "kind": kind,
        "file": details["file"],
        "code": details["code"],
        "found": details["found"],
        "expected": details["expected"],
        "message_da": f"{details['file']}: {details['why_da']}",
        "message_en": f"{details['file']}: {details['why_en']}",
        "findings": [],
    }
