# SPDX-License-Identifier: EUPL-1.2
"""What was surveyed in a building: its rooms, its lots, each with its history."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Row, select
from sqlalchemy.orm import Session

from inventory.tables import Described, Event, Lot, LotSurvey, MaterialClass, Room, TradeUnit

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
    """One line of a lot's history: what happened, who did it, and each field before and after.

    `name` is that of a file added or taken away.
    """

    at: datetime
    kind: str
    by: str | None
    why: str | None
    name: str | None
    changes: dict[str, tuple[Any, Any]]


def read_survey_values(session: Session, *, lot_id: UUID) -> dict[str, Any]:
    """Read every field of a surveyed lot, its quantity in steps too, as it is written down.

    A lot that came from a file was counted in the class's own unit.

    Raises
    ------
    sqlalchemy.exc.NoResultFound
        There is no such lot.
    """
    query = (
        select(
            *(getattr(Lot, name) for name in LOT_FIELDS),
            *(getattr(LotSurvey, name) for name in SURVEY_FIELDS),
            LotSurvey.lot_id,
            MaterialClass.step,
        )
        .join(MaterialClass, MaterialClass.id == Lot.class_id)
        .outerjoin(LotSurvey, LotSurvey.lot_id == Lot.id)
        .where(Lot.id == lot_id)
    )
    row = session.execute(query).one()
    values: dict[str, Any] = {name: getattr(row, name) for name in (*LOT_FIELDS, *SURVEY_FIELDS)}
    if row.lot_id is None:
        values |= {
            "count": row.quantity * row.step,
            "trade_unit": TradeUnit.OWN,
            "described": Described.MODEL,
            "yield_percent": 100,
        }
    return values


def read_rooms(session: Session, *, site_id: UUID) -> list[Row[Any]]:
    """Read the rooms of a building as id, floor, name, by floor and name."""
    query = select(Room.id, Room.floor, Room.name).where(Room.site_id == site_id)
    return list(session.execute(query.order_by(Room.floor.nulls_first(), Room.name)))


def was_sent(session: Session, *, subject_id: UUID, key: str) -> bool:
    """Say whether what was sent under a key has been written into the history of a thing already."""
    found = select(Event.id).where(Event.subject_id == subject_id, Event.data["sent"].astext == key).limit(1)
    return session.scalar(found) is not None


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
            name=row.data.get("name"),
            changes={name: (pair[0], pair[1]) for name, pair in row.data.get("changes", {}).items()},
        )
        for row in session.execute(query)
    ]
