# SPDX-License-Identifier: EUPL-1.2
"""What was surveyed in a building: its rooms, its lots, each with its history."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Row, select
from sqlalchemy.orm import Session

from inventory.tables import Event, Lot, LotSurvey, MaterialClass, Room

LOT_FIELDS = (
    "site_id",
    "ref",
    "class_id",
    "quantity",
    "length_mm",
    "width_mm",
    "height_mm",
    "thickness_mm",
    "grade",
    "year",
    "price_ore",
    "note",
)
"""Columns of `lot` that a survey fills."""

SURVEY_FIELDS = tuple(
    column.name
    for column in LotSurvey.__table__.columns
    if column.name not in {"lot_id", "surveyed_at", "surveyed_by"}
)
"""Columns of `lot_survey` that a person fills."""


@dataclass(frozen=True, slots=True, kw_only=True)
class HistoryLine:
    """One line of a lot's history: what happened, who did it, and each field before and after."""

    at: datetime
    kind: str
    by: str | None
    why: str | None
    changes: dict[str, tuple[Any, Any]]


def read_rooms(session: Session, *, site_id: UUID) -> list[Row[Any]]:
    """Read the rooms of a building as id, floor, name, by floor and name."""
    query = select(Room.id, Room.floor, Room.name).where(Room.site_id == site_id)
    return list(session.execute(query.order_by(Room.floor.nulls_first(), Room.name)))


def read_surveyed_lots(session: Session, *, site_id: UUID) -> list[Row[Any]]:
    """Read what is surveyed so far in a building, the newest first.

    Returns
    -------
    list of Row
        lot_id, ref, name_da, name_en, unit, step, quantity (steps), status, room_name, floor, updated_at.
    """
    query = (
        select(
            Lot.id.label("lot_id"),
            Lot.ref,
            MaterialClass.name_da,
            MaterialClass.name_en,
            Lot.unit,
            MaterialClass.step,
            Lot.quantity,
            Lot.status,
            Room.name.label("room_name"),
            Room.floor,
            Lot.updated_at,
        )
        .join(MaterialClass, MaterialClass.id == Lot.class_id)
        .outerjoin(LotSurvey, LotSurvey.lot_id == Lot.id)
        .outerjoin(Room, Room.id == LotSurvey.room_id)
        .where(Lot.site_id == site_id, Lot.basis == "surveyed")
        .order_by(Lot.created_at.desc(), Lot.ref)
    )
    return list(session.execute(query))


def read_history(session: Session, *, lot_id: UUID) -> list[HistoryLine]:
    """Read all that happened to a lot, the oldest first; fields as JSON holds them."""
    query = (
        select(Event.at, Event.kind, Event.data)
        .where(Event.subject_kind == "lot", Event.subject_id == lot_id)
        .order_by(Event.id)
    )
    return [
        HistoryLine(
            at=row.at,
            kind=row.kind,
            by=row.data.get("by"),
            why=row.data.get("why"),
            changes={name: (pair[0], pair[1]) for name, pair in row.data.get("changes", {}).items()},
        )
        for row in session.execute(query)
    ]
