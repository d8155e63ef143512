# SPDX-License-Identifier: EUPL-1.2
"""Changes of several lots at once, as the log keeps them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.orm import Session, aliased

from inventory.tables import BulkEditLot, Event

EDITED = "lots_edited"
UNDONE = "lots_edit_undone"


@dataclass(frozen=True, slots=True, kw_only=True)
class BulkEdit:
    """A change of several lots: when, what it did (`data`), and when it was undone, if it was.

    `data` has ``by, why, organisation, fields``, how many lots were ``changed`` and ``refused``, and
    ``papers``: lot or site -> the document that showed the right to sell before.
    """

    id: UUID
    at: datetime
    data: dict[str, Any]
    undone_at: datetime | None


def read_bulk_edit(session: Session, *, edit_id: UUID, lock: bool = False) -> BulkEdit | None:
    """Read one change, or None where there is none; with `lock`, whoever else undoes it waits."""
    if lock:
        session.execute(select(func.pg_advisory_xact_lock(func.hashtextextended(str(edit_id), 0))))
    found = _read(session, Event.subject_id == edit_id)
    return found[0] if found else None


def list_bulk_edits(session: Session, *, organisation_id: UUID, most: int) -> list[BulkEdit]:
    """List the latest changes of a firm's lots, the newest first."""
    return _read(session, Event.data["organisation"].astext == str(organisation_id), most=most)


def list_edited_lots(session: Session, *, edit_id: UUID, refused: bool, most: int) -> list[BulkEditLot]:
    """List the first lots that a change changed, or those that it left out."""
    query = select(BulkEditLot).where(
        BulkEditLot.edit_id == edit_id,
        BulkEditLot.error.is_not(None) if refused else BulkEditLot.error.is_(None),
    )
    return list(session.scalars(query.order_by(BulkEditLot.place).limit(most)))


def _read(session: Session, condition: Any, *, most: int = 1) -> list[BulkEdit]:
    undone = aliased(Event, name="undone")
    query = (
        select(Event.subject_id, Event.at, Event.data, undone.at.label("undone_at"))
        .outerjoin(
            undone,
            (undone.subject_kind == "bulk_edit")
            & (undone.subject_id == Event.subject_id)
            & (undone.kind == UNDONE),
        )
        .where(Event.subject_kind == "bulk_edit", Event.kind == EDITED, condition)
        .order_by(Event.id.desc())
        .limit(most)
    )
    return [
        BulkEdit(id=row.subject_id, at=row.at, data=row.data, undone_at=row.undone_at)
        for row in session.execute(query)
    ]
