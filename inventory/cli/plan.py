# SPDX-License-Identifier: EUPL-1.2
"""genbro plan: show a plan in the terminal."""

import json
from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from typing import Any

import click
import pandas as pd
from rich.console import Console
from rich.table import Table

from inventory.cli.amounts import show_amount
from inventory.cli.options import database_option, json_option
from inventory.database import open_session
from inventory.queries.plans.tables import PlanTables, read_plan_tables
from inventory.queries.runs import find_run_with_plan, list_runs

# Characters a printed table may be wide where no terminal says, and how many all its columns need.
WIDE = 150
ROOMY = 120
ORE_PER_DKK = 100
PERMILLE = 1000


def _records(frame: pd.DataFrame) -> list[dict[str, Any]]:
    columns = frame.drop(columns="geometry", errors="ignore")
    return [
        {
            # pandas writes "not there" as NaN, which JSON has no word for
            str(name): None if pd.api.types.is_scalar(value) and pd.isna(value) else value
            for name, value in row.items()
        }
        for row in columns.to_dict("records")
    ]


def _plain_value(value: object) -> object:
    """Turn what JSON does not know into what it does: numbers stay numbers, times get their T."""
    if isinstance(value, Decimal):
        return float(value)
    if isinstance(value, date):
        return value.isoformat()
    return str(value)


def matches_table(plan: PlanTables, *, limit: int, roomy: bool = True) -> Table:
    """Lay out the matches, dearest replaced material first; in a narrow terminal with one column of words."""
    table = Table(title=f"Matches ({len(plan.matches)})", title_justify="left")
    words = ("material", "from", "to") if roomy else ("material, from, to",)
    for name in words:
        table.add_column(name, overflow="fold")
    numbers = ("quantity", "pick up", "deliver", "km", "loads", "saved DKK", "saved kg CO2e")
    for name in numbers if roomy else ("quantity", "saved DKK", "saved kg CO2e"):
        table.add_column(name, justify="right", no_wrap=roomy and name not in {"pick up", "deliver"})
    paid = ("price_ore", "preparation_ore", "transport_ore", "trip_ore", "load_ore", "storage_ore")
    spent = plan.matches[list(paid)].sum(axis=1)
    saved_ore = plan.matches["new_ore"] - spent + plan.matches["disposal_ore"]
    saved_g = (
        plan.matches["co2e_new_g"] - plan.matches["co2e_preparation_g"] - plan.matches["co2e_transport_g"]
    )
    rows = plan.matches.assign(saved_ore=saved_ore, saved_g=saved_g).sort_values(
        "new_ore", ascending=False, kind="stable"
    )
    for row in _records(rows.head(limit)):
        cells = _match_cells(row)
        if not roomy:
            material, donor, project, quantity, pick_up, deliver, km, loads, *saved = cells
            way = f"{pick_up} to {deliver}, {km} km, loads {loads}"
            cells = ["\n".join((material, f"from {donor}", f"to {project}", way)), quantity, *saved]
        table.add_row(*cells)
    return table


def _match_cells(row: dict[str, Any]) -> list[str]:
    return [
        row["name_en"] + ("" if row["lot_class"] == row["class"] else f" (from {row['lot_name_en']})"),
        f"{row['donor_site']}, {row['donor_municipality']}" + _mark_doubts(row),
        row["project"],
        show_amount(row["quantity"], row["unit"]) + _tell_delivered(row),
        str(row["pick_up"]),
        str(row["deliver"]) + (f" (stored {row['storage_days']} d)" if row["storage_days"] else ""),
        f"{row['metres'] / 1000:,.0f}",
        str(row["loads"]),
        f"{row['saved_ore'] / 100:,.0f}",
        f"{row['saved_g'] / 1000:,.0f}",
    ]


def _tell_delivered(row: dict[str, Any]) -> str:
    """Say what a match gives where that is not what it takes: converted, broken, or more than is wanted."""
    gives = show_amount(row["delivered"], row["delivered_unit"])
    told = [] if gives == show_amount(row["quantity"], row["unit"]) else [f"gives {gives}"]
    if row["surplus"]:
        told.append(f"{row['surplus']:,.10g} too many")
    return f" ({', '.join(told)})" if told else ""


