# SPDX-License-Identifier: EUPL-1.2
"""genbro screen: keep laboratory results, and let the screening of lots follow from them."""

import json
from datetime import UTC, datetime
from pathlib import Path
from uuid import UUID

import click
from sqlalchemy.orm import Session

from inventory.actions.screen import (
    LotNotSurveyedError,
    NewSample,
    SampleChangedError,
    add_samples,
    screen_lot,
)
from inventory.cli.options import database_option, json_option
from inventory.database import open_session
from inventory.errors import StateError
from inventory.imports.messages.sample import SCREENING_WORDS, say_sample
from inventory.imports.samples import read_sample_file
from inventory.queries.samples import (
    find_surveyed_lots,
    list_same_results,
    list_sampled_lots,
    list_substances,
)


class SampleNotKeptError(StateError):
    """{told}"""


@click.command()
@click.argument(
    "file", required=False, type=click.Path(dir_okay=False, exists=True, readable=True, path_type=Path)
)
@click.option(
    "--language", type=click.Choice(["da", "en"]), default="en", show_default=True, help="Of what is said."
)
@json_option
@database_option
def screen(*, file: Path | None, url: str, as_json: bool, language: str) -> None:
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
                language=language,
            )
            added = _add(session, samples=samples, language=language)
            new |= added
            same = list_same_results(session, ids=added)
        verdicts = {
            lot_id: screen_lot(session, lot_id=lot_id, today=today) for lot_id in list_sampled_lots(session)
        }
    for row in same:
        told = row._asdict() | {"value": f"{row.value.normalize():f}"}
        click.echo(say_sample("look_again", language=language, **told), err=True)
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
    click.echo(say_sample("added", language=language, count=len(new)))
    for lot_id, one in verdicts.items():
        names = ", ".join(sorted({name for _, found in one.open for name in found}))
        unanswered = f", {say_sample('still_open', language=language, substances=names)}" if one.open else ""
        click.echo(f"{lot_id}: {SCREENING_WORDS[one.result][0 if language == 'da' else 1]}{unanswered}")


def _add(session: Session, *, samples: list[NewSample], language: str) -> set[UUID]:
    """Keep samples, or say in the language asked for why one cannot be kept."""
    try:
        return add_samples(session, samples=samples)
    except SampleChangedError as error:
        told = say_sample("changed", language=language, **error.details)
        raise SampleNotKeptError(told=told) from error
    except LotNotSurveyedError as error:
        told = say_sample("estimate", language=language, **error.details)
        raise SampleNotKeptError(told=told) from error
