# SPDX-License-Identifier: EUPL-1.2
"""Booking a cutting plan: what becomes of each lot, shown before it is done; and what became of it after."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from uuid import UUID

from flask import make_response, render_template, request
from flask_babel import gettext
from werkzeug.wrappers import Response as BaseResponse

from inventory.actions.lots.book_cutting import CuttingStaleError, book_cutting
from inventory.actions.lots.step import ChangedSinceError
from inventory.actions.lots.unbook_cutting import unbook_cutting
from inventory.errors import GenbroError
from inventory.queries.cutting.bookings import Refusal, list_made, list_refusals, list_sawn
from inventory.queries.cutting.cuttings import find_cutting
from inventory.queries.cutting.sawn import SawnLot, reckon_sawn
from inventory.queries.instant import (
    NamedLot,
    NamedRequirement,
    name_lots,
    name_requirements,
    read_project_name,
)
from inventory.queries.offers import AnyRow
from inventory.tables import CuttingStatus, SawnKind
from web.errors import PageNotFoundError
from web.language import page_url
from web.pages.life_refusals import list_columns, list_needs
from web.pages.surveys.answers import REFUSED, answer_saved, read_by, remembered_by, say_once
from web.session import get_reader, get_session
from web.words.codes import say

_LONGEST = 400


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownLot:
    """A lot that is sawn, as the page tells of it: what comes of it, and once booked the lots made."""

    id: str
    named: NamedLot | None
    sawn: SawnLot
    pieces: Sequence[tuple[NamedRequirement | None, int, int]]
    offcuts: Sequence[tuple[int, int]]
    made: Sequence[AnyRow]
    scrap_ref: str | None


def show_booking(cutting_id: UUID) -> str:
    """Show what booking a cutting plan would do, or what it did.

    Raises
    ------
    PageNotFoundError
        There is no such plan, or it is not done.
    """
    return _show(_find(cutting_id))


def save_booking(cutting_id: UUID) -> BaseResponse:
    """Book the plan, or undo its booking.

    Raises
    ------
    PageNotFoundError
        As `show_booking`, or the act is none.
    """
    row, act, by = _find(cutting_id), request.form.get("act", ""), read_by()
    why = " ".join(request.form.get("why", "").split())[:_LONGEST] or None
    if act not in {"book", "undo"}:
        raise PageNotFoundError(what="act", name=act)
    try:
        with get_reader().write() as session:
            if act == "book":
                book_cutting(session, cutting_id=cutting_id, at=datetime.now(UTC), by=by, why=why)
            else:
                unbook_cutting(session, cutting_id=cutting_id, by=by, why=why)
    except CuttingStaleError as error:
        return make_response(_show(row, refusals=error.details["refusals"]), REFUSED)
    except GenbroError as error:
        return make_response(_show(row, wrong=_say(error)), REFUSED)
    booked = gettext("The bars are booked as sawn.")
    say_once("success", booked if act == "book" else gettext("It is undone: the bars are whole again."))
    return answer_saved(page_url("cutting_booking", cutting_id=cutting_id))


def _find(cutting_id: UUID) -> AnyRow:
    row = find_cutting(get_session(), cutting_id=cutting_id)
    if row is None or row.status != CuttingStatus.DONE:
        raise PageNotFoundError(what="cutting", name=cutting_id)
    return row


def _show(row: AnyRow, *, refusals: Sequence[Refusal] | None = None, wrong: str | None = None) -> str:
    session = get_session()
    sawn = reckon_sawn(row.problem, row.plan)
    booked = row.booked_at is not None
    if refusals is None:
        refusals = [] if booked else list_refusals(session, sawn=sawn, seen=row.seen)
    made = list_made(session, cutting_id=row.id) if booked else []
    kept = {one.lot_id: one for one in list_sawn(session, cutting_id=row.id)} if booked else {}
    wanted = {str(part.requirement_id) for one in sawn for part in one.parts if part.requirement_id}
    named = name_lots(session, ids=[str(one.lot_id) for one in sawn])
    asked = name_requirements(session, ids=sorted(wanted))
    return render_template(
        "cutting_booking.html",
        project=read_project_name(session, project_id=row.project_id),
        cutting=row,
        lots=[_lay(one, named=named, asked=asked, made=made, kept=kept) for one in sawn],
        refusals=[say_refusal(one) for one in refusals],
        wrong=wrong,
        why=request.form.get("why", ""),
        by=remembered_by(),
    )


def _lay(
    one: SawnLot,
    *,
    named: Mapping[str, NamedLot],
    asked: Mapping[str, NamedRequirement],
    made: Sequence[AnyRow],
    kept: Mapping[UUID, AnyRow],
) -> ShownLot:
    return ShownLot(
        id=str(one.lot_id),
        named=named.get(str(one.lot_id)),
        sawn=one,
        pieces=[
            (asked.get(str(part.requirement_id)), part.count, part.length_mm)
            for part in one.parts
            if part.kind is SawnKind.PIECE
        ],
        offcuts=[(part.count, part.length_mm) for part in one.parts if part.kind is SawnKind.OFFCUT],
        made=[row for row in made if row.parent_id == one.lot_id],
        scrap_ref=kept[one.lot_id].scrap_ref if one.lot_id in kept else None,
    )


def say_refusal(refusal: Refusal) -> str:
    """Say why a plan cannot be booked, in the language of the page."""
    if refusal.why == "gone":
        return gettext("A lot of the plan is gone.")
    if refusal.why == "estimated":
        return gettext("Lot %(ref)s is an estimate: survey it before it is sawn.", ref=refusal.ref)
    if refusal.why == "state":
        return gettext("Lot %(ref)s is %(status)s.", ref=refusal.ref, status=_state(refusal))
    if refusal.why == "changed":
        return gettext(
            "Lot %(ref)s is another than the plan took it to be: %(fields)s.",
            ref=refusal.ref,
            fields=list_columns(refusal.fields),
        )
    if refusal.why == "few":
        return gettext(
            "Lot %(ref)s holds %(there)s bars, and the plan saws %(needed)s.",
            ref=refusal.ref,
            there=refusal.there,
            needed=refusal.needed,
        )
    if refusal.why == "missing":
        return gettext(
            "Lot %(ref)s cannot be promised yet. Still needed: %(missing)s.",
            ref=refusal.ref,
            missing=list_needs(refusal.fields),
        )
    return gettext(
        "Requirement %(ref)s wants %(there)s more pieces of %(length)s mm, and the plan saws %(needed)s.",
        ref=refusal.ref,
        there=refusal.there,
        length=refusal.length_mm,
        needed=refusal.needed,
    )


def _state(refusal: Refusal) -> str:
    return say(str(refusal.status), "lot_status").lower()


def _say(error: GenbroError) -> str:
    if isinstance(error, ChangedSinceError):
        return gettext(
            "It cannot be undone: lot %(other)s changed since. Undo that first.", other=error.details["other"]
        )
    return gettext("It was booked or undone in the meantime. See below what holds now.")
