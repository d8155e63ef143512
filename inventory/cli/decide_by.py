# SPDX-License-Identifier: EUPL-1.2
"""genbro decide-by: the lots to decide on soon, and what of them has a taker."""

import json
from collections.abc import Sequence
from datetime import UTC, date, datetime
from typing import Any

import click
from rich.table import Table

from inventory.cli.options import database_option, json_option
from inventory.cli.plan import open_console
from inventory.database import open_session
from inventory.queries.decide_by import list_decide_by
from inventory.queries.offers import AnyRow


@click.command("decide-by")
@click.option(
    "--within",
    metavar="DAYS",
    type=click.IntRange(0, 3660),
    default=60,
    show_default=True,
    help="How many days ahead to look.",
)
@click.option(
    "--on",
    metavar="DAY",
    type=click.DateTime(["%Y-%m-%d"]),
    help="Look from this day on, as 2027-03-31; today where left out.",
)
@click.option("--free-only", is_flag=True, help="Only lots of which something has no taker yet.")
@json_option
@database_option
def decide_by(*, url: str, as_json: bool, within: int, on: datetime | None, free_only: bool) -> None:
    """List the lots to decide on soon, and how much of each the latest plan has a taker for.

    After its decide-by day nobody may commit to a lot. A lot that names no day has until the last day of
    its window.
    """
    today = on.date() if on else datetime.now(UTC).date()
    with open_session(url) as session:
        rows = list_decide_by(session, today=today, within=within)
    if free_only:
        rows = [row for row in rows if row.free > 0]
    if as_json:
        click.echo(json.dumps([tell_lot(row, today=today) for row in rows]))
    elif rows:
        open_console().print(decide_by_table(rows, today=today))
    else:
        click.echo(f"No lot is to be decided on within {within} days of {today}. Look further with --within.")


def tell_lot(row: AnyRow, *, today: date) -> dict[str, Any]:
    """Turn a row into what JSON knows; quantities in the class's unit."""
    told = row._asdict() | {
        "id": str(row.id),
        "day": row.day.isoformat(),
        "days_left": (row.day - today).days,
    }
    return told | {name: float(told[name]) for name in ("quantity", "placed", "free")}


def decide_by_table(rows: Sequence[AnyRow], *, today: date) -> Table:
    """Lay the lots out as a table, the most urgent first; a day the lot does not name is marked."""
    table = Table(title=f"Lots to decide on, seen from {today}", caption="* last day of the window")
    for heading in ("Decide by", "Days left", "Lot", "Unit"):
        table.add_column(heading)
    for heading in ("Quantity", "In the plan", "No taker"):
        table.add_column(heading, justify="right")
    for row in rows:
        table.add_row(
            f"{row.day}{'' if row.stated else ' *'}",
            str((row.day - today).days),
            f"{row.ref}, {row.name_en}, {row.site_name}",
            row.unit,
            *(f"{float(steps):,g}" for steps in (row.quantity, row.placed, row.free)),
        )
    return table
