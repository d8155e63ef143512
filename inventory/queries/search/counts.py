# SPDX-License-Identifier: EUPL-1.2
"""Counts that are kept: how many lots there are of each class, place, month and state."""

from dataclasses import replace
from typing import Any

from sqlalchemy import func, or_, select
from sqlalchemy.orm import Session

from inventory.queries.search.narrow import HIDDEN
from inventory.queries.search.search import COUNTS, Found, Search
from inventory.tables import CountPart, LotCount

_COUNTED_BY = frozenset(LotCount.__table__.columns.keys())
_COUNTABLE = (
    *("classes", "municipalities", "regions", "months", "screening", "firmness", "states", "basis"),
    "enough_to_offer",
)


def choose_part(search: Search, *, by: frozenset[str] = frozenset()) -> CountPart | None:
    """Choose the part of the kept counts that answers a search, parted also `by` some columns.

    Parameters
    ----------
    search
        Any.
    by
        Columns of `lot_search`.

    Returns
    -------
    CountPart or None
        None where no part can tell.
    """
    plain = Search(
        **{name: getattr(search, name) for name in _COUNTABLE},
        counted_only=search.counted_only,
        wanted=search.wanted,
    )
    if plain != search or not by <= _COUNTED_BY:
        return None
    place = bool(search.municipalities or search.regions) or "municipality_code" in by
    month = bool(search.months) or "month_free" in by
    if place and month:
        return None
    return CountPart.PLACE if place else CountPart.MONTH


def narrow_counts(search: Search, *, part: CountPart) -> list[Any]:
    """State of kept counts what a search asks of lots."""
    found = search.found or Found()
    asked: list[Any] = [LotCount.part == part]
    if search.classes:
        asked.append(LotCount.class_id.in_(found.class_ids))
    if search.municipalities or search.regions:
        asked.append(LotCount.municipality_code.in_((*search.municipalities, *found.municipalities)))
    if search.months:
        asked.append(LotCount.month_free.in_(search.months))
    for column, codes in ((LotCount.screening, search.screening), (LotCount.firmness, search.firmness)):
        if codes:
            asked.append(column.in_(codes))
    if search.basis is not None:
        asked.append(LotCount.basis == search.basis)
    if search.enough_to_offer:
        asked.append(LotCount.enough_to_offer)
    if search.states:
        asked.append(LotCount.not_counted.in_(["" if code == COUNTS else code for code in search.states]))
    elif search.counted_only:
        asked.append(LotCount.not_counted == "")
    else:
        asked.append(or_(LotCount.not_counted == "", LotCount.not_counted.not_in(HIDDEN)))
    return asked


def count_kept(session: Session, *, search: Search) -> int | None:
    """Count the lots that answer a search from the kept counts; None where they cannot tell."""
    part = choose_part(search)
    if part is None:
        return None
    query = select(func.coalesce(func.sum(LotCount.lots), 0)).where(*narrow_counts(search, part=part))
    return int(session.scalars(query).one())


def drop(search: Search, name: str) -> Search:
    """Give the search without one of its filters."""
    return replace(search, **{name: getattr(Search(), name)})
