# SPDX-License-Identifier: EUPL-1.2
"""What one press does to a surveyed lot: repeated, removed, put back."""

from datetime import UTC, datetime
from uuid import UUID

from flask import request
from flask_babel import gettext
from werkzeug.wrappers import Response as BaseResponse

from inventory.actions.lots.step import StepRefusedError
from inventory.actions.surveys.removal import remove_lot, restore_lot
from inventory.actions.surveys.survey import duplicate_lot
from web.language import page_url
from web.pages.life_refusals import say_life_refusal
from web.pages.surveys.answers import answer_saved, read_by, say_once
from web.pages.surveys.finding import find_lot
from web.session import get_reader


def copy_lot(lot_id: UUID) -> BaseResponse:
    """Write a lot down once more, and show the copy.

    Raises
    ------
    PageNotFoundError
        There is no such surveyed lot.
    """
    lot = find_lot(lot_id)
    with get_reader().write() as session:
        copy = duplicate_lot(session, lot_id=lot_id, at=datetime.now(UTC), by=read_by())
    say_once("success", gettext("This is a copy of lot %(ref)s: correct what is different.", ref=lot.ref))
    return answer_saved(page_url("survey_lot", lot_id=copy))


def take_lot_out(lot_id: UUID) -> BaseResponse:
    """Remove a lot, and show the building with the way to undo it.

    Raises
    ------
    PageNotFoundError
        There is no such surveyed lot.
    """
    lot = find_lot(lot_id)
    try:
        with get_reader().write() as session:
            remove_lot(session, lot_id=lot_id, by=read_by())
    except StepRefusedError as error:  # held or further on
        say_once("warning", say_life_refusal(error))
        return answer_saved(page_url("survey_lot", lot_id=lot_id))
    words = gettext("Lot %(ref)s is removed. It can be put back below, under Removed.", ref=lot.ref)
    say_once("success", words)
    return answer_saved(page_url("survey", site_id=lot.site_id, _anchor="removed"))


def put_lot_back(lot_id: UUID) -> BaseResponse:
    """Put a removed lot back, and show where it was asked for.

    Raises
    ------
    PageNotFoundError
        There is no such surveyed lot.
    """
    lot = find_lot(lot_id)
    with get_reader().write() as session:
        restore_lot(session, lot_id=lot_id, by=read_by())
    say_once("success", gettext("Lot %(ref)s is back as it was.", ref=lot.ref))
    if request.form.get("back") == "building":
        return answer_saved(page_url("survey", site_id=lot.site_id))
    return answer_saved(page_url("survey_lot", lot_id=lot_id))
