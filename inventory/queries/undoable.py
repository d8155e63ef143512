# SPDX-License-Identifier: EUPL-1.2
"""The last thing that was done to something and can be undone."""

from __future__ import annotations

from collections.abc import Collection
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session, aliased

from inventory.queries.offers import AnyRow
from inventory.tables import Event


def find_last_undoable(
    session: Session, *, subject: str, subject_id: UUID, kinds: Collection[str], undoing: str
) -> AnyRow | None:
    """Find the last event of a thing that is not undone: id, at, kind, data.

    Parameters
    ----------
    session
    subject, subject_id
        Table of the thing, and its id.
    kinds
        Kinds of event that can be undone.
    undoing
        The kind whose events undo one: their data says which as `undoes`.
    """
    undone = aliased(Event, name="undone")
    taken_back = select(undone.id).where(
        undone.subject_kind == subject,
        undone.subject_id == subject_id,
        undone.kind == undoing,
        undone.data["undoes"].as_integer() == Event.id,
    )
    query = (
        select(Event.id, Event.at, Event.kind, Event.data)
        .where(
            Event.subject_kind == subject,
            Event.subject_id == subject_id,
            Event.kind.in_(kinds),
            ~taken_back.exists(),
        )
        .order_by(Event.id.desc())
        .limit(1)
    )
    return session.execute(query).one_or_none()
