# SPDX-License-Identifier: EUPL-1.2
"""genbro import materialepas: what somebody else says of a lot, from JSON."""

import json
from datetime import UTC, datetime
from pathlib import Path
from uuid import UUID

import click

from inventory.actions.materialepas import keep_pass
from inventory.cli.options import database_option, json_option
from inventory.database import open_session
from inventory.documentation.materialepas.document import PassUnreadableError, parse_pass
from inventory.errors import BadInputError


class PassWithoutLotError(BadInputError):
    """{name} does not say which lot it is of. Give the id of a surveyed lot by --lot."""


@click.command("materialepas")
@click.argument("file", type=click.Path(dir_okay=False, path_type=Path))
@click.option("--lot", type=click.UUID, help="Id of the surveyed lot, in place of what FILE says.")
@click.option(
    "--language", type=click.Choice(["da", "en"]), default="en", show_default=True, help="Of what is wrong."
)
@json_option
@database_option
def import_materialepas(*, url: str, as_json: bool, file: Path, lot: UUID | None, language: str) -> None:
    """Take the Materialepas of FILE (JSON, v1.0) as the pass of its lot: every field as FILE says it.

    Nothing is taken while a field is wrong; each is named with its path, value, what was expected and how to
    mend it.
    """
    try:
        content = file.read_bytes()
    except OSError as error:
        raise PassUnreadableError(name=file.name, why=error.strerror or str(error)) from error
    found = parse_pass(content, name=file.name, language=language)
    lot_id = lot or found.lot_id
    if lot_id is None:
        raise PassWithoutLotError(name=file.name)
    with open_session(url) as session:
        changed = keep_pass(session, lot_id=lot_id, said=found.values, at=datetime.now(tz=UTC))
    said = sum(value is not None for value in found.values.values())
    click.echo(
        json.dumps({"lot": str(lot_id), "fields": len(found.values), "said": said, "changed": changed})
        if as_json
        else f"{'Kept' if changed else 'Nothing new in'} the Materialepas of lot {lot_id}: {said} fields say"
        " something."
    )
