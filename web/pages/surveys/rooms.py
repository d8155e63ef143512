# SPDX-License-Identifier: EUPL-1.2
"""The rooms of a building: added, called otherwise, removed with a word for their lots, and undone."""

from collections.abc import Callable
from uuid import UUID

from flask import redirect, render_template, request
from flask_babel import gettext
from werkzeug.wrappers import Response as BaseResponse

from inventory.actions.surveys.rooms import (
    RoomInUseError,
    RoomNameTakenError,
    RoomNothingToUndoError,
    RoomUnknownError,
    RoomUnnamedError,
    add_room,
    remove_room,
    rename_room,
    undo_room,
)
from inventory.errors import GenbroError
from inventory.queries.reading import Session
from inventory.queries.surveys.rooms import find_undoable_room, list_rooms, read_room_history
from web.language import page_url
from web.pages.surveys.answers import read_by, remembered_by, say_once
from web.pages.surveys.finding import find_building
from web.pages.surveys.reading import LONGEST_ROOM, tidy_text, too_long
from web.session import get_reader, get_session

NO_ROOM = "none"
"""Chosen where the lots of a room that is removed are to lie in none."""


def show_rooms(site_id: UUID) -> str:
    """Show the rooms of a building, each with its forms, and what was done to them.

    Raises
    ------
    PageNotFoundError
        There is no such building.
    """
    session, site = get_session(), find_building(site_id)
    return render_template(
        "survey_rooms.html",
        site=site,
        rooms=list_rooms(session, site_id=site_id),
        history=read_room_history(session, site_id=site_id),
        undoable=find_undoable_room(session, site_id=site_id),
        most=LONGEST_ROOM,
        no_room=NO_ROOM,
        by=remembered_by(),
    )


def add_one_room(site_id: UUID) -> BaseResponse:
    """Add a room to a building.

    Raises
    ------
    PageNotFoundError
        There is no such building.
    """

    def work(session: Session, by: str | None) -> str:
        name, floor = _read_name()
        add_room(session, site_id=site_id, name=name, floor=floor, by=by)
        return gettext("The room %(name)s is there.", name=name)

    return _change(site_id, work)


def rename_one_room(site_id: UUID, room_id: UUID) -> BaseResponse:
    """Call a room otherwise.

    Raises
    ------
    PageNotFoundError
        There is no such building.
    """

    def work(session: Session, by: str | None) -> str:
        name, floor = _read_name()
        rename_room(session, site_id=site_id, room_id=room_id, name=name, floor=floor, by=by)
        return gettext("The room is called %(name)s now.", name=name)

    return _change(site_id, work)


def remove_one_room(site_id: UUID, room_id: UUID) -> BaseResponse:
    """Remove a room, its lots put where the form says.

    Raises
    ------
    PageNotFoundError
        There is no such building.
    """

    def work(session: Session, by: str | None) -> str:
        chosen = request.form.get("lots_to", "")
        try:
            lots_to = UUID(chosen)
        except ValueError:
            lots_to = None
        remove_room(
            session, site_id=site_id, room_id=room_id, lots_to=lots_to, lots_may_go=chosen == NO_ROOM, by=by
        )
        return gettext("The room is removed. It can be undone below.")

    return _change(site_id, work)


def undo_last_room(site_id: UUID) -> BaseResponse:
    """Undo what was last done to the rooms of a building.

    Raises
    ------
    PageNotFoundError
        There is no such building.
    """

    def work(session: Session, by: str | None) -> str:
        undo_room(session, site_id=site_id, by=by)
        return gettext("It is undone.")

    return _change(site_id, work)


class _TooLongError(Exception):
    """A name is longer than any room's."""


def _read_name() -> tuple[str, str]:
    name, floor = (" ".join(tidy_text(request.form.get(one, "")).split()) for one in ("name", "floor"))
    if max(len(name), len(floor)) > LONGEST_ROOM:
        raise _TooLongError
    return name, floor


def _change(site_id: UUID, work: Callable[[Session, str | None], str]) -> BaseResponse:
    """Do something to the rooms of a building, or say why not, and show them."""
    find_building(site_id)
    try:
        with get_reader().write() as session:
            words = work(session, read_by())
    except (GenbroError, _TooLongError) as error:
        say_once("warning", _say_refusal(error))
    else:
        say_once("success", words)
    return redirect(page_url("survey_rooms", site_id=site_id), 303)


def _say_refusal(error: Exception) -> str:
    if isinstance(error, _TooLongError):
        return too_long(LONGEST_ROOM)
    told = error.details if isinstance(error, GenbroError) else {}
    if isinstance(error, RoomInUseError):
        return gettext(
            "%(count)s lots lie in %(name)s. Choose where they go, and remove it then.",
            count=told["count"],
            name=told["name"],
        )
    if isinstance(error, RoomNameTakenError):
        return gettext(
            "There is a room %(name)s on that floor already. Choose another name, or move the lots there.",
            name=told["name"],
        )
    if isinstance(error, RoomUnnamedError):
        return gettext("Give the room a name too, such as kitchen or 2.14.")
    if isinstance(error, RoomUnknownError):
        return gettext("The room is not in the building any more. Look at the list below.")
    if isinstance(error, RoomNothingToUndoError):
        return gettext("There is nothing left to undo.")
    raise error
