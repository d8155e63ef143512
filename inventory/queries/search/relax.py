# SPDX-License-Identifier: EUPL-1.2
"""The nearest ways out of a search that finds nothing: what to let go of, and how many lots that gives."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from enum import StrEnum
from itertools import islice

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from inventory.queries.search.answer import select_ids
from inventory.queries.search.counts import count_kept, drop
from inventory.queries.search.planning import plan_search
from inventory.queries.search.resolve import resolve_search
from inventory.queries.search.search import Search
from inventory.tables import MaterialClass

MOST_COUNTED = 1_000
"""Lots counted for a way out; a thousand are as good a reason to take it as more."""

MOST_SHOWN = 6
MOST_TRIED = 16
"""Ways tried, found or not: each is a search of its own, and whoever finds nothing should not wait long."""

_LARGER = (2, 5)
_LATER = (14, 60, 180)


class Ease(StrEnum):
    """What a way out lets go of."""

    DROP = "drop"
    WIDER = "wider"
    WINDOW = "window"
    GROUP = "group"


@dataclass(frozen=True, slots=True, kw_only=True)
class WayOut:
    """A search near the one asked: what was eased, `of` which filter, `by` how much, and what it gives.

    `by` is metres for a wider circle, days for a longer window at both ends; `more` says there are more lots.
    """

    search: Search
    ease: Ease
    of: str
    by: int
    lots: int
    more: bool


def find_ways_out(session: Session, *, search: Search, today: date) -> list[WayOut]:
    """Find searches that ease one thing and give some lots: a wider circle or window before a filter dropped.

    Parameters
    ----------
    session
        To read with.
    search
        Resolved; nothing answers it.
    today
        The day whose prices count.
    """
    found: list[WayOut] = []
    eased: set[str] = set()
    for ease, of, by, easier in islice(_ease(session, search), MOST_TRIED):
        if (ease, of) in {(way.ease, way.of) for way in found} or len(found) == MOST_SHOWN:
            continue
        if ease is Ease.DROP and of in eased:
            continue
        resolved = resolve_search(session, easier, today=today)
        lots = _count(session, resolved)
        if lots:
            eased.add(of)
            found.append(
                WayOut(
                    search=resolved,
                    ease=ease,
                    of=of,
                    by=by,
                    lots=min(lots, MOST_COUNTED),
                    more=lots > MOST_COUNTED,
                )
            )
    return found


def _count(session: Session, search: Search) -> int:
    kept = count_kept(session, search=search)
    if kept is not None:
        return kept
    some = select_ids(search).limit(MOST_COUNTED + 1).subquery("some")
    with plan_search(session, search):
        return session.scalars(select(func.count()).select_from(some)).one()


def _ease(session: Session, search: Search) -> Iterator[tuple[Ease, str, int, Search]]:
    """Give easier searches, the smaller step before the larger."""
    if search.near is not None:
        for times in _LARGER:
            metres = min(search.near.metres * times, 500_000)
            yield Ease.WIDER, "near", metres, replace(search, near=replace(search.near, metres=metres))
    if search.start is not None or search.end is not None:
        for days in _LATER:
            step = timedelta(days=days)
            longer = replace(
                search,
                start=search.start and max(search.start, date.min + step) - step,
                end=search.end and min(search.end, date.max - step) + step,
                project_days=False,
            )
            yield Ease.WINDOW, "window", days, longer
    groups = _find_groups(session, search.classes)
    if groups and groups != search.classes:
        yield Ease.GROUP, "classes", 0, replace(search, classes=groups)
    for name, value in _list_filters(search):
        if name == "window":
            yield Ease.DROP, name, 0, replace(search, start=None, end=None, project_days=False)
        elif name == "bounds":
            for bounds in search.bounds:
                others = tuple(one for one in search.bounds if one != bounds)
                yield Ease.DROP, bounds.attribute, 0, replace(search, bounds=others)
        elif value:
            easier = drop(search, name)
            yield Ease.DROP, name, 0, replace(easier, project_days=False) if name == "near" else easier


def _list_filters(search: Search) -> list[tuple[str, object]]:
    """List the filters that can be let go of, those that matter least to a person first."""
    names = (
        *("decide_from", "months", "at_least", "most_price", "completeness", "enough_to_offer"),
        *("documentation", "screening", "firmness"),
        *("basis", "states", "box", "area", "regions", "municipalities", "near", "text", "classes"),
    )
    filters: list[tuple[str, object]] = [(name, getattr(search, name)) for name in names]
    window = search.start or search.end
    return [("bounds", search.bounds)] * bool(search.bounds) + filters + [("window", window)] * bool(window)


def _find_groups(session: Session, codes: tuple[str, ...]) -> tuple[str, ...]:
    """Find the groups above classes; a class without one stands for itself."""
    if not codes:
        return ()
    above = MaterialClass.__table__.alias("above")
    query = (
        select(func.coalesce(above.c.code, MaterialClass.code))
        .outerjoin(above, above.c.id == MaterialClass.parent_id)
        .where(MaterialClass.code.in_(codes))
        .distinct()
    )
    return tuple(sorted(session.scalars(query)))
