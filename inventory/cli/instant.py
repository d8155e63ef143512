# SPDX-License-Identifier: EUPL-1.2
"""genbro instant: what could serve a project, at once."""

import json
from collections.abc import Iterator
from dataclasses import asdict
from datetime import UTC, datetime
from typing import Any

import click
from rich.console import Console
from rich.table import Table

from inventory.cli.amounts import show_amount
from inventory.cli.options import database_option, json_option
from inventory.cli.plan import open_console
from inventory.database import make_engine
from inventory.matching.instant import InstantAnswer, answer_project
from inventory.queries.instant import NamedRequirement
from matcher.instant.answer import OfferedLot, Relaxation, RequirementAnswer
from matcher.instant.changes import ChangeKind
from matcher.problem.columns import DOCUMENTATION_CODES

PER_DKK = 100_000
"""Cost units of 1/1000 øre in a krone."""
_DOCUMENTED = dict(enumerate(DOCUMENTATION_CODES))
HELPING = 3
"""Most ways of helping shown for a requirement."""


@click.command()
@click.argument("project", metavar="PROJECT")
@click.option(
    "--alternatives",
    type=click.IntRange(0, 100),
    default=3,
    show_default=True,
    help="Lots shown beside the best mix of each requirement.",
)
@json_option
@database_option
def instant(*, url: str, as_json: bool, project: str, alternatives: int) -> None:
    """Show at once what could serve PROJECT (its ref, its id or the first letters of that), without a run.

    The best mix of lots for each requirement at the prices of the last run, which say what a lot is worth to
    others; the lot that would stand in for each; why lots are stopped, and what would let more in.
    """
    engine = make_engine(url)
    try:
        found = answer_project(
            engine, project=project, as_of=datetime.now(UTC).date(), alternatives=alternatives
        )
    finally:
        engine.dispose()
    if as_json:
        click.echo(json.dumps(tell_answer(found)))
        return
    print_answer(open_console(), found)


def tell_answer(found: InstantAnswer) -> dict[str, Any]:
    """Turn an answer into what JSON knows; money in 1/1000 øre, quantities in steps of the class."""
    named = {name: {**asdict(lot), "unit": str(lot.unit)} for name, lot in found.lots.items()}
    wanted = {
        name: {
            **asdict(requirement),
            "unit": str(requirement.unit),
            "wanted_from": requirement.wanted_from.isoformat(),
            "wanted_to": requirement.wanted_to.isoformat(),
        }
        for name, requirement in found.requirements.items()
    }
    return {
        "project": found.project,
        "name": found.name,
        "run": None if found.run_id is None else str(found.run_id),
        "run_at": None if found.run_at is None else found.run_at.isoformat(),
        "lots_looked_at": found.looked_at,
        "cost": found.answer.cost,
        "saving": found.answer.saving,
        "others": found.answer.others,
        **asdict(found.answer),
        "names": {"lots": named, "requirements": wanted},
    }


def print_answer(console: Console, found: InstantAnswer) -> None:
    """Print an answer as tables a builder reads: what to take, what is missing, and what would help."""
    console.print(mix_table(found))
    console.print(help_table(found))
    for line in note_answer(found):
        console.print(line, highlight=False)


def mix_table(found: InstantAnswer) -> Table:
    """Lay out the best mix of each requirement, then the next best lots, dimmed."""
    table = Table(title=f"What could serve {found.name} ({found.project})", title_justify="left")
    for name in ("wanted", "from"):
        table.add_column(name, overflow="fold")
    for name in ("take", "km", "stored", "DKK each", "new DKK", "to others DKK"):
        table.add_column(name, justify="right", no_wrap=True)
    table.add_column("stands in for it", overflow="fold")
    for answer in found.answer.requirements:
        wanted = found.requirements[answer.requirement]
        title = f"{wanted.ref}: {_amount(answer.quantity, wanted)} {wanted.name_en}"
        for taken in answer.mix:
            backup = "" if taken.backup is None else _place(found, taken.backup)
            short = taken.backup is not None and taken.backup_steps < taken.steps
            part = f" (only {_amount(taken.backup_steps, wanted)})" if short else ""
            table.add_row(title, *_row(found, answer, taken.offer, steps=taken.steps), backup + part)
            title = ""
        if answer.bought:
            table.add_row(
                title, "[bold]bought new[/bold]", _amount(answer.bought, wanted), "", "", "", "", "", ""
            )
            title = ""
        for offer in answer.alternatives:
            table.add_row(title, *_row(found, answer, offer, steps=None), "", style="dim")
            title = ""
        table.add_section()
    return table


