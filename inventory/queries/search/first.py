# SPDX-License-Identifier: EUPL-1.2
"""The next rows of a large answer, found along an index rather than by putting all of it in order."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from sqlalchemy import CTE, Numeric, cast, func, literal, select, true, tuple_, union_all

from inventory.queries.keyset import Step, lies_beyond
from inventory.queries.offers import AnySelect
from inventory.queries.search.cursor import Cursor
from inventory.queries.search.narrow import is_counted, make_point, narrow_lots
from inventory.queries.search.ranks import RANKED, rank, rank_stages
from inventory.queries.search.search import Search
from inventory.tables import Firmness, LotSearch, Municipality


@dataclass(frozen=True, slots=True, kw_only=True)
class Within:
    """How an order goes on: by which column, falling or not (as the whole order where empty)."""

    column: str
    falls: bool | None = None


# An order over something of a class or a place is followed inside each by the column of an index.
WITHIN: dict[str, Within] = {
    "from": Within(column="available_from"),
    "decide": Within(column="decide_by"),
    "quantity": Within(column="amount"),
    "price": Within(column="unit_price_ore"),
    "class": Within(column="amount", falls=True),
    "co2e": Within(column="amount"),
    "municipality": Within(column="available_from", falls=False),
    "firmness": Within(column="available_from", falls=False),
    "distance": Within(column="available_from", falls=False),
}

_SLACK = Decimal("1.000001")
"""More than a quotient is rounded by."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Beyond:
    """Where to begin: a lot's cursor and what each step of the order is there."""

    cursor: Cursor
    place: tuple[Any, ...]


def find_first(
    search: Search,
    *,
    sort: str,
    descending: bool,
    most: int,
    language: str = "da",
    beyond: Beyond | None = None,
    backwards: bool = False,
) -> CTE:
    """Find lots among which are the next of an order; what is empty by its first step comes by `find_empty`.

    Parameters
    ----------
    search
        Resolved; many answer it.
    sort, descending, language
        A key of `WITHIN`, its direction, and the language names are ordered in; of distance the nearest are
        always the first.
    most
        How many are needed; of each class, municipality or firmness there may be as many.
    beyond
        Where to begin; from the order's end without it.
    backwards
        Towards the beginning of the order.

    Returns
    -------
    CTE
        The columns that `order_lots` asks of lots in this order, and lot_id: an index holds most of them. The
        statement has one parameter to be given when it is run: `today`.
    """
    within = WITHIN[sort]
    falls = descending if within.falls is None else within.falls
    column = getattr(LotSearch, within.column)
    nearest = sort == "distance" and search.near is not None
    gathered = is_gathered(search, sort=sort)
    rows = select(*list_keys(sort)).where(*narrow_lots(LotSearch, search, by_squares=gathered))
    if gathered:
        # Lots of some classes lie together in the index that holds all of this: none is gone along in vain.
        return rows.offset(0).cte("found")
    if nearest and search.near is not None:
        return (
            rows.where(LotSearch.point.is_not(None))
            .order_by(LotSearch.point.op("<->")(make_point(search.near)))
            .fetch(most, with_ties=True)
            .cte("found")
        )
    steps = [Step(by=column, falls=falls), Step(by=LotSearch.lot_id, falls=falls)]
    along = _go_along(search, sort=sort, language=language)
    if along is None or sort not in RANKED:
        rows = rows.where(column.is_not(None))
        if beyond is not None and beyond.cursor.value is not None:
            rows = rows.where(_passes(steps, beyond.cursor, backwards=backwards))
        rows = rows.order_by(*_turn_full(steps, backwards=backwards)).limit(most)
        if along is None:
            return rows.cte("found")
        source, kept = along
        part = rows.where(kept == source.c.key).correlate(source).lateral("part")
        return select(*part.c).select_from(source).join(part, true()).cte("found")
    if sort == "co2e":
        return _join(_part_saved(rows, steps, along, beyond=beyond, backwards=backwards), most=most)
    # Of an amount none is empty; of days none that counts.
    full = within.column == "amount" or is_counted(search)
    parts = _part(
        rows, steps, along, falls=descending != backwards, beyond=beyond, backwards=backwards, full=full
    )
    return _join(parts, most=most)


def is_gathered(search: Search, *, sort: str) -> bool:
    """Say whether all that answers is put in order: there is no index to follow that would not go in vain."""
    nearest = sort == "distance" and search.near is not None
    # Words are looked for in rows, so whoever went along an index would look into those of every class.
    words = search.found is not None and bool(search.found.terms)
    return not nearest and (words or (bool(search.classes) and sort not in {"class", "co2e"}))


def find_empty(
    search: Search,
    *,
    sort: str,
    descending: bool,
    most: int,
    language: str = "da",
    beyond: Beyond | None = None,
    backwards: bool = False,
) -> CTE | None:
    """Find the next lots that are empty by the first step of an order, which come at its end.

    Parameters and what is returned are those of `find_first`; None where there can be none.
    """
    within = WITHIN[sort]
    falls = descending if within.falls is None else within.falls
    column = getattr(LotSearch, within.column)
    # What counts has a window and a stage, every lot an amount and a class, and what is near a place.
    known = sort in {"class", "quantity", "distance"} or (
        sort in {"from", "decide", "firmness"} and is_counted(search)
    )
    if known or is_gathered(search, sort=sort):
        return None
    rows = select(*list_keys(sort)).where(*narrow_lots(LotSearch, search, by_squares=False))
    by_id = [Step(by=LotSearch.lot_id, falls=falls)]
    steps = [Step(by=column, falls=falls), *by_id]
    if sort in RANKED - {"co2e"}:
        _, kept = rank(sort, language=language)
        rows = rows.where(kept.is_(None))
    elif sort != "co2e":
        rows, steps = rows.where(column.is_(None)), by_id
    if beyond is not None and beyond.place[0] is None:
        place = beyond.place[-len(steps) :]
        rows = rows.where(lies_beyond(steps, place, backwards=backwards))
    order = _turn_full(steps, backwards=backwards)
    if sort == "co2e":
        # Few classes, if any: each is followed by its own index.
        ranks, kept = rank(sort, language=language)
        rows = rows.where(kept == ranks.c.key)
        return _join([_Part(ranks=ranks, some=ranks.c.value.is_(None), rows=rows, order=order)], most=most)
    return rows.order_by(*order).limit(most).cte("found")


