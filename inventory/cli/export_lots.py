# SPDX-License-Identifier: EUPL-1.2
"""genbro export lots: a firm's surveyed lots as a file that `genbro import lots` reads again."""

import json
from pathlib import Path
from typing import Literal, cast

import click

from inventory.cli.import_mapping import find_owner
from inventory.cli.options import database_option, json_option
from inventory.database import open_session
from inventory.exports.lot_files import LOT_FORMATS, LotFormat, write_lots_file
from inventory.exports.sheets import check_sheet_name, save_sheets
from inventory.imports.lots.rows import lay_out_lots
from inventory.queries.imports.keys import map_code_list
from inventory.queries.lots.files import read_file_rows
from inventory.queries.lots.of_firm import FirmLotFilter, list_lot_ids
from inventory.tables import LotStatus


@click.command("lots")
@click.option("--organisation", required=True, metavar="NAME", help="Whose lots.")
@click.option(
    "--to",
    "path",
    type=click.Path(dir_okay=False, path_type=Path),
    required=True,
    help="The .csv, .xlsx or .gpkg to write.",
)
@click.option(
    "--status",
    "statuses",
    multiple=True,
    type=click.Choice([status.value for status in LotStatus]),
    help="Only lots in this state; may be given several times.",
)
@click.option("--class", "class_code", metavar="CODE", help="Only lots of this class, or of one below it.")
@click.option(
    "--language",
    type=click.Choice(["da", "en"]),
    default="da",
    show_default=True,
    help="Of headers and words; the import reads both.",
)
@json_option
@database_option
def export_lots(
    *,
    url: str,
    as_json: bool,
    organisation: str,
    path: Path,
    statuses: tuple[str, ...],
    class_code: str | None,
    language: Literal["da", "en"],
) -> None:
    """Write the surveyed lots of a firm as a file of lots, which `genbro import lots` reads again.

    Homes are named by their BBR id: the file is for the firm, not for everybody.
    """
    check_sheet_name(path, formats=[f".{form}" for form in LOT_FORMATS])
    with open_session(url) as session:
        firm = find_owner(session, name=organisation)
        assert firm is not None
        filters = FirmLotFilter(organisation_id=firm, statuses=statuses, class_code=class_code)
        ids = list_lot_ids(session, filters=filters, language=language)
        lots = read_file_rows(session, lot_ids=ids, exact=True)
        laid = lay_out_lots(lots, language=language, colours=map_code_list(session, name="colour"))
    content = write_lots_file(
        cast("LotFormat", path.suffix.lower().removeprefix(".")),
        title="Partier" if language == "da" else "Lots",
        names=laid.names,
        heads=laid.heads,
        rows=laid.rows,
        points=laid.points,
        decimal="," if language == "da" else ".",
    )
    save_sheets(path, content=content)
    counts = {"file": str(path), "lots": len(laid.rows)}
    click.echo(json.dumps(counts) if as_json else f"Wrote {path}: {counts['lots']} lots.")
