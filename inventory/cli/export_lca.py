# SPDX-License-Identifier: EUPL-1.2
"""genbro export lca: what a project's components are in the climate calculation, as XLSX or PDF."""

import json
from datetime import UTC, datetime
from pathlib import Path

import click

from inventory.cli.options import database_option, json_option
from inventory.database import make_engine, session_factory
from inventory.exports.lca_sheet import lay_out_lca
from inventory.exports.lca_words import WORDS
from inventory.exports.sheets import check_sheet_name, save_sheets, write_workbook
from inventory.exports.sheets_pdf import write_sheets_pdf
from inventory.matching.savings import find_savings
from inventory.queries.instant import find_project
from inventory.savings.held import hold_against_limit
from inventory.savings.limits import list_kinds

_FORMATS = (".xlsx", ".pdf")


@click.command("lca")
@click.argument("project", metavar="PROJECT")
@click.option(
    "--to",
    "path",
    type=click.Path(dir_okay=False, path_type=Path),
    required=True,
    help="The .xlsx or .pdf to write.",
)
@click.option(
    "--applied-on",
    type=click.DateTime(["%Y-%m-%d"]),
    help="Day the permit is applied for; otherwise the project's start, else today.",
)
@click.option(
    "--kind",
    type=click.Choice([limit.kind for limit in list_kinds()]),
    help="Kind of building; otherwise as the project's building type says.",
)
@click.option("--language", type=click.Choice(["da", "en"]), default="da", show_default=True)
@json_option
@database_option
def export_lca(
    *,
    url: str,
    as_json: bool,
    project: str,
    path: Path,
    applied_on: datetime | None,
    kind: str | None,
    language: str,
) -> None:
    """Write the climate sheet of PROJECT (its ref, its id or the first letters of that)."""
    check_sheet_name(path, formats=_FORMATS)
    today = datetime.now(tz=UTC).date()
    engine = make_engine(url)
    try:
        with session_factory(engine)() as session:
            project_id = find_project(session, project).id
        savings = find_savings(engine, project_id=project_id, as_of=today)
    finally:
        engine.dispose()
    account = savings.account
    held = hold_against_limit(
        savings.project,
        account,
        today=today,
        applied_on=None if applied_on is None else applied_on.date(),
        kind=kind,
    )
    at = 0 if language == "da" else 1
    sheets = lay_out_lca(
        savings,
        held=held,
        today=today,
        language=language,
        wide=path.suffix.lower() == ".xlsx",
    )
    foot = f"{WORDS['lca'][at]} · {savings.project.ref} · {WORDS['page'][at]}"
    content = (
        write_workbook(sheets)
        if path.suffix.lower() == ".xlsx"
        else write_sheets_pdf(sheets, foot=foot, language=language)
    )
    save_sheets(path, content=content)
    told = {
        "file": str(path),
        "project": str(savings.project.id),
        "run": None if savings.run_id is None else str(savings.run_id),
        "components": len(sheets[0].rows),
        "co2e_g_all_new": account.co2e_all_new_g,
        "co2e_g_counted": account.co2e_counted_g,
        "co2e_g_saved_regulatory": account.co2e_regulatory_g,
        "co2e_g_saved_real": account.co2e_real_g,
        "money_ore_saved": account.saved_ore,
        "dismantling_ore": account.dismantling_ore,
        "limit_kg_per_m2_year": None if held.limit is None else str(held.limit.kg_per_m2_year),
        "counted_kg_per_m2_year": None if held.counted is None else str(held.counted),
        "missing": [str(one) for one in held.missing],
    }
    click.echo(
        json.dumps(told)
        if as_json
        else f"Wrote {path}: {told['components']} components, {account.co2e_counted_g / 1000:,.0f} kg CO2e"
        f" counted of {account.co2e_all_new_g / 1000:,.0f} were all bought new."
        + "".join(f"\nMissing: {WORDS[f'missing_{one}'][1]}" for one in held.missing)
    )
