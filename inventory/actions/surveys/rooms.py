# SPDX-License-Identifier: EUPL-1.2
"""The rooms of a building, written down as the survey goes: added, called otherwise, removed; each undone."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from inventory.actions.changes import record_changes, set_columns
from inventory.actions.events import record_event
from inventory.errors import BadInputError, StateError
from inventory.queries.surveys.rooms import find_undoable_room, list_room_lots
from inventory.tables import LotSurvey, Room


class RoomUnnamedError(BadInputError):
    """A room needs a name, such as kitchen or 2.14."""


class RoomUnknownError(BadInputError):
    """There is no room {room_id} in this building."""


class RoomNameTakenError(StateError):
    """The building has a room {name} on that floor already. Move its lots there, or choose another name."""


class RoomInUseError(StateError):
    """{count} lots lie in room {name}. Say which room they go to, or that they lie in none."""


class RoomNothingToUndoError(StateError):
    """There is nothing left to undo of the rooms of this building."""


def add_room(
    session: Session, *, site_id: UUID, name: str, floor: str | None = None, by: str | None = None
) -> UUID:
    """Add a room to a building; the same room again is the one that is there.

    Raises
    ------
    RoomUnnamedError
        The name is empty.
    sqlalchemy.exc.IntegrityError
        There is no such building.
    """
    name, floor = _tidy(name, floor)
    found = _find_room(session, site_id=site_id, name=name, floor=floor)
    if found is not None:
        return found
    room = Room(id=uuid4(), site_id=site_id, floor=floor, name=name)
    session.add(room)
    session.flush()
    data = {"room": str(room.id), "floor": floor, "name": name, "by": by}
    record_event(session, kind="room_added", subject_kind="site", subject_id=site_id, data=data)
    return room.id


def rename_room(
    session: Session,
    *,
    site_id: UUID,
    room_id: UUID,
    name: str,
    floor: str | None = None,
    by: str | None = None,
) -> bool:
    """Call a room otherwise, its floor too; its lots stay in it.

    Returns
    -------
    bool
        Whether anything changed.

    Raises
    ------
    RoomUnknownError, RoomUnnamedError
        See there.
    RoomNameTakenError
        Another room of the building is called so.
    """
    room = _lock_room(session, room_id, site_id=site_id)
    name, floor = _tidy(name, floor)
    _refuse_taken(session, site_id=site_id, room_id=room_id, name=name, floor=floor)
    changes = set_columns(session, room, {"floor": floor, "name": name})
    return record_changes(
        session,
        "room_renamed",
        subject="site",
        subject_id=site_id,
        changes=changes,
        by=by,
        more={"room": str(room_id), "floor": floor, "name": name},
    )


def remove_room(
    session: Session,
    *,
    site_id: UUID,
    room_id: UUID,
    lots_to: UUID | None = None,
    lots_may_go: bool = False,
    by: str | None = None,
) -> None:
    """Take a room out of a building.

    Parameters
    ----------
    session
        Its transaction; nothing is committed here.
    site_id, room_id
        The building and its room.
    lots_to
        The room its lots go to.
    lots_may_go
        Where no such room is given: that its lots lie in none from then on.
    by
        Who; None while there are no accounts.

    Raises
    ------
    RoomUnknownError
        The room, or that its lots go to, is none of this building.
    RoomInUseError
        Lots lie in it, removed ones too, and it is not said where they go.
    """
    room = _lock_room(session, room_id, site_id=site_id)
    if lots_to is not None:
        if lots_to == room_id:
            raise RoomUnknownError(room_id=lots_to)
        _lock_room(session, lots_to, site_id=site_id)
    lots = list_room_lots(session, room_id=room_id)
    if lots and lots_to is None and not lots_may_go:
        raise RoomInUseError(count=len(lots), name=room.name)
    _move_lots(session, lots, before=room_id, after=lots_to, by=by)
    data = {
        "room": str(room_id),
        "floor": room.floor,
        "name": room.name,
        "by": by,
        "lots": [str(lot_id) for lot_id in lots],
        "lots_to": None if lots_to is None else str(lots_to),
    }
    session.delete(room)
    session.flush()
    record_event(session, kind="room_removed", subject_kind="site", subject_id=site_id, data=data)


def undo_room(session: Session, *, site_id: UUID, by: str | None = None) -> str:
    """Undo what was last done to the rooms of a building: a new name taken back, a removed room put back.

    Its lots come back with a room, those that lie where they were put then.

    Returns
    -------
    str
        Kind of the event that was undone.

    Raises
    ------
    RoomNothingToUndoError
        No room was renamed or removed, or all is undone.
    RoomNameTakenError
        Another room is called so by now.
    """
    event = find_undoable_room(session, site_id=site_id)
    if event is None:
        raise RoomNothingToUndoError
    room_id, said = UUID(event.data["room"]), event.data
    if event.kind == "room_renamed":
        room = _lock_room(session, room_id, site_id=site_id)
        before = {name: pair[0] for name, pair in said["changes"].items()}
        wanted = {"floor": room.floor, "name": room.name} | before
        _refuse_taken(session, site_id=site_id, room_id=room_id, **wanted)
        set_columns(session, room, before)
    else:
        wanted = {"floor": said["floor"], "name": said["name"]}
        _refuse_taken(session, site_id=site_id, room_id=room_id, **wanted)
        session.add(Room(id=room_id, site_id=site_id, **wanted))
        session.flush()
        now = None if said["lots_to"] is None else UUID(said["lots_to"])
        there = set(list_room_lots(session, room_id=now, among=[UUID(one) for one in said["lots"]]))
        lots = [one for one in map(UUID, said["lots"]) if one in there]
        _move_lots(session, lots, before=now, after=room_id, by=by)
    data = {"room": str(room_id), "by": by, "undoes": event.id, "what": event.kind, **wanted}
    record_event(session, kind="room_undone", subject_kind="site", subject_id=site_id, data=data)
    return str(event.kind)


def _tidy(name: str, floor: str | None) -> tuple[str, str | None]:
    name, floor = name.strip(), (floor or "").strip() or None
    if not name:
        raise RoomUnnamedError
    return name, floor


def _find_room(session: Session, *, site_id: UUID, name: str, floor: str | None) -> UUID | None:
    there = select(Room.id).where(
        Room.site_id == site_id, Room.name == name, Room.floor.is_not_distinct_from(floor)
    )
    return session.scalar(there)


def _refuse_taken(session: Session, *, site_id: UUID, room_id: UUID, name: str, floor: str | None) -> None:
    if _find_room(session, site_id=site_id, name=name, floor=floor) not in (None, room_id):
        raise RoomNameTakenError(name=name)


def _lock_room(session: Session, room_id: UUID, *, site_id: UUID) -> Room:
    room = session.get(Room, room_id, with_for_update=True)
    if room is None or room.site_id != site_id:
        raise RoomUnknownError(room_id=room_id)
    return room


def _move_lots(
    session: Session, lots: Sequence[UUID], *, before: UUID | None, after: UUID | None, by: str | None
) -> None:
    """Put lots of one room into another, each with a line in its history."""
    if not lots:
        return
    session.execute(update(LotSurvey).where(LotSurvey.lot_id.in_(lots)).values(room_id=after))
    changes: dict[str, list[Any]] = {"room_id": [before and str(before), after and str(after)]}
    for lot_id in lots:
        record_changes(session, "lot_corrected", subject="lot", subject_id=lot_id, changes=changes, by=by)
