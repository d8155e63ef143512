# SPDX-License-Identifier: EUPL-1.2
"""genbro demo: load the demo data, match it and write the plan."""

import json
from pathlib import Path

import click
from rich.console import Console

from inventory.cli.options import json_option
from inventory.cli.plan import open_console, print_plan
from inventory.cli.run import perform_here
from inventory.database import database_url, make_engine, session_factory
from inventory.demo import (
    OUTPUTS,
    find_demo_run,
    load_demo,
    refuse_other_data,
    refuse_other_tables,
    request_demo_run,
    write_outputs,
)
from inventory.queries.plans.tables import read_plan_tables
from inventory.revision import find_revision
from inventory.settings import get_settings
from inventory.upgrade import upgrade_database

DATA = Path(__file__).resolve().parents[2] / "data" / "demo"


@click.command()
@click.option(
    "--data",
    "data",
    type=click.Path(file_okay=False, path_type=Path),
    default=DATA,
    help="Folder of the demo files.",
)
@click.option(
    "--out",
    "out",
    type=click.Path(file_okay=False, path_type=Path),
    default=Path("out/demo"),
    show_default=True,
)
@click.option(
    "--limit", type=click.IntRange(1), default=25, show_default=True, help="Rows of each printed table."
)
@json_option
def demo(*, data: Path, out: Path, limit: int, as_json: bool) -> None:
    """Load the demo data, match it, print the plan and write it to files. Again changes nothing.

    The demo has a database of its own; with GENBRO_DATABASE_URL set it uses that one, unless it holds
    other data.
    """
    url = database_url(get_settings(), purpose="demo")
    console = Console(stderr=True, quiet=as_json, markup=False, emoji=False)
    engine = make_engine(url)
    sessions = session_factory(engine)
    try:
        with console.status("preparing the database") as status:
            with sessions() as session:
                if find_revision(url) is None:
                    refuse_other_tables(session)
                else:
                    refuse_other_data(session, folder=data)
            upgrade_database(url)
            with sessions.begin() as session:
                loaded = load_demo(session, folder=data, say=status.update)
            status.update("looking for a run that already answers it")
            run_id = find_demo_run(engine)
        if run_id is None:
            run_id = request_demo_run(engine)
            perform_here(url, run_id=run_id, workers=1, quiet=as_json)
        with sessions() as session:
            summary = write_outputs(session, run_id=run_id, folder=out)
            plan = read_plan_tables(session, run_id=run_id)
    finally:
        engine.dispose()
    if as_json:
        click.echo(json.dumps(summary, sort_keys=True))
        return
    for name, count in loaded.findings.items():
        if count:
            again = f"genbro import {name.removesuffix('.csv')} {data / name} --database demo --dry-run"
            console.print(f"{name}: {count} oddities found; `{again}` lists them.")
    print_plan(open_console(), plan, limit=limit)
    click.echo(f"Wrote {', '.join(str(out / name) for name in OUTPUTS)}.")
    click.echo("`make serve` opens the map on http://127.0.0.1:8000.")
