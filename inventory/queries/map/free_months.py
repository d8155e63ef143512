# SPDX-License-Identifier: EUPL-1.2
"""What is free in each of the coming months, of all that a search asks for but its own window."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from typing import Any

from sqlalchemy import func, literal_column, select
from sqlalchemy.orm import Session

from inventory.queries.demolitions.coming import add_months
from inventory.queries.map.grid import WHOLE_ZOOM
from inventory.queries.map.groups import cell_conditions
from inventory.queries.map.parts import choose_part
from inventory.queries.map.question import MapQuestion, ask_map, count_month
from inventory.queries.offers import AnySelect
from inventory.queries.search.search import Search
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
    if part is None:
        ends = _count_marks(question, kind).subquery("ends")
    else:
        ends = (
            select(MapCell.edge, MapCell.month, MapCell.class_id, MapCell.n, MapCell.steps, MapCell.mass_g)
            .where(
                MapCell.zoom == WHOLE_ZOOM,
                MapCell.tile_x == 0,
                MapCell.tile_y == 0,
                *cell_conditions(question, part, kind),
            )
            .subquery("ends")
        )
    query = select(
        ends.c.edge,
        ends.c.month,
        ends.c.n,
        ends.c.mass_g,
        ends.c.steps * MaterialClass.step,
        MaterialClass.unit,
    ).outerjoin(MaterialClass, MaterialClass.id == ends.c.class_id)
    rows = list(session.execute(query, question.values() | {"today": today}))
    units = {row.unit for row in rows}
    unit = units.pop() if len(units) == 1 else None
    found = []
    for number in range(months):
        first = add_months(today, months=number)
        month = count_month(first)
        # Begun in it or before, less ended before it.
        within = [
            (-1 if row.edge == CellEdge.TO else 1, row)
            for row in rows
            if (row.month <= month if row.edge == CellEdge.FROM else row.month < month)
        ]
        found.append(
            FreeMonth(
                first=first,
                lots=sum(sign * row.n for sign, row in within),
                mass_g=sum(sign * row.mass_g for sign, row in within),
                amount=None if unit is None else sum((sign * row[4] for sign, row in within), Decimal(0)),
                unit=None if unit is None else str(unit),
            )
        )
    return found


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
