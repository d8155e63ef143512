# SPDX-License-Identifier: EUPL-1.2
"""Which page of a list the address asks for: after a row's place in the order, before it, or by number."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from decimal import Decimal, InvalidOperation
from math import isfinite
from typing import Any, TypeVar
from uuid import UUID

from flask import Flask
from werkzeug.datastructures import MultiDict

from inventory.queries.keyset import Page, Place, Turn
from inventory.queries.search.cursor import Cursor

END = "end"
"""Before the end: the last page."""

_PARTS = "~"
_EMPTY = "!n"
_WRITTEN = (("!", "!e"), ("~", "!t"))
"""How what parts and empties are written with stands inside a part."""

_DAYS = frozenset({"from", "decide", "municipality", "firmness", "distance"})
_MOST_PAGE = 10**9
_LONGEST = 2_000

Mark = TypeVar("Mark")


def name_turn(name: str = "page") -> tuple[str, str, str]:
    """Name what says it in the address of a list: by number, after, before.

    Parameters
    ----------
    name
        The name of the number; a page's second list has one of its own.
    """
    return (name, "after", "before") if name == "page" else (name, f"{name}_after", f"{name}_before")


NAMES = name_turn()


def link_turn(answer: Page[Any], step: str, *, name: str = "page") -> dict[str, object]:
    """Give the parameters that lead from a page of a list to another: `step` is first, prev, next or last."""
    number, after, before = name_turn(name)
    none: dict[str, object] = {number: None, after: None, before: None}
    if step == "first" or (step == "prev" and answer.page == 2):
        return none
    if step == "prev":
        return none | {number: max(answer.page - 1, 1), before: write_place(answer.first)}
    if step == "next":
        return none | {number: answer.page + 1, after: write_place(answer.final)}
    return none | {number: answer.pages, before: END}


def write_place(mark: Cursor | Place | None) -> str | None:
    """Write a place in an order, if there is one: of a search what goes before, its own value and the lot."""
    if mark is None:
        return None
    if isinstance(mark, Cursor):
        key = "" if mark.key is None else str(mark.key)
        value = "" if mark.value is None else str(mark.value)
        return _PARTS.join((key, value, str(mark.lot_id)))
    return _PARTS.join(_EMPTY if one is None else _escape(one) for one in mark)


def _escape(text: str) -> str:
    for plain, written in _WRITTEN:
        text = text.replace(plain, written)
    return text


def _unescape(text: str) -> str | None:
    if text == _EMPTY:
        return None
    for plain, written in reversed(_WRITTEN):
        text = text.replace(written, plain)
    return text


def read_place(text: str) -> Place | None:
    """Read a place; whether it is one of an order shows when the order is read."""
    return tuple(_unescape(part) for part in text.split(_PARTS)) if 0 < len(text) <= _LONGEST else None


def read_turn(arguments: MultiDict[str, str], *, name: str = "page") -> Turn[Place]:
    """Read which page of a list is asked for."""
    return _read_turn(arguments, name=name, read=read_place)


def read_lot_turn(arguments: MultiDict[str, str], *, sort: str) -> Turn[Cursor]:
    """Read which page of a search is asked for; what is none of this order's places is as if not there."""
    return _read_turn(arguments, name="page", read=lambda text: _read_cursor(text, sort=sort))


def _read_turn(
    arguments: MultiDict[str, str], *, name: str, read: Callable[[str], Mark | None]
) -> Turn[Mark]:
    number, after, before = name_turn(name)
    page = min(max(arguments.get(number, default=1, type=int), 1), _MOST_PAGE)
    if arguments.get(before) == END:
        return Turn(page=page, last=True)
    return Turn(page=page, after=read(arguments.get(after, "")), before=read(arguments.get(before, "")))


def write_turn(turn: Turn[Place], *, name: str = "page") -> dict[str, object]:
    """Write which page of a list it is, as it was read."""
    number, after, before = name_turn(name)
    return {
        number: turn.page if turn.page > 1 else None,
        after: write_place(turn.after),
        before: END if turn.last else write_place(turn.before),
    }


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


def init_page_turn(app: Flask) -> None:
    """Let templates write the links between the pages of a list."""
    app.jinja_env.globals["link_turn"] = link_turn
