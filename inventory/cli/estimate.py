# SPDX-License-Identifier: EUPL-1.2
"""genbro estimate: probable lots from the register's buildings."""

import json
from dataclasses import asdict
from datetime import date

import click
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn
from rich.table import Table

from inventory.cli.options import database_option, json_option
from inventory.database import open_session
from inventory.estimates.update import AssumedWindow, EstimateReport, estimate_sites
from inventory.queries.classes import read_classes
from inventory.queries.places.areas import find_municipalities
from inventory.tables.site import Firmness

WORDS = {
    "title": ("Skønnede partier, ikke kalibreret", "Estimated lots, not calibrated"),
    "class": ("materiale", "material"),
    "unit": ("enhed", "unit"),
    "lots": ("partier", "lots"),
    "low": ("lavt", "low"),
    "likely": ("sandsynligt", "likely"),
    "high": ("højt", "high"),
    "suspect": ("asbest?", "asbestos?"),
    "counts": (
        "{buildings} bygninger, {lots} partier i alt.",
        "{buildings} buildings, {lots} lots in all.",
    ),
    "written": (
        "{inserted} nye, {updated} ændret, {unchanged} som før, {removed} fjernet, {withdrawn} trukket.",
        "{inserted} new, {updated} changed, {unchanged} unchanged, {removed} removed, {withdrawn} withdrawn.",
    ),
    "learned": (
        "Opmålinger af {surveyed} bygninger har justeret {lots} partier; --no-surveys ser bort fra dem.",
        "Surveys of {surveyed} buildings moved {lots} lots; --no-surveys leaves them out.",
    ),
    "no_surveys": (
        "Ingen opmålinger står bag; tallene hviler på tabellerne alene.",
        "No surveys stand behind it; the figures rest on the tables alone.",
    ),
    "factor": ("faktor", "factor"),
    "spread": ("bredde", "width"),
    "looked": ("opmålt", "surveyed"),
    "found": ("fundet", "found"),
    "use": ("anvendelse", "use"),
    "era": ("tid", "era"),
    "lessons": ("Lært af opmålinger", "Learned from surveys"),
    "windows": (
        "Antaget nedrivningsperiode sat på {count} bygninger.",
        "Assumed window set on {count} buildings.",
    ),
    "omitted": ("Bygninger uden partier: {reasons}.", "Buildings without lots: {reasons}."),
    "omitted_classes": ("Udeladte materialer: {reasons}.", "Materials left out: {reasons}."),
    "hint": (
        "Uden nedrivningsperiode vises et skøn, men matches aldrig; --assume-window antager en.",
        "Without a demolition window an estimate is shown, never matched; --assume-window assumes one.",
    ),
}

REASON_WORDS = {
    "not_standing": ("står der ikke", "not standing"),
    "use_unknown": ("ukendt anvendelse", "use unknown"),
    "use_without_lots": ("drivhus, carport o.l.", "greenhouse, carport and the like"),
    "area_unknown": ("intet areal", "no area"),
    "materials_without_lots": ("intet genbrugeligt registreret", "nothing reusable registered"),
    "year_unknown": ("byggeår ukendt", "year unknown"),
    "wall_unknown": ("ydervæg ukendt", "outer wall unknown"),
    "roof_unknown": ("tag ukendt", "roof unknown"),
    "heating_unknown": ("opvarmning ukendt", "heating unknown"),
}


class WindowType(click.ParamType[tuple[date, date]]):
    """A window written FROM..TO, ISO dates, the end exclusive."""

    name = "from..to"

    def convert(
        self, value: object, param: click.Parameter | None, ctx: click.Context | None
    ) -> tuple[date, date]:
        """Read both dates."""
        if isinstance(value, tuple):
            return value
        first, dots, last = str(value).partition("..")
        try:
            window = date.fromisoformat(first.strip()), date.fromisoformat(last.strip())
        except ValueError:
            window = None
        if not dots or window is None:
            self.fail(f"{value!r} is no window; write it as 2027-01-01..2028-01-01", param, ctx)
        if window[0] >= window[1]:
            self.fail(f"{value!r} is empty: the second date is the day after the last", param, ctx)
        return window


