# SPDX-License-Identifier: EUPL-1.2
"""genbro replay: how sure the requirements of a plan are of what it gives them."""

import json
from dataclasses import asdict

import click
from rich.console import Console
from rich.table import Table

from inventory.cli.amounts import show_amount
from inventory.cli.options import database_option, json_option
from inventory.cli.plan import open_console
from inventory.database import make_engine
from inventory.matching.replay import RequirementOdds, RunReplay, replay_run
from matcher.scenarios.draw import SCENARIOS, SEED

ORE_PER_DKK = 100


def odds_table(replay: RunReplay, *, limit: int) -> Table:
    """Lay out the requirements, the least sure first."""
    table = Table(title=f"Requirements served ({len(replay.requirements)})", title_justify="left")
    for name in ("material", "project"):
        table.add_column(name, overflow="fold")
    for name in ("planned", "expected", "sure", "with back-up"):
        table.add_column(name, justify="right", no_wrap=True)
    table.add_column("best back-up lot (free)", overflow="fold")
    for one in replay.requirements[:limit]:
        table.add_row(
            one.name_en,
            f"{one.project}, {one.ref}",
            show_amount(one.assigned, one.unit),
            f"{one.expected:,.1f}",
            f"{one.served:.0%}",
            f"{one.served_with_back_up:.0%}",
            _show_back_up(one),
        )
    return table


def _show_back_up(one: RequirementOdds) -> str:
    if one.back_up_free is None or one.back_up_unit is None:
        return "none"
    return f"{one.back_up_site}, {one.back_up_ref} ({show_amount(one.back_up_free, one.back_up_unit)})"


def savings_table(replay: RunReplay) -> Table:
    """Lay out what is saved at P10, P50 and P90 of the scenarios."""
    table = Table(title="Saving, money and weighted CO2e, DKK", title_justify="left")
    table.add_column("")
    for name in replay.saving_ore:
        table.add_column(name.upper(), justify="right")
    for title, saved in (
        ("without back-up", replay.saving_ore),
        ("with back-up", replay.saving_with_back_up_ore),
    ):
        table.add_row(title, *(f"{ore / ORE_PER_DKK:,.0f}" for ore in saved.values()))
    return table


def print_replay(console: Console, replay: RunReplay, *, limit: int) -> None:
    """Print a replay for people."""
    console.print(odds_table(replay, limit=limit))
    if len(replay.requirements) > limit:
        console.print(f"... and {len(replay.requirements) - limit} more requirements, surer than these.")
    console.print(savings_table(replay))
    console.print(
        f"The plan itself counts on {replay.planned_saving_ore / ORE_PER_DKK:,.0f} DKK. "
        f"{replay.scenarios:,} scenarios, seed {replay.seed}; {replay.estimated_lots:,} estimated lots were "
        "drawn from their low, likely and high quantity, what was surveyed is there as it says. That half of "
        "an estimate's error is shared by its whole site is our own assumption, not verified.",
        style="dim",
        highlight=False,
    )


@click.command()
@click.argument("run", metavar="RUN", default="latest")
@click.option(
    "--scenarios",
    type=click.IntRange(1, 100_000),
    default=SCENARIOS,
    show_default=True,
    help="How many times the surveys are imagined.",
)
@click.option(
    "--seed",
    type=click.IntRange(0),
    default=SEED,
    show_default=True,
    help="Where the chance begins; the same seed gives the same answer.",
)
@click.option(
    "--limit",
    type=click.IntRange(1),
    default=40,
    show_default=True,
    help="Rows of the table of requirements.",
)
@json_option
@database_option
def replay(*, url: str, as_json: bool, run: str, scenarios: int, seed: int, limit: int) -> None:
    """Replay the plan of RUN in scenarios of what surveys may find: how sure is each requirement?

    RUN is its id, the first letters of it, or "latest". Nothing is planned anew and nothing is written. The
    problem of the run is made again first; where lots, requirements or factors have changed since, the
    replay is refused.
    """
    engine = make_engine(url)
    try:
        done = replay_run(engine, run, scenarios=scenarios, seed=seed)
    finally:
        engine.dispose()
    if as_json:
        click.echo(json.dumps(asdict(done), default=str))
        return
    print_replay(open_console(), done, limit=limit)
