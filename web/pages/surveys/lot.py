# SPDX-License-Identifier: EUPL-1.2
"""A surveyed lot: all that is written down of it, to be corrected, and what became of it."""

from dataclasses import replace
from datetime import UTC, datetime
from uuid import UUID

from flask import request
from flask_babel import gettext
from werkzeug.datastructures import MultiDict
from werkzeug.wrappers import Response as BaseResponse

from inventory.actions.surveys.rooms import add_room
from inventory.actions.surveys.survey import correct_lot
from inventory.actions.surveys.surveyed_lot import LotChangedMeanwhileError
from inventory.errors import GenbroError
from inventory.queries.offers import AnyRow
from inventory.queries.surveys.classes import read_survey_classes
from inventory.queries.surveys.pages import read_survey_site
from inventory.queries.surveys.surveys import read_rooms
from web.language import page_url
from web.pages.surveys.answers import (
    CHANGED,
    REFUSED,
    answer_refused,
    answer_saved,
    is_late,
    read_by,
    read_key,
    say_once,
)
from web.pages.surveys.finding import find_lot
from web.pages.surveys.form_page import show_lot
from web.pages.surveys.reading import read_lot, tidy_text
from web.pages.surveys.refusals import name_field
from web.session import get_reader, get_session

_LONGEST_WHY = 400


def show_survey_lot(lot_id: UUID) -> str:
    """Show a surveyed lot with its form and history.

    Raises
    ------
    PageNotFoundError
        There is no such surveyed lot.
    """
    return show_lot(find_lot(lot_id))


def save_correction(lot_id: UUID) -> BaseResponse:
    """Correct a lot, or show the form again with what is to be mended.

    Raises
    ------
    PageNotFoundError
        There is no such surveyed lot.
    """
    session, lot, by = get_session(), find_lot(lot_id), read_by()
    site_id, form = _read_site(lot), MultiDict(request.form)
    if site_id != lot.site_id:
        form.poplist("room_id")  # its room stays behind
        if form.get("ref") == lot.ref:  # and its number, where the other building has one like it
            form.poplist("ref")
    sent = read_lot(
        form,
        site_id=site_id,
        classes=read_survey_classes(session),
        rooms=read_rooms(session, site_id=site_id),
    )
    key, version = read_key("sent"), request.form.get("version", "")
    errors, changed = dict(sent.errors), False
    if sent.lot is not None:
        survey = sent.lot
        try:
            with get_reader().write() as writing:
                if sent.room is not None:
                    floor, name = sent.room
                    room_id = add_room(writing, site_id=site_id, name=name, floor=floor, by=by)
                    survey = replace(survey, room_id=room_id)
                correct_lot(
                    writing,
                    lot_id=lot_id,
                    survey=survey,
                    at=datetime.now(UTC),
                    by=by,
                    why=tidy_text(request.form.get("why", ""))[:_LONGEST_WHY] or None,
                    version=version or None,
                    sent=key,
                )
        except LotChangedMeanwhileError:
            changed = True
            errors[""] = gettext("The lot was corrected by somebody else meanwhile.")
        except GenbroError as error:
            field, words = name_field(error)
            errors[field] = words
        else:
            if not is_late():
                say_once("success", gettext("The lot is as you wrote it."))
            return answer_saved(page_url("survey_lot", lot_id=lot_id))
    page = show_lot(lot, typed=sent.typed, errors=errors, sent=str(key), version=version, changed=changed)
    return answer_refused(page, errors=errors, status=CHANGED if changed else REFUSED)


def _read_site(lot: AnyRow) -> UUID:
    """Read which building the lot is in; one that is none leaves it where it is."""
    try:
        site_id = UUID(request.form.get("site_id", ""))
    except ValueError:
        site_id = lot.site_id
    known = read_survey_site(get_session(), site_id=site_id)
    return lot.site_id if known is None else site_id
