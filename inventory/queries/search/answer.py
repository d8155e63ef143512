# SPDX-License-Identifier: EUPL-1.2
"""The lots that answer a search, from the rows kept for it: how many, how much, and one page of them."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from math import cos, radians
from typing import Any

from sqlalchemy import CTE, ColumnElement, Select, func, select, true
from sqlalchemy.orm import InstrumentedAttribute, Session

from inventory.queries.offers import AnyRow
from inventory.queries.search.counts import count_kept
from inventory.queries.search.narrow import make_point, narrow_lots
from inventory.queries.search.planning import plan_search
from inventory.queries.search.search import MOST_COUNTED, Search
from inventory.queries.search.shown import describe_rows
from inventory.tables import SRID, LotSearch, MaterialClass

_DEGREES = 4326
_METRES_OF_DEGREE = 111_320.0  # from north to south
_BATCH = 1_000  # rows fetched at a time where an answer is read whole


@dataclass(frozen=True, slots=True, kw_only=True)
class UnitSum:
    """A quantity of all that answers in one unit."""

    unit: str
    amount: Decimal


@dataclass(frozen=True, slots=True, kw_only=True)
class Summary:
    """What answers a search, as a whole.

    `more` says that there are more lots than `lots`; `whole` that each of them was looked at: else there are
    neither sites nor sums. `west` and the others are the extent in degrees, empty where nothing is placed;
    of many lots it is that of the place asked for, and empty where none is.
    """

    lots: int
    more: bool
    whole: bool
    sites: int
    unplaced: int
    sums: tuple[UnitSum, ...]
    west: float | None
    south: float | None
    east: float | None
    north: float | None


def select_rows(search: Search) -> Select[*tuple[Any, ...]]:
    """Select the kept rows of the lots that answer: the one source of list, facets, map and files."""
    return select(*LotSearch.__table__.columns).where(*narrow_lots(LotSearch, search))


def select_ids(search: Search, *, within: ColumnElement[Any] | None = None) -> Select[*tuple[Any, ...]]:
    """Select the ids of the lots that answer; of those alone whose points touch a box, EPSG:25832."""
    query = select(LotSearch.lot_id).where(*narrow_lots(LotSearch, search))
    return query if within is None else query.where(LotSearch.point.op("&&")(within))


@dataclass(frozen=True, slots=True, kw_only=True)
class Overview:
    """A question for what answers a search as a whole: one row, from which `sum_up` makes the summary.

    `found` are the lots it looks at; `few` states that these are all there are.
    """

    query: Select[*tuple[Any, ...]]
    found: CTE
    few: ColumnElement[bool]


def ask_overview(search: Search, *, beside: Sequence[InstrumentedAttribute[Any]] = ()) -> Overview:
    """Ask how many lots answer, from how many sites, how much they add up to, and where they lie.

    Where more answer than are counted, that is all that is looked for, and of named municipalities where the
    counted ones lie: what an index holds first lies together, and would not show where the others are.

    Parameters
    ----------
    search
        Resolved.
    beside
        Columns of `LotSearch` that somebody else asks of `found`.
    """
    own = (LotSearch.site_id, LotSearch.class_id, LotSearch.amount, LotSearch.x, LotSearch.y)
    columns = {column.key: column for column in (*own, *beside)}
    found = (
        select(*columns.values())
        .where(*narrow_lots(LotSearch, search))
        .limit(MOST_COUNTED + 1)
        .cte("found")
        .prefix_with("MATERIALIZED")
    )
    lots = select(func.count()).select_from(found).scalar_subquery()
    few = lots <= MOST_COUNTED
    placed = few if not (search.municipalities or search.regions) else true()
    by_class = (
        select(
            found.c.class_id,
            (func.count() - func.count(found.c.x)).label("unplaced"),
            func.sum(found.c.amount).label("amount"),
            func.min(found.c.x).label("west"),
            func.min(found.c.y).label("south"),
            func.max(found.c.x).label("east"),
            func.max(found.c.y).label("north"),
        )
        .where(placed)
        .group_by(found.c.class_id)
        .cte("by_class")
    )
    sums = (
        select(MaterialClass.unit, func.sum(by_class.c.amount).label("amount"))
        .join(MaterialClass, MaterialClass.id == by_class.c.class_id)
        .group_by(MaterialClass.unit)
        .cte("sums")
    )
    part = by_class.c
    corners = (func.min(part.west), func.min(part.south), func.max(part.east), func.max(part.north))
    box = select(
        func.coalesce(func.sum(part.unplaced), 0).label("unplaced"),
        func.ST_Transform(func.ST_MakeEnvelope(*corners, SRID), _DEGREES).label("box"),
    ).cte("extent")
    sites = select(found.c.site_id).where(few).distinct().subquery("site_found")
    query = select(
        lots.label("lots"),
        select(func.count()).select_from(sites).scalar_subquery().label("sites"),
        box.c.unplaced,
        select(func.json_object_agg(sums.c.unit, sums.c.amount)).scalar_subquery().label("sums"),
        func.ST_XMin(box.c.box).label("west"),
        func.ST_YMin(box.c.box).label("south"),
        func.ST_XMax(box.c.box).label("east"),
        func.ST_YMax(box.c.box).label("north"),
    ).select_from(box)
    return Overview(query=query, found=found, few=few)


def sum_up(session: Session, row: Any, *, search: Search) -> Summary:
    """Make a summary of the row of an overview; where many answer, their number may be kept."""
    whole = row.lots <= MOST_COUNTED
    kept = None if whole else count_kept(session, search=search)
    added: dict[str, float] = (row.sums or {}) if whole else {}
    corners = (row.west, row.south, row.east, row.north)
    west, south, east, north = corners if row.west is not None else _find_extent(search)
    return Summary(
        lots=int(row.lots) if whole else kept or MOST_COUNTED,
        more=not whole and kept is None,
        whole=whole,
        sites=row.sites,
        unplaced=int(row.unplaced),
        sums=tuple(UnitSum(unit=unit, amount=Decimal(str(amount))) for unit, amount in sorted(added.items())),
        west=west,
        south=south,
        east=east,
        north=north,
    )


def _find_extent(search: Search) -> tuple[float | None, ...]:
    """Find the box of degrees a search asks for: west, south, east, north; empty where it asks for none."""
    boxes = [] if search.box is None else [search.box]
    if search.area:
        lons, lats = zip(*search.area, strict=True)
        boxes.append((min(lons), min(lats), max(lons), max(lats)))
    if search.near is not None:
        up = search.near.metres / _METRES_OF_DEGREE
        aside = up / cos(radians(search.near.lat))
        lon, lat = search.near.lon, search.near.lat
        boxes.append((lon - aside, lat - up, lon + aside, lat + up))
    if not boxes:
        return (None,) * 4
    west, south, east, north = zip(*boxes, strict=True)
    return max(west), max(south), min(east), min(north)


def read_summary(session: Session, *, search: Search) -> Summary:
    """Read what answers a search as a whole."""
    with plan_search(session, search):
        row = session.execute(ask_overview(search).query).one()
    return sum_up(session, row, search=search)


def read_all(session: Session, *, search: Search, today: date, most: int) -> Iterator[AnyRow]:
    """Read the lots that answer as they come from the database, by the day they become free.

    Parameters
    ----------
    session
        Its transaction stays open until the last row is read.
    search, today
        As for `read_page`.
    most
        Rows read at most.

    Yields
    ------
    Row
        As of `read_page`, with `lon` and `lat` of the public point.
    """
    middle = None if search.near is None else make_point(search.near)
    answer = describe_rows(select_rows(search).subquery("found"), middle=middle).subquery("answer")
    lonlat = func.ST_Transform(answer.c.point, _DEGREES)
    query = (
        select(answer, func.ST_X(lonlat).label("lon"), func.ST_Y(lonlat).label("lat"))
        .order_by(answer.c.available_from.asc().nulls_last(), answer.c.id)
        .limit(most)
    )
    yield from session.execute(query.execution_options(yield_per=_BATCH), {"today": today})