def _mark_doubts(row: dict[str, Any]) -> str:
    """Say what of a match is no more than an estimate or an assumption."""
    doubts = ["estimate"] if row["basis"] == "estimated" else []
    if "assumed" in (row["window_source"] or ""):
        doubts.append("window assumed")
    return f" ({', '.join(doubts)})" if doubts else ""


def unmet_table(plan: PlanTables, *, limit: int) -> Table:
    """Lay out what stayed unmet, with the reason and how many lots each rule stopped."""
    table = Table(title=f"Unmet ({len(plan.unmet)})", title_justify="left")
    for name in ("material", "project"):
        table.add_column(name, overflow="fold")
    table.add_column("unmet of wanted", justify="right")
    table.add_column("reason", no_wrap=True)
    table.add_column("lots stopped by", overflow="fold")
    for row in _records(plan.unmet.head(limit)):
        stopped = ", ".join(f"{reason} {count}" for reason, count in (row["stopped"] or {}).items())
        table.add_row(
            row["name_en"],
            row["project"],
            f"{row['quantity']:,.10g} of {show_amount(row['wanted'], row['unit'])}",
            row["reason"],
            stopped,
        )
    return table


def projects_table(plan: PlanTables) -> Table:
    """Lay out what the plan decided for projects: the design chosen, and what more budget would save."""
    table = Table(title=f"Projects ({len(plan.projects)})", title_justify="left")
    table.add_column("project", overflow="fold")
    table.add_column("design chosen", overflow="fold")
    table.add_column("budget above new", justify="right")
    table.add_column("a further krone saves", justify="right")
    for row in _records(plan.projects):
        budget = row["budget_ore"]
        table.add_row(
            row["project"],
            row["design_option"] or "",
            "" if budget is None else f"{budget / ORE_PER_DKK:,.0f} DKK",
            "" if budget is None else f"{row['budget_price_permille'] / PERMILLE:,.2f} DKK",
        )
    return table


def figures_table(summary: dict[str, Any]) -> Table:
    """Lay out the key figures of a run."""
    table = Table(title="Key figures", title_justify="left", show_header=False)
    table.add_column("figure")
    table.add_column("value", justify="right")
    table.add_row("matched share, by mass", f"{summary['matched_share']:.1%}")
    table.add_row("matched share, by cost of new", f"{summary['matched_value_share']:.1%}")
    table.add_row("money saved", f"{summary['money_ore'] / 100:,.0f} DKK")
    table.add_row("CO2e saved, real", f"{summary['co2e_kg_real']:,.0f} kg")
    table.add_row("CO2e saved, regulatory (BR18)", f"{summary['co2e_kg_regulatory']:,.0f} kg")
    table.add_row("truck kilometres, one way", f"{summary['km']:,.0f} km")
    if summary.get("trip_ore"):
        table.add_row("lorry loads begun", f"{summary['loads']:,}")
        table.add_row("trips and loads", f"{summary['trip_ore'] / ORE_PER_DKK:,.0f} DKK")
        gathered = summary["gathered_trip_ore"] / ORE_PER_DKK
        table.add_row("the same, loads of one trip shared", f"{gathered:,.0f} DKK")
    if summary.get("transfer_ore"):
        table.add_row("paid between public bodies", f"{summary['transfer_ore'] / ORE_PER_DKK:,.0f} DKK")
    if summary.get("design_ore"):
        table.add_row("saved by the choice of design", f"{summary['design_ore'] / ORE_PER_DKK:,.0f} DKK")
    table.add_row("allowed pairs", f"{summary['pairs']:,}")
    counts = [(part["factors"], part["assumptions"]) for part in summary["editions"]]
    used, assumed = (sum(column) for column in zip(*counts, strict=True)) if counts else (0, 0)
    table.add_row("factors and prices used", f"{used}, of which {assumed} own assumptions")
    table.add_row(
        "gap of the attainable saving",
        f"{summary['gap']:.4%}" + (" (proven optimal)" if summary["gap"] == 0 else ""),
    )
    return table


