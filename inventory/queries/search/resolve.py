# SPDX-License-Identifier: EUPL-1.2
"""What the names in a search stand for in the database: classes, regions, prices, words and places."""

from dataclasses import replace
from datetime import date
from functools import cache
from typing import Any

from sqlalchemy import ColumnElement, Double, Text, any_, bindparam, func, or_, select
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.orm import Session

from inventory.queries.search.cells import Frame
from inventory.queries.search.narrow import BOX_SIDES, place_area, place_box, place_point, write_area
from inventory.queries.search.search import Found, Search, Term
from inventory.queries.search.words import find_terms
from inventory.queries.statement import Statement, compile_statement, run_statement
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
        frame=_find_frame(session, search),
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
    rows = run_statement(session, _compose_classes(), {"codes": list(codes)})
    return tuple(sorted({row.id for row in rows}))


@cache
def _compose_classes() -> Statement:
    """Compose once what each tile of a material asks."""
    top = select(MaterialClass.id).where(MaterialClass.code == any_(bindparam("codes", None, ARRAY(Text()))))
    tree = top.cte("chosen_class", recursive=True)
    tree = tree.union_all(select(MaterialClass.id).join(tree, MaterialClass.parent_id == tree.c.id))
    return compile_statement(select(tree.c.id))


def _with_below(session: Session, term: Term) -> Term:
    """Add to the classes a word names those below them."""
    if not term.class_ids:
        return term
    below = select(MaterialClass.id).where(MaterialClass.id.in_(term.class_ids)).cte(recursive=True)
    below = below.union(select(MaterialClass.id).join(below, MaterialClass.parent_id == below.c.id))
    return replace(term, class_ids=tuple(sorted(session.scalars(select(below.c.id)))))


def _find_frame(session: Session, search: Search) -> Frame | None:
    """Find the box, in metres, that all places asked for share."""
    asked = (search.near is not None, bool(search.area), search.box is not None)
    if not any(asked):
        return None
    values: dict[str, object] = {}
    if search.near is not None:
        values = {"lon": search.near.lon, "lat": search.near.lat, "metres": float(search.near.metres)}
    if search.area:
        values["area"] = write_area(search.area)
    if search.box is not None:
        values |= dict(zip(BOX_SIDES, search.box, strict=True))
    row: list[Any] = list(run_statement(session, _compose_frame(*asked), values).one())
    places = row[: 4 * sum(asked)]
    return Frame(
        west=max(places[0::4]),
        south=max(places[1::4]),
        east=min(places[2::4]),
        north=min(places[3::4]),
        x=row[-2] if search.near is not None else None,
        y=row[-1] if search.near is not None else None,
        metres=float(search.near.metres) if search.near is not None else None,
    )


@cache
def _compose_frame(near: bool, area: bool, box: bool) -> Statement:  # noqa: FBT001  which places are asked for
    """Compose once what the sides of places are; its parameters are the numbers and the area's text."""
    point = place_point(bindparam("lon", None, Double()), bindparam("lat", None, Double()))
    shapes: list[ColumnElement[Any]] = []
    if near:
        shapes.append(func.ST_Expand(point, bindparam("metres", None, Double())))
    if area:
        shapes.append(place_area(bindparam("area", None, Text())))
    if box:
        shapes.append(place_box(*(bindparam(side, None, Double()) for side in BOX_SIDES)))
    sides = (func.ST_XMin, func.ST_YMin, func.ST_XMax, func.ST_YMax)
    asked = [side(shape) for shape in shapes for side in sides]
    if near:
        asked += [func.ST_X(point), func.ST_Y(point)]
    return compile_statement(select(*asked))


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
