# SPDX-License-Identifier: EUPL-1.2
"""Photos and documents of a surveyed lot: added, removed, and put back."""

from collections.abc import Callable
from contextlib import closing
from datetime import UTC, datetime
from functools import partial
from uuid import UUID

from flask import redirect, request
from flask_babel import gettext, ngettext
from werkzeug.wrappers import Response as BaseResponse

from inventory.actions.attachments import (
    AttachmentMissingError,
    CaptionTooLongError,
    add_attachment,
    caption_attachment,
    remove_attachment,
    restore_attachment,
)
from inventory.files.errors import FileRefusedError
from inventory.files.names import tidy_name
from inventory.queries.attachments import read_attachment, read_removal
from web.errors import PageNotFoundError
from web.files import get_store
from web.language import page_url
from web.lot_forms.refusals import say_refusal
from web.pages.surveys.answers import answer_saved, is_late, read_by, read_key, say_once
from web.pages.surveys.finding import find_lot
from web.pages.surveys.reading import tidy_text, too_long
from web.session import get_reader, get_session


def attach_uploads(lot_id: UUID, *, key: UUID, by: str | None) -> int:
    """Attach the files of the request to a lot, each for itself, and say of each that is refused why.

    Parameters
    ----------
    lot_id
        The lot.
    key
        That of the form: sent again, it adds no file a second time.
    by
        Who sends.

    Returns
    -------
    int
        How many were taken.
    """
    taken = 0
    # a browser sends a field without a file too, a draft does not: only files are counted
    for number, upload in enumerate(one for one in request.files.getlist("photos") if one.filename):
        name = tidy_name(upload.filename or "")
        try:
            with closing(upload), get_reader().write() as session:
                added = add_attachment(
                    session,
                    store=get_store(),
                    owner="lot",
                    owner_id=lot_id,
                    content=upload.read(),
                    name=name,
                    at=datetime.now(UTC),
                    by=by,
                    sent=f"{key}-{number}",
                )
            taken += added is not None
        except FileRefusedError as error:
            say_once("warning", f"{name}: {say_refusal(error)}")
    return taken


def add_files(lot_id: UUID) -> BaseResponse:
    """Add photos and documents to a lot.

    Raises
    ------
    PageNotFoundError
        There is no such surveyed lot.
    inventory.files.errors.FileFolderError
        The folder of files cannot be written to.
    """
    find_lot(lot_id)
    chosen = [upload for upload in request.files.getlist("photos") if upload.filename]
    taken = attach_uploads(lot_id, key=read_key("sent"), by=read_by())
    if not chosen:
        say_once("warning", gettext("Choose a photo or a PDF first."))
    elif taken and not is_late():
        say_once("success", ngettext("%(num)s file added.", "%(num)s files added.", taken))
    return answer_saved(page_url("survey_lot", lot_id=lot_id, _anchor="files"))


def turn_to_files(lot_id: UUID) -> BaseResponse:
    """Lead from the address files are sent to to the lot: the language link goes there."""
    return redirect(page_url("survey_lot", lot_id=find_lot(lot_id).id, _anchor="files"), 303)


def caption_file(attachment_id: UUID) -> BaseResponse:
    """Say what a file shows: photos are read out by these words, and shown with them.

    Raises
    ------
    PageNotFoundError
        There is no such file of a lot.
    """
    row = read_attachment(get_session(), attachment_id=attachment_id)
    lot_id = None if row is None else row.lot_id
    change = partial(caption_attachment, caption=tidy_text(request.form.get("caption", "")))
    return _change_file(attachment_id, lot_id=lot_id, change=change)


def remove_file(attachment_id: UUID) -> BaseResponse:
    """Take a file away, and show the lot with the way to undo it.

    Raises
    ------
    PageNotFoundError
        There is no such file of a lot.
    """
    row = read_attachment(get_session(), attachment_id=attachment_id)
    lot_id = None if row is None else row.lot_id
    return _change_file(attachment_id, lot_id=lot_id, change=remove_attachment)


def restore_file(attachment_id: UUID) -> BaseResponse:
    """Put a file back.

    Raises
    ------
    PageNotFoundError
        No such file of a lot was taken away.
    """
    removal = read_removal(get_session(), attachment_id=attachment_id)
    lot_id = removal.subject_id if removal is not None and removal.subject_kind == "lot" else None
    return _change_file(attachment_id, lot_id=lot_id, change=restore_attachment)


def _change_file(attachment_id: UUID, *, lot_id: UUID | None, change: Callable[..., object]) -> BaseResponse:
    if lot_id is None:
        raise PageNotFoundError(what="file", name=attachment_id)
    find_lot(lot_id)
    try:
        with get_reader().write() as session:
            change(session, attachment_id=attachment_id, by=read_by())
    except AttachmentMissingError as error:
        raise PageNotFoundError(what="file", name=attachment_id) from error
    except CaptionTooLongError as error:
        say_once("warning", too_long(error.details["most"]))
    return answer_saved(page_url("survey_lot", lot_id=lot_id, _anchor="files"))
