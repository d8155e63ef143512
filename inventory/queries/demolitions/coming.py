# SPDX-License-Identifier: EUPL-1.2
"""What comes free when: the lots on offer in the coming months, by month and class."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

from sqlalchemy import Date, Select, bindparam, cast, func, literal, select
from sqlalchemy.orm import Session, aliased

from inventory.queries.offers import AnyRow
from inventory.queries.search.answer import select_rows
from inventory.queries.search.search import Search
from inventory.tables import Basis, Firmness, MaterialClass

_SURE = (Firmness.PERMIT_GIVEN, Firmness.STARTED)


@dataclass(frozen=True, slots=True, kw_only=True)
class ComingMonth:
    """A month: `first` its first day, and its rows by class, the heaviest first."""

    first: date
    rows: list[AnyRow]

    @property
    def lots(self) -> int:
        """How many lots come free in it."""
        return sum(row.lots for row in self.rows)

    @property
    def mass_g(self) -> Decimal:
        """What they weigh together, in grams."""
        return sum((row.mass_g for row in self.rows), Decimal(0))


def add_months(day: date, *, months: int) -> date:
    """Give the first day of the month so many months after a day's."""
    number = day.year * 12 + day.month - 1 + months
    return date(number // 12, number % 12 + 1, 1)


def read_coming(session: Session, *, search: Search, today: date, months: int) -> Sequence[ComingMonth]:
    """Read what comes free in this month and those after it, from the rows the map and the list are of.

    Parameters
    ----------
    session
        To read with.
    search
        What to look at; its window is set here. With a class, each class below it has a row of its own,
        without one the top classes have.
    today
        A lot that is free already comes in this month.
    months
        How many months, this one included.

    Returns
    -------
    Sequence of ComingMonth
        Months in which something comes. A row has ``code, name_da, name_en, lots, sites, surveyed`` (lots),
        ``sure`` (lots whose demolition has its permit or has begun), ``mass_g``, and ``amount`` and ``unit``
        where all its lots are of one unit, else empty.
    """
    end = add_months(today, months=months)
    lot = select_rows(replace(search, start=today, end=end)).subquery("coming")
    own, shown = aliased(MaterialClass, name="own"), aliased(MaterialClass, name="shown")
    month = cast(
        func.date_trunc("month", func.greatest(lot.c.available_from, bindparam("today", type_=Date))), Date
    )
    query = (
        select(
            month.label("month"),
            shown.code,
            shown.name_da,
            shown.name_en,
            func.count().label("lots"),
            func.count(lot.c.site_id.distinct()).label("sites"),
            func.count().filter(lot.c.basis == Basis.SURVEYED).label("surveyed"),
            func.count().filter(lot.c.firmness.in_(_SURE)).label("sure"),
            func.sum(lot.c.amount / own.step * own.mass_g_per_step).label("mass_g"),
            func.sum(lot.c.amount).label("amount"),
            func.min(own.unit).label("unit"),
            (func.count(own.unit.distinct()) == literal(1)).label("one_unit"),
        )
        .join(own, own.id == lot.c.class_id)
        .join(shown, shown.id == (own.id if search.classes else _top_of(own)))
        .group_by(month, shown.id, shown.code, shown.name_da, shown.name_en)
        .order_by(month, func.sum(lot.c.amount / own.step * own.mass_g_per_step).desc(), shown.code)
    )
    found: dict[date, list[AnyRow]] = {}
    for row in session.execute(query, {"today": today}):
        found.setdefault(row.month, []).append(row)
    return [ComingMonth(first=first, rows=rows) for first, rows in found.items()]


def _top_of(own: type[MaterialClass]) -> Select[tuple[int]]:
    """Select the id of the top of a class's tree."""
    tree = (
        select(MaterialClass.id, MaterialClass.id.label("top"))
        .where(MaterialClass.parent_id.is_(None))
        .cte("class_top", recursive=True)
    )
    tree = tree.union_all(
        select(MaterialClass.id, tree.c.top).join(tree, MaterialClass.parent_id == tree.c.id)
    )
    return select(tree.c.top).where(tree.c.id == own.id).correlate(own).scalar_subquery()  # type: ignore[return-value]
