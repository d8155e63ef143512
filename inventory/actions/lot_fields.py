# SPDX-License-Identifier: EUPL-1.2
"""The fields of a lot that a firm changes for many at once: set by their rules, photographed, put back."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields
from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from inventory.actions.changes import Changes, record_changes
from inventory.actions.events import record_event
from inventory.actions.lot_reuse import decide_reuse
from inventory.actions.lot_step import change_status, lock_lot, lock_surveyed, step_lot
from inventory.actions.lot_terms import Right, Terms, set_terms
from inventory.actions.organisations import find_or_add_organisation
from inventory.errors import BadInputError, StateError
from inventory.queries.lot_life import find_undoable
from inventory.queries.lot_terms import map_documents
from inventory.tables import (
    Attachment,
    AttachmentKind,
    Lot,
    LotStatus,
    LotSurvey,
    MaterialClass,
    Organisation,
    Proves,
    Reuse,
)

_TERMS = tuple(one.name for one in fields(Terms))
_RIGHT = ("owner", "sellable_from")
_WASTE = ("waste_number", "waste_receiver")
FIELDS = ("price_ore", *_TERMS, *_RIGHT, "right_paper", "storage_place", "reuse", *_WASTE, "status")
"""What may be changed for many at once. A price is told as DKK per unit, and kept as oere per step."""
BULK_STEPS = (LotStatus.OFFERED, LotStatus.WITHDRAWN, LotStatus.DISCARDED)
"""The steps that may be taken for many at once: those that a firm takes at its desk."""
_ORE_PER_KRONE = 100


class EstimateUnchangedError(StateError):
    """Lot {ref} is an estimate: survey the material, then change it."""


class WasteUndecidedError(BadInputError):
    """Nothing is decided of how lot {ref} is reused: choose preparation for reuse with its number."""


class PaperNotHereError(BadInputError):
    """Neither lot {ref} nor its site has a document called {paper}. Add it there first."""


class FieldChangedError(StateError):
    """Lot {ref} has changed since."""


def photograph_lot(session: Session, lot: Lot) -> dict[str, Any]:
    """Take down every field of `FIELDS` as JSON holds it; prices as text, in oere per step."""
    seen = session.get(LotSurvey, lot.id, populate_existing=True)
    owner = None if lot.owner_id is None else session.get_one(Organisation, lot.owner_id).name
    told: dict[str, Any] = {name: getattr(lot, name) for name in ("price_ore", *_TERMS, "reuse", *_WASTE)}
    told |= {
        "owner": owner,
        "sellable_from": lot.sellable_from,
        "right_paper": _find_paper(session, lot),
        "storage_place": None if seen is None else seen.storage_place,
        "status": lot.status,
    }
    return {name: _plain(told[name]) for name in FIELDS}


def apply_change(
    session: Session, *, lot_id: UUID, change: Mapping[str, Any], by: str | None, why: str | None
) -> dict[str, Any]:
    """Change one lot, by the actions that change it alone.

    Parameters
    ----------
    session
        Its transaction; whoever calls it takes back what is refused on the way.
    lot_id, by, why
        The lot, who, and for what reason.
    change
        As `inventory.actions.lot_bulk.change_lots`.

    Returns
    -------
    dict
        What putting it back needs beside the photographs: ``step`` (event of a step taken), ``surveyed``
        (whether a survey was begun), ``papers`` (owner, and which document showed the right before).

    Raises
    ------
    EstimateUnchangedError, WasteUndecidedError, PaperNotHereError
        See there.
    inventory.errors.GenbroError
        As the actions of terms, reuse and steps.
    """
    lot = lock_surveyed(session, lot_id, refusal=EstimateUnchangedError)
    traces: dict[str, Any] = {}
    if change.keys() & {*_TERMS, *_RIGHT, "right_paper"}:
        traces |= _change_terms(session, lot, change, by=by, why=why)
    if change.keys() & {"reuse", *_WASTE}:
        _change_reuse(session, lot, change, by=by, why=why)
    if change.keys() & {"price_ore", "storage_place"}:
        traces |= _correct(session, lot, change, by=by, why=why)
    if change.get("status") is not None and lot.status is not change["status"]:
        step_lot(session, lot_id=lot_id, to=change["status"], by=by, why=why)
        step = find_undoable(session, lot_id=lot_id)
        assert step is not None
        traces["step"] = step.id
    return traces


def put_back(session: Session, *, lot_id: UUID, kept: Mapping[str, Any], by: str | None) -> None:
    """Put the fields of one lot back to what they were before a change.

    Parameters
    ----------
    session
        Its transaction.
    lot_id, by
        The lot, and who.
    kept
        ``before`` and ``after`` of each field that changed, with the traces of `apply_change`.

    Raises
    ------
    FieldChangedError
        One of them is another now.
    inventory.errors.GenbroError
        The state it had cannot be had back.
    """
    lot = lock_lot(session, lot_id)
    now, before = photograph_lot(session, lot), dict(kept["before"])
    if any(now[name] != value for name, value in kept["after"].items() if name != "right_paper"):
        raise FieldChangedError(ref=lot.ref)
    data: dict[str, Any] = {
        "by": by,
        "what": "lots_edited",
        "changes": {name: [kept["after"][name], value] for name, value in before.items()},
    }
    if "step" in kept:
        last = find_undoable(session, lot_id=lot_id)
        if last is None or last.id != kept["step"]:
            raise FieldChangedError(ref=lot.ref)
        change_status(session, lot, to=LotStatus(before["status"]), undo=True)
        data["undoes"] = kept["step"]
    for name, value in before.items():
        if name == "owner":
            lot.owner_id = None if value is None else find_or_add_organisation(session, value)
        elif name == "sellable_from":
            lot.sellable_from = None if value is None else date.fromisoformat(value)
        elif name == "price_ore":
            lot.price_ore = None if value is None else Decimal(value)
        elif name not in ("status", "right_paper", "storage_place"):
            setattr(lot, name, value)
    session.flush()
    if "storage_place" in before:
        seen = session.get_one(LotSurvey, lot_id)
        if kept.get("surveyed"):
            session.delete(seen)
        else:
            seen.storage_place = before["storage_place"]
    for owner, shown in kept.get("papers", {}).items():
        _show_right(session, owner=UUID(owner), paper_id=None if shown is None else UUID(shown))
    session.flush()
    record_event(session, kind="lot_undone", subject_kind="lot", subject_id=lot_id, data=data)


def _change_terms(
    session: Session, lot: Lot, change: Mapping[str, Any], *, by: str | None, why: str | None
) -> dict[str, Any]:
    owner = None if lot.owner_id is None else session.get_one(Organisation, lot.owner_id).name
    right = Right(
        owner=change.get("owner", owner), sellable_from=change.get("sellable_from", lot.sellable_from)
    )
    terms = Terms(**{name: change.get(name, getattr(lot, name)) for name in _TERMS})
    paper_id, traces = None, {}
    if change.get("right_paper") is not None:
        name = change["right_paper"]
        documents = map_documents(session, owners={lot.id, lot.site_id}, names={name})
        thing = next((one for one in (lot.id, lot.site_id) if (one, name) in documents), None)
        if thing is None:
            raise PaperNotHereError(ref=lot.ref, paper=name)
        paper_id = documents[thing, name]
        shown = session.scalars(
            select(Attachment.id).where(_is_of(thing), Attachment.proves == Proves.RIGHT_TO_SELL)
        ).one_or_none()
        if shown != paper_id:
            traces = {"papers": {str(thing): None if shown is None else str(shown)}}
    set_terms(session, lot_id=lot.id, right=right, terms=terms, paper_id=paper_id, by=by, why=why)
    return traces


def _change_reuse(
    session: Session, lot: Lot, change: Mapping[str, Any], *, by: str | None, why: str | None
) -> None:
    reuse = change.get("reuse") or lot.reuse
    if reuse is None:
        raise WasteUndecidedError(ref=lot.ref)
    # what is chosen for the lot speaks for itself: its own number goes only where the way of reuse changes
    own = {name: getattr(lot, name) if reuse is Reuse.PREPARATION else None for name in _WASTE}
    waste = {name: change.get(name, own[name]) for name in _WASTE}
    decide_reuse(session, lot_id=lot.id, reuse=reuse, by=by, why=why, **waste)


def _correct(
    session: Session, lot: Lot, change: Mapping[str, Any], *, by: str | None, why: str | None
) -> dict[str, Any]:
    step = session.get_one(MaterialClass, lot.class_id).step
    changes: Changes = {}
    traces: dict[str, Any] = {}
    if "price_ore" in change:
        price = change["price_ore"]
        told = None if price is None else Decimal(f"{(price * _ORE_PER_KRONE * step).normalize():f}")
        if told != lot.price_ore:
            changes["price_ore"] = [_plain(lot.price_ore), _plain(told)]
            lot.price_ore = told
    if "storage_place" in change:
        seen, place = session.get(LotSurvey, lot.id), change["storage_place"]
        if seen is None and place is not None:
            seen = LotSurvey(lot_id=lot.id, count=lot.quantity * step)
            session.add(seen)
            traces["surveyed"] = True
        if seen is not None and seen.storage_place != place:
            changes["storage_place"] = [seen.storage_place, place]
            seen.storage_place = place
    session.flush()
    record_changes(
        session, "lot_corrected", subject="lot", subject_id=lot.id, changes=changes, by=by, why=why
    )
    return traces


def _find_paper(session: Session, lot: Lot) -> str | None:
    """Find which document shows the right to sell a lot: its own, else its site's."""
    query = (
        select(Attachment.name)
        .where(
            (Attachment.lot_id == lot.id) | (Attachment.site_id == lot.site_id),
            Attachment.proves == Proves.RIGHT_TO_SELL,
        )
        .order_by(Attachment.lot_id.is_(None))
        .limit(1)
    )
    return session.scalars(query).one_or_none()


def _is_of(owner: UUID) -> Any:
    return (Attachment.lot_id == owner) | (Attachment.site_id == owner)


def _show_right(session: Session, *, owner: UUID, paper_id: UUID | None) -> None:
    """Let one document of a lot or site, or none, show the right to sell."""
    documents = update(Attachment).where(_is_of(owner), Attachment.kind == AttachmentKind.DOCUMENT)
    session.execute(documents.values(proves=None))
    if paper_id is not None:
        chosen = update(Attachment).where(Attachment.id == paper_id)
        session.execute(chosen.values(proves=Proves.RIGHT_TO_SELL))


def _plain(value: Any) -> Any:
    if isinstance(value, Decimal):
        return f"{value.normalize():f}"
    return value.isoformat() if isinstance(value, date) else value
