# SPDX-License-Identifier: EUPL-1.2
"""The first rows of a large answer, found along an index rather than by putting all of it in order."""

from dataclasses import dataclass
from typing import Any

from sqlalchemy import CTE, select, true, values
from sqlalchemy import column as sql_column

from inventory.queries.search.narrow import make_point, narrow_lots
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
    rows = select(*list_keys(sort)).where(*narrow_lots(LotSearch, search))
    if sort == "distance" and search.near is not None:
        nearest = LotSearch.point.op("<->")(make_point(search.near))
        return (
            rows.where(LotSearch.point.is_not(None))
            .order_by(nearest)
            .fetch(most, with_ties=True)
            .cte("found")
        )
    rows = rows.where(column.is_not(None))
    order = [one.desc() if falls else one.asc() for one in (column, LotSearch.lot_id)]
    groups: dict[str, tuple[Any, Any, Any]] = {
        "class": (LotSearch.class_id, MaterialClass, MaterialClass.id),
        "co2e": (LotSearch.class_id, MaterialClass, MaterialClass.id),
        "municipality": (LotSearch.municipality_code, Municipality, Municipality.code),
    }
    # Of a few stages of demolition each has its own end of the index.
    if sort == "firmness" or (sort == "from" and search.firmness):
        wanted = search.firmness or tuple(code.value for code in Firmness)
        codes = values(sql_column("code"), name="firmness_code").data([(code,) for code in wanted])
        groups[sort] = (LotSearch.firmness, codes, codes.c.code)
    if sort not in groups:
        return rows.order_by(*order).limit(most).cte("found")
    kept, source, key = groups[sort]
    part = rows.where(kept == key).order_by(*order).limit(most).correlate(source).lateral("part")
    return select(*part.c).select_from(source).join(part, true()).cte("found")


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
