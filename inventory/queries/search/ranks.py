# SPDX-License-Identifier: EUPL-1.2
"""What an order goes along before it comes to single lots: classes, municipalities and stages, ranked."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Integer, String, collate, func, select, values
from sqlalchemy import column as sql_column
from sqlalchemy.orm import aliased

from inventory.queries.search.shown import join_factors
from inventory.tables import Factor, Firmness, LotSearch, MaterialClass, Municipality

DANISH = "da-x-icu"  # å after ø after æ after z


def rank(sort: str, *, language: str) -> tuple[Any, Any]:
    """Give the ranks of an order as rows of `key` and `value`, and the column of lots that holds the key.

    Of saved CO2e the value is what a unit of the class saves, in grams: the statement then has one parameter
    to be given when it is run, `today`.
    """
    if sort == "class":
        return _rank_classes(language), LotSearch.class_id
    if sort == "municipality":
        return _rank_municipalities(), LotSearch.municipality_code
    if sort == "firmness":
        return rank_stages(tuple(code.value for code in Firmness)), LotSearch.firmness
    return _save_by_class(), LotSearch.class_id


RANKED = frozenset({"class", "municipality", "firmness", "co2e"})
"""The orders that have ranks."""


def rank_stages(codes: tuple[str, ...]) -> Any:
    """Give the ranks of some stages of a demolition, from the least sure."""
    order = [code.value for code in Firmness]
    names = sql_column("key", String), sql_column("value", Integer)
    return values(*names, name="stage_rank").data([(code, order.index(code)) for code in codes])


def _rank_classes(language: str) -> Any:
    name = MaterialClass.name_en if language == "en" else MaterialClass.name_da
    place = func.dense_rank().over(order_by=collate(name, DANISH))
    return select(MaterialClass.id.label("key"), place.label("value")).subquery("class_rank")


def _rank_municipalities() -> Any:
    place = func.dense_rank().over(order_by=collate(Municipality.name, DANISH))
    return select(Municipality.code.label("key"), place.label("value")).subquery("municipality_rank")


def _save_by_class() -> Any:
    """Select what a unit of each class saves, as `describe_rows` has it."""
    new, preparation = aliased(Factor, name="new_of"), aliased(Factor, name="preparation_of")
    saved, joined = join_factors(MaterialClass.id, new, preparation, select(MaterialClass.id.label("key")))
    return joined.add_columns(saved.label("value")).subquery("class_saving")
