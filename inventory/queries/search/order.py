# SPDX-License-Identifier: EUPL-1.2
"""The orders of a list of lots, by what stands in the lots, their classes and their municipalities."""

from typing import Any

from sqlalchemy import CTE, ColumnElement, case, collate, func, select
from sqlalchemy.orm import aliased

from inventory.queries.offers import AnySelect
from inventory.queries.search.cells import Frame
from inventory.queries.search.first import WITHIN
from inventory.queries.search.narrow import make_point
from inventory.queries.search.search import Near, Search
from inventory.queries.search.shown import join_factors
from inventory.tables import Factor, Firmness, MaterialClass, Municipality

DANISH = "da-x-icu"  # å after ø after æ after z


def order_lots(found: CTE, *, search: Search, sort: str, language: str, descending: bool) -> AnySelect:
    """Put lots in an order, empty values last, and select their ids.

    An order by class or municipality goes on within each as `find_first` does. The statement has one
    parameter to be given when it is run: `today`.
    """
    lot = found.c
    ranks: dict[str, tuple[Any, Any]] = {}
    if sort == "class":
        ranks[sort] = _rank_classes(language), lot.class_id
    elif sort == "municipality":
        ranks[sort] = _rank_municipalities(), lot.municipality_code
    elif sort == "co2e":
        ranks[sort] = _save_by_class(), lot.class_id
    query = select(lot.lot_id)
    first: Any = None
    if sort in ranks:
        ranked, key = ranks[sort]
        query = query.select_from(found).outerjoin(ranked, ranked.c.key == key)
        first = ranked.c.value * lot.amount if sort == "co2e" else ranked.c.value
    elif sort == "firmness":
        first = case({code.value: place for place, code in enumerate(Firmness)}, value=lot.firmness)
    elif sort == "distance" and search.near is not None:
        first = _measure(lot, search.near, frame=search.found.frame if search.found else None)
    within = WITHIN[sort]
    falls = descending if within.falls is None else within.falls
    order = [] if first is None else [first.desc() if descending else first.asc()]
    order += [one.desc() if falls else one.asc() for one in (getattr(lot, within.column), lot.lot_id)]
    order = [one.nulls_last() for one in order]
    return query.order_by(*order)


def _measure(lot: Any, near: Near, *, frame: Frame | None) -> ColumnElement[Any]:
    """Give the square of a lot's distance from a place: it orders as the distance does."""
    middle = make_point(near)
    x, y = (func.ST_X(middle), func.ST_Y(middle)) if frame is None else (frame.x, frame.y)
    square: ColumnElement[Any] = (lot.x - x) * (lot.x - x) + (lot.y - y) * (lot.y - y)
    return square


def _rank_classes(language: str) -> Any:
    name = MaterialClass.name_en if language == "en" else MaterialClass.name_da
    rank = func.dense_rank().over(order_by=collate(name, DANISH))
    return select(MaterialClass.id.label("key"), rank.label("value")).subquery("class_rank")


def _rank_municipalities() -> Any:
    rank = func.dense_rank().over(order_by=collate(Municipality.name, DANISH))
    return select(Municipality.code.label("key"), rank.label("value")).subquery("municipality_rank")


def _save_by_class() -> Any:
    """Select what a unit of each class saves, as `describe_rows` has it."""
    new, preparation = aliased(Factor, name="new_of"), aliased(Factor, name="preparation_of")
    saved, joined = join_factors(MaterialClass.id, new, preparation, select(MaterialClass.id.label("key")))
    return joined.add_columns(saved.label("value")).subquery("class_saving")