@click.command()
@click.option(
    "--region", "regions", multiple=True, help="Region or municipality by code or name; may be repeated."
)
@click.option(
    "--municipality", "municipalities", multiple=True, help="The same, for who looks for it by this name."
)
@click.option(
    "--assume-window",
    "window",
    type=WindowType(),
    help="Demolition window for buildings without one, FROM..TO; TO is the day after the last.",
)
@click.option(
    "--firmness",
    type=click.Choice([code.value for code in Firmness if code is not Firmness.GONE]),
    help="How firm an assumed window is; possible where left out.",
)
@click.option(
    "--surveys/--no-surveys",
    "surveys",
    default=True,
    show_default=True,
    help="Whether surveys of other buildings of the same use and era move the estimates.",
)
@click.option(
    "--language",
    type=click.Choice(["da", "en"]),
    default="en",
    show_default=True,
    help="Language of the summary.",
)
@json_option
@database_option
def estimate(
    *,
    url: str,
    as_json: bool,
    regions: tuple[str, ...],
    municipalities: tuple[str, ...],
    window: tuple[date, date] | None,
    firmness: str | None,
    surveys: bool,
    language: str,
) -> None:
    """Estimate probable lots from buildings, replacing earlier estimates and never a survey."""
    if firmness is not None and window is None:
        raise click.UsageError("--firmness says how firm an assumed window is: give --assume-window too")
    assumed = None
    if window is not None:
        assumed = AssumedWindow(
            available_from=window[0],
            available_to=window[1],
            firmness=Firmness(firmness or Firmness.POSSIBLE.value),
        )
    console = Console(stderr=True)
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    quiet = as_json or not console.is_terminal
    with (
        open_session(url) as session,
        Progress(*columns, console=console, transient=True, disable=quiet) as bars,
    ):
        task = bars.add_task("estimate", total=None)
        codes = find_municipalities(session, areas=[*regions, *municipalities])
        report = estimate_sites(
            session,
            municipalities=codes,
            window=assumed,
            surveys=surveys,
            progress=lambda done, total: bars.update(task, completed=done, total=total),
        )
        names = {found.code: (found.name_da, found.name_en) for found in read_classes(session)}
    if as_json:
        click.echo(json.dumps({"municipalities": list(codes), **asdict(report)}, ensure_ascii=False))
    else:
        print_report(Console(), report, names=names, language=language)


def print_report(
    console: Console, report: EstimateReport, *, names: dict[str, tuple[str, str]], language: str
) -> None:
    """Print the totals per class, what was written and what was left out."""
    tongue = 0 if language == "da" else 1

    def say(key: str, **values: object) -> str:
        return WORDS[key][tongue].format(**values)

    table = Table(title=say("title"), title_justify="left")
    table.add_column(say("class"))
    for name in ("lots", "low", "likely", "high"):
        table.add_column(say(name), justify="right")
    table.add_column(say("unit"))
    table.add_column(say("suspect"), justify="right")
    for row in report.classes:
        table.add_row(
            names[row.class_code][tongue],
            f"{row.lots:,}",
            f"{row.low:,.0f}",
            f"{row.likely:,.0f}",
            f"{row.high:,.0f}",
            row.unit,
            f"{row.asbestos_suspect:,}" if row.asbestos_suspect else "",
        )
    console.print(table)
    console.print(say("counts", buildings=report.buildings, lots=report.lots), highlight=False)
    console.print(say("written", **asdict(report.written)), highlight=False)
    _print_lessons(console, report, names=names, tongue=tongue)
    if report.windows:
        console.print(say("windows", count=report.windows), highlight=False)
    for key, reasons in (("omitted", report.omitted), ("omitted_classes", report.omitted_classes)):
        if reasons:
            listed = ", ".join(f"{REASON_WORDS[reason][tongue]} {count}" for reason, count in reasons.items())
            console.print(say(key, reasons=listed), highlight=False)
    console.print(say("hint"), style="dim", highlight=False)


def _print_lessons(
    console: Console, report: EstimateReport, *, names: dict[str, tuple[str, str]], tongue: int
) -> None:
    """Print how many surveys stand behind the figures, and what each class, use and era was moved by."""
    if not report.learned:
        console.print(WORDS["no_surveys"][tongue], highlight=False)
        return
    table = Table(title=WORDS["lessons"][tongue], title_justify="left")
    for name in ("class", "use", "era"):
        table.add_column(WORDS[name][tongue])
    for name in ("looked", "found", "factor", "spread", "lots"):
        table.add_column(WORDS[name][tongue], justify="right")
    for one in report.learned:
        table.add_row(
            names[one.class_code][tongue],
            one.group,
            one.era.replace("_", " "),
            str(one.looked),
            str(one.found),
            f"{one.factor:.2f}",
            f"{one.spread:.2f}",
            f"{one.lots:,}",
        )
    console.print(table)
    lots = sum(one.lots for one in report.learned)
    console.print(WORDS["learned"][tongue].format(surveyed=report.surveyed, lots=lots), highlight=False)
