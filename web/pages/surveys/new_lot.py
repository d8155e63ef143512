# SPDX-License-Identifier: EUPL-1.2
"""Writing a lot down: the form, and what is done with it once it is sent."""

from dataclasses import replace
from datetime import UTC, datetime
from uuid import UUID

from flask import request
from flask_babel import gettext
from werkzeug.wrappers import Response as BaseResponse

from inventory.actions.surveys.rooms import add_room
from inventory.actions.surveys.survey import survey_lot
from inventory.actions.surveys.surveyed_lot import LotWrittenOtherwiseError
from inventory.errors import GenbroError
from inventory.queries.surveys.classes import read_survey_classes
from inventory.queries.surveys.pages import read_survey_lot
from inventory.queries.surveys.surveys import read_rooms
from web.language import page_url
from web.pages.surveys.answers import (
    CHANGED,
    answer_refused,
    answer_saved,
    is_late,
    read_by,
    read_key,
    say_once,
)
from web.pages.surveys.files import attach_uploads
from web.pages.surveys.finding import find_building
from web.pages.surveys.form_page import show_lot, show_new
from web.pages.surveys.reading import SentLot, read_lot
from web.pages.surveys.refusals import name_field
from web.session import get_reader, get_session


def show_new_lot(site_id: UUID) -> str:
    """Show the empty form of a lot of a building.

    Raises
    ------
    PageNotFoundError
        There is no such building.
    """
    return show_new(site_id)


def add_lot(site_id: UUID) -> BaseResponse:
    """Write a lot down, or show the form again with what is to be mended.

    Raises
    ------
    PageNotFoundError
        There is no such building.
    """
    find_building(site_id)
    sent = _read_sent(site_id)
    lot_id, by = read_key("lot_id"), read_by()
    errors = dict(sent.errors)
    if sent.lot is not None:
        try:
            with get_reader().write() as session:
                survey = sent.lot
                if sent.room is not None:
                    floor, name = sent.room
                    room_id = add_room(session, site_id=site_id, name=name, floor=floor, by=by)
                    survey = replace(survey, room_id=room_id)
                survey_lot(session, survey=survey, at=datetime.now(UTC), by=by, lot_id=lot_id)
        except LotWrittenOtherwiseError:
            return _show_both(lot_id, sent, site_id=site_id)
        except GenbroError as error:
            field, words = name_field(error)
            errors[field] = words
        else:
            attach_uploads(lot_id, key=lot_id, by=by)
            if not is_late():
                say_once("success", gettext("The lot is written down. Add photos, or go on to the next."))
            return answer_saved(page_url("survey_lot", lot_id=lot_id))
    return answer_refused(show_new(site_id, lot_id=lot_id, typed=sent.typed, errors=errors), errors=errors)


def _read_sent(site_id: UUID) -> SentLot:
    session = get_session()
    return read_lot(
        request.form,
        site_id=site_id,
        classes=read_survey_classes(session),
        rooms=read_rooms(session, site_id=site_id),
    )


def _show_both(lot_id: UUID, sent: SentLot, *, site_id: UUID) -> BaseResponse:
    """Show the lot as it stands beside what was sent from the same form a second time."""
    lot = read_survey_lot(get_session(), lot_id=lot_id)
    words = gettext("This form was sent before, with other words. Both are shown.")
    if lot is None or lot.basis != "surveyed":  # an id made up by hand
        errors = {"class_id": words}
        page = show_new(site_id, typed=sent.typed, errors=errors)
        return answer_refused(page, errors=errors, status=CHANGED)
    return answer_refused(show_lot(lot, typed=sent.typed, changed=True), errors={"": words}, status=CHANGED)
