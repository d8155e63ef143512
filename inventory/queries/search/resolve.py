# SPDX-License-Identifier: EUPL-1.2
"""What the names in a search stand for in the database: classes, regions, prices, and words."""

from dataclasses import replace
from datetime import date

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from inventory.queries.offers import find_classes
from inventory.queries.search.search import Found, Search, Term
from inventory.queries.search.words import find_terms
from inventory.tables import Factor, MaterialClass, Municipality, Region


def resolve_search(session: Session, search: Search, *, today: date) -> Search:
    """Give the search with `found` filled in: the ids that its names stand for.

    Parameters
    ----------
    session
        To read with.
    search
        Its codes are known to exist; one that does not finds nothing.
    today
        The day whose prices count.
    """
    found = Found(
        class_ids=_find_class_ids(session, search.classes),
        municipalities=find_region_parts(session, search.regions),
        cheap_ids=_find_cheap(session, search, today=today),
        terms=tuple(_with_below(session, term) for term in find_terms(session, search.text)),
    )
    return replace(search, found=found)


def find_region_parts(session: Session, regions: tuple[str, ...]) -> tuple[str, ...]:
    """Find the municipalities of regions; one that took over others is made of theirs."""
    if not regions:
        return ()
    parts = select(Region.code).where(or_(Region.code.in_(regions), Region.successor.in_(regions)))
    query = select(Municipality.code).where(Municipality.region_code.in_(parts)).order_by(Municipality.code)
    return tuple(session.scalars(query))


def _find_class_ids(session: Session, codes: tuple[str, ...]) -> tuple[int, ...]:
    if not codes:
        return ()
    return tuple(sorted(set(session.scalars(select(find_classes(*codes).c.id)))))


def _with_below(session: Session, term: Term) -> Term:
    """Add to the classes a word names those below them."""
    if not term.class_ids:
        return term
    below = select(MaterialClass.id).where(MaterialClass.id.in_(term.class_ids)).cte(recursive=True)
    below = below.union(select(MaterialClass.id).join(below, MaterialClass.parent_id == below.c.id))
    return replace(term, class_ids=tuple(sorted(session.scalars(select(below.c.id)))))


def _find_cheap(session: Session, search: Search, *, today: date) -> tuple[int, ...]:
    """Find the classes whose goods usually cost no more than asked, for lots that name no price."""
    if search.most_price is None:
        return ()
    query = select(MaterialClass.id).join(Factor, Factor.class_id == MaterialClass.id)
    query = query.where(
        Factor.kind == "used_price",
        Factor.key == "",
        Factor.valid_from <= today,
        or_(Factor.valid_to.is_(None), Factor.valid_to > today),
        Factor.value <= search.most_price,
    )
    return tuple(session.scalars(query.order_by(MaterialClass.id)))
