# SPDX-License-Identifier: EUPL-1.2
"""A search as conditions of SQL on the columns of lots or requirements: written once for all who ask."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import ColumnElement, SmallInteger, and_, any_, false, func, literal, or_, select
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.orm import aliased

from inventory.queries.search.cells import Frame, list_cells
from inventory.queries.search.search import COUNTS, Found, LonLat, Near, Search, Term
from inventory.queries.supply import NotCounted
from inventory.tables import SRID, Documentation, LotSearch, MaterialClass

Condition = ColumnElement[bool]

HIDDEN = (NotCounted.WITHDRAWN.value, NotCounted.MOVED.value)
"""Lots in these states are in no answer."""

BOX_SIDES = ("west", "south", "east", "north")
"""The sides of a box, in the order of `Search.box`."""

_DEGREES = 4326
_PIECE = 0.05  # degrees: a box's sides follow the globe's grid, so they bend in short pieces
_ORE = 100
_SLACK_M = 1.0  # more than arithmetic may differ


def narrow_lots(lot: Any, search: Search, *, by_squares: bool = True) -> list[Condition]:
    """State of lots what a search asks of them; together they are the answer.

    Parameters
    ----------
    lot
        Columns of `lot_search`, or those of `answer_lots`, which knows how papers stand by their level alone.
    search : Search
        Resolved by `resolve_search` where it names classes, regions, a text or a price.
    by_squares
        Whether kept rows are looked up by their squares; another index may be the one to follow.

    Raises
    ------
    ValueError
        The search names what has not been resolved.
    """
    found = _require_found(search)
    asked = [_state(lot, search), *_everyone(lot, search, found=found)]
    if by_squares and lot is LotSearch and found.frame is not None:
        asked.append(_lies_in(found.frame, whatever_class=not search.classes))
    asked += [_speaks_of(lot, term, own=lot.words) for term in found.terms]
    if search.start is not None:
        asked.append(lot.available_to > search.start)
    if search.end is not None:
        asked.append(lot.available_from < search.end)
    if search.months:
        asked.append(lot.month_free.in_(search.months))
    if search.at_least is not None:
        asked.append(lot.amount >= search.at_least)
    for bounds in search.bounds:
        value = getattr(lot, bounds.attribute)
        asked += [] if bounds.least is None else [value >= bounds.least]
        asked += [] if bounds.most is None else [value <= bounds.most]
    for column, codes in ((lot.screening, search.screening), (lot.firmness, search.firmness)):
        if codes:
            asked.append(column.in_(codes))
    asked += _papers(lot, search)
    if search.basis is not None:
        asked.append(lot.basis == search.basis)
    if search.most_price is not None:
        stated = lot.unit_price_ore <= search.most_price * _ORE
        asked.append(or_(stated, and_(lot.unit_price_ore.is_(None), lot.class_id.in_(found.cheap_ids))))
    if search.decide_from is not None:
        asked.append(lot.decide_by >= search.decide_from)
    return asked


def narrow_requirements(requirement: Any, search: Search) -> list[Condition]:
    """State of requirements what a search asks of them: material, place, words and window.

    Parameters
    ----------
    requirement
        Columns class_id, municipality_code, point, wanted_from, wanted_to and project_name.
    search : Search
        As for `narrow_lots`, which also says what is raised.
    """
    found = _require_found(search)
    asked = _everyone(requirement, search, found=found)
    words = func.to_tsvector("simple", func.coalesce(requirement.project_name, ""))
    asked += [_speaks_of(requirement, term, own=words) for term in found.terms]
    if search.start is not None:
        asked.append(requirement.wanted_to > search.start)
    if search.end is not None:
        asked.append(requirement.wanted_from < search.end)
    return asked


def _lies_in(frame: Frame, *, whatever_class: bool) -> Condition:
    """State that a kept row lies in the squares of a frame, as the index over class and square is asked.

    Where no class is named all are: the index then still leads to the squares, class by class.
    """
    held: Condition = LotSearch.cell == any_(literal(list_cells(frame), ARRAY(SmallInteger())))
    if frame.metres is None:
        held = and_(
            held,
            LotSearch.x.between(frame.west - _SLACK_M, frame.east + _SLACK_M),
            LotSearch.y.between(frame.south - _SLACK_M, frame.north + _SLACK_M),
        )
    if not whatever_class:
        return held
    known = aliased(MaterialClass, name="known")
    every = func.array(select(known.id).correlate(None).scalar_subquery())
    return and_(held, LotSearch.class_id == any_(every))


def _within(row: Any, near: Near, frame: Frame | None) -> list[Condition]:
    """State that a row's point lies within a distance: ST_DWithin, but cheap, and the squares are known."""
    metres = float(near.metres)
    if row is LotSearch and frame is not None and frame.x is not None and frame.y is not None:
        east, north = LotSearch.x - frame.x, LotSearch.y - frame.y
        return [east * east + north * north <= metres * metres]
    middle = make_point(near)
    east, north = func.ST_X(row.point) - func.ST_X(middle), func.ST_Y(row.point) - func.ST_Y(middle)
    near_by = row.point.op("&&")(func.ST_Expand(middle, metres))
    return [near_by, east * east + north * north <= metres * metres]


