# SPDX-License-Identifier: EUPL-1.2
"""What is free in each of the coming months, of all that a search asks for but its own window."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from functools import cache
from typing import Any

from sqlalchemy import BigInteger, Integer, cast, func, literal_column, select
from sqlalchemy.orm import Session

from inventory.queries.demolitions.coming import add_months
from inventory.queries.map.grid import WHOLE_ZOOM
from inventory.queries.map.groups import cell_conditions
from inventory.queries.map.parts import Part, choose_part
from inventory.queries.map.question import MapQuestion, ask_map, count_month, is_any
from inventory.queries.offers import AnyRow, AnySelect
from inventory.queries.search.search import Search
from inventory.queries.statement import Statement, compile_statement, run_statement
from inventory.tables import CellEdge, MapCell, MapMark, MarkKind, MaterialClass


@dataclass(frozen=True, slots=True, kw_only=True)
class FreeMonth:
    """A month: its first day, the lots free some day of it, their mass, and their quantity and its unit.

    `amount` and `unit` are empty where the lots are not all of one unit.
    """

    first: date
    lots: int
    mass_g: int
    amount: Decimal | None
    unit: str | None


def read_free_months(session: Session, *, search: Search, today: date, months: int) -> list[FreeMonth]:
    """Read what is free in this month and those after it.

    Parameters
    ----------
    session
        To read with.
    search
        Resolved. Its window and months are left out: this is what they are chosen by.
    today
        A day of the first month.
    months
        How many months, this one included.

    Returns
    -------
    list of FreeMonth
        One for each month: lots whose window holds a day of it. Estimates count with the careful estimate;
        lots without a coordinate count too.
    """
    question = ask_map(replace(search, start=None, end=None, project_days=False, months=()))
    kind = MarkKind.LOT
    asked = {"class_id", "month"} if question.class_ids is not None else {"month"}
    asked |= {"firmness"} if question.firmness else set()
    asked |= {"screening"} if question.screening else set()
    asked |= {"basis"} if question.basis is not None else set()
    part = choose_part(asked, zoom=WHOLE_ZOOM) if question.is_plain(kind) else None
    values = question.values() | {"today": today}
    plain = question.lots is None
    statement = _compose_once(_outline(question), part) if plain else _compose(question, part)
    return _add_up(list(run_statement(session, statement, values)), today=today, months=months)


def _outline(question: MapQuestion) -> MapQuestion:
    return replace(question.outline(), requirements=None)


def _add_up(ends: Sequence[AnyRow], *, today: date, months: int) -> list[FreeMonth]:
    """Add up what has begun by each month, less what ended before it."""
    units = {row.unit for row in ends}
    unit = units.pop() if len(units) == 1 else None
    steps = sorted(
        ((row.month, 1, row) if row.edge == CellEdge.FROM else (row.month + 1, -1, row) for row in ends),
        key=lambda step: step[0],
    )
    lots = mass_g = place = 0
    amount = Decimal(0)
    found = []
    for number in range(months):
        first = add_months(today, months=number)
        while place < len(steps) and steps[place][0] <= count_month(first):
            _, sign, row = steps[place]
            lots, mass_g, place = lots + sign * row.n, mass_g + sign * row.mass_g, place + 1
            if unit is not None:
                amount += sign * row.amount
        found.append(
            FreeMonth(
                first=first,
                lots=lots,
                mass_g=mass_g,
                amount=None if unit is None else amount,
                unit=None if unit is None else str(unit),
            )
        )
    return found


@cache
def _compose_once(outline: MapQuestion, part: Part | None) -> Statement:
    return _compose(outline, part)


def _compose(question: MapQuestion, part: Part | None) -> Statement:
    """Compose what reads how many lots, of what mass and amount, begin and end in each month."""
    kind = MarkKind.LOT
    if part is None:
        ends = _count_marks(question, kind).subquery("ends")
    else:
        ends = (
            select(MapCell.edge, MapCell.month, MapCell.class_id, MapCell.n, MapCell.steps, MapCell.mass_g)
            .where(
                MapCell.zoom == WHOLE_ZOOM,
                MapCell.tile_x == literal_column("0"),
                MapCell.tile_y == literal_column("0"),
                *cell_conditions(question, part, kind),
                *(
                    [is_any(MapCell.class_id, "class_ids", of=Integer())]
                    if question.class_ids is not None
                    else []
                ),
            )
            .subquery("ends")
        )
    return compile_statement(
        select(
            ends.c.edge,
            ends.c.month,
            MaterialClass.unit,
            cast(func.sum(ends.c.n), BigInteger).label("n"),
            cast(func.sum(ends.c.mass_g), BigInteger).label("mass_g"),
            func.sum(ends.c.steps * MaterialClass.step).label("amount"),
        )
        .outerjoin(MaterialClass, MaterialClass.id == ends.c.class_id)
        .group_by(ends.c.edge, ends.c.month, MaterialClass.unit)
    )


def _count_marks(question: MapQuestion, kind: MarkKind) -> AnySelect:
    """Count the ends of windows by month and class, where no cell knows them."""
    asked = (
        select(MapMark.class_id, MapMark.available_from, MapMark.available_to, MapMark.steps, MapMark.mass_g)
        .where(*question.conditions(kind))
        .subquery("asked")
    )

    def count(edge: CellEdge, day: Any) -> AnySelect:
        month = func.genbro_map_month(day)
        return select(
            literal_column(f"'{edge.value}'").label("edge"),
            month.label("month"),
            asked.c.class_id,
            func.count().label("n"),
            func.sum(asked.c.steps).label("steps"),
            func.sum(asked.c.mass_g).label("mass_g"),
        ).group_by(month, asked.c.class_id)

    both = (
        count(CellEdge.FROM, asked.c.available_from)
        .union_all(count(CellEdge.TO, asked.c.available_to - 1))
        .subquery("both")
    )
    # Lots that do not count may have no window: they are free in no month.
    return select(both).where(both.c.month.is_not(None))
