# SPDX-License-Identifier: EUPL-1.2
"""genbro run: match lots with requirements."""

import json
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path
from uuid import UUID

import click
from rich.console import Console
from rich.progress import BarColumn, SpinnerColumn, TextColumn, TimeElapsedColumn, TimeRemainingColumn
from rich.progress import Progress as Bar

from inventory.actions.runs import request_run
from inventory.cli.options import database_option, json_option, scheduler_option
from inventory.cli.plan import print_figures
from inventory.database import make_engine, open_session
from inventory.jobs import recover_runs
from inventory.matching.defaults import choose_params
from inventory.matching.perform import perform_run
from inventory.queries.runs import find_run
from inventory.queries.supply import QuantileName
from matcher.solve import Progress

DAY = click.DateTime(formats=["%Y-%m-%d"])


@click.command()
@click.option(
    "--region",
    "regions",
    multiple=True,
    help="Only requirements of this region or municipality, by code or name; may be repeated.",
)
@click.option(
    "--municipality",
    "municipalities",
    multiple=True,
    help="The same, for people who look for it under this name.",
)
@click.option(
    "--from",
    "wanted_from",
    type=DAY,
    help="Only requirements whose window meets this day or later (YYYY-MM-DD).",
)
@click.option(
    "--to", "wanted_to", type=DAY, help="Only requirements whose window begins before this day (exclusive)."
)
@click.option(
    "--quantile",
    type=click.Choice(["p10", "p50", "p90"]),
    default="p10",
    show_default=True,
    help="How much of an estimate counts.",
)
@click.option(
    "--carbon-price",
    type=click.FloatRange(0),
    help="DKK per tonne CO2e in the objective; the factor table's default where left out.",
)
@click.option(
    "--trip-costs",
    is_flag=True,
    help="Pay lorries by the trip and the load begun, full or not, instead of by the tonne.",
)
@click.option(
    "--count-transfers/--no-count-transfers",
    default=True,
    show_default=True,
    help="Whether a price that one public body pays another counts as a cost.",
)
@click.option(
    "--fair-share",
    type=click.FloatRange(0, 100),
    default=0,
    help="Percent: the first part of every requirement that is more worth meeting than the rest.",
)
@click.option(
    "--fair-weight",
    type=click.FloatRange(0, 100_000),
    default=0,
    help="Percent: how much more worth; with 0 large and small projects count alike by the step.",
)
@click.option(
    "--workers",
    type=click.IntRange(1, 256),
    default=1,
    show_default=True,
    help="Processes the solve may use; the plan is the same.",
)
@click.option(
    "--wait", is_flag=True, help="Perform the run here and now instead of leaving it to `genbro worker`."
)
@scheduler_option
@json_option
@database_option
def run(
    *,
    url: str,
    as_json: bool,
    regions: tuple[str, ...],
    municipalities: tuple[str, ...],
    wanted_from: datetime | None,
    wanted_to: datetime | None,
    quantile: QuantileName,
    carbon_price: float | None,
    trip_costs: bool,
    count_transfers: bool,
    fair_share: float,
    fair_weight: float,
    workers: int,
    scheduler: str | None,
    shards: Path | None,
    wait: bool,
) -> None:
    """Match lots with requirements. All lots within reach of the chosen requirements take part."""
    now = datetime.now(UTC)
    with open_session(url) as session:
        params = choose_params(
            session,
            as_of=now.date(),
            areas=[*regions, *municipalities],
            wanted_from=_to_day(wanted_from),
            wanted_to=_to_day(wanted_to),
            quantile=quantile,
            carbon_price_dkk_per_tonne=None if carbon_price is None else Decimal(str(carbon_price)),
            trip_costs=trip_costs,
            count_transfers=count_transfers,
            fair_share_percent=Decimal(str(fair_share)),
            fair_weight_percent=Decimal(str(fair_weight)),
        )
        run_id = request_run(session, params=params.model_dump(mode="json"), at=now, queued=not wait)
    if not wait:
        _say_queued(run_id, as_json=as_json)
        return
    perform_here(url, run_id=run_id, workers=workers, scheduler=scheduler, shards=shards, quiet=as_json)
    with open_session(url) as session:
        done = find_run(session, str(run_id))
        summary = dict(done.summary or {})
    if as_json:
        click.echo(json.dumps({"run": str(run_id), "status": "done", **summary}))
        return
    console = Console()
    print_figures(console, summary)
    console.print(f"Run {run_id} is done. `genbro plan show {str(run_id)[:8]}` shows the plan.")


def _to_day(moment: datetime | None) -> date | None:
    return None if moment is None else moment.date()


def _say_queued(run_id: UUID, *, as_json: bool) -> None:
    if as_json:
        click.echo(json.dumps({"run": str(run_id), "status": "requested"}))
    else:
        click.echo(
            f"Run {run_id} is waiting. `genbro worker` performs it; `genbro plan list` shows how far it is."
        )


def perform_here(
    url: str,
    *,
    run_id: UUID,
    quiet: bool,
    workers: int = 1,
    scheduler: str | None = None,
    shards: Path | None = None,
) -> None:
    """Perform a run in this process, with a progress bar on stderr unless `quiet`."""
    console = Console(stderr=True, quiet=quiet)
    columns = (
        SpinnerColumn(),
        TextColumn("{task.description}"),
        BarColumn(),
        TimeElapsedColumn(),
        TimeRemainingColumn(),
    )
    engine = make_engine(url)
    try:
        recover_runs(engine)
        with Bar(*columns, console=console, transient=True) as bar:
            task = bar.add_task("snapshot", total=None)

            def report(progress: Progress) -> None:
                gap = "" if progress.gap is None else f", gap at most {progress.gap:.2%}"
                bar.update(
                    task,
                    description=f"{progress.step}{gap}",
                    completed=progress.done,
                    total=progress.total or None,
                )

            perform_run(
                engine,
                run_id=run_id,
                workers=workers,
                scheduler=scheduler,
                shards=shards,
                report=report,
            )
    finally:
        engine.dispose()
