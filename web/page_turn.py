# SPDX-License-Identifier: EUPL-1.2
"""Which page of a list the address asks for: after a lot's place in the order, before it, or by number."""

from __future__ import annotations

from datetime import date
from decimal import Decimal, InvalidOperation
from math import isfinite
from uuid import UUID

from werkzeug.datastructures import MultiDict

from inventory.queries.search.cursor import Cursor
from inventory.queries.search.pages import Turn

NAMES = ("page", "after", "before")
"""The names that say it in the address."""

END = "end"
"""Before the end: the last page."""

_PARTS = "~"
_DAYS = frozenset({"from", "decide", "municipality", "firmness", "distance"})
_MOST_PAGE = 10**9


def write_cursor(cursor: Cursor) -> str:
    """Write a place in an order: what goes before, the order's own value, the lot."""
    key = "" if cursor.key is None else str(cursor.key)
    value = "" if cursor.value is None else str(cursor.value)
    return _PARTS.join((key, value, str(cursor.lot_id)))


def read_turn(arguments: MultiDict[str, str], *, sort: str) -> Turn:
    """Read which page is asked for; what is none of this order's places is as if it were not there."""
    page = min(max(arguments.get("page", default=1, type=int), 1), _MOST_PAGE)
    if arguments.get("before") == END:
        return Turn(page=page, last=True)
    return Turn(
        page=page,
        after=_read_cursor(arguments.get("after", ""), sort=sort),
        before=_read_cursor(arguments.get("before", ""), sort=sort),
    )


def _read_cursor(text: str, *, sort: str) -> Cursor | None:
    try:
        key, value, lot = text.split(_PARTS)
        return Cursor(key=_read_key(key, sort=sort), value=_read_value(value, sort=sort), lot_id=UUID(lot))
    except (ValueError, InvalidOperation):
        return None


def _read_key(text: str, *, sort: str) -> int | str | float | None:
    if sort in {"class", "co2e"}:
        return int(text)
    if sort == "distance":
        square = float(text)
        if not (isfinite(square) and square >= 0):
            raise ValueError(text)
        return square
    return text or None


def _read_value(text: str, *, sort: str) -> Decimal | date | None:
    if not text:
        return None
    if sort in _DAYS:
        return date.fromisoformat(text)
    number = Decimal(text)
    if not number.is_finite():
        raise ValueError(text)
    return number
