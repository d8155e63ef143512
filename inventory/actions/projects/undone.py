# SPDX-License-Identifier: EUPL-1.2
"""What stands in the way of undoing a change, and a value of the log turned back into that of a column."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Date, Numeric, Uuid

from inventory.errors import StateError


class NothingLeftToUndoError(StateError):
    """There is nothing left to undo of {name}."""


class ChangedAfterwardsError(StateError):
    """Cannot undo this: {what} of {name} has changed since. Undo that first, or correct it by hand."""


def read_plain(value: Any, *, column: ColumnElement[Any]) -> Any:
    """Turn what the log holds of a column (`inventory.actions.changes.write_plain`) back into its value."""
    if value is None:
        return None
    if isinstance(column.type, Date):
        return date.fromisoformat(value)
    if isinstance(column.type, Numeric):
        return Decimal(value)
    return UUID(value) if isinstance(column.type, Uuid) else value
