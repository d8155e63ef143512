# SPDX-License-Identifier: EUPL-1.2
"""The attachments of a thing, and one of them."""

from typing import Any
from uuid import UUID

from sqlalchemy import Row, Text, cast, exists, select
from sqlalchemy.orm import Session

from inventory.queries.lots.origins import speaks_of
from inventory.tables import Attachment, Event
from inventory.tables.attachment import OWNERS

_COLUMNS = tuple(Attachment.__table__.columns)


def read_attachment(session: Session, *, attachment_id: UUID) -> Row[Any] | None:
    """Read one attachment, all its columns, or None where there is none of this id."""
    return session.execute(select(*_COLUMNS).where(Attachment.id == attachment_id)).one_or_none()


def read_attachments(session: Session, *, owner: str, owner_id: UUID) -> list[Row[Any]]:
    """Read the attachments of a thing, photos first, each kind in the order they came.

    Those of a lot are also those of the lots it was made of; `lot_id` tells which.

    Parameters
    ----------
    session
    owner
        Table of the thing, such as ``lot``.
    owner_id
        Its id.
    """
    column = f"{owner}_id"
    if column not in OWNERS:
        raise ValueError(f"a {owner} has no attachments")
    owned = getattr(Attachment, column)
    own = speaks_of(owned, owner_id) if owner == "lot" else owned == owner_id
    query = select(*_COLUMNS).where(own)
    order = (Attachment.kind.desc(), Attachment.added_at, Attachment.id)
    return list(session.execute(query.order_by(*order)))


def read_removed(session: Session, *, owner: str, owner_id: UUID) -> list[Row[Any]]:
    """Read the attachments taken away from a thing and not put back: id (text), name, at; newest first."""
    attachment_id = Event.data["attachment"].astext
    query = (
        select(attachment_id.label("id"), Event.data["name"].astext.label("name"), Event.at)
        .where(
            Event.subject_kind == owner,
            Event.subject_id == owner_id,
            Event.kind == "attachment_removed",
            Event.data.has_key("row"),
            ~exists().where(cast(Attachment.id, Text) == attachment_id),
        )
        .order_by(Event.id)
    )
    last = {row.id: row for row in session.execute(query)}  # taken away twice, it stands once
    return sorted(last.values(), key=lambda row: row.at, reverse=True)


def read_removal(session: Session, *, attachment_id: UUID) -> Row[Any] | None:
    """Read when an attachment was last taken away: subject_kind, subject_id and data; None where never."""
    query = (
        select(Event.subject_kind, Event.subject_id, Event.data)
        .where(Event.kind == "attachment_removed", Event.data["attachment"].astext == str(attachment_id))
        .order_by(Event.id.desc())
        .limit(1)
    )
    return session.execute(query).one_or_none()
