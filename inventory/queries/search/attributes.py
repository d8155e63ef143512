# SPDX-License-Identifier: EUPL-1.2
"""The attributes a search may bound: those its classes declare."""

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from inventory.queries.offers import AnyRow
from inventory.queries.search.search import Found, Search
from inventory.tables import Attribute, ClassAttribute


def list_attributes(session: Session, *, search: Search) -> list[AnyRow]:
    """List attributes as name, unit, name_da and name_en: those of the search's classes, or all.

    One that the search bounds is always among them.
    """
    query = select(Attribute.name, Attribute.unit, Attribute.name_da, Attribute.name_en)
    if search.classes:
        ids = (search.found or Found()).class_ids
        declared = select(ClassAttribute.attribute).where(ClassAttribute.class_id.in_(ids))
        bounded = [bounds.attribute for bounds in search.bounds]
        query = query.where(or_(Attribute.name.in_(declared), Attribute.name.in_(bounded)))
    return list(session.execute(query))
