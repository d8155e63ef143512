# SPDX-License-Identifier: EUPL-1.2
"""genbro labels: print the QR labels of a building's surveyed lots."""

import json
from pathlib import Path
from uuid import UUID

import click

from inventory.cli.options import database_option, json_option
from inventory.database import open_session
from inventory.errors import BadInputError
from inventory.exports.labels import COLUMNS, ROWS, Label, write_labels
from inventory.queries.surveys import read_surveyed_lots
from inventory.settings import get_settings

_UNITS = {"piece": ("stk.", "pcs"), "m2": ("m²", "m²"), "m3": ("m³", "m³")}


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
    at = 0 if language == "da" else 1
    with open_session(url) as session:
        rows = read_surveyed_lots(session, site_id=site)
    if not rows:
        raise NothingToLabelError(site=site)
    made = [
        Label(
            lot_id=row.lot_id,
            ref=row.ref,
            material=(row.name_da, row.name_en)[at],
            quantity=_write_quantity(row.quantity * row.step, row.unit, comma=at == 0),
        )
        for row in reversed(rows)  # the oldest first, as they were numbered
    ]
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


def _write_quantity(value: object, unit: str, *, comma: bool) -> str:
    number = f"{value:f}"
    number = number.rstrip("0").rstrip(".") if "." in number else number
    return (
        f"{number.replace('.', ',') if comma else number} {_UNITS.get(unit, (unit, unit))[0 if comma else 1]}"
    )
