# SPDX-License-Identifier: EUPL-1.2
"""genbro labels: print the QR labels of a building's surveyed lots."""

import json
from pathlib import Path
from uuid import UUID

import click

from inventory.cli.options import database_option, json_option
from inventory.database import open_session
from inventory.errors import BadInputError
from inventory.exports.labels import COLUMNS, ROWS, list_labels, write_labels
from inventory.queries.surveys.pages import read_survey_lots
from inventory.settings import get_settings
from inventory.tables import LotStatus


class NothingToLabelError(BadInputError):
    """There is no surveyed lot at the site {site}. Survey or import its lots first."""


class LabelPlaceError(BadInputError):
    """The labels cannot be written to {path}: {why}. Choose another place by --to."""


@click.command("labels")
@click.argument("site", type=click.UUID, metavar="SITE")
@click.option(
    "--to", "path", type=click.Path(dir_okay=False, path_type=Path), required=True, help="The .pdf to write."
)
@click.option("--language", type=click.Choice(["da", "en"]), default="da", show_default=True)
@json_option
@database_option
def labels(*, url: str, as_json: bool, site: UUID, path: Path, language: str) -> None:
    """Write a label for each surveyed lot of SITE (its id), 24 to a sheet; scanning one opens the lot."""
    with open_session(url) as session:
        found = read_survey_lots(session, site_id=site)
    rows = [row for row in found if row.status != LotStatus.WITHDRAWN]
    if not rows:
        raise NothingToLabelError(site=site)
    made = list_labels(rows, language=language)
    try:
        path.write_bytes(write_labels(made, base_url=get_settings().base_url))
    except OSError as error:
        raise LabelPlaceError(path=path, why=error.strerror or str(error)) from error
    sheets = -(-len(made) // (COLUMNS * ROWS))
    click.echo(
        json.dumps({"file": str(path), "labels": len(made), "sheets": sheets})
        if as_json
        else f"Wrote {path}: {len(made)} labels on {sheets} sheets."
    )
