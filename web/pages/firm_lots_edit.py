# SPDX-License-Identifier: EUPL-1.2
"""Changing many of a firm's lots at once: seen before it is done, done in one transaction, and undone."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import partial
from typing import Any
from uuid import UUID

from flask import make_response, redirect, render_template, request
from flask_babel import gettext
from werkzeug.wrappers import Response

from inventory.actions.lots.bulk import (
    BulkRestedOnError,
    BulkUndoneError,
    change_lots,
    digest_outcomes,
    undo_bulk,
)
from inventory.actions.lots.bulk_weighing import LotOutcome
from inventory.queries.demolitions.firms import find_firm
from inventory.queries.lots.bulk_edits import BulkEdit, list_edited_lots, read_bulk_edit
from inventory.queries.lots.of_firm import MOST_LOTS, list_lot_ids, list_lots_named
from inventory.queries.lots.terms import list_paper_names
from inventory.queries.offers import AnyRow
from inventory.queries.surveys.surveys import HistoryLine
from web.acting import acting_organisation
from web.errors import PageNotFoundError
from web.figures import show_number
from web.forms.bulk import NAMES, read_change
from web.forms.firm_lots import FirmLotView
from web.language import current_language, page_url
from web.lot_forms.reader import FormReader
from web.pages.bulk_refusals import recall_refusal, say_bulk_refusal
from web.pages.firm_lots import find_view, link_table, show_table
from web.pages.surveys.answers import REFUSED, read_by, say_once
from web.pages.surveys.history import tell_history
from web.session import get_reader, get_session

MOST_SHOWN = 50
"""So many lots of each sort are shown of a change; the figures above them are of all."""
MANY = 5000
"""From so many lots on, a change takes more than a moment, and the page says so."""
_ANY = datetime.min.replace(tzinfo=UTC)
"""No moment is shown of changes that are only told field by field."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownLot:
    """A lot of a change: its row, each field before and after, or why it is left out."""

    lot: AnyRow
    changes: list[tuple[str, str, str]]
    refusal: str | None


class _TriedError(Exception):
    """What would become of the lots has not been seen yet; carries it."""

    def __init__(self, outcomes: Sequence[LotOutcome]) -> None:
        """Keep the outcomes."""
        super().__init__()
        self.outcomes = outcomes


def edit_lots() -> Response:
    """Show what would become of the lots chosen, or do it where that has been seen.

    Raises
    ------
    PageNotFoundError
        No organisation is chosen.
    """
    firm = _find_firm()
    view, form = find_view(firm), FormReader(request.form)
    change = read_change(form, papers=list_paper_names(get_session(), organisation_id=firm.id))
    ids = _read_chosen(firm, view)
    problem = _find_problem(form, change=change, ids=ids)
    if problem is not None:
        return make_response(show_table(firm, view, form=form, problem=problem), REFUSED)
    by, why, seen = read_by(), form.read_text("why", most=400), request.form.get("seen", "")
    try:
        with get_reader().write() as session:
            edit_id, _ = change_lots(
                session,
                lot_ids=ids,
                change=change,
                organisation_id=firm.id,
                by=by,
                why=why,
                agree=partial(_refuse_unseen, seen=seen),
            )
    except _TriedError as tried:
        page = _show_preview(firm, view, form=form, outcomes=tried.outcomes, again=bool(seen))
        return make_response(page)
    if edit_id is None:
        say_once("warning", gettext("That changes nothing."))
        return redirect(link_table(view), 303)
    return redirect(page_url("firm_lots_edited", edit_id=edit_id), 303)


def turn_back() -> Response:
    """Lead from the address of the form to the table: the language link goes there."""
    firm = acting_organisation()
    return redirect(page_url("firm_lots", organisation=None if firm is None else firm.id), 303)


def show_edit(edit_id: UUID) -> str:
    """Show a change that was made: what became of each lot, those left out, and undo.

    Raises
    ------
    PageNotFoundError
        There is no such change.
    """
    return _show_edit(_find_edit(edit_id))


def undo_edit(edit_id: UUID) -> Response:
    """Take a change back as a whole, or say what stands in the way."""
    edit = _find_edit(edit_id)
    try:
        with get_reader().write() as session:
            count = undo_bulk(session, edit_id=edit_id, by=read_by())
    except BulkUndoneError:
        pass  # the page says so
    except BulkRestedOnError as error:
        problem = gettext(
            "It cannot be undone as a whole, since these lots changed: %(refs)s. Nothing was undone.",
            refs=error.details["refs"],
        )
        return make_response(_show_edit(edit, problem=problem), REFUSED)
    else:
        say_once("success", gettext("Undone: %(count)s lots are as they were.", count=show_number(count)))
    return redirect(page_url("firm_lots_edited", edit_id=edit_id), 303)


