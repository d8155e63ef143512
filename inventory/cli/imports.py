# SPDX-License-Identifier: EUPL-1.2
"""genbro import: buildings, lots and requirements from files."""

import json
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import Any

import click
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TaskID, TextColumn
from rich.table import Table
from rich.text import Text
from sqlalchemy.orm import Session

from inventory.actions.import_counts import Progress as Tell
from inventory.cli.import_mapping import LAYOUTS, mapping_options, write_proposal, write_refused
from inventory.cli.options import database_option, json_option
from inventory.database import open_session
from inventory.exports.import_report import check_report_name, write_import_report
from inventory.imports.buildings import import_buildings
from inventory.imports.lots import import_lots
from inventory.imports.mapping import read_mapping
from inventory.imports.refusal import FileRefusedError
from inventory.imports.report import Finding, ImportReport
from inventory.imports.requirements import import_requirements

SHOWN = 12
WORDS = {
    "title": ("{file}: {rows} rækker", "{file}: {rows} rows"),
    "inserted": ("indsat", "inserted"),
    "updated": ("ændret", "updated"),
    "unchanged": ("uændret", "unchanged"),
    "refused": ("afvist", "refused"),
    "warned": ("taget med bemærkning", "taken with a warning"),
    "blank": ("tomme rækker sprunget over", "blank rows skipped"),
    "row": ("række", "row"),
    "column": ("kolonne", "column"),
    "value": ("værdi", "value"),
    "message": ("hvad, og sådan rettes det", "what, and how to mend it"),
    "more": (
        "... og {count} flere; brug --report FIL for dem alle.",
        "... and {count} more; --report FILE has them all.",
    ),
    "dry": ("Prøvekørsel: intet er gemt.", "Dry run: nothing was saved."),
    "some": (
        "Afviste rækker: {refused}. Indlæste rækker: {taken}.",
        "Rows refused: {refused}. Rows imported: {taken}.",
    ),
    "some_dry": (
        "Rækker, der ville blive afvist: {refused}. Rækker, der ville blive indlæst: {taken}.",
        "Rows that would be refused: {refused}. Rows that would be imported: {taken}.",
    ),
    "codes": ("Bemærkninger efter art", "Findings by kind"),
    "figures": ("Bygninger", "Buildings"),
    "standing": ("heraf opført", "of them standing"),
}

Importer = Callable[..., ImportReport]


@click.group("import")
def import_() -> None:
    """Import buildings, lots or requirements from CSV, Excel, GeoPackage, GeoJSON or Shapefile."""


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
                    session, kind=kind, file=file, to=propose, mapping=read, language=language
                )
            if as_json:
                click.echo(json.dumps(proposal.mapping.make_document(), ensure_ascii=False))
            ctx.exit(1 if proposal.missing else 0)
        with show_progress() as tell, open_session(url) as session:
            result = importer(session, file, dry_run=dry_run, sheet=sheet, mapping=read, progress=tell)
            document = {"refused_file": False, **result.make_document()}
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


@contextmanager
def show_progress() -> Iterator[Tell]:
    """Show the steps of an import on standard error, where that is a terminal."""
    console = Console(stderr=True)
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn())
    tasks: dict[str, TaskID] = {}
    with Progress(*columns, console=console, transient=True, disable=not console.is_terminal) as bars:

        def tell(step: str, done: int, total: int) -> None:
            if step not in tasks:
                tasks[step] = bars.add_task(step, total=total)
            bars.update(tasks[step], completed=done, total=total)

        yield tell


def print_report(console: Console, report: ImportReport, *, language: str) -> None:
    """Print counts, the kinds of findings and the first problems, refused rows first."""

    def say(key: str, **values: object) -> str:
        return WORDS[key][0 if language == "da" else 1].format(**values)

    counts = Table(
        title=say("title", file=report.file, rows=report.rows), title_justify="left", show_header=False
    )
    counts.add_column()
    counts.add_column(justify="right")
    for name in ("inserted", "updated", "unchanged", "refused", "warned", "blank"):
        counts.add_row(say(name), f"{getattr(report, name):,}")
    if "standing" in report.figures:
        counts.add_row(say("figures"), f"{report.figures['buildings']:,}")
        counts.add_row(say("standing"), f"{report.figures['standing']:,}")
    console.print(counts)
    if report.findings:
        print_findings(console, report, language=language, say=say)
    if report.refused:
        console.print(
            say("some_dry" if report.dry_run else "some", refused=report.refused, taken=report.taken),
            style="bold red",
        )
    if report.dry_run:
        console.print(say("dry"), style="bold")


def print_findings(console: Console, report: ImportReport, *, language: str, say: Callable[..., str]) -> None:
    """Print how often each code was found, and the first findings."""
    codes = Table(title=say("codes"), title_justify="left", show_header=False)
    codes.add_column()
    codes.add_column(justify="right")
    for code, count in report.make_document()["codes"].items():
        codes.add_row(code, f"{count:,}")
    console.print(codes)
    first = Table()
    for name in ("row", "column", "value", "message"):
        first.add_column(say(name), overflow="fold")
    ordered = choose_findings(report.findings)
    for finding in ordered[:SHOWN]:
        # as plain text: square brackets in a file's cell are no markup
        cells = (
            "" if finding.row is None else str(finding.row),
            finding.column,
            finding.value,
            f"{finding.message_da} {finding.mend_da}"
            if language == "da"
            else f"{finding.message_en} {finding.mend_en}",
        )
        style = "red" if finding.severity == "error" else ""
        first.add_row(*(Text(cell, style=style) for cell in cells))
    console.print(first)
    if len(ordered) > SHOWN:
        console.print(say("more", count=len(ordered) - SHOWN))


def choose_findings(findings: Sequence[Finding]) -> list[Finding]:
    """Order findings for the eye: what refused a row, then one warning of each kind, then the rest."""
    seen: set[str] = set()
    ranks: list[int] = []
    for finding in findings:
        ranks.append(0 if finding.severity == "error" else 2 if finding.code in seen else 1)
        seen.add(finding.code)
    return [finding for _, finding in sorted(zip(ranks, findings, strict=True), key=lambda pair: pair[0])]
