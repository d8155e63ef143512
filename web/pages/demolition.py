# SPDX-License-Identifier: EUPL-1.2
"""The page of a demolition: its stage and days, moving them with a look first, its history, and undo."""

from __future__ import annotations

from uuid import UUID

from flask import redirect, render_template, request
from flask_babel import gettext
from werkzeug.wrappers import Response

from inventory.actions.demolitions.moves import (
    DemolitionMovedError,
    Move,
    MoveNotLastError,
    MoveRestedOnError,
    move_demolition,
    preview_move,
    undo_move,
)
from inventory.actions.demolitions.plan import DemolitionDaysError
from inventory.queries.demolitions.demolitions import read_demolition, read_history, read_site_matches
from inventory.queries.offers import AnyRow
from inventory.queries.places.sites import read_site
from inventory.tables import SiteKind
from web.acting import acting_organisation
from web.clock import current_day
from web.errors import PageNotFoundError
from web.forms.demolitions import DemolitionForm, fill_form, read_plan
from web.language import page_url
from web.pages.surveys.answers import say_once
from web.session import get_reader, get_session

_MOST_DIGITS = 18
"""Of an id the database can hold."""


def show_demolition(site_id: UUID) -> str:
    """Show a demolition with the form that moves it.

    Raises
    ------
    PageNotFoundError
        There is no such donor site.
    """
    site = _read_donor(site_id)
    form = _make_form(fresh=True)
    fill_form(
        form, site=site, demolition=read_demolition(get_session(), site_id=site_id), today=current_day()
    )
    return _show(site, form=form)


def move_days(site_id: UUID) -> str | Response:
    """Show what a move would do, or, sent from there, do it."""
    site = _read_donor(site_id)
    form = _make_form(fresh=False)
    if not form.validate():
        return _show(site, form=form, problem=gettext("Look at the fields marked in red."))
    plan = read_plan(form)
    try:
        if request.form.get("go") != "move":
            return _show(site, form=form, move=preview_move(get_session(), site_id=site_id, plan=plan))
        firm = acting_organisation()
        seen = form.seen.data or ""
        with get_reader().write() as session:
            move_demolition(
                session,
                site_id=site_id,
                plan=plan,
                by=None if firm is None else firm.name,
                why=(form.why.data or "").strip() or None,
                seen=_read_id(seen),
            )
        say_once("success", gettext("The days are moved. It can be undone below."))
    except DemolitionDaysError:
        return _show(site, form=form, problem=_say_order())
    except DemolitionMovedError:
        return _show(
            site,
            form=form,
            problem=gettext(
                "Somebody has moved this demolition since you opened it. Look at its history, then move it."
            ),
        )
    return redirect(page_url("demolition", site_id=site_id, organisation=_firm_id()), 303)


def undo_days(site_id: UUID) -> str | Response:
    """Take the latest move back, or say what stands in the way."""
    site = _read_donor(site_id)
    step, firm = request.form.get("step", ""), acting_organisation()
    try:
        with get_reader().write() as session:
            undo_move(
                session,
                site_id=site_id,
                step=_read_id(step),
                by=None if firm is None else firm.name,
            )
    except MoveNotLastError:
        pass  # undone already, or moved again: the history says so
    except MoveRestedOnError as held:
        problem = gettext(
            "It cannot be undone: %(what)s has changed since. Move the days by hand.",
            what=held.details["what"],
        )
        form = _make_form(fresh=True)
        demolition = read_demolition(get_session(), site_id=site_id)
        fill_form(form, site=site, demolition=demolition, today=current_day())
        return _show(site, form=form, problem=problem)
    else:
        say_once("success", gettext("It is undone."))
    return redirect(page_url("demolition", site_id=site_id, organisation=_firm_id()), 303)


def turn_back(site_id: UUID) -> Response:
    """Lead from the address of the undo form to the demolition: the language link goes there."""
    return redirect(page_url("demolition", site_id=_read_donor(site_id).id), 303)


def _show(site: AnyRow, *, form: DemolitionForm, move: Move | None = None, problem: str | None = None) -> str:
    session = get_session()
    history = read_history(session, site_id=site.id)
    if move is None:
        form.seen.data = str(history[0].id if history else 0)
    return render_template(
        "demolition.html",
        site=site,
        demolition=read_demolition(session, site_id=site.id),
        form=form,
        move=move,
        problem=problem,
        history=history,
        standing=next((step.id for step in history if not step.undone), None),
        matches=read_site_matches(session, site_id=site.id),
        firm=acting_organisation(),
    )


def _read_id(text: str) -> int:
    """Read the id of a step; 0, which none has, where it is none."""
    return int(text) if text.isascii() and text.isdigit() and len(text) <= _MOST_DIGITS else 0


def _say_order() -> str:
    return gettext(
        "The days are in no order. Start and end each go from early over likely to late, and each start"
        " comes before its end."
    )


def _firm_id() -> UUID | None:
    firm = acting_organisation()
    return None if firm is None else firm.id


def _make_form(*, fresh: bool) -> DemolitionForm:
    """Make the form: empty, or as it was sent."""
    given = {"formdata": None} if fresh else {}
    return DemolitionForm(**given)  # type: ignore[no-untyped-call]  # Flask-WTF has no types


def _read_donor(site_id: UUID) -> AnyRow:
    site = read_site(get_session(), site_id=site_id)
    if site is None or site.kind is not SiteKind.DONOR:
        raise PageNotFoundError(what="demolition", name=site_id)
    return site
