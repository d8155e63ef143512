# SPDX-License-Identifier: EUPL-1.2
"""genbro plan why: every requirement of a plan explained, those with a part bought new first."""

import json

import click

from inventory.cli.explain import call_lot, language_option, print_told, tell_json
from inventory.cli.options import database_option, json_option
from inventory.cli.plan import open_console, plan
from inventory.database import open_session
from inventory.errors import StateError
from inventory.matching.naming import find_voice
from inventory.matching.told import read_told
from inventory.queries.plans.explanations import list_explanations
from inventory.queries.runs import find_run_with_plan
from matcher.explain.voice import Language


class NothingToldError(StateError):
    """Run {run} told nothing when it ended: it is of an older Genbro, or had no requirement. Ask of one with
    `genbro explain`, or run `genbro run --wait` and use the new run.
    """


@plan.command("why")
@click.argument("run", metavar="RUN", default="latest")
@click.option("--limit", type=click.IntRange(1), default=20, show_default=True, help="Most requirements.")
@language_option
@json_option
@database_option
def why(*, url: str, as_json: bool, run: str, limit: int, language: Language) -> None:
    """Say why the plan of RUN is as it is: its id, the first letters of it, or "latest"."""
    with open_session(url) as session:
        run_id = find_run_with_plan(session, run).id
        told = [read_told(row.told) for row in list_explanations(session, run_id=run_id, limit=limit)]
        if not told:
            raise NothingToldError(run=run_id)
        if as_json:
            listed = [tell_json(session, one) for one in told]
            click.echo(json.dumps({"run": str(run_id), "requirements": listed}, ensure_ascii=False))
            return
        voice = find_voice(session, told, language=language, name_lot=call_lot)
        console = open_console()
        for one in told:
            print_told(console, voice, one)
            console.print()
