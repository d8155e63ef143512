# SPDX-License-Identifier: EUPL-1.2
"""genbro cut: which bars are sawn to which pieces for a project, with a proof."""

import json
from dataclasses import asdict
from datetime import UTC, datetime
from decimal import Decimal
from pathlib import Path

import click
from rich.console import Console
from rich.table import Table

from inventory.actions.cuttings import recover_cuttings, request_cutting
from inventory.cli.cut_book import book_newest, unbook_newest
from inventory.cli.options import database_option, json_option
from inventory.cli.plan import open_console
from inventory.database import make_engine, session_factory
from inventory.exports.cut_bars import Sawing, lay_sawing, write_offcuts
from inventory.matching.cutting import perform_cutting
from inventory.queries.cutting.bars import MM_PER_M
from inventory.queries.cutting.cuttings import read_cutting, read_saw
from inventory.queries.instant import NamedLot, NamedRequirement, find_project, name_lots, name_requirements

ORE_PER_DKK = 100


@click.command()
@click.argument("project", metavar="PROJECT")
@click.option(
    "--kerf", type=click.FloatRange(0, 100), help="Width of a saw cut, mm; the factor table's if left out."
)
@click.option(
    "--offcut",
    type=click.FloatRange(0, 100_000),
    help="Shortest off-cut that is kept, mm; 0 keeps none; the factor table's if left out.",
)
@click.option(
    "--offcuts",
    type=click.Path(dir_okay=False, path_type=Path),
    help="Write the off-cuts to this CSV file.",
)
@click.option("--book", is_flag=True, help="Book the newest plan instead: its bars are sawn.")
@click.option("--unbook", is_flag=True, help="Undo the last booking instead.")
@click.option("--yes", is_flag=True, help="Book or undo without asking again.")
@click.option("--by", help="Who books or undoes, for the history.")
@json_option
@database_option
def cut(
    *,
    url: str,
    as_json: bool,
    project: str,
    kerf: float | None,
    offcut: float | None,
    offcuts: Path | None,
    book: bool,
    unbook: bool,
    yes: bool,
    by: str | None,
) -> None:
    """Plan which offered bars are cut to the pieces PROJECT wants (its ref, its id or the first letters).

    Pieces are those said on the pages of its requirements in metres; a requirement that says a least length
    alone wants pieces of that. The plan is kept, and the project's page of cutting draws it. It is a
    proposal: nothing is taken from any lot before it is booked (--book), once the bars are sawn.
    """
    if book or unbook:
        if book and unbook:
            raise click.UsageError("--book and --unbook exclude each other")
        if not (kerf is None and offcut is None and offcuts is None):
            raise click.UsageError("--kerf, --offcut and --offcuts belong to a new plan, not to a booking")
        (book_newest if book else unbook_newest)(url, project=project, as_json=as_json, yes=yes, by=by)
        return
    engine, now = make_engine(url), datetime.now(UTC)
    try:
        sessions = session_factory(engine)
        with sessions.begin() as session:
            recover_cuttings(session)
            found = find_project(session, project)
            saw = read_saw(
                session,
                today=now.date(),
                kerf_mm=None if kerf is None else Decimal(str(kerf)),
                minimum_offcut_mm=None if offcut is None else Decimal(str(offcut)),
            )
            cutting_id = request_cutting(
                session, project_id=found.id, params=saw.model_dump(mode="json"), at=now, queued=False
            )
        perform_cutting(engine, cutting_id=cutting_id)
        with sessions() as session:
            done = read_cutting(session, cutting_id=cutting_id)
            sawing = lay_sawing(done.problem, done.plan)
            lots = name_lots(session, ids=sorted({bar.lot for bar in sawing.bars}))
            wanted = name_requirements(session, ids=sorted({one.requirement for one in sawing.pieces}))
    finally:
        engine.dispose()
    if offcuts is not None:
        offcuts.write_text(write_offcuts(sawing, lots=lots), encoding="utf-8")
    if as_json:
        told = {"cutting": str(cutting_id), "left_out": done.left_out, **asdict(sawing)}
        click.echo(json.dumps({**told, "problem": done.problem, "plan": done.plan}))
        return
    print_sawing(open_console(), sawing, lots=lots, wanted=wanted)
    without = done.left_out.get("lots_without_length")
    if without:
        click.echo(f"{without:,} lots of these materials say no length and took no part.")


def print_sawing(
    console: Console, sawing: Sawing, *, lots: dict[str, NamedLot], wanted: dict[str, NamedRequirement]
) -> None:
    """Print a cutting plan as tables: pieces, bars, off-cuts, and how good it is."""
    pieces = Table(title="Pieces", title_justify="left")
    for name in ("piece", "requirement"):
        pieces.add_column(name)
    for name in ("mm", "wanted", "cut from bars", "new"):
        pieces.add_column(name, justify="right")
    for one in sawing.pieces:
        ref = wanted[one.requirement].ref if one.requirement in wanted else one.requirement
        pieces.add_row(one.letter, ref, f"{one.length_mm:,g}", *map(str, (one.wanted, one.cut, one.new)))
    console.print(pieces)
    bars = Table(title=f"Bars ({sawing.figures['bars_used']})", title_justify="left")
    for name in ("bars", "lot", "mm", "cut to", "off-cut mm", "waste mm"):
        bars.add_column(name, justify="left" if name in {"lot", "cut to"} else "right", overflow="fold")
    for bar in sawing.bars:
        lot = lots.get(bar.lot)
        bars.add_row(
            str(bar.count),
            bar.lot if lot is None else f"{lot.ref} ({lot.site})",
            f"{bar.length_mm:,g}",
            ", ".join(f"{count} x {piece.letter} {piece.length_mm:,g}" for piece, count in bar.contents),
            f"{bar.offcut_mm:,g}" if bar.offcut_mm else "",
            f"{bar.waste_mm:,g}",
        )
    console.print(bars)
    saved = (sawing.baseline_ore - sawing.cost_ore) / ORE_PER_DKK
    proven = "no plan is better" if sawing.gap == 0 else f"at most {sawing.gap:.2%} of the saving is missing"
    console.print(
        f"It costs {sawing.cost_ore / ORE_PER_DKK:,.0f} DKK, {saved:,.0f} less than buying every piece new "
        f"(CO2e weighed in); {proven}.",
        highlight=False,
    )
    kept = sum(one.count * one.length_mm for one in sawing.offcuts) / MM_PER_M
    console.print(
        f"Off-cuts kept: {kept:,.1f} m. The plan is a proposal: once its bars are sawn, book it (`genbro cut "
        "PROJECT --book`), and pieces and off-cuts become lots.",
        highlight=False,
    )
