# SPDX-License-Identifier: EUPL-1.2
"""What people read of lots in a list: names, place, distance and what reuse saves."""

from collections.abc import Sequence
from datetime import date
from functools import cache
from typing import Any
from uuid import UUID

from sqlalchemy import (
    ColumnElement,
    Date,
    Double,
    Float,
    Uuid,
    and_,
    any_,
    bindparam,
    cast,
    func,
    null,
    select,
)
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.orm import Session, aliased

from inventory.queries.offers import AnyRow, AnySelect, factor_in_force
from inventory.queries.search.narrow import place_point
from inventory.queries.search.search import Search
from inventory.queries.statement import Statement, compile_statement, run_statement
from inventory.tables import Factor, LotSearch, MaterialClass, Municipality, Site

_INNER = frozenset({"lot_id", "point", "words", "x", "y", "cell"})  # columns of kept rows that nobody reads


def show_lots(session: Session, *, lot_ids: Sequence[UUID], search: Search, today: date) -> list[AnyRow]:
    """Read what people read of some lots, in the order of their ids; the columns are told in `read_page`.

    Parameters
    ----------
    session
        To read with.
    lot_ids
        Of kept rows.
    search
        Says where distances are measured from.
    today
        The day whose factors count.
    """
    if not lot_ids:
        return []
    asked: dict[str, Any] = {"lot_ids": list(lot_ids), "today": today}
    if search.near is not None:
        asked |= {"lon": search.near.lon, "lat": search.near.lat}
    rows = {row.id: row for row in run_statement(session, _describe_some(search.near is not None), asked)}
    return [rows[lot_id] for lot_id in lot_ids if lot_id in rows]


@cache
def _describe_some(measured: bool) -> Statement:  # noqa: FBT001  the whole of what differs
    """Describe lots by their ids, the parameter `lot_ids`; composed once, as that takes longer than a run."""
    kept = (
        select(*LotSearch.__table__.columns)
        .where(LotSearch.lot_id == any_(bindparam("lot_ids", None, ARRAY(Uuid()))))
        .cte("kept")
    )
    middle = place_point(bindparam("lon", None, Double()), bindparam("lat", None, Double()))
    return compile_statement(describe_rows(kept, middle=middle if measured else None))


def describe_rows(found: Any, *, middle: ColumnElement[Any] | None) -> AnySelect:
    """Add to kept rows what people read of them; the columns are told in `read_page`.

    The statement has one parameter to be given when it is run: `today`. Distances are from `middle`.
    """
    lot = found.c
    new, preparation = aliased(Factor, name="new_co2e"), aliased(Factor, name="preparation_co2e")
    away = null() if middle is None else func.ST_Distance(lot.point, middle)
    query: AnySelect = (
        select(
            lot.lot_id.label("id"),
            *(column for column in lot if column.key not in _INNER),
            MaterialClass.code.label("class_code"),
            MaterialClass.name_da,
            MaterialClass.name_en,
            MaterialClass.unit,
            Site.postcode,
            Site.town,
            Municipality.name.label("municipality_name"),
            cast(away, Float).label("metres"),
            lot.point,
        )
        .join(MaterialClass, MaterialClass.id == lot.class_id)
        .join(Site, Site.id == lot.site_id)
        .outerjoin(Municipality, Municipality.code == lot.municipality_code)
    )
    saved, query = join_factors(lot.class_id, new, preparation, query)
    return query.add_columns((lot.amount * saved).label("co2e_g"))


def join_factors(
    class_id: Any, new: Any, preparation: Any, query: AnySelect
) -> tuple[ColumnElement[Any], AnySelect]:
    """Join the factors in force for a class; and what a unit of it saves, in grams."""
    today = bindparam("today", type_=Date)
    for factor, kind in ((new, "new_co2e"), (preparation, "preparation_co2e")):
        in_force = factor_in_force(factor, class_id=class_id, today=today)
        query = query.outerjoin(factor, and_(factor.kind == kind, *in_force))
    return (new.value - func.coalesce(preparation.value, 0)) * 1000, query
