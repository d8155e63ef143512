# SPDX-License-Identifier: EUPL-1.2
"""Who may sell a lot, on which paper, and its terms of sale: shown and written down."""

from datetime import date
from uuid import UUID

from flask import make_response, render_template, request
from flask_babel import gettext
from werkzeug.wrappers import Response as BaseResponse

from inventory.actions.lots.terms import Right, Terms, set_terms
from inventory.queries.lots.listing import LotFacts, read_lot
from inventory.queries.lots.terms import list_owners, list_papers, read_terms
from inventory.tables import Basis, Crane, Party, PriceAt
from web.errors import PageNotFoundError
from web.forms.bulk import CHOICES
from web.language import page_url
from web.lot_forms.reader import FormReader
from web.own_papers import keep_paper
from web.pages.surveys.answers import REFUSED, answer_saved, read_by, remembered_by, say_once
from web.session import get_reader, get_session


def show_terms(lot_id: UUID) -> str:
    """Show the form of a surveyed lot's owner and terms.

    Raises
    ------
    PageNotFoundError
        There is no such lot, or it is an estimate.
    """
    return _show(_find(lot_id))


def save_terms(lot_id: UUID) -> BaseResponse:
    """Keep owner and terms, or show the form again with what is to be mended.

    Raises
    ------
    PageNotFoundError
        As `show_terms`.
    """
    facts, form = _find(lot_id), FormReader(request.form)
    right = Right(
        owner=form.read_text("owner"),
        sellable_from=form.read_day("sellable_from", latest=date.max)
        if form.typed("sellable_from")
        else None,
    )
    chosen = {name: form.read_choice(name, known=set(codes), needed=False) for name, codes in CHOICES.items()}
    hours = form.read_whole("minimum_hire_hours")
    papers = {str(one.id) for one in list_papers(get_session(), lot_id=lot_id)}
    paper = form.read_choice("paper", known=papers, needed=False)
    why, by = form.read_text("why", most=400), read_by()
    if form.errors:
        return make_response(_show(facts, form=form), REFUSED)
    parties = {
        name: Party(code) if (code := chosen[name]) else None
        for name in ("dismantled_by", "loaded_by", "unloaded_by")
    }
    terms = Terms(
        price_at=PriceAt(chosen["price_at"]) if chosen["price_at"] else None,
        crane=Crane(chosen["crane"]) if chosen["crane"] else None,
        minimum_hire_hours=hours,
        dismantled_by=parties["dismantled_by"],
        loaded_by=parties["loaded_by"],
        unloaded_by=parties["unloaded_by"],
    )
    if paper:
        keep_paper(UUID(paper))
    with get_reader().write() as session:
        changed = set_terms(
            session,
            lot_id=lot_id,
            right=right,
            terms=terms,
            paper_id=UUID(paper) if paper else None,
            by=by,
            why=why,
        )
    words = gettext("Owner and terms are kept.") if changed else gettext("That changes nothing.")
    say_once("success" if changed else "warning", words)
    return answer_saved(page_url("lot_terms", lot_id=lot_id))


def _find(lot_id: UUID) -> LotFacts:
    facts = read_lot(get_session(), lot_id=lot_id)
    if facts is None or facts.lot.basis != Basis.SURVEYED:
        raise PageNotFoundError(what="surveyed lot", name=lot_id)
    return facts


def _show(facts: LotFacts, *, form: FormReader | None = None) -> str:
    session, lot_id = get_session(), facts.lot.id
    terms, papers = read_terms(session, lot_id=lot_id), list_papers(session, lot_id=lot_id)
    assert terms is not None
    names = ("owner", "sellable_from", *CHOICES, "minimum_hire_hours", "paper", "why")
    if form is None:
        shown = {name: getattr(terms, name, None) for name in names}
        shown |= {"owner": terms.own_owner, "sellable_from": terms.own_sellable_from}
        shown["paper"] = next((one.id for one in papers if one.proves), None)
        typed = {name: "" if value is None else str(value) for name, value in shown.items()}
    else:
        typed = {name: form.typed(name) for name in names}
    return render_template(
        "lot_terms.html",
        lot=facts.lot,
        material=facts.material,
        terms=terms,
        papers=papers,
        owners=list_owners(session),
        choices={name: [code.value for code in codes] for name, codes in CHOICES.items()},
        typed=typed,
        errors={} if form is None else form.errors,
        by=remembered_by(),
    )
