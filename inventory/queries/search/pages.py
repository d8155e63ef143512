# SPDX-License-Identifier: EUPL-1.2
"""Pages of the lots that answer a search: each begins where the one before ends, however far in."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from sqlalchemy import CTE, func, select, true
from sqlalchemy.orm import Session

from inventory.queries.keyset import PAGE_ROWS, Page, Turn, find_rows, lay_page
from inventory.queries.offers import AnySelect
from inventory.queries.search.answer import Summary, ask_overview, sum_up
from inventory.queries.search.cursor import Cursor
from inventory.queries.search.first import Beyond, find_empty, find_first, list_keys
from inventory.queries.search.narrow import narrow_lots
from inventory.queries.search.order import find_place, order_lots
from inventory.queries.search.planning import plan_search
from inventory.queries.search.ring import list_rings
from inventory.queries.search.search import MOST_COUNTED, Search
from inventory.queries.search.shown import show_lots
from inventory.tables import LotSearch

MOST_SKIPPED = 1_000
"""Lots gone past to reach a page asked for by its number alone, where more answer than are counted."""

_MOST_PAGES = MOST_COUNTED // PAGE_ROWS

SORTS = ("class", "quantity", "co2e", "price", "municipality", "distance", "from", "decide", "firmness")


LotPage = Page[Cursor]
"""A page of an answer."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Order:
    """How the lots of an answer are put in order."""

    search: Search
    today: date
    sort: str
    descending: bool
    language: str

    @classmethod
    def choose(cls, search: Search, *, today: date, sort: str, descending: bool, language: str) -> _Order:
        """Choose an order there is: without a place none by distance, and with one the nearest first."""
        sort = "from" if sort == "distance" and search.near is None else sort
        falls = descending and sort != "distance"
        return cls(search=search, today=today, sort=sort, descending=falls, language=language)


def read_answer(
    session: Session,
    *,
    search: Search,
    today: date,
    sort: str = "co2e",
    descending: bool = True,
    turn: Turn[Cursor] | None = None,
    language: str = "da",
) -> tuple[Summary, LotPage]:
    """Read what answers as a whole and one page of it; where few answer, in one look at them.

    Parameters and what is returned are those of `read_summary` and `read_page`.
    """
    turn = turn or Turn()
    order = _Order.choose(search, today=today, sort=sort, descending=descending, language=language)
    overview = ask_overview(search, beside=list_keys(order.sort))
    with plan_search(session, search):
        beyond = _find_beyond(session, order, turn=turn)
        ordered = _put_in_order(overview.found, order, beyond=beyond, backwards=turn.backwards)
        ordered = ordered.where(overview.few).limit(_count_skipped(turn, pages=_MOST_PAGES) + PAGE_ROWS + 1)
        row = ordered.subquery("ordered")
        row = select(*row.c, func.row_number().over().label("place")).subquery("placed")
        both = overview.query.add_columns(*row.c).outerjoin(row, true()).order_by(row.c.place)
        rows = session.execute(both, {"today": today}).all()
        summary = sum_up(session, rows[0], search=search)
        looked = [row for row in rows if row.lot_id is not None] if summary.whole else None
        return summary, _read(session, order, summary=summary, turn=turn, looked=looked)


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
    order = _Order.choose(search, today=today, sort=sort, descending=descending, language=language)
    return _read(session, order, summary=summary, turn=turn or Turn(), looked=None)


def _read(
    session: Session, order: _Order, *, summary: Summary, turn: Turn[Cursor], looked: Sequence[Any] | None
) -> LotPage:
    """Read a page whose rows may have been found already, with those before them in the order."""

    def find(one: Turn[Cursor]) -> list[Any]:
        known = looked if one is turn else None
        return _find(session, order, summary=summary, turn=one, looked=known)

    wanted, found = find_rows(find, wanted=turn, size=PAGE_ROWS)
    page = lay_page(
        found,
        wanted=wanted,
        total=None if summary.more else summary.lots,
        size=PAGE_ROWS,
        most=_most_by_number(summary),
        mark=_mark,
    )
    lot_ids = [row.lot_id for row in page.rows]
    rows = show_lots(session, lot_ids=lot_ids, search=order.search, today=order.today)
    return replace(page, rows=rows)


def _mark(row: Any) -> Cursor:
    return Cursor(key=row.key, value=row.value, lot_id=row.lot_id)


def _most_by_number(summary: Summary) -> int:
    most = min(summary.lots, MOST_COUNTED if summary.whole else MOST_SKIPPED)
    return max(1, -(-most // PAGE_ROWS))


def _count_skipped(turn: Turn[Cursor], *, pages: int) -> int:
    """Count the rows before a page that is found by its number."""
    by_number = not (turn.before or turn.after or turn.last)
    return (min(max(turn.page, 1), pages) - 1) * PAGE_ROWS if by_number else 0


def _find(
    session: Session,
    order: _Order,
    *,
    summary: Summary,
    turn: Turn[Cursor],
    looked: Sequence[Any] | None = None,
) -> list[Any]:
    """Find the rows of a page and one beside, from its beginning or its end: lot_id, key and value."""
    skipped = _count_skipped(turn, pages=_most_by_number(summary))
    wanted = skipped + PAGE_ROWS + 1
    if looked is not None:
        return list(looked[skipped:wanted])
    found: list[Any] = []
    with plan_search(session, order.search):
        beyond = _find_beyond(session, order, turn=turn)
        sources = _list_sources(order, summary=summary, beyond=beyond, backwards=turn.backwards, most=wanted)
        for source in sources:
            ordered = _put_in_order(source, order, beyond=beyond, backwards=turn.backwards)
            rows = session.execute(ordered.limit(wanted), {"today": order.today}).all()
            # A ring that was too narrow is looked at again, wider.
            found = list({row.lot_id: row for row in (*found, *rows)}.values())
            if len(found) >= wanted:
                break
    return found[skipped:wanted]


def _find_beyond(session: Session, order: _Order, *, turn: Turn[Cursor]) -> Beyond | None:
    """Find where a page begins that is not found by its number."""
    cursor = turn.before or turn.after
    if cursor is None:
        return None
    place = find_place(session, cursor, sort=order.sort, language=order.language, today=order.today)
    return Beyond(cursor=cursor, place=place)


def _put_in_order(source: CTE, order: _Order, *, beyond: Beyond | None, backwards: bool) -> AnySelect:
    return order_lots(
        source,
        search=order.search,
        sort=order.sort,
        language=order.language,
        descending=order.descending,
        beyond=None if beyond is None else beyond.place,
        backwards=backwards,
    )


def _list_sources(
    order: _Order, *, summary: Summary, beyond: Beyond | None, backwards: bool, most: int
) -> Iterator[CTE]:
    """List where the next rows are, one after the other until there are enough."""
    search, sort = order.search, order.sort
    if summary.whole:
        found = select(*list_keys(sort)).where(*narrow_lots(LotSearch, search))
        yield found.cte("found").prefix_with("MATERIALIZED")
        return
    if sort == "distance" and (beyond is not None or backwards):
        yield from list_rings(search, lots=summary.lots, beyond=beyond, backwards=backwards, most=most)
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
