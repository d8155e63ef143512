# SPDX-License-Identifier: EUPL-1.2
"""The rooms of a building: how many lots lie in each, and what was last done to them."""

from collections.abc import Collection
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from inventory.queries.lots.listing import DANISH
from inventory.queries.offers import AnyRow
from inventory.queries.undoable import find_last_undoable
from inventory.tables import Event, LotSurvey, Room

UNDOABLE = ("room_renamed", "room_removed")
"""Kinds of event of a building's rooms that can be undone."""
_HAPPENED = ("room_added", *UNDOABLE, "room_undone")


def list_rooms(session: Session, *, site_id: UUID) -> list[AnyRow]:
    """List the rooms of a building by floor and name: id, floor, name, lots (removed ones too)."""
    query = (
        select(Room.id, Room.floor, Room.name, func.count(LotSurvey.lot_id).label("lots"))
        .outerjoin(LotSurvey, LotSurvey.room_id == Room.id)
        .where(Room.site_id == site_id)
        .group_by(Room.id)
        .order_by(Room.floor.collate(DANISH).nulls_last(), Room.name.collate(DANISH))
    )
    return list(session.execute(query))


def list_room_lots(
    session: Session, *, room_id: UUID | None, among: Collection[UUID] | None = None
) -> list[UUID]:
    """List the lots that lie in a room, or of some of them in none, by id."""
    query = select(LotSurvey.lot_id).where(LotSurvey.room_id.is_not_distinct_from(room_id))
    if among is not None:
        query = query.where(LotSurvey.lot_id.in_(among))
    return list(session.scalars(query.order_by(LotSurvey.lot_id)))


def read_room_history(session: Session, *, site_id: UUID) -> list[AnyRow]:
    """Read what was done to the rooms of a building, the newest first: id, at, kind, data."""
    query = select(Event.id, Event.at, Event.kind, Event.data).where(
        Event.subject_kind == "site", Event.subject_id == site_id, Event.kind.in_(_HAPPENED)
    )
    return list(session.execute(query.order_by(Event.id.desc())))


def find_undoable_room(session: Session, *, site_id: UUID) -> AnyRow | None:
    """Find the last renaming or removal of a room of a building that is not undone: id, at, kind, data."""
    return find_last_undoable(
        session, subject="site", subject_id=site_id, kinds=UNDOABLE, undoing="room_undone"
    )
