# SPDX-License-Identifier: EUPL-1.2
"""genbro screen: keep laboratory results, and let the screening of lots follow from them."""

import json
from datetime import UTC, datetime
from pathlib import Path

import click

from inventory.actions.screen import add_samples, screen_lot
from inventory.cli.options import database_option, json_option
from inventory.database import open_session
from inventory.imports.samples import read_sample_file
from inventory.queries.samples import (
    find_surveyed_lots,
    list_same_results,
    list_sampled_lots,
    list_substances,
)


@click.command()
@click.argument(
    "file", required=False, type=click.Path(dir_okay=False, exists=True, readable=True, path_type=Path)
)
@json_option
@database_option
def screen(*, file: Path | None, url: str, as_json: bool) -> None:
    """Take the samples of FILE, a CSV table, and judge every lot that has samples by the limits of today.

    Without FILE lots are only judged again, as when limits have changed. Nothing is taken from a file with a
    wrong cell; each one is named.
    """
    today = datetime.now(tz=UTC).date()
    with open_session(url) as session:
        new: set[object] = set()
        same = []
        if file is not None:
            samples = read_sample_file(
                file,
                lots=find_surveyed_lots(session),
                substances=list_substances(session),
                today=today,
            )
            added = add_samples(session, samples=samples)
            new |= added
            same = list_same_results(session, ids=added)
        verdicts = {
            lot_id: screen_lot(session, lot_id=lot_id, today=today) for lot_id in list_sampled_lots(session)
        }
    for row in same:
        click.echo(
            f"Look again: {row.substance} {row.value.normalize():f} {row.unit} of {row.laboratory},"
            f" {row.sampled_on}, stands at {row.place} of lot {row.lot_id} and at {row.other_place} of lot"
            f" {row.other_lot_id}. Is one report used twice?",
            err=True,
        )
    if as_json:
        document = {
            "samples_added": len(new),
            "same_results": len(same),
            "lots": {
                str(lot_id): {"result": one.result, "open": [suspicion for suspicion, _ in one.open]}
                for lot_id, one in verdicts.items()
            },
        }
        click.echo(json.dumps(document))
        return
    click.echo(f"{len(new)} samples added.")
    for lot_id, one in verdicts.items():
        unanswered = (
            f", still to be looked for: {', '.join(sorted({s for _, found in one.open for s in found}))}"
        )
        click.echo(f"{lot_id}: {one.result}{unanswered if one.open else ''}")
