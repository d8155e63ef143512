# SPDX-License-Identifier: EUPL-1.2
"""A surveyed lot offered from its page; every other act on it has its one place on the page of its life."""

from uuid import UUID

from flask import redirect, request
from flask_babel import gettext
from werkzeug.wrappers import Response as BaseResponse

from inventory.actions.lots.reuse import decide_reuse
from inventory.actions.lots.step import StepMissingError, StepRefusedError, step_lot
from inventory.tables import LotStatus, Reuse
from web.language import page_url
from web.pages.life_refusals import say_life_refusal
from web.pages.surveys.answers import read_by, say_once
from web.pages.surveys.finding import find_lot
from web.session import get_reader


def offer_lot(lot_id: UUID) -> BaseResponse:
    """Offer a lot, once it is decided whether it is reused directly or prepared for reuse.

    Raises
    ------
    PageNotFoundError
        There is no such surveyed lot.
    """
    lot, chosen, by = find_lot(lot_id), request.form.get("reuse", ""), read_by()
    try:
        with get_reader().write() as session:
            if chosen in set(Reuse):
                decide_reuse(session, lot_id=lot.id, reuse=Reuse(chosen), by=by)
            step_lot(session, lot_id=lot.id, to=LotStatus.OFFERED, by=by)
    except (StepRefusedError, StepMissingError) as error:
        say_once("warning", say_life_refusal(error))
    else:
        say_once("success", gettext("The lot is offered: runs may match it now."))
    return redirect(page_url("survey_lot", lot_id=lot_id, _anchor="life"), 303)
