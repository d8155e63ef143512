# SPDX-License-Identifier: EUPL-1.2
"""genbro lot: show a lot, take it a step on, split and merge it, and undo."""

import json
import re
from decimal import Decimal
from typing import Any
from uuid import UUID

import click
from sqlalchemy.orm import Session

from inventory.actions.lots.count import recount_lot
from inventory.actions.lots.move import merge_lots, split_lot
from inventory.actions.lots.reuse import decide_reuse
from inventory.actions.lots.step import LotUnknownError, step_lot
from inventory.actions.lots.undo import undo_lot
from inventory.cli.amounts import show_amount
from inventory.cli.options import database_option, json_option
from inventory.database import open_session
from inventory.errors import BadInputError
from inventory.queries.lots.life import find_undoable, list_next_steps, read_moves
from inventory.queries.lots.listing import read_lot
from inventory.queries.surveys.surveys import read_history
from inventory.tables import LotStatus, Reuse

by_option = click.option("--by", help="Who does it, for the history.")
why_option = click.option("--why", help="For what reason, for the history.")
lot_argument = click.argument("lot_id", metavar="LOT", type=click.UUID)


class AmountError(BadInputError):
    """Lot {ref} counts in {unit}, {step} at a time: {amount} is no amount of it."""


@click.group("lot")
def lot() -> None:
    """Show a LOT (its id) and carry it through its life: steps, split, merge, recount, undo."""


@lot.command("show")
@lot_argument
@json_option
@database_option
def show(*, lot_id: UUID, url: str, as_json: bool) -> None:
    """Show a lot: state, amount, way of reuse, and what may follow with what it still needs."""
    with open_session(url) as session:
        _tell(session, lot_id, as_json=as_json)


@lot.command("step")
@lot_argument
@click.argument("to", type=click.Choice([status.value for status in LotStatus]))
@by_option
@why_option
@json_option
@database_option
def step(*, lot_id: UUID, to: str, by: str | None, why: str | None, url: str, as_json: bool) -> None:
    """Take LOT a step on, to the state TO; a step it is not ready for says what is missing."""
    with open_session(url) as session:
        step_lot(session, lot_id=lot_id, to=LotStatus(to), by=by, why=why)
        _tell(session, lot_id, as_json=as_json)


@lot.command("decide")
@lot_argument
@click.argument("reuse", type=click.Choice([reuse.value for reuse in Reuse]))
@click.option("--number", help="Running number of the waste notification, where it is prepared for reuse.")
@click.option("--receiver", help="Who receives it as waste.")
@by_option
@why_option
@json_option
@database_option
def decide(
    *,
    lot_id: UUID,
    reuse: str,
    number: str | None,
    receiver: str | None,
    by: str | None,
    why: str | None,
    url: str,
    as_json: bool,
) -> None:
    """Decide on direct reuse of LOT, or on preparation for reuse, which makes it waste until then."""
    with open_session(url) as session:
        decide_reuse(
            session,
            lot_id=lot_id,
            reuse=Reuse(reuse),
            waste_number=number,
            waste_receiver=receiver,
            by=by,
            why=why,
        )
        _tell(session, lot_id, as_json=as_json)


@lot.command("split")
@lot_argument
@click.argument("amount")
@by_option
@why_option
@json_option
@database_option
def split(*, lot_id: UUID, amount: str, by: str | None, why: str | None, url: str, as_json: bool) -> None:
    """Split AMOUNT, in the unit of its class, off LOT; prints the new lot."""
    with open_session(url) as session:
        steps = _read_steps(session, lot_id, amount)
        part = split_lot(session, lot_id=lot_id, quantity=steps, by=by, why=why)
        _tell(session, part, as_json=as_json)


@lot.command("merge")
@click.argument("into", metavar="LOT", type=click.UUID)
@click.argument("sources", metavar="OTHER...", type=click.UUID, nargs=-1, required=True)
@by_option
@why_option
@json_option
@database_option
def merge(
    *, into: UUID, sources: tuple[UUID, ...], by: str | None, why: str | None, url: str, as_json: bool
) -> None:
    """Put all of each OTHER into LOT; they must be alike."""
    with open_session(url) as session:
        merge_lots(session, into=into, sources=sources, by=by, why=why)
        _tell(session, into, as_json=as_json)


