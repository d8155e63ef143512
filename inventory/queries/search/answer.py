# SPDX-License-Identifier: EUPL-1.2
"""The lots that answer a search, from the rows kept for it: how many, how much, and one page of them."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Date,
    Float,
    Select,
    and_,
    bindparam,
    case,
    cast,
    collate,
    func,
    null,
    select,
)
from sqlalchemy.orm import Session, aliased

from inventory.queries.offers import AnyRow, AnySelect, factor_in_force
from inventory.queries.search.counts import count_kept
from inventory.queries.search.first import WITHIN, find_first
from inventory.queries.search.narrow import make_point, narrow_lots
from inventory.queries.search.search import MOST_COUNTED, Search
from inventory.tables import SRID, Factor, Firmness, LotSearch, MaterialClass, Municipality, Site

PAGE_ROWS = 25
MOST_LISTED = 1_000
"""Lots that pages of a list go through, where more answer than are counted."""

_DEGREES = 4326
_BATCH = 1_000  # rows fetched at a time where an answer is read whole
DANISH = "da-x-icu"  # å after ø after æ after z

_KEYS = (
    *("lot_id", "site_id", "class_id", "municipality_code", "firmness"),
    *("available_from", "decide_by", "amount", "unit_price_ore", "point"),
)

SORTS = ("class", "quantity", "co2e", "price", "municipality", "distance", "from", "decide", "firmness")


@dataclass(frozen=True, slots=True, kw_only=True)
class UnitSum:
    """A quantity of all that answers in one unit."""

    unit: str
    amount: Decimal


@dataclass(frozen=True, slots=True, kw_only=True)
class Summary:
    """What answers a search, as a whole.

    `more` says that there are more lots than `lots`; `whole` that each of them was looked at: else sites and
    extent are of `MOST_COUNTED` lots only, and there are no sums. `west` and the others are the extent in
    degrees, empty where nothing is placed.
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


@dataclass(frozen=True, slots=True, kw_only=True)
class LotPage:
    """One page of an answer: its rows, its number from 1, and how many pages there are."""

    rows: list[AnyRow]
    page: int
    pages: int


def select_rows(search: Search) -> Select[*tuple[Any, ...]]:
    """Select the kept rows of the lots that answer: the one source of list, facets, map and files."""
    return select(*LotSearch.__table__.columns).where(*narrow_lots(LotSearch, search))


def select_ids(search: Search, *, within: ColumnElement[Any] | None = None) -> Select[*tuple[Any, ...]]:
    """Select the ids of the lots that answer; of those alone whose points touch a box, EPSG:25832."""
    query = select(LotSearch.lot_id).where(*narrow_lots(LotSearch, search))
    return query if within is None else query.where(LotSearch.point.op("&&")(within))


def read_summary(session: Session, *, search: Search) -> Summary:
    """Read how many lots answer, from how many sites, how much they add up to, and where they lie."""
    found = (
        select(LotSearch.site_id, LotSearch.class_id, LotSearch.amount, LotSearch.point)
        .where(*narrow_lots(LotSearch, search))
        .limit(MOST_COUNTED + 1)
        .cte("found")
        .prefix_with("MATERIALIZED")
    )
    box = select(
        func.ST_Transform(func.ST_SetSRID(func.ST_Extent(found.c.point), SRID), _DEGREES).label("box")
    ).cte("extent")
    sums = (
        select(MaterialClass.unit, func.sum(found.c.amount).label("amount"))
        .join(MaterialClass, MaterialClass.id == found.c.class_id)
        .group_by(MaterialClass.unit)
        .cte("sums")
    )
    row = session.execute(
        select(
            select(func.count()).select_from(found).scalar_subquery().label("lots"),
            select(func.count(found.c.site_id.distinct())).scalar_subquery().label("sites"),
            select(func.count()).select_from(found).where(found.c.point.is_(None)).scalar_subquery(),
            select(func.json_object_agg(sums.c.unit, sums.c.amount)).scalar_subquery().label("sums"),
            func.ST_XMin(box.c.box).label("west"),
            func.ST_YMin(box.c.box).label("south"),
            func.ST_XMax(box.c.box).label("east"),
            func.ST_YMax(box.c.box).label("north"),
        )
    ).one()
    whole = row.lots <= MOST_COUNTED
    kept = None if whole else count_kept(session, search=search)
    added: dict[str, float] = (row.sums or {}) if whole else {}
    return Summary(
        lots=row.lots if whole else kept or MOST_COUNTED,
        more=not whole and kept is None,
        whole=whole,
        sites=row.sites,
        unplaced=row[2],
        sums=tuple(UnitSum(unit=unit, amount=Decimal(str(amount))) for unit, amount in sorted(added.items())),
        west=row.west,
        south=row.south,
        east=row.east,
        north=row.north,
    )


