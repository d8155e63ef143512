# SPDX-License-Identifier: EUPL-1.2
"""Pages of a list that begin where the page before ends: none is slow, and none moves under the reader."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal, InvalidOperation
from typing import Any, Generic, TypeVar
from uuid import UUID

from sqlalchemy import ColumnElement, and_, false, or_
from sqlalchemy.orm import Session

from inventory.queries.offers import AnyRow, AnySelect

Mark = TypeVar("Mark")
"""What says where a row stands in an order."""

Place = tuple[str | None, ...]
"""Where a row stands: what each step of the order is there, as text, None where it is empty."""

PAGE_ROWS = 25
MOST_BY_NUMBER = 10_000
"""Rows gone past to reach a page asked for by its number alone."""

_LARGEST = 2**63 - 1
_AT = "place_"


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """One thing an order goes by: an expression, and whether it falls; empty values come last either way."""

    by: Any
    falls: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Turn(Generic[Mark]):
    """Where a page begins: after a row's place, before it, or at the end of all; `page` is what it is called.

    Without any of these it is found by its number, from 1.
    """

    page: int = 1
    after: Mark | None = None
    before: Mark | None = None
    last: bool = False

    @property
    def backwards(self) -> bool:
        """Return whether it is found from its end."""
        return self.before is not None or self.last


@dataclass(frozen=True, slots=True, kw_only=True)
class Page(Generic[Mark]):
    """One page of a list: its rows, its number from 1, how many pages and rows there are, if known.

    `first` and `final` are the places of its first and last row; empty where no page is before or after.
    """

    rows: list[AnyRow]
    page: int
    pages: int | None
    total: int | None
    first: Mark | None
    final: Mark | None


def turn(steps: Sequence[Step], *, backwards: bool) -> list[Any]:
    """Write an order, or the very same from its end."""
    if backwards:
        return [(one.by.asc() if one.falls else one.by.desc()).nulls_first() for one in steps]
    return [(one.by.desc() if one.falls else one.by.asc()).nulls_last() for one in steps]


def lies_beyond(steps: Sequence[Step], place: Sequence[Any], *, backwards: bool) -> ColumnElement[bool]:
    """State that a row comes after a place in an order, or before it.

    Parameters
    ----------
    steps
        The order; no two rows are alike in all of it.
    place
        What each step is there.
    backwards
        Before rather than after.
    """
    ways: list[ColumnElement[bool]] = []
    alike: list[ColumnElement[bool]] = []
    for step, value in zip(steps, place, strict=True):
        ways.append(and_(*alike, _is_past(step, value, backwards=backwards)))
        alike.append(step.by.is_(None) if value is None else step.by == value)
    return or_(*ways)


def _is_past(step: Step, value: Any, *, backwards: bool) -> ColumnElement[bool]:
    past: ColumnElement[bool]
    if value is None:
        past = step.by.is_not(None) if backwards else false()
    elif backwards:
        past = step.by > value if step.falls else step.by < value
    else:
        past = or_(step.by < value if step.falls else step.by > value, step.by.is_(None))
    return past


def find_rows(
    find: Callable[[Turn[Mark]], list[Any]], *, wanted: Turn[Mark], size: int
) -> tuple[Turn[Mark], list[Any]]:
    """Find the rows of a page and one beside; where rows went meanwhile, those of the first page or the last.

    Parameters
    ----------
    find
        Finds at least one row more than a page holds, if there is one; from the end where it is backwards.
    wanted
        A page before that is not full gives way to the first, and one after that is empty to the last.
    size
        Rows of a page.
    """
    found = find(wanted)
    if wanted.before is not None and len(found) <= size:
        wanted = Turn()
        found = find(wanted)
    elif wanted.after is not None and not found:
        wanted = Turn(last=True)
        found = find(wanted)
    return wanted, found


def lay_page(
    found: list[Any],
    *,
    wanted: Turn[Mark],
    total: int | None,
    size: int,
    most: int,
    mark: Callable[[Any], Mark],
) -> Page[Mark]:
    """Lay out what was found as a page.

    Parameters
    ----------
    found, wanted
        From `find_rows`.
    total
        How many rows all pages have together; None where nobody counted.
    size
        Rows of a page; the last has those that are left.
    most
        The highest page that is found by its number.
    mark
        Gives a row's place.
    """
    pages = None if total is None else max(1, -(-total // size))
    whole_last = wanted.last and pages is not None and total is not None
    if whole_last and pages and total is not None:
        size = max(total - (pages - 1) * size, 1)
    chosen = found[:size]
    more = len(found) > len(chosen)
    if wanted.backwards:
        chosen.reverse()
    page = pages if whole_last and pages else max(wanted.page, 1)
    page = min(page, pages) if pages else page
    if wanted.after is None and not wanted.backwards:
        page = min(page, most)
    has_before = more if wanted.backwards else wanted.after is not None or page > 1
    has_after = wanted.before is not None if wanted.backwards else more
    return Page(
        rows=chosen,
        page=page,
        pages=pages,
        total=total,
        first=mark(chosen[0]) if chosen and has_before else None,
        final=mark(chosen[-1]) if chosen and has_after else None,
    )


def read_keyset_page(
    session: Session,
    query: AnySelect,
    *,
    steps: Sequence[Step],
    wanted: Turn[Place] | None = None,
    total: int,
    size: int = PAGE_ROWS,
) -> Page[Place]:
    """Read one page of a list.

    Parameters
    ----------
    session
        To read with.
    query
        The list, in no order.
    steps
        Its order; no two rows are alike in all of it.
    wanted
        Which page; the first without it, and where its place is none of this order's.
    total
        How many rows the list has.
    size
        Rows of a page.
    """
    wanted = wanted or Turn()
    most = max(1, -(-min(total, MOST_BY_NUMBER) // size))
    marked = query.add_columns(*(step.by.label(f"{_AT}{number}") for number, step in enumerate(steps)))

    def find(asked: Turn[Place]) -> list[Any]:
        rows = marked.order_by(None).order_by(*turn(steps, backwards=asked.backwards))
        place = asked.before if asked.before is not None else asked.after
        if place is not None:
            rows = rows.where(lies_beyond(steps, read_place(steps, place), backwards=asked.backwards))
        elif not asked.last:
            rows = rows.offset((min(max(asked.page, 1), most) - 1) * size)
        return list(session.execute(rows.limit(size + 1)))

    if not all(one is None or _is_place(steps, one) for one in (wanted.after, wanted.before)):
        wanted = Turn(page=wanted.page)
    wanted, found = find_rows(find, wanted=wanted, size=size)
    return lay_page(found, wanted=wanted, total=total, size=size, most=most, mark=_mark(len(steps)))


def _mark(steps: int) -> Callable[[Any], Place]:
    def mark(row: Any) -> Place:
        values = (getattr(row, f"{_AT}{number}") for number in range(steps))
        return tuple(None if value is None else str(value) for value in values)

    return mark


def _is_place(steps: Sequence[Step], place: Place) -> bool:
    try:
        read_place(steps, place)
    except (ValueError, InvalidOperation):
        return False
    return True


def read_place(steps: Sequence[Step], place: Place) -> list[Any]:
    """Read what each step of an order is at a place.

    Raises
    ------
    ValueError, decimal.InvalidOperation
        Where the place is none of this order's.
    """
    return [
        None if text is None else _read_value(text, step.by.type.python_type)
        for step, text in zip(steps, place, strict=True)
    ]


def _read_value(text: str, kind: type) -> Any:
    if kind is UUID:
        return UUID(text)
    if kind is datetime:
        return datetime.fromisoformat(text)
    if kind is date:
        return date.fromisoformat(text)
    if kind is str:
        if "\x00" in text:
            raise ValueError(text)
        return text
    if kind in {int, float, Decimal}:
        number = Decimal(text)
        if not (number.is_finite() and abs(number) <= _LARGEST):
            raise ValueError(text)
        return int(number) if kind is int else number
    raise TypeError(kind)
