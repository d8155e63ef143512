# SPDX-License-Identifier: EUPL-1.2
"""The orders of a list of lots, by what stands in the lots, their classes and their municipalities."""

from __future__ import annotations

from datetime import date
from typing import Any

from sqlalchemy import CTE, ColumnElement, Float, Numeric, cast, func, literal, null, select
from sqlalchemy.orm import Session

from inventory.queries.keyset import Step, lies_beyond, turn
from inventory.queries.offers import AnySelect
from inventory.queries.search.cells import Frame
from inventory.queries.search.cursor import Cursor
from inventory.queries.search.first import WITHIN
from inventory.queries.search.narrow import make_point
from inventory.queries.search.ranks import RANKED, rank
from inventory.queries.search.search import Near, Search

Place = tuple[Any, ...]
"""What each step of an order is at a lot."""


def order_lots(
    found: CTE,
    *,
    search: Search,
    sort: str,
    language: str,
    descending: bool,
    beyond: Place | None = None,
    backwards: bool = False,
) -> AnySelect:
    """Put lots in an order, empty values last, and select their ids, with `key` and `value` of their cursor.

    An order by class or municipality goes on within each as `find_first` does. The statement has one
    parameter to be given when it is run: `today`.

    Parameters
    ----------
    found
        The lots, with the columns of `list_keys`.
    search, sort, language, descending
        As in `read_page`.
    beyond
        A place from `find_place`: only lots after it, or before it.
    backwards
        From the end of the order.
    """
    lot = found.c
    query = select(lot.lot_id).select_from(found)
    first: Any = None
    key: Any = null()
    if sort in RANKED:
        ranks, column = rank(sort, language=language)
        key = lot[column.key]
        query = query.outerjoin(ranks, ranks.c.key == key)
        first = ranks.c.value * lot.amount if sort == "co2e" else ranks.c.value
    elif sort == "distance" and search.near is not None:
        first = measure(lot, search.near, frame=search.found.frame if search.found else None)
        key = first
    within = WITHIN[sort]
    falls = descending if within.falls is None else within.falls
    value = lot[within.column]
    steps = [] if first is None else [Step(by=first, falls=descending)]
    steps += [Step(by=value, falls=falls), Step(by=lot.lot_id, falls=falls)]
    query = query.add_columns(key.label("key"), value.label("value"))
    if beyond is not None:
        query = query.where(lies_beyond(steps, beyond, backwards=backwards))
    return query.order_by(*turn(steps, backwards=backwards))


def find_place(session: Session, cursor: Cursor, *, sort: str, language: str, today: date) -> Place:
    """Find what each step of an order is at a cursor: a rank hangs on the names and factors of today."""
    own = (cursor.value, cursor.lot_id)
    if sort == "distance":
        return (cursor.key, *own)
    if sort not in RANKED:
        return own
    ranks, _ = rank(sort, language=language)
    ranked = ranks.c.value
    if sort == "co2e":
        ranked = ranked * cast(literal(cursor.value), Numeric)
    first = session.execute(select(ranked).where(ranks.c.key == cursor.key), {"today": today}).scalar()
    return (first, *own)


def measure(lot: Any, near: Near, *, frame: Frame | None) -> ColumnElement[Any]:
    """Give the square of a lot's distance from a place: it orders as the distance does."""
    middle = make_point(near)
    x, y = (func.ST_X(middle), func.ST_Y(middle)) if frame is None else (frame.x, frame.y)
    square: ColumnElement[Any] = cast((lot.x - x) * (lot.x - x) + (lot.y - y) * (lot.y - y), Float(53))
    return square