def note_figures(summary: dict[str, Any]) -> Iterator[str]:
    """Say in sentences what the key figures do not show by themselves."""
    if not summary["requirements"]:
        yield "No open requirement was selected, so there was nothing to match."
    elif not summary["lots"]:
        yield "No lot counts: there is none with a demolition window and a firmness."
    left_out = summary["left_out"]
    if left_out["lots_without_place"] or left_out["requirements_without_place"]:
        yield (
            f"Left out for want of a coordinate: {left_out['lots_without_place']:,} lots, "
            f"{left_out['requirements_without_place']:,} requirements."
        )
    if summary["stale_matches"]:
        yield f"{summary['stale_matches']:,} matches were dropped: a lot or requirement changed meanwhile."
    if any(part["assumptions"] for part in summary["editions"]):
        yield (
            "Own assumptions are not verified; the sheet or layer `factors` of `genbro export plan` "
            "lists every number with its source."
        )


def print_figures(console: Console, summary: dict[str, Any]) -> None:
    """Print the key figures and what is to be known of them."""
    console.print(figures_table(summary))
    for note in note_figures(summary):
        console.print(note, style="dim", highlight=False)


def open_console() -> Console:
    """Open standard output for wide tables: a file or a pipe has room for all columns.

    Names come from files, where square brackets and colons are letters like any other.
    """
    console = Console(markup=False, emoji=False)
    return console if console.is_terminal else Console(width=WIDE, markup=False, emoji=False)


def print_plan(console: Console, plan: PlanTables, *, limit: int) -> None:
    """Print a plan as tables: matches, unmet, reasons and key figures."""
    console.print(matches_table(plan, limit=limit, roomy=console.width >= ROOMY))
    if len(plan.matches) > limit:
        console.print(f"... and {len(plan.matches) - limit} more matches.")
    if len(plan.projects):
        console.print(projects_table(plan))
    console.print(unmet_table(plan, limit=limit))
    if len(plan.unmet) > limit:
        console.print(f"... and {len(plan.unmet) - limit} more unmet parts.")
    if len(plan.unmet):
        reasons = plan.unmet.groupby("reason").size().sort_values(ascending=False)
        console.print(
            "Unmet by reason: " + ", ".join(f"{reason} {count}" for reason, count in reasons.items())
        )
    if plan.run["summary"]:
        print_figures(console, plan.run["summary"])


@click.group()
def plan() -> None:
    """Look at plans."""


@plan.command("show")
@click.argument("run", metavar="RUN", default="latest")
@click.option("--limit", type=click.IntRange(1), default=40, show_default=True, help="Rows of each table.")
@json_option
@database_option
def show_plan(*, url: str, as_json: bool, run: str, limit: int) -> None:
    """Show the plan of RUN: its id, the first letters of it, or "latest"."""
    with open_session(url) as session:
        tables = read_plan_tables(session, run_id=find_run_with_plan(session, run).id)
    if as_json:
        click.echo(
            json.dumps(
                {
                    "run": tables.run,
                    "matches": _records(tables.matches),
                    "unmet": _records(tables.unmet),
                    "projects": _records(tables.projects),
                },
                default=_plain_value,
            )
        )
        return
    print_plan(open_console(), tables, limit=limit)


@plan.command("list")
@click.option("--limit", type=click.IntRange(1, 1_000_000), default=20, show_default=True)
@json_option
@database_option
def list_plans(*, url: str, as_json: bool, limit: int) -> None:
    """List the latest runs."""
    with open_session(url) as session:
        runs = list_runs(session, limit=limit)
        rows = [
            (str(r.id), str(r.status), r.created_at.isoformat(timespec="seconds"), r.gap, r.error)
            for r in runs
        ]
    if as_json:
        click.echo(
            json.dumps(
                [
                    dict(zip(("run", "status", "created_at", "gap", "error"), row, strict=True))
                    for row in rows
                ],
                default=_plain_value,
            )
        )
        return
    table = Table(title="Runs", title_justify="left")
    for name in ("run", "status", "asked for at", "gap"):
        table.add_column(name, no_wrap=True)
    table.add_column("what went wrong", overflow="fold")
    for run_id, status, asked, gap, error in rows:
        # the first letters are enough for `genbro plan show`, and leave room for what went wrong
        table.add_row(run_id[:8], status, asked[:16], "" if gap is None else f"{gap:.4%}", error or "")
    open_console().print(table)
