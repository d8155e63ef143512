# SPDX-License-Identifier: EUPL-1.2
"""The rooms of a building, written down as the survey goes."""

from uuid import UUID, uuid4

from sqlalchemy import select
from sqlalchemy.orm import Session

from inventory.actions.events import record_event
from inventory.errors import BadInputError
from inventory.tables import Room


class RoomUnnamedError(BadInputError):
    """A room needs a name, such as kitchen or 2.14."""


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
    name, floor = name.strip(), (floor or "").strip() or None
    if not name:
        raise RoomUnnamedError
    there = select(Room.id).where(
        Room.site_id == site_id, Room.name == name, Room.floor.is_not_distinct_from(floor)
    )
    found = session.scalar(there)
    if found is not None:
        return found
    room = Room(id=uuid4(), site_id=site_id, floor=floor, name=name)
    session.add(room)
    session.flush()
    data = {"room": str(room.id), "floor": floor, "name": name, "by": by}
    record_event(session, kind="room_added", subject_kind="site", subject_id=site_id, data=data)
    return room.id
