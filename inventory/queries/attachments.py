# SPDX-License-Identifier: EUPL-1.2
"""The attachments of a thing, and one of them."""

from typing import Any
from uuid import UUID

from sqlalchemy import Row, select
from sqlalchemy.orm import Session

from inventory.tables import Attachment
from inventory.tables.attachment import OWNERS

_COLUMNS = tuple(Attachment.__table__.columns)


def read_attachment(session: Session, *, attachment_id: UUID) -> Row[Any] | None:
    """Read one attachment, all its columns, or None where there is none of this id."""
    return session.execute(select(*_COLUMNS).where(Attachment.id == attachment_id)).one_or_none()


def read_attachments(session: Session, *, owner: str, owner_id: UUID) -> list[Row[Any]]:
    """Read the attachments of a thing, photos first, each kind in the order they came.

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
    query = select(*_COLUMNS).where(getattr(Attachment, column) == owner_id)
    order = (Attachment.kind.desc(), Attachment.added_at, Attachment.id)
    return list(session.execute(query.order_by(*order)))
