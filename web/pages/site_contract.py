# SPDX-License-Identifier: EUPL-1.2
"""Who owns a building's materials, when they pass to the contractor, and the paper that shows it."""

from __future__ import annotations

from datetime import UTC, date, datetime
from uuid import UUID

from flask import make_response, redirect, render_template, request
from flask_babel import gettext
from werkzeug.wrappers import Response

from inventory.actions.attachments import add_attachment
from inventory.actions.demolitions.site_contract import (
    ContractNotLastError,
    ContractRestedOnError,
    set_contract,
    undo_contract,
)
from inventory.actions.lots.terms import Right
from inventory.files.errors import FileRefusedError
from inventory.queries.attachments import read_attachment
from inventory.queries.demolitions.site_contract import (
    list_own_rights,
    list_site_papers,
    read_contract,
    read_contract_history,
)
from inventory.queries.lots.terms import list_owners
from inventory.queries.offers import AnyRow
from inventory.queries.places.sites import read_site
from web.errors import PageNotFoundError
from web.files import get_store
from web.language import page_url
from web.lot_forms.reader import FormReader
from web.lot_forms.refusals import say_refusal
from web.own_papers import may_read, own_paper
from web.pages.surveys.answers import REFUSED, read_by, remembered_by, say_once
from web.session import get_reader, get_session

FIELDS = ("owner", "sellable_from", "paper", "why")


def show_contract(site_id: UUID) -> str:
    """Show who owns the materials, with the form that says otherwise and the history.

    Raises
    ------
    PageNotFoundError
        There is no such site.
    """
    return _show(_find(site_id))


def save_contract(site_id: UUID) -> Response:
    """Keep what was said, with the paper sent along, or show the form again with what is to be mended."""
    site, form = _find(site_id), FormReader(request.form)
    right = Right(
        owner=form.read_text("owner", most=200),
        sellable_from=form.read_day("sellable_from", latest=date.max)
        if form.typed("sellable_from")
        else None,
    )
    papers = {str(one.id) for one in list_site_papers(get_session(), site_id=site_id)}
    paper = form.read_choice("paper", known=papers, needed=False)
    why, by = form.read_text("why", most=400), read_by()
    if form.errors:
        return make_response(_show(site, form=form), REFUSED)
    upload = request.files.get("file")
    paper_id = UUID(paper) if paper else None
    try:
        with get_reader().write() as session:
            if upload is not None and upload.filename:
                paper_id = add_attachment(
                    session,
                    store=get_store(),
                    owner="site",
                    owner_id=site_id,
                    content=upload.read(),
                    name=upload.filename,
                    at=datetime.now(UTC),
                    by=by,
                )
                if paper_id is not None:
                    own_paper(paper_id)
            changed = set_contract(session, site_id=site_id, right=right, paper_id=paper_id, by=by, why=why)
    except FileRefusedError as error:
        form.errors["file"] = say_refusal(error)
        return make_response(_show(site, form=form), REFUSED)
    words = gettext("Owner and contract are kept.") if changed else gettext("That changes nothing.")
    say_once("success" if changed else "warning", words)
    return redirect(page_url("site_contract", site_id=site_id), 303)


def undo_change(site_id: UUID) -> Response:
    """Take the latest change back, or say what stands in the way."""
    _find(site_id)
    step = request.form.get("step", "")
    try:
        with get_reader().write() as session:
            undo_contract(session, site_id=site_id, step=int(step) if step.isdecimal() else 0, by=read_by())
    except ContractNotLastError:
        pass  # undone already, or changed again: the history says so
    except ContractRestedOnError:
        say_once("error", gettext("It cannot be undone: it has changed since. Write it anew."))
    else:
        say_once("success", gettext("It is undone."))
    return redirect(page_url("site_contract", site_id=site_id), 303)


def turn_back(site_id: UUID) -> Response:
    """Lead from the address of the undo form to the contract."""
    return redirect(page_url("site_contract", site_id=_find(site_id).id), 303)


def _find(site_id: UUID) -> AnyRow:
    site = read_site(get_session(), site_id=site_id)
    if site is None:
        raise PageNotFoundError(what="site", name=site_id)
    return site


def _may_open(paper_id: UUID | None) -> bool:
    paper = None if paper_id is None else read_attachment(get_session(), attachment_id=paper_id)
    return paper is not None and may_read(paper)


def _show(site: AnyRow, *, form: FormReader | None = None) -> str:
    session = get_session()
    contract = read_contract(session, site_id=site.id)
    if form is None:
        shown = {
            "owner": contract.owner,
            "sellable_from": contract.sellable_from,
            "paper": contract.paper_id,
            "why": None,
        }
        typed = {name: "" if value is None else str(value) for name, value in shown.items()}
    else:
        typed = {name: form.typed(name) for name in FIELDS}
    history = read_contract_history(session, site_id=site.id)
    return render_template(
        "site_contract.html",
        site=site,
        contract=contract,
        papers=list_site_papers(session, site_id=site.id),
        readable=_may_open(contract.paper_id),
        lots=list_own_rights(session, site_id=site.id),
        owners=list_owners(session),
        history=history,
        standing=next((one.id for one in history if not one.undone), None),
        typed=typed,
        errors={} if form is None else form.errors,
        by=remembered_by(),
    )
