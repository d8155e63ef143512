# SPDX-License-Identifier: EUPL-1.2
"""genbro export materialepas: the pass of a lot as JSON or PDF."""

import json
from datetime import UTC, datetime
from pathlib import Path
from uuid import UUID

import click

from inventory.actions.materialepas import PassLotError
from inventory.cli.options import database_option, json_option
from inventory.database import open_session
from inventory.documentation.materialepas.document import write_pass
from inventory.exports.materialepas_pdf import write_pass_pdf
from inventory.exports.sheets import check_sheet_name, save_sheets
from inventory.queries.materialepas import read_pass
from inventory.settings import get_settings

_FORMATS = (".json", ".pdf")


@click.command("materialepas")
@click.argument("lot", type=click.UUID, metavar="LOT")
@click.option(
    "--to",
    "path",
    type=click.Path(dir_okay=False, path_type=Path),
    required=True,
    help="The .json or .pdf to write.",
)
@click.option(
    "--language",
    type=click.Choice(["da", "en"]),
    default="da",
    show_default=True,
    help="Of the PDF's labels.",
)
@json_option
@database_option
def export_materialepas(*, url: str, as_json: bool, lot: UUID, path: Path, language: str) -> None:
    """Write the Materialepas (v1.0) of LOT (its id): what people said in it, else what Genbro knows."""
    check_sheet_name(path, formats=_FORMATS)
    base_url = get_settings().base_url
    with open_session(url) as session:
        state = read_pass(session, lot_id=lot, base_url=base_url)
    if state is None:
        raise PassLotError(lot_id=lot)
    if path.suffix.lower() == ".pdf":
        today = datetime.now(tz=UTC).date()
        content = write_pass_pdf(state, base_url=base_url, today=today, language=language)
    else:
        document = write_pass(state.values, lot_id=lot)
        content = (json.dumps(document, ensure_ascii=False, indent=2) + "\n").encode()
    save_sheets(path, content=content)
    said = sum(value not in (None, []) for value in state.values.values())
    click.echo(
        json.dumps({"file": str(path), "lot": str(lot), "fields": len(state.values), "said": said})
        if as_json
        else f"Wrote {path}: {said} of {len(state.values)} fields say something."
    )
