# SPDX-License-Identifier: EUPL-1.2
"""A place in an order of lots: where a page ends, so that the next begins there whatever came before it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, and_, false, or_


@dataclass(frozen=True, slots=True, kw_only=True)
class Cursor:
    """A lot's place in an order: what the order asks of the lot, as it was when the page was made.

    `key` is the class, municipality or firmness of an order that goes along those, the square of the distance
    in metres of an order by distance, and empty of others; `value` is that of the order's own column.
    """

    key: int | str | float | None
    value: Decimal | date | None
    lot_id: UUID


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """One thing an order goes by: an expression, and whether it falls; empty values come last either way."""

    by: Any
    falls: bool


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