def _row(
    found: InstantAnswer, answer: RequirementAnswer, offer: OfferedLot, *, steps: int | None
) -> list[str]:
    wanted = found.requirements[answer.requirement]
    return [
        _place(found, offer),
        f"({_amount(offer.quantity, wanted)})" if steps is None else _amount(steps, wanted),
        f"{offer.metres / 1000:,.0f}",
        f"{offer.storage_days} d" if offer.storage_days else "",
        f"{offer.cost / PER_DKK / wanted.step:,.2f}",
        f"{answer.new_cost / PER_DKK / wanted.step:,.2f}",
        f"{offer.price / PER_DKK / wanted.step:,.2f}" if offer.price else "",
    ]


def _place(found: InstantAnswer, offer: OfferedLot) -> str:
    lot = found.lots[offer.lot]
    town = f", {lot.municipality}" if lot.municipality else ""
    return f"{lot.ref}, {lot.site}{town}" + (" (estimate)" if lot.estimated else "")


def _amount(steps: int, wanted: NamedRequirement) -> str:
    return show_amount(steps * wanted.step, wanted.unit)


def help_table(found: InstantAnswer) -> Table:
    """Lay out for each requirement what is missing, why lots are stopped, and what would let more in."""
    table = Table(title="What is missing, and what would help", title_justify="left")
    table.add_column("wanted", overflow="fold")
    table.add_column("missing", justify="right", no_wrap=True)
    table.add_column("why", no_wrap=True)
    table.add_column("lots stopped by", overflow="fold")
    table.add_column("what would help", overflow="fold")
    for answer in found.answer.requirements:
        wanted = found.requirements[answer.requirement]
        table.add_row(
            f"{wanted.ref}: {wanted.name_en}",
            _amount(answer.bought, wanted) if answer.bought else "",
            "" if answer.reason is None else str(answer.reason),
            ", ".join(f"{reason} {count}" for reason, count in answer.stopped.items()),
            "\n".join(_tell_help(each, wanted) for each in answer.relaxations[:HELPING]),
        )
    return table


def _tell_help(relaxation: Relaxation, wanted: NamedRequirement) -> str:
    lots = "1 lot more" if relaxation.lots == 1 else f"{relaxation.lots:,} lots more"
    gains = []
    if relaxation.met:
        gains.append(f"{_amount(relaxation.met, wanted)} more")
    if relaxation.gain >= PER_DKK:
        gains.append(f"{relaxation.gain / PER_DKK:,.0f} DKK cheaper")
    given = f" ({', '.join(gains)})" if gains else ""
    return f"{lots} if {_tell_change(relaxation)}{given}"


def _tell_change(relaxation: Relaxation) -> str:
    attribute, value = relaxation.attribute.removesuffix("_mm"), relaxation.value
    unit = " mm" if relaxation.attribute.endswith("_mm") else ""
    told = {
        ChangeKind.FARTHER: f"{relaxation.by / 1000:,.0f} km farther",
        ChangeKind.LATER: f"wanted {relaxation.by} days later",
        ChangeKind.EARLIER: f"wanted {relaxation.by} days earlier",
        ChangeKind.STORED_LONGER: f"stored {relaxation.by} days longer, {value} in all",
        ChangeKind.DOCUMENTATION: f"documentation: {_DOCUMENTED.get(value, '')} will do",
        ChangeKind.SCREENING: "lots not yet screened will do",
        ChangeKind.SUBSTITUTES: "substitutes will do",
        ChangeKind.ATTRIBUTE_MINIMUM: f"{attribute} from {value}{unit}",
        ChangeKind.ATTRIBUTE_MAXIMUM: f"{attribute} up to {value}{unit}",
        ChangeKind.ATTRIBUTE_UNKNOWN: f"an unknown {attribute} will do",
    }
    return told[relaxation.kind]


def note_answer(found: InstantAnswer) -> Iterator[str]:
    """Say in sentences what an answer comes to, and what it rests on."""
    answer = found.answer
    yield (
        f"Reusing these lots saves {answer.saving / PER_DKK:,.0f} DKK against buying everything new "
        f"(carbon price included); to others they are worth {answer.others / PER_DKK:,.0f} DKK."
    )
    if found.run_id is None or found.run_at is None:
        yield "No run has given a plan yet: what others want is not known, and every price is 0."
    else:
        yield f"Prices are those of run {str(found.run_id)[:8]}, of {found.run_at:%Y-%m-%d %H:%M}."
    if answer.shared:
        yield "Some requirements wanted the same lots: the mixes share them as cheaply as can be."
    if not all(each.exact for each in answer.requirements):
        yield (
            "Some requirements have rules that a single lot does not show, such as a least share or most "
            "donors: their mix is a guide, and a run decides."
        )
    yield f"{found.looked_at:,} lots were looked at: the classes wanted, near and early enough to matter."