def turn_back_to_edit(edit_id: UUID) -> Response:
    """Lead from the address of the undo form to the change."""
    return redirect(page_url("firm_lots_edited", edit_id=_find_edit(edit_id).id), 303)


def _refuse_unseen(outcomes: Sequence[LotOutcome], *, seen: str) -> None:
    if seen != digest_outcomes(outcomes):
        raise _TriedError(outcomes)


def _find_firm() -> AnyRow:
    firm = acting_organisation()
    if firm is None:
        raise PageNotFoundError(what="organisation", name="")
    return firm


def _find_edit(edit_id: UUID) -> BulkEdit:
    edit = read_bulk_edit(get_session(), edit_id=edit_id)
    if edit is None:
        raise PageNotFoundError(what="change of lots", name=edit_id)
    return edit


def _read_chosen(firm: AnyRow, view: FirmLotView) -> list[UUID]:
    """Read the lots chosen: those ticked, or all that the filter lets through; of this firm alone."""
    session = get_session()
    if request.form.get("which") == "all":
        return list_lot_ids(
            session,
            filters=view.filters,
            sort=view.sort,
            descending=view.descending,
            language=current_language(),
            most=MOST_LOTS + 1,
        )
    told: dict[UUID, None] = {}
    for text in request.form.getlist("lot"):
        try:
            told[UUID(text)] = None
        except ValueError:
            continue  # made up by hand: no lot
    return [row.id for row in list_lots_named(session, organisation_id=firm.id, ids=list(told))]


def _find_problem(form: FormReader, *, change: dict[str, Any], ids: Sequence[UUID]) -> str | None:
    if not ids:
        return gettext("Choose at least one lot, or all that the filter shows.")
    if len(ids) > MOST_LOTS:
        return gettext(
            "At most %(most)s lots are changed at once. Narrow the filter.", most=show_number(MOST_LOTS)
        )
    if form.errors:
        return gettext("Look at the fields marked in red.")
    if not change:
        return gettext("Say what is to become of them: every field is left as it is.")
    return None


def _show_preview(
    firm: AnyRow, view: FirmLotView, *, form: FormReader, outcomes: Sequence[LotOutcome], again: bool
) -> str:
    changing = [one for one in outcomes if one.changed]
    refused = [one for one in outcomes if one.refusal is not None]
    every = request.form.get("which") == "all"
    return render_template(
        "firm_lots_edit.html",
        firm=firm,
        view=view,
        back=link_table(view),
        changing=_show(firm.id, [(one.lot_id, one.before, one.after, None) for one in changing[:MOST_SHOWN]]),
        refused=_show(
            firm.id,
            [
                (one.lot_id, {}, {}, say_bulk_refusal(one.refusal))
                for one in refused[:MOST_SHOWN]
                if one.refusal
            ],
        ),
        changing_all=len(changing),
        refused_all=len(refused),
        same_all=len(outcomes) - len(changing) - len(refused),
        which="all" if every else "ticked",
        ticked=[] if every else [one.lot_id for one in outcomes],
        sent={name: form.typed(name) for name in NAMES},
        seen=digest_outcomes(outcomes),
        again=again,
        many=MANY,
    )


def _show_edit(edit: BulkEdit, *, problem: str | None = None) -> str:
    firm_id, session = UUID(edit.data["organisation"]), get_session()
    changed = list_edited_lots(session, edit_id=edit.id, refused=False, most=MOST_SHOWN)
    refused = list_edited_lots(session, edit_id=edit.id, refused=True, most=MOST_SHOWN)
    return render_template(
        "firm_lots_edited.html",
        firm=find_firm(session, organisation_id=firm_id),
        edit=edit,
        changing=_show(firm_id, [(one.lot_id, one.before, one.after, None) for one in changed]),
        refused=_show(
            firm_id,
            [(one.lot_id, {}, {}, recall_refusal(one.error, one.told, one.details)) for one in refused],
        ),
        problem=problem,
    )


def _show(firm_id: UUID, told: Sequence[tuple[UUID, Any, Any, str | None]]) -> list[ShownLot]:
    """Put lots with their fields before and after, and why they are left out, into words; not those gone."""
    session = get_session()
    ids = [lot_id for lot_id, *_ in told]
    rows = {row.id: row for row in list_lots_named(session, organisation_id=firm_id, ids=ids, whoever=True)}
    return [
        ShownLot(lot=rows[lot_id], changes=_tell(rows[lot_id], before=before, after=after), refusal=refusal)
        for lot_id, before, after, refusal in told
        if lot_id in rows
    ]


def _tell(lot: AnyRow, *, before: Any, after: Any) -> list[tuple[str, str, str]]:
    """Put what changes of a lot into words, as its history does."""
    changes = {name: (before[name], value) for name, value in after.items()}
    line = HistoryLine(at=_ANY, kind="lot_corrected", by=None, why=None, name=None, changes=changes)
    return tell_history([line], classes=[], rooms=[], step=lot.step, unit=lot.unit)[0].changes
