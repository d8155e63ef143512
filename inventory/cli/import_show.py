# SPDX-License-Identifier: EUPL-1.2
"""What an import shows in the terminal: its progress, and what came of it."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TaskID, TextColumn
from rich.table import Table
from rich.text import Text

from inventory.actions.bulk.counts import Progress as Tell
from inventory.imports.report import Finding, ImportReport

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