def make_point(near: Near) -> ColumnElement[Any]:
    """Give the point of a place in the database's own system."""
    return place_point(near.lon, near.lat)


def place_point(lon: Any, lat: Any) -> ColumnElement[Any]:
    """Give a point of degrees in the database's own system."""
    point: ColumnElement[Any] = func.ST_Transform(
        func.ST_SetSRID(func.ST_MakePoint(lon, lat), _DEGREES), SRID
    )
    return point


def make_area(corners: Sequence[LonLat]) -> ColumnElement[Any]:
    """Give a drawn area in the database's own system; as a query, so that it is made once for all rows."""
    return place_area(write_area(corners))


def write_area(corners: Sequence[LonLat]) -> str:
    """Write a drawn area as PostGIS reads one, in degrees."""
    return "POLYGON((" + ",".join(f"{lon} {lat}" for lon, lat in (*corners, corners[0])) + "))"


def place_area(area: Any) -> ColumnElement[Any]:
    """Give an area written in degrees in the database's own system, as a query like `make_area`."""
    drawn = func.ST_MakeValid(func.ST_Transform(func.ST_GeomFromText(area, _DEGREES), SRID))
    return select(drawn).scalar_subquery()


def make_box(box: tuple[float, float, float, float]) -> ColumnElement[Any]:
    """Give a box of degrees in the database's own system, as a query like `make_area`."""
    return place_box(*box)


def place_box(west: Any, south: Any, east: Any, north: Any) -> ColumnElement[Any]:
    """Give the box between sides of degrees in the database's own system, as a query like `make_area`."""
    sides = func.ST_Segmentize(func.ST_MakeEnvelope(west, south, east, north, _DEGREES), _PIECE)
    return select(func.ST_Transform(sides, SRID)).scalar_subquery()


def _require_found(search: Search) -> Found:
    names = search.classes or search.regions or search.text or search.most_price is not None
    if search.found is None and names:
        raise ValueError(f"the search has not been resolved: {search!r}")
    found = search.found or Found()
    return Found(
        class_ids=found.class_ids if search.classes else (),
        municipalities=found.municipalities if search.regions else (),
        cheap_ids=found.cheap_ids,
        terms=found.terms if search.text else (),
        frame=found.frame if search.near or search.area or search.box else None,
    )


def _everyone(row: Any, search: Search, *, found: Found) -> list[Condition]:
    """State what lots and requirements answer alike: material and place."""
    asked: list[Condition] = []
    if search.classes:
        asked.append(row.class_id.in_(found.class_ids))
    if search.municipalities or search.regions:
        asked.append(row.municipality_code.in_((*search.municipalities, *found.municipalities)))
    if search.near is not None:
        asked += _within(row, search.near, found.frame)
    # An index holds a kept row's coordinates.
    kept = row is LotSearch
    point = func.ST_SetSRID(func.ST_MakePoint(row.x, row.y), SRID) if kept else row.point
    if search.area:
        asked.append(func.ST_Intersects(point, make_area(search.area)))
    if search.box is not None:
        asked.append(func.ST_Intersects(point, make_box(search.box)))
    return asked


def _speaks_of(row: Any, term: Term, *, own: Any) -> Condition:
    """State that a row's class, place or own words know a term."""
    ways: list[Condition] = []
    if term.class_ids:
        ways.append(row.class_id.in_(term.class_ids))
    if term.municipalities:
        ways.append(row.municipality_code.in_(term.municipalities))
    if term.lexeme:
        ways.append(own.op("@@")(own_query(term.lexeme)))
    return or_(*ways) if ways else false()


def own_query(lexeme: str) -> ColumnElement[Any]:
    """Write the query that finds a word in a row's own text: by its stem in either language, or its start."""
    stems = func.to_tsquery("danish", lexeme).op("||")(func.to_tsquery("english", lexeme))
    return stems.op("||")(func.to_tsquery("simple", f"{lexeme}:*"))


def _papers(lot: Any, search: Search) -> list[Condition]:
    asked: list[Condition] = []
    if search.documentation is not None:
        order = list(Documentation)
        asked.append(lot.documentation.in_(order[order.index(Documentation(search.documentation)) :]))
    if search.completeness is not None:
        asked.append(lot.completeness >= search.completeness)
    if search.enough_to_offer:
        asked.append(lot.enough_to_offer)
    return asked


def is_counted(search: Search) -> bool:
    """Say whether a search asks for lots that count alone."""
    return search.states == (COUNTS,) or (search.counted_only and not search.states)


def _state(lot: Any, search: Search) -> Condition:
    others = [code for code in search.states if code != COUNTS]
    if search.states:
        ways = [lot.not_counted.is_(None)] if COUNTS in search.states else []
        return or_(*ways, lot.not_counted.in_(others)) if others else or_(*ways)
    if search.counted_only:
        condition: Condition = lot.not_counted.is_(None)
        return condition
    return or_(lot.not_counted.is_(None), lot.not_counted.not_in(HIDDEN))
