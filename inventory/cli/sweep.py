# SPDX-License-Identifier: EUPL-1.2
"""genbro sweep: what CO2e costs, as one best plan for each of several carbon prices."""

import json
from collections.abc import Sequence
from dataclasses import asdict
from datetime import UTC, datetime
from decimal import Decimal, InvalidOperation
from pathlib import Path

import click
from rich.console import Console
from rich.progress import Progress as Bar
from rich.table import Table
from sqlalchemy import Engine

from inventory.cli.options import database_option, json_option
from inventory.cli.plan import open_console
from inventory.database import make_engine, open_session
from inventory.exports.front_files import check_front_file_name, write_front_file
from inventory.matching.defaults import choose_params, count_price_ore
from inventory.matching.params import RunParams
from inventory.matching.sweep import sweep_prices
from inventory.queries.supply import QuantileName
from matcher.tradeoffs.front import Point

DAY = click.DateTime(formats=["%Y-%m-%d"])
PRICES = "0,250,500,750,1000,1500,2500,5000"
ORE_PER_DKK = 100
KG_PER_TONNE = 1000


class PriceList(click.ParamType[list[int]]):
    """Carbon prices in DKK, separated by commas; given on in oere."""

    name = "prices"

    def convert(self, value: object, param: click.Parameter | None, ctx: click.Context | None) -> list[int]:
        """Read the prices."""
        try:
            prices = [Decimal(part.strip()) for part in str(value).split(",")]
        except InvalidOperation:
            self.fail(f"{value!r} is no list of prices such as 0,500,1000", param, ctx)
        return sorted({count_price_ore(price) for price in prices})


def front_table(points: Sequence[Point]) -> Table:
    """Lay out a front by rising carbon price."""
    table = Table(title=f"Money against CO2e ({len(points)} prices of a tonne)", title_justify="left")
    for name in ("DKK per tonne", "saved DKK", "saved t CO2e", "BR18 t CO2e", "km", "met", "matches", "gap"):
        table.add_column(name, justify="right", no_wrap=True)
    for point in points:
        table.add_row(
            f"{point.carbon_price_ore_per_tonne / ORE_PER_DKK:,.10g}",
            f"{point.money_ore / ORE_PER_DKK:,.0f}" + (" (beaten)" if point.dominated else ""),
            f"{point.co2e_kg_real / KG_PER_TONNE:,.1f}",
            f"{point.co2e_kg_regulatory / KG_PER_TONNE:,.1f}",
            f"{point.km:,.0f}",
            f"{point.matched_share:.1%}",
            f"{point.matches:,}",
            f"{point.gap:.4%}",
        )
    return table


def sweep_here(
    engine: Engine, *, params: RunParams, prices: Sequence[int], workers: int, quiet: bool
) -> tuple[Point, ...]:
    """Solve at each price, with a progress bar on stderr unless `quiet`."""
    with Bar(console=Console(stderr=True, quiet=quiet), transient=True) as bar:
        task = bar.add_task("carbon prices", total=len(prices))
        return sweep_prices(
            engine,
            params=params,
            prices=prices,
            workers=workers,
            report=lambda done: bar.update(task, completed=done),
        )


@click.command()
@click.option(
    "--prices",
    type=PriceList(),
    default=PRICES,
    show_default=True,
    help="DKK per tonne CO2e, separated by commas; a plan is made for each.",
)
@click.option(
    "--region",
    "areas",
    multiple=True,
    help="Only requirements of this region or municipality, by code or name; may be repeated.",
)
@click.option(
    "--from",
    "wanted_from",
    type=DAY,
    help="Only requirements whose window meets this day or later (YYYY-MM-DD).",
)
@click.option(
    "--before",
    "wanted_to",
    type=DAY,
    help="Only requirements whose window begins before this day.",
)
@click.option(
    "--quantile",
    type=click.Choice(["p10", "p50", "p90"]),
    default="p10",
    show_default=True,
    help="How much of an estimate counts.",
)
@click.option(
    "--trip-costs",
    is_flag=True,
    help="Pay lorries by the trip and the load begun, full or not, instead of by the tonne.",
)
@click.option(
    "--workers",
    type=click.IntRange(1, 256),
    default=1,
    show_default=True,
    help="Processes each solve may use; the plans are the same.",
)
@click.option(
    "--to",
    "paths",
    multiple=True,
    type=click.Path(dir_okay=False, path_type=Path),
    help="Also write it: front.csv, .xlsx or .png (a picture); may be repeated.",
)
@json_option
@database_option
def sweep(
    *,
    url: str,
    as_json: bool,
    prices: list[int],
    areas: tuple[str, ...],
    wanted_from: datetime | None,
    wanted_to: datetime | None,
    quantile: QuantileName,
    trip_costs: bool,
    workers: int,
    paths: tuple[Path, ...],
) -> None:
    """Show what CO2e costs: the best plan at each of several prices of a tonne.

    One look at the database, one plan for each price; nothing is written to the database. Dearer CO2e gives
    plans that save more of it and less money.
    """
    for path in paths:
        check_front_file_name(path)
    with open_session(url) as session:
        params = choose_params(
            session,
            as_of=datetime.now(UTC).date(),
            areas=areas,
            wanted_from=None if wanted_from is None else wanted_from.date(),
            wanted_to=None if wanted_to is None else wanted_to.date(),
            quantile=quantile,
            trip_costs=trip_costs,
        )
    engine = make_engine(url)
    try:
        points = sweep_here(engine, params=params, prices=prices, workers=workers, quiet=as_json)
    finally:
        engine.dispose()
    for path in paths:
        write_front_file(points, path)
    if as_json:
        click.echo(
            json.dumps({"points": [asdict(point) for point in points], "files": list(map(str, paths))})
        )
        return
    console = open_console()
    console.print(front_table(points))
    for path in paths:
        console.print(f"Wrote {path}.", highlight=False)
