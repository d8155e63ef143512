# SPDX-License-Identifier: EUPL-1.2
"""The first rows of a large answer, found along an index rather than by putting all of it in order."""

from dataclasses import dataclass
from typing import Any

from sqlalchemy import CTE, select, true, values
from sqlalchemy import column as sql_column

from inventory.queries.search.narrow import is_counted, make_point, narrow_lots
from inventory.queries.search.search import Search
from inventory.tables import Firmness, LotSearch, MaterialClass, Municipality


@dataclass(frozen=True, slots=True, kw_only=True)
class Within:
    """How an order goes on: by which column, falling or not (as the whole order where empty)."""

    column: str
    falls: bool | None = None


# An order over something of a class or a place is followed inside each by the column of an index.
WITHIN: dict[str, Within] = {
    "from": Within(column="available_from"),
    "decide": Within(column="decide_by"),
    "quantity": Within(column="amount"),
    "price": Within(column="unit_price_ore"),
    "class": Within(column="amount", falls=True),
    "co2e": Within(column="amount"),
    "municipality": Within(column="available_from", falls=False),
    "firmness": Within(column="available_from", falls=False),
    "distance": Within(column="available_from", falls=False),
}


def find_first(search: Search, *, sort: str, descending: bool, most: int) -> CTE:
    """Find lots among which are the first of an order; an empty value of the order's column is left out.

    Parameters
    ----------
    search
        Resolved; many answer it.
    sort, descending
        A key of `WITHIN`, and its direction; of distance the nearest are always the first.
    most
        How many of the first are needed; of each class, municipality or firmness there may be as many.

    Returns
    -------
    CTE
        The columns that `order_lots` asks of lots in this order, and lot_id: an index holds most of them.
    """
    within = WITHIN[sort]
    falls = descending if within.falls is None else within.falls
    column = getattr(LotSearch, within.column)
    nearest = sort == "distance" and search.near is not None
    # Words are looked for in rows, so whoever went along an index would look into those of every class.
    words = search.found is not None and bool(search.found.terms)
    gathered = not nearest and (words or (bool(search.classes) and sort not in {"class", "co2e"}))
    rows = select(*list_keys(sort)).where(*narrow_lots(LotSearch, search, by_squares=gathered))
    if gathered:
        # Lots of some classes lie together in the index that holds all of this: none is gone along in vain.
        return rows.where(column.is_not(None)).offset(0).cte("found")
    if nearest and search.near is not None:
        return (
            rows.where(LotSearch.point.is_not(None))
            .order_by(LotSearch.point.op("<->")(make_point(search.near)))
            .fetch(most, with_ties=True)
            .cte("found")
        )
    rows = rows.where(column.is_not(None))
    order = [one.desc() if falls else one.asc() for one in (column, LotSearch.lot_id)]
    along = _go_along(search, sort=sort)
    if along is None:
        return rows.order_by(*order).limit(most).cte("found")
    kept, source, key = along
    part = rows.where(kept == key).order_by(*order).limit(most).correlate(source).lateral("part")
    return select(*part.c).select_from(source).join(part, true()).cte("found")


def _go_along(search: Search, *, sort: str) -> tuple[Any, Any, Any] | None:
    """Choose what an index goes along, each value of it having an end of its own: column, source and key."""
    if sort in {"class", "co2e"}:
        return LotSearch.class_id, MaterialClass, MaterialClass.id
    if sort == "municipality" or (sort == "from" and (search.municipalities or search.regions)):
        return LotSearch.municipality_code, Municipality, Municipality.code
    # Whatever counts has one of few stages.
    if sort == "firmness" or (sort == "from" and (search.firmness or is_counted(search))):
        wanted = search.firmness or tuple(code.value for code in Firmness)
        codes = values(sql_column("code"), name="firmness_code").data([(code,) for code in wanted])
        return LotSearch.firmness, codes, codes.c.code
    return None


def list_keys(sort: str) -> list[Any]:
    """List what an order asks of lots, their ids first."""
    asked = {
        "class": ("class_id",),
        "co2e": ("class_id",),
        "municipality": ("municipality_code",),
        "firmness": ("firmness",),
        "distance": ("x", "y"),
    }
    names = ("lot_id", *asked.get(sort, ()), WITHIN[sort].column)
    return [getattr(LotSearch, name) for name in names]
