# SPDX-License-Identifier: EUPL-1.2
"""Pages of the lots that answer a search: each begins where the one before ends, however far in."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from math import pi, sqrt
from typing import Any

from sqlalchemy import CTE, select
from sqlalchemy.orm import Session

from inventory.queries.keyset import PAGE_ROWS, Page, Turn, find_rows, lay_page
from inventory.queries.search.answer import Summary
from inventory.queries.search.cursor import Cursor
from inventory.queries.search.first import Beyond, find_empty, find_first, list_keys
from inventory.queries.search.narrow import narrow_lots
from inventory.queries.search.order import find_place, order_lots
from inventory.queries.search.planning import plan_search
from inventory.queries.search.ring import find_ring
from inventory.queries.search.search import MOST_COUNTED, Search
from inventory.queries.search.shown import show_lots
from inventory.tables import LotSearch

MOST_SKIPPED = 1_000
"""Lots gone past to reach a page asked for by its number alone, where more answer than are counted."""

_WIDER = 4
"""How much wider a ring is looked at where one holds too few."""

SORTS = ("class", "quantity", "co2e", "price", "municipality", "distance", "from", "decide", "firmness")


LotPage = Page[Cursor]
"""A page of an answer."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Order:
    """All that says which page of an answer is wanted."""

    search: Search
    summary: Summary
    today: date
    sort: str
    descending: bool
    language: str


def read_page(
    session: Session,
    *,
    search: Search,
    summary: Summary,
    today: date,
    sort: str = "co2e",
    descending: bool = True,
    turn: Turn[Cursor] | None = None,
    language: str = "da",
) -> LotPage:
    """Read one page of the lots that answer, empty values last.

    Parameters
    ----------
    session
        To read with.
    search
        Resolved.
    summary
        Of this search. Where few answer they are all found and put in order; where many do, the order's own
        index is followed from where the page begins until it is full.
    today
        The day whose factors count.
    sort
        One of `SORTS`; "distance" needs a place to measure from, and the nearest are always first.
    descending, language
        The direction, and the language names are ordered in.
    turn
        Which page; the first without it.

    Returns
    -------
    LotPage
        Rows with the columns of `lot_search` (`id` for its lot_id, no words), class_code, name_da, name_en,
        unit, postcode, town, municipality_name, co2e_g and metres (from the place, empty without one).
    """
    sort = "from" if sort == "distance" and search.near is None else sort
    order = _Order(
        search=search,
        summary=summary,
        today=today,
        sort=sort,
        descending=descending and sort != "distance",
        language=language,
    )
    turn, found = find_rows(
        lambda one: _find(session, order, turn=one), wanted=turn or Turn(), size=PAGE_ROWS
    )
    page = lay_page(
        found,
        wanted=turn,
        total=None if summary.more else summary.lots,
        size=PAGE_ROWS,
        most=_most_by_number(order),
        mark=_mark,
    )
    lot_ids = [row.lot_id for row in page.rows]
    return replace(page, rows=show_lots(session, lot_ids=lot_ids, search=search, today=today))


def _mark(row: Any) -> Cursor:
    return Cursor(key=row.key, value=row.value, lot_id=row.lot_id)


def _most_by_number(order: _Order) -> int:
    summary = order.summary
    most = min(summary.lots, MOST_COUNTED if summary.whole else MOST_SKIPPED)
    return max(1, -(-most // PAGE_ROWS))


def _find(session: Session, order: _Order, *, turn: Turn[Cursor]) -> list[Any]:
    """Find the rows of a page and one beside, from its beginning or its end: lot_id, key and value."""
    cursor = turn.before or turn.after
    search = order.search
    skipped = 0
    if cursor is None and not turn.last:
        skipped = (min(max(turn.page, 1), _most_by_number(order)) - 1) * PAGE_ROWS
    beyond = None
    if cursor is not None:
        place = find_place(session, cursor, sort=order.sort, language=order.language, today=order.today)
        beyond = Beyond(cursor=cursor, place=place)
    asked = {
        "search": search,
        "sort": order.sort,
        "language": order.language,
        "descending": order.descending,
        "backwards": turn.backwards,
    }
    wanted = skipped + PAGE_ROWS + 1
    found: list[Any] = []
    with plan_search(session, search):
        for source in _list_sources(order, beyond=beyond, backwards=turn.backwards, most=wanted):
            ordered = order_lots(source, beyond=None if beyond is None else beyond.place, **asked)  # type: ignore[arg-type]
            rows = session.execute(ordered.limit(wanted), {"today": order.today}).all()
            # A ring that was too narrow is looked at again, wider.
            found = list({row.lot_id: row for row in (*found, *rows)}.values())
            if len(found) >= wanted:
                break
    return found[skipped:wanted]


def _list_sources(order: _Order, *, beyond: Beyond | None, backwards: bool, most: int) -> Iterator[CTE]:
    """List where the next rows are, one after the other until there are enough."""
    search, sort = order.search, order.sort
    if order.summary.whole:
        found = select(*list_keys(sort)).where(*narrow_lots(LotSearch, search))
        yield found.cte("found").prefix_with("MATERIALIZED")
        return
    if sort == "distance" and (beyond is not None or backwards):
        yield from _list_rings(order, beyond=beyond, backwards=backwards, most=most)
        return
    asked: dict[str, Any] = {
        "sort": sort,
        "descending": order.descending,
        "language": order.language,
        "most": most,
        "beyond": beyond,
        "backwards": backwards,
    }
    at_end = beyond is not None and beyond.place[0] is None
    steps = [find_first, find_empty]
    if beyond is not None and at_end is not backwards:
        steps = [find_empty] if at_end else [find_first]
    for step in reversed(steps) if backwards else steps:
        source = step(search, **asked)
        if source is not None:
            yield source


def _list_rings(order: _Order, *, beyond: Beyond | None, backwards: bool, most: int) -> Iterator[CTE]:
    """List rings from a distance outwards, or inwards, each wider than the one before."""
    search = order.search
    frame = search.found.frame if search.found else None
    assert frame is not None
    assert search.near is not None
    farthest = float(search.near.metres)
    at = farthest if beyond is None else sqrt(beyond.place[0])
    # As wide as would hold what is wanted, lay lots alike everywhere.
    width = most * farthest**2 / (2 * max(order.summary.lots, 1) * max(at, pi))
    inner = outer = at
    while True:
        inner, outer = (max(at - width, 0.0), at) if backwards else (at, min(at + width, farthest))
        yield find_ring(search, frame=frame, inner=inner, outer=outer)
        if inner == 0.0 if backwards else outer == farthest:
            return
        width *= _WIDER
