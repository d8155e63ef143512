# SPDX-License-Identifier: EUPL-1.2
"""The life of a surveyed lot on its page: offered, split, merged, and the last of these undone."""

from collections.abc import Callable
from decimal import ROUND_FLOOR
from typing import Any
from uuid import UUID

from flask import redirect, request
from flask_babel import gettext
from werkzeug.wrappers import Response as BaseResponse

from inventory.actions.lot_move import (
    MergeEmptyError,
    MergeUnlikeError,
    MergeWithItselfError,
    MoveEndedError,
    SplitAmountError,
    merge_lots,
    split_lot,
)
from inventory.actions.lot_reuse import decide_reuse
from inventory.actions.lot_step import StepMissingError, StepRefusedError, step_lot
from inventory.actions.lot_undo import ChangedSinceError, NothingToUndoError, undo_lot
from inventory.errors import GenbroError
from inventory.imports.number import NumberStyle, Separator, parse_number
from inventory.queries.reading import Session
from inventory.tables import LotStatus, Reuse
from web.figures import show_quantity
from web.language import current_language, page_url
from web.pages.surveys.answers import read_by, say_once
from web.pages.surveys.finding import find_lot
from web.pages.surveys.reading import tidy_text
from web.session import get_reader
from web.wording import say

_LONGEST_WHY = 400
Work = Callable[[Session, Any], str]


def _change(lot_id: UUID, work: Work) -> BaseResponse:
    """Do something to a lot, or say why not, and show the lot."""
    lot = find_lot(lot_id)
    try:
        with get_reader().write() as session:
            words = work(session, lot)
    except GenbroError as error:
        say_once("warning", tell_refusal(error))
    else:
        say_once("success", words)
    return redirect(page_url("survey_lot", lot_id=lot_id, _anchor="life"), 303)


def _read_why() -> str | None:
    return tidy_text(request.form.get("why", ""))[:_LONGEST_WHY] or None


def tell_refusal(error: GenbroError) -> str:
    """Say in the language of the page why a lot stays as it is, and what to do.

    Raises
    ------
    GenbroError
        The error itself, where it is none of a person's doing.
    """
    if isinstance(error, StepMissingError):
        missing = ", ".join(say(code, "life_need") for code in error.details["missing_codes"])
        return gettext("The lot cannot get there yet. It still needs: %(missing)s.", missing=missing)
    if isinstance(error, StepRefusedError):
        status = say(error.details["status"], "lot_status")
        return gettext("The lot is %(status)s, and this cannot follow that.", status=status.lower())
    if isinstance(error, SplitAmountError):
        there = show_quantity(error.details["there"], error.details["unit"])
        return gettext("Split off more than 0 and less than the %(there)s there are.", there=there)
    if isinstance(error, MergeUnlikeError):
        return gettext(
            "The lots are not alike (%(fields)s). Correct the one that is wrong, or keep them apart.",
            fields=error.details["fields"].replace("_", " "),
        )
    if isinstance(error, MergeWithItselfError):
        return gettext("Choose another lot to merge into this one.")
    if isinstance(error, MergeEmptyError):
        return gettext("There is nothing in lot %(ref)s.", ref=error.details["ref"])
    if isinstance(error, MoveEndedError):
        return gettext("The lot's life is over: nothing of it can be split off or merged.")
    if isinstance(error, NothingToUndoError):
        return gettext("There is nothing left to undo.")
    if isinstance(error, ChangedSinceError):
        return gettext("Lot %(ref)s changed since, so this cannot be undone.", ref=error.details["other"])
    raise error


def offer_lot(lot_id: UUID) -> BaseResponse:
    """Offer a lot, once it is decided whether it is reused directly or prepared for reuse.

    Raises
    ------
    PageNotFoundError
        There is no such surveyed lot.
    """

    def work(session: Session, lot: Any) -> str:
        chosen = request.form.get("reuse", "")
        if chosen in set(Reuse):
            decide_reuse(session, lot_id=lot.id, reuse=Reuse(chosen), by=read_by())
        step_lot(session, lot_id=lot.id, to=LotStatus.OFFERED, by=read_by(), why=_read_why())
        return gettext("The lot is offered: runs may match it now.")

    return _change(lot_id, work)


def split_off(lot_id: UUID) -> BaseResponse:
    """Part a lot: the amount typed, in the unit of its class, becomes a lot of its own.

    Raises
    ------
    PageNotFoundError
        There is no such surveyed lot.
    """

    def work(session: Session, lot: Any) -> str:
        decimal: Separator = "," if current_language() == "da" else "."
        typed = tidy_text(request.form.get("amount", ""))
        amount = parse_number(typed, style=NumberStyle(decimal=decimal, known_by="values")).value
        finite = amount is not None and amount.is_finite() and abs(amount) < 10**12
        steps = (
            int((amount / lot.step).to_integral_value(ROUND_FLOOR)) if amount is not None and finite else 0
        )
        split_lot(session, lot_id=lot.id, quantity=steps, by=read_by(), why=_read_why())
        return gettext(
            "%(amount)s is a lot of its own now.", amount=show_quantity(steps * lot.step, lot.unit)
        )

    return _change(lot_id, work)


def merge_in(lot_id: UUID) -> BaseResponse:
    """Put all of another lot into this one.

    Raises
    ------
    PageNotFoundError
        There is no such surveyed lot, or the other is none.
    """
    try:
        other = find_lot(UUID(request.form.get("other", "")))
    except ValueError:
        say_once("warning", gettext("Choose another lot to merge into this one."))
        return redirect(page_url("survey_lot", lot_id=find_lot(lot_id).id, _anchor="life"), 303)

    def work(session: Session, lot: Any) -> str:
        merge_lots(session, into=lot.id, sources=[other.id], by=read_by(), why=_read_why())
        return gettext("All of lot %(ref)s is in this one now.", ref=other.ref)

    return _change(lot_id, work)


def undo_last(lot_id: UUID) -> BaseResponse:
    """Undo the last step, split or merge of a lot.

    Raises
    ------
    PageNotFoundError
        There is no such surveyed lot.
    """

    def work(session: Session, lot: Any) -> str:
        undo_lot(session, lot_id=lot.id, by=read_by())
        return gettext("Undone.")

    return _change(lot_id, work)