@lot.command("recount")
@lot_argument
@click.argument("amount")
@click.option("--why", required=True, help="Why there is more or less of it.")
@by_option
@json_option
@database_option
def recount(*, lot_id: UUID, amount: str, by: str | None, why: str, url: str, as_json: bool) -> None:
    """Correct the quantity of LOT to AMOUNT, in the unit of its class."""
    with open_session(url) as session:
        steps = _read_steps(session, lot_id, amount)
        recount_lot(session, lot_id=lot_id, quantity=steps, by=by, why=why)
        _tell(session, lot_id, as_json=as_json)


@lot.command("undo")
@lot_argument
@by_option
@why_option
@json_option
@database_option
def undo(*, lot_id: UUID, by: str | None, why: str | None, url: str, as_json: bool) -> None:
    """Undo what was last done to LOT: a step, a split, a merge or a recount."""
    with open_session(url) as session:
        undo_lot(session, lot_id=lot_id, by=by, why=why)
        _tell(session, lot_id, as_json=as_json)


@lot.command("history")
@lot_argument
@json_option
@database_option
def history(*, lot_id: UUID, url: str, as_json: bool) -> None:
    """List what happened to LOT, the oldest first: when, what, who, why, and each value before and after."""
    with open_session(url) as session:
        if read_lot(session, lot_id=lot_id) is None:
            raise LotUnknownError(lot_id=lot_id)
        lines = read_history(session, lot_id=lot_id)
    if as_json:
        told = [
            {"at": one.at.isoformat(), "kind": one.kind, "by": one.by, "why": one.why, "changes": one.changes}
            for one in lines
        ]
        click.echo(json.dumps(told, ensure_ascii=False))
        return
    for one in lines:
        changes = "; ".join(f"{name}: {before} -> {after}" for name, (before, after) in one.changes.items())
        who = "".join(f" · {text}" for text in (one.by, one.why) if text)
        click.echo(f"{one.at:%Y-%m-%d %H:%M}  {one.kind}{who}  {changes}".rstrip())


def _read_steps(session: Session, lot_id: UUID, amount: str) -> int:
    """Read an amount in the class's unit as steps; 1.000 may be one or a thousand, so it is neither."""
    facts = read_lot(session, lot_id=lot_id)
    if facts is None:
        raise LotUnknownError(lot_id=lot_id)
    size = facts.material.step
    try:
        steps = Decimal(amount.replace(",", ".")) / size
        whole = int(steps)
    except (ArithmeticError, ValueError):
        steps, whole = Decimal(0), -1
    if steps != whole or re.fullmatch(r"\d{1,3}([.,]\d{3})+", amount):
        raise AmountError(ref=facts.lot.ref, unit=facts.lot.unit, step=f"{size.normalize():f}", amount=amount)
    return whole


def _tell(session: Session, lot_id: UUID, *, as_json: bool) -> None:
    session.flush()
    facts = read_lot(session, lot_id=lot_id)
    if facts is None:
        raise LotUnknownError(lot_id=lot_id)
    one, last = facts.lot, find_undoable(session, lot_id=lot_id)
    steps = [step for step in list_next_steps(session, lot_id=lot_id) if not step.undo_only]
    document: dict[str, Any] = {
        "id": str(one.id),
        "ref": one.ref,
        "class": facts.material.code,
        "status": one.status,
        "quantity": float(one.quantity * facts.material.step),
        "unit": one.unit,
        "not_counted": facts.place.not_counted,
        "reuse": one.reuse,
        "waste_number": one.waste_number,
        "waste_receiver": one.waste_receiver,
        "next": [{"to": step.to, "missing": list(step.missing)} for step in steps],
        "moves": [
            {
                "at": row.at.isoformat(),
                "direction": "to" if row.out else "from",
                "lot": str(row.other_id),
                "ref": row.other_ref,
                "quantity": float(row.amount),
            }
            for row in read_moves(session, lot_id=lot_id)
        ],
        "undo": None if last is None else last.kind,
    }
    if as_json:
        click.echo(json.dumps(document, ensure_ascii=False))
        return
    click.echo(f"Lot {document['ref']} ({document['id']}): {document['class']}")
    click.echo(
        f"  {one.status}, {show_amount(document['quantity'], one.unit)}, reuse {one.reuse or 'not decided'}"
    )
    for row in document["moves"]:
        click.echo(f"  {show_amount(row['quantity'], document['unit'])} {row['direction']} lot {row['ref']}")
    for step in steps:
        click.echo(
            f"  may become {step.to}" + (f", once it has: {', '.join(step.missing)}" if step.missing else "")
        )
    if last is not None:
        click.echo(f"  can be undone: {last.kind}")
