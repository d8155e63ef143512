# SPDX-License-Identifier: EUPL-1.2
"""genbro worker: carry out the runs that are waiting."""

import json
from pathlib import Path

import click

from inventory.cli.options import database_option, json_option, scheduler_option
from inventory.jobs import work


@click.command()
@click.option("--until-empty", is_flag=True, help="Stop when no run is waiting, instead of waiting for more.")
@click.option(
    "--workers",
    type=click.IntRange(1, 256),
    default=1,
    show_default=True,
    help="Processes each solve may use.",
)
@scheduler_option
@json_option
@database_option
def worker(
    *,
    url: str,
    as_json: bool,
    until_empty: bool,
    workers: int,
    scheduler: str | None,
    shards: Path | None,
) -> None:
    """Carry out queued runs, first those a stopped worker left behind. Stop with Ctrl-C."""
    work(url, until_empty=until_empty, workers=workers, scheduler=scheduler, shards=shards)
    if as_json:
        click.echo(json.dumps({"stopped": True}))
