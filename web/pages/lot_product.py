# SPDX-License-Identifier: EUPL-1.2
"""Deciding on the web whether a lot is a used product, surplus or recycled."""

from uuid import UUID

from flask import redirect, render_template, request
from werkzeug.wrappers import Response as BaseResponse

from inventory.actions.product import decide_lot
from inventory.documentation.product import CAVEAT, read_product_reasons
from inventory.queries.lots.listing import LotFacts, read_lot
from inventory.queries.product import read_product_decision, stands_in_a_building
from inventory.tables import Basis
from web.clock import current_day
from web.errors import PageNotFoundError
from web.language import page_url
from web.lot_forms.product import INSTALLED, NOT_KNOWN, PROCESSING, WASTE, read_product_answers
from web.lot_forms.reader import FormReader
from web.session import get_reader, get_session


def _find(lot_id: UUID) -> LotFacts:
    facts = read_lot(get_session(), lot_id=lot_id)
    if facts is None or facts.lot.basis != Basis.SURVEYED:
        raise PageNotFoundError(what="surveyed lot", name=lot_id)
    return facts


def show_product(lot_id: UUID) -> str:
    """Show what a surveyed lot is in law, why, and the questions that decide it.

    Raises
    ------
    PageNotFoundError
        There is no such lot, or it is an estimate.
    """
    return _show(_find(lot_id), form=FormReader())


def _show(facts: LotFacts, *, form: FormReader) -> str:
    session, lot_id = get_session(), facts.lot.id
    decision = read_product_decision(session, lot_id=lot_id)
    in_building = stands_in_a_building(session, lot_id=lot_id)
    if decision is None:
        answers = {"installed": "yes" if in_building else None, "processing": None, "waste": None}
    else:
        answers = {
            "installed": NOT_KNOWN if decision.installed is None else "yes" if decision.installed else "no",
            "processing": decision.processing or NOT_KNOWN,
            "waste": decision.waste or NOT_KNOWN,
        }
    return render_template(
        "lot_product.html",
        lot=facts.lot,
        row=facts.place,
        material=facts.material,
        decision=decision,
        in_building=in_building,
        reasons=read_product_reasons(),
        caveat=read_product_reasons()[CAVEAT],
        answers=answers,
        choices={"installed": INSTALLED, "processing": PROCESSING, "waste": WASTE},
        form=form,
    )


def decide_product(lot_id: UUID) -> str | BaseResponse:
    """Decide by the answers, or show the form again with what is missing."""
    facts, form = _find(lot_id), FormReader(request.form)
    answers = read_product_answers(form)
    if answers is None:
        return _show(facts, form=form)
    with get_reader().write() as session:
        decide_lot(session, lot_id=lot_id, answers=answers, today=current_day())
    return redirect(page_url("lot_product", lot_id=lot_id), 303)
