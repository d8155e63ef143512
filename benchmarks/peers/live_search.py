# SPDX-License-Identifier: EUPL-1.2
"""A search answered from the normal tables as it is asked: no kept rows, no kept counts, no squares."""

from collections import Counter
from dataclasses import replace
from datetime import date

from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session

from inventory.queries.lots.listing import answer_lots
from inventory.queries.search.counts import drop
from inventory.queries.search.narrow import make_point
from inventory.queries.search.search import COUNTS, MOST_COUNTED, Search

COARSE_M = 200.0
"""The public point of a home lies at most so far from the exact one, which the index knows."""

# Facet, what it counts by, and the filters that are its own.
_FACETS = {
    "class": ("class_id", ("classes",)),
    "municipality": ("municipality_code", ("municipalities", "regions")),
    "month": ("month_free", ("months",)),
    "state": ("not_counted", ("states", "counted_only")),
    "screening": ("screening", ("screening",)),
    "firmness": ("firmness", ("firmness",)),
    "basis": ("basis", ("basis",)),
}


def find_page(session: Session, *, search: Search, today: date, rows: int) -> tuple[int, list[str]]:
    """Find how many lots answer, up to one more than are counted, and the ids of the first.

    The nearest come first where there is a place to measure from, else those that are free first.
    """
    answer = _answer(search).subquery("answer")
    counted = select(func.count()).select_from(select(answer.c.id).limit(MOST_COUNTED + 1).subquery("some"))
    count = session.execute(counted, {"today": today}).scalar_one()
    order = [answer.c.available_from.asc().nulls_last(), answer.c.id]
    if search.near is not None:
        order.insert(0, func.ST_Distance(answer.c.point, make_point(search.near)))
    first = select(answer.c.id).order_by(*order).limit(rows)
    return int(count), [str(one) for one in session.execute(first, {"today": today}).scalars()]


def count_facets(session: Session, *, search: Search, today: date) -> dict[str, dict[str, int]]:
    """Count the lots of every choice of every facet under all the other filters."""
    found: dict[str, dict[str, int]] = {}
    for name, (column, own) in _FACETS.items():
        others = search
        for one in own:
            others = drop(others, one)
        if name == "state":
            others = replace(others, counted_only=False)
        answer = _answer(others).subquery("answer")
        by = answer.c[column]
        rows = session.execute(select(by, func.count()).group_by(by), {"today": today})
        counts = Counter({_write(name, value): number for value, number in rows})
        del counts[""]
        found[name] = dict(counts)
    return found


def _answer(search: Search) -> Select[*tuple[object, ...]]:
    within = None
    if search.near is not None:
        within = func.ST_Expand(make_point(search.near), search.near.metres + COARSE_M)
    return answer_lots(search, within=within)


def _write(name: str, value: object) -> str:
    if value is None:
        return COUNTS if name == "state" else ""
    return str(value)[:7] if name == "month" else str(value)
