# SPDX-License-Identifier: EUPL-1.2
"""genbro export justification: why a match is bought, for the procurement file, as XLSX or PDF."""

import json
from datetime import UTC, datetime
from pathlib import Path

import click

from inventory.cli.options import database_option, json_option
from inventory.database import make_engine, session_factory
from inventory.exports.justification_sheet import lay_out_justification
from inventory.exports.justification_words import WORDS
from inventory.exports.sheets import check_sheet_name, save_sheets, write_workbook
from inventory.exports.sheets_pdf import write_sheets_pdf
from inventory.matching.purchase import compare_purchase
from inventory.queries.projects.change_log import find_supplier_choice
from inventory.queries.saved import read_asked_prices
from inventory.tables import Supplier

_FORMATS = (".xlsx", ".pdf")


@click.command("justification")
@click.argument("match", type=int, metavar="MATCH")
@click.option(
    "--to",
    "path",
    type=click.Path(dir_okay=False, path_type=Path),
    required=True,
    help="The .xlsx or .pdf to write.",
)
@click.option(
    "--supplied-by",
    type=click.Choice([str(one) for one in Supplier]),
    help="Who buys the material; else as the builder has chosen, and left open where nobody has.",
)
@click.option("--language", type=click.Choice(["da", "en"]), default="da", show_default=True)
@json_option
@database_option
def export_justification(
    *, url: str, as_json: bool, match: int, path: Path, supplied_by: str | None, language: str
) -> None:
    """Write the justification of MATCH (its number, as its plan's files and pages show it)."""
    check_sheet_name(path, formats=_FORMATS)
    today = datetime.now(tz=UTC).date()
    engine = make_engine(url)
    try:
        purchase = compare_purchase(engine, match_id=match, as_of=today)
        lot, wanted = purchase.chosen.lot, purchase.chosen.wanted
        with session_factory(engine)() as session:
            asked = read_asked_prices(session, class_id=lot.class_id, lot_id=lot.id)
            choice = find_supplier_choice(session, requirement_id=wanted.id)
    finally:
        engine.dispose()
    sheets = lay_out_justification(
        purchase.savings,
        chosen=purchase.chosen,
        others=purchase.others,
        looked_at=purchase.looked_at,
        asked=asked,
        supplier=wanted.supplied_by if supplied_by is None else Supplier(supplied_by),
        choice=choice if supplied_by in {None, wanted.supplied_by} else None,
        today=today,
        language=language,
    )
    at = 0 if language == "da" else 1
    foot = f"{WORDS['justification'][at]} · {match} · {WORDS['page'][at]}"
    content = (
        write_workbook(sheets)
        if path.suffix.lower() == ".xlsx"
        else write_sheets_pdf(sheets, foot=foot, language=language)
    )
    save_sheets(path, content=content)
    told = {
        "file": str(path),
        "match": match,
        "lot": str(lot.id),
        "price_ore": purchase.chosen.figures.price_ore,
        "compared": len(purchase.others),
        "lots_looked_at": purchase.looked_at,
    }
    click.echo(
        json.dumps(told)
        if as_json
        else f"Wrote {path}: match {match} beside {told['compared']} other lots and new."
    )
