# SPDX-License-Identifier: EUPL-1.2
"""genbro cut --book and --unbook: what becomes of each lot, shown before it is done."""

import json
from collections.abc import Sequence
from datetime import UTC, datetime

import click
from rich.table import Table
from sqlalchemy.orm import Session

from inventory.actions.lots.book_cutting import CuttingStaleError, NothingSawnError, book_cutting
from inventory.actions.lots.unbook_cutting import CuttingNotBookedError, unbook_cutting
from inventory.cli.plan import open_console
from inventory.database import make_engine, session_factory
from inventory.errors import StateError
from inventory.queries.cutting.bookings import list_booked, list_made, list_refusals, list_sawn
from inventory.queries.cutting.cuttings import read_newest_cutting
from inventory.queries.cutting.sawn import SawnLot, reckon_sawn
from inventory.queries.instant import find_project, name_lots, name_requirements
from inventory.tables import CuttingStatus, SawnKind


class NoCuttingPlanError(StateError):
    """Project {project} has no cutting plan that is done: make one first (`genbro cut {project}`)."""


def book_newest(url: str, *, project: str, as_json: bool, yes: bool, by: str | None) -> None:
    """Show what booking a project's newest plan does, ask, and book it.

    Raises
    ------
    NoCuttingPlanError
        See there.
    inventory.errors.StateError
        As `inventory.actions.lots.book_cutting.book_cutting`.
    """
    engine = make_engine(url)
    try:
        with session_factory(engine).begin() as session:
            found = find_project(session, project)
            row = read_newest_cutting(session, project_id=found.id)
            if row is None or row.status != CuttingStatus.DONE:
                raise NoCuttingPlanError(project=found.ref)
            sawn = reckon_sawn(row.problem, row.plan)
            if not sawn:
                raise NothingSawnError
            if row.booked_at is None:
                refusals = list_refusals(session, sawn=sawn, seen=row.seen)
                if refusals:
                    raise CuttingStaleError(why="; ".join(map(str, refusals)), refusals=refusals)
                _ask(session, sawn, quiet=as_json, yes=yes, question="Are these bars sawn? Book them?")
            book_cutting(session, cutting_id=row.id, at=datetime.now(UTC), by=by)
            session.flush()
            bars = [one._asdict() for one in list_sawn(session, cutting_id=row.id)]
            made = [one._asdict() for one in list_made(session, cutting_id=row.id)]
    finally:
        engine.dispose()
    if as_json:
        click.echo(json.dumps({"cutting": str(row.id), "sawn": bars, "made": made}, default=str))
        return
    click.echo(f"Booked: {len(bars)} lots sawn, {len(made)} lots of pieces and off-cuts made.")
    for one in made:
        click.echo(
            f"  {one['ref']}: {one['count']} x {one['length_mm']:,} mm ({one['kind']}, {one['status']})"
        )


def unbook_newest(url: str, *, project: str, as_json: bool, yes: bool, by: str | None) -> None:
    """Undo the last booking of a project's cutting plans.

    Raises
    ------
    inventory.actions.lots.unbook_cutting.CuttingNotBookedError, inventory.actions.lots.step.ChangedSinceError
        As `inventory.actions.lots.unbook_cutting.unbook_cutting`.
    """
    engine = make_engine(url)
    try:
        with session_factory(engine).begin() as session:
            found = find_project(session, project)
            booked = list_booked(session, project_id=found.id)
            if not booked:
                raise CuttingNotBookedError
            if not yes:
                if as_json:
                    raise click.UsageError("--json asks nothing: add --yes")
                click.confirm(f"Undo the booking of {booked[0].bars} bars?", abort=True)
            unbook_cutting(session, cutting_id=booked[0].id, by=by)
    finally:
        engine.dispose()
    if as_json:
        click.echo(json.dumps({"cutting": str(booked[0].id), "booked": False}))
        return
    click.echo("Undone: the bars are whole again.")


def _ask(session: Session, sawn: Sequence[SawnLot], *, quiet: bool, yes: bool, question: str) -> None:
    """Show what becomes of each lot, and ask whether that is meant."""
    if quiet:
        if not yes:
            raise click.UsageError("--json asks nothing: add --yes")
        return
    lots = name_lots(session, ids=[str(one.lot_id) for one in sawn])
    ids = {part.requirement_id for one in sawn for part in one.parts if part.requirement_id is not None}
    wanted = name_requirements(session, ids=sorted(map(str, ids)))
    table = Table(title="What becomes of each lot", title_justify="left")
    for name in ("lot", "bars sawn", "pieces", "off-cuts", "kerf mm", "scrap mm"):
        table.add_column(name, justify="right" if name.endswith(("mm", "sawn")) else "left", overflow="fold")
    for one in sawn:
        lot = lots[str(one.lot_id)]
        pieces = [
            f"{part.count} x {part.length_mm:,} for {wanted[str(part.requirement_id)].ref}"
            for part in one.parts
            if part.kind is SawnKind.PIECE
        ]
        offcuts = [f"{part.count} x {part.length_mm:,}" for part in one.parts if part.kind is SawnKind.OFFCUT]
        table.add_row(
            f"{lot.ref} ({lot.site})",
            f"{one.bars} x {one.length_mm:,}",
            ", ".join(pieces),
            ", ".join(offcuts),
            f"{one.kerf_mm:,}",
            f"{one.scrap_mm:,}",
        )
    open_console().print(table)
    if not yes:
        click.confirm(question, abort=True)
