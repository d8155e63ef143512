# SPDX-License-Identifier: EUPL-1.2
"""What changed of a thing, before and after, and the one line it leaves in the log: who, why and what."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID

from sqlalchemy.orm import Session

from inventory.actions.events import record_event
from inventory.tables import Base

Changes = dict[str, list[Any]]
"""Field to before and after, as JSON holds them."""


def compare_values(before: Mapping[str, Any], after: Mapping[str, Any]) -> Changes:
    """Give the fields of `after` that differ from `before`; one that was not there was empty."""
    return {
        name: [write_plain(before.get(name)), write_plain(value)]
        for name, value in after.items()
        if before.get(name) != value
    }


def set_columns(session: Session, thing: Base, values: Mapping[str, Any]) -> Changes:
    """Set columns of a locked row, and give what changed."""
    changes = compare_values({name: getattr(thing, name) for name in values}, values)
    for name in changes:
        setattr(thing, name, values[name])
    session.flush()
    return changes


def record_changes(
    session: Session,
    kind: str,
    *,
    subject: str,
    subject_id: UUID,
    changes: Changes,
    by: str | None,
    why: str | None = None,
    more: Mapping[str, Any] | None = None,
) -> bool:
    """Write what changed in the log; where nothing did, nothing is written.

    Parameters
    ----------
    session
        Its transaction; nothing is committed here.
    kind
        What happened, such as ``lot_terms_set``.
    subject, subject_id
        Table of the thing, and its id.
    changes
        As `set_columns` gives it.
    by, why
        Who and for what reason; None while there are no accounts, or where nobody said.
    more
        What else the line is to hold.

    Returns
    -------
    bool
        Whether anything changed.
    """
    if not changes:
        return False
    data = {"by": by, "why": why, "changes": changes, **(more or {})}
    record_event(session, kind=kind, subject_kind=subject, subject_id=subject_id, data=data)
    return True


def write_plain(value: Any) -> Any:
    """Write a value as JSON holds it: ids and exact numbers as text, days as ISO 8601."""
    if isinstance(value, date):
        return value.isoformat()
    return str(value) if isinstance(value, Decimal | UUID) else value