def _passes(steps: Sequence[Step], cursor: Cursor, *, backwards: bool) -> Any:
    """State that a row comes after a cursor whose value is not empty, as an index is asked."""
    row = tuple_(*(step.by for step in steps))
    value = tuple_(literal(cursor.value, steps[0].by.type), literal(cursor.lot_id, steps[1].by.type))
    return row < value if steps[0].falls != backwards else row > value


def _turn_full(steps: Sequence[Step], *, backwards: bool) -> list[Any]:
    """Write an order of values none of which is empty, so that an index is followed either way."""
    return [one.by.desc() if one.falls != backwards else one.by.asc() for one in steps]


def _go_along(search: Search, *, sort: str, language: str) -> tuple[Any, Any] | None:
    """Choose what an index goes along, each value of it having an end of its own: ranks and the column."""
    if sort in RANKED - {"firmness"}:
        return rank(sort, language=language)
    if sort == "from" and (search.municipalities or search.regions):
        every = select(Municipality.code.label("key")).subquery("municipality_key")
        return every, LotSearch.municipality_code
    # Whatever counts has one of few stages.
    if sort == "firmness" or (sort == "from" and (search.firmness or is_counted(search))):
        codes = search.firmness or tuple(code.value for code in Firmness)
        return rank_stages(codes), LotSearch.firmness
    return None


@dataclass(frozen=True, slots=True, kw_only=True)
class _Part:
    """Some of what an order goes along, and of each the rows wanted, in their order."""

    ranks: Any
    some: Any
    rows: AnySelect
    order: list[Any]


def _part(
    rows: AnySelect,
    steps: Sequence[Step],
    along: tuple[Any, Any],
    *,
    falls: bool,
    beyond: Beyond | None,
    backwards: bool,
    full: bool,
) -> list[_Part]:
    """Part an order by ranks into what lies wholly beyond a cursor, and what the cursor lies in."""
    ranks, kept = along
    rows = rows.where(kept == ranks.c.key)
    value = ranks.c.value
    first = None if beyond is None else beyond.place[0]
    order = _turn_full(steps, backwards=backwards)
    if beyond is None or first is None:
        return [_Part(ranks=ranks, some=value.is_not(None), rows=rows, order=order)]
    past = value < first if falls else value > first
    inside = (
        _passes(steps, beyond.cursor, backwards=backwards)
        if full
        else lies_beyond(steps, beyond.place[1:], backwards=backwards)
    )
    return [
        _Part(ranks=ranks, some=past, rows=rows, order=order),
        _Part(ranks=ranks, some=value == first, rows=rows.where(inside), order=order),
    ]


def _part_saved(
    rows: AnySelect,
    steps: Sequence[Step],
    along: tuple[Any, Any],
    *,
    beyond: Beyond | None,
    backwards: bool,
) -> list[_Part]:
    """Part an order by what is saved: what costs emissions falls where the amount rises."""
    ranks, class_id = along
    rows = rows.where(class_id == ranks.c.key)
    saved, falls = ranks.c.value, steps[0].falls
    amount, lot_id = steps
    parts = []
    for some, turned in ((saved >= 0, False), (saved < 0, True)):
        own = [Step(by=amount.by, falls=falls != turned), lot_id]
        kept = rows
        if beyond is not None and beyond.place[0] is not None:
            first = cast(literal(beyond.place[0]), Numeric)
            whole = [Step(by=saved * amount.by, falls=falls), amount, lot_id]
            kept = rows.where(lies_beyond(whole, beyond.place, backwards=backwards))
            # The amount from which on it can be, for the index to begin at.
            upwards = (falls != backwards) == turned
            bound = first / func.nullif(saved, 0)
            kept = kept.where(
                amount.by >= func.coalesce(bound / _SLACK, cast("-Infinity", Numeric))
                if upwards
                else amount.by <= func.coalesce(bound * _SLACK, cast("Infinity", Numeric))
            )
        parts.append(_Part(ranks=ranks, some=some, rows=kept, order=_turn_full(own, backwards=backwards)))
    return parts


def _join(parts: Sequence[_Part], *, most: int) -> CTE:
    """Take of each thing gone along as many as are needed at most."""
    taken = []
    for number, part in enumerate(parts):
        ranks = part.ranks
        inner = part.rows.order_by(*part.order).limit(most).correlate(ranks).lateral(f"part_{number}")
        taken.append(select(*inner.c).select_from(ranks).join(inner, true()).where(part.some))
    return union_all(*taken).cte("found") if len(taken) > 1 else taken[0].cte("found")


def list_keys(sort: str) -> list[Any]:
    """List what an order asks of lots, their ids first."""
    asked = {
        "class": ("class_id",),
        "co2e": ("class_id",),
        "municipality": ("municipality_code",),
        "firmness": ("firmness",),
        "distance": ("x", "y"),
    }
    names = ("lot_id", *asked.get(sort, ()), WITHIN[sort].column)
    return [getattr(LotSearch, name) for name in names]