def read_page(
    session: Session,
    *,
    search: Search,
    summary: Summary,
    today: date,
    sort: str = "co2e",
    descending: bool = True,
    page: int = 1,
    language: str = "da",
) -> LotPage:
    """Read one page of the lots that answer, empty values last.

    Parameters
    ----------
    session
        To read with.
    search
        Resolved.
    summary
        Of this search. Where few answer they are all found and put in order; where many do, the order's own
        index is followed until the page is full.
    today
        The day whose factors count.
    sort
        One of `SORTS`; "distance" needs a place to measure from, and the nearest are always first.
    descending, page, language
        The direction, the page from 1, and the language names are ordered in.

    Returns
    -------
    LotPage
        Rows with the columns of `lot_search` (`id` for its lot_id, no words), class_code, name_da, name_en,
        unit, postcode, town, municipality_name, co2e_g and metres (from the place, empty without one).
    """
    few = summary.whole
    pages = max(1, -(-min(summary.lots, MOST_COUNTED if few else MOST_LISTED) // PAGE_ROWS))
    page = min(max(page, 1), pages)
    skipped = (page - 1) * PAGE_ROWS
    sort = "from" if sort == "distance" and search.near is None else sort
    descending = descending and sort != "distance"
    found = (
        _select_keys(search).cte("found").prefix_with("MATERIALIZED")
        if few
        else find_first(search, sort=sort, descending=descending, most=skipped + PAGE_ROWS)
    )
    answer = describe_rows(found, search=search).subquery("answer")
    order = _order(answer.c, sort=sort, language=language, descending=descending)
    # The page's ids first, then what people read of those few alone.
    chosen = select(answer.c.id).order_by(*order).limit(PAGE_ROWS).offset(skipped).cte("chosen")
    chosen = chosen.prefix_with("MATERIALIZED")
    kept = select(*LotSearch.__table__.columns).join(chosen, chosen.c.id == LotSearch.lot_id).cte("kept")
    shown = describe_rows(kept, search=search).subquery("shown")
    order = _order(shown.c, sort=sort, language=language, descending=descending)
    rows = list(session.execute(select(shown).order_by(*order), {"today": today}))
    return LotPage(rows=rows, page=page, pages=pages)


def _select_keys(search: Search) -> AnySelect:
    """Select what the orders of a list look at, of all that answers."""
    return select(*(getattr(LotSearch, name) for name in _KEYS)).where(*narrow_lots(LotSearch, search))


def describe_rows(found: Any, *, search: Search) -> AnySelect:
    """Add to kept rows what people read of them; the columns are told in `read_page`.

    The statement has one parameter to be given when it is run: `today`.
    """
    lot = found.c
    new, preparation = aliased(Factor, name="new_co2e"), aliased(Factor, name="preparation_co2e")
    today = bindparam("today", type_=Date)
    saved = lot.amount * (new.value - func.coalesce(preparation.value, 0)) * 1000
    away = null() if search.near is None else func.ST_Distance(lot.point, make_point(search.near))
    return (
        select(
            lot.lot_id.label("id"),
            *(column for column in lot if column.key not in {"lot_id", "point", "words"}),
            MaterialClass.code.label("class_code"),
            MaterialClass.name_da,
            MaterialClass.name_en,
            MaterialClass.unit,
            Site.postcode,
            Site.town,
            Municipality.name.label("municipality_name"),
            saved.label("co2e_g"),
            cast(away, Float).label("metres"),
            lot.point,
        )
        .join(MaterialClass, MaterialClass.id == lot.class_id)
        .join(Site, Site.id == lot.site_id)
        .outerjoin(Municipality, Municipality.code == lot.municipality_code)
        .outerjoin(
            new, and_(new.kind == "new_co2e", *factor_in_force(new, class_id=lot.class_id, today=today))
        )
        .outerjoin(
            preparation,
            and_(
                preparation.kind == "preparation_co2e",
                *factor_in_force(preparation, class_id=lot.class_id, today=today),
            ),
        )
    )


def _order(lot: Any, *, sort: str, language: str, descending: bool) -> list[ColumnElement[Any]]:
    """Give the order of a page; an order by class or place goes on within each as `find_first` does."""
    name = lot.name_en if language == "en" else lot.name_da
    rank = case({code.value: place for place, code in enumerate(Firmness)}, value=lot.firmness)
    firsts: dict[str, Any] = {
        "class": collate(name, DANISH),
        "municipality": collate(lot.municipality_name, DANISH),
        "firmness": rank,
        "co2e": lot.co2e_g,
        "distance": lot.metres,
    }
    within = WITHIN[sort]
    falls = descending if within.falls is None else within.falls
    kept = [getattr(lot, within.column), lot.id]
    order = [one.desc() if falls else one.asc() for one in kept]
    first = [firsts[sort].desc() if descending else firsts[sort].asc()] if sort in firsts else []
    return [one.nulls_last() for one in (*first, *order)]


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
    answer = describe_rows(select_rows(search).subquery("found"), search=search).subquery("answer")
    lonlat = func.ST_Transform(answer.c.point, _DEGREES)
    query = (
        select(answer, func.ST_X(lonlat).label("lon"), func.ST_Y(lonlat).label("lat"))
        .order_by(answer.c.available_from.asc().nulls_last(), answer.c.id)
        .limit(most)
    )
    yield from session.execute(query.execution_options(yield_per=_BATCH), {"today": today})
