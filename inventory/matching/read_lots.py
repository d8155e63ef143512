# SPDX-License-Identifier: EUPL-1.2
"""The lots that count, as columns of a problem."""

from typing import Any
from uuid import UUID

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray
from sqlalchemy import Connection, Select, Text, case, cast, false, func, literal, or_, select, true

from inventory.matching.copy_out import copy_columns
from inventory.matching.days import EPOCH
from inventory.queries.supply import QuantileName, counted_lots
from inventory.tables.attribute import ATTRIBUTES
from inventory.tables.lot import Basis, ProductStatus, Screening
from inventory.tables.organisation import PUBLIC_KINDS, Organisation

_TYPES: dict[str, pa.DataType] = {
    "id": pa.string(),
    "class": pa.int32(),
    "site": pa.string(),
    "quantity": pa.int64(),
    "available_from": pa.int32(),
    "available_to": pa.int32(),
    "decide_by": pa.int32(),
    "price_ore": pa.float64(),
    "preparation_ore": pa.float64(),
    "disposal_avoided_ore": pa.float64(),
    "documentation": pa.string(),
    "screening": pa.string(),
    "counts_zero": pa.bool_(),
    "estimated": pa.bool_(),
    "firmness": pa.string(),
    "minimum_take": pa.int64(),
    "indivisible": pa.bool_(),
    "kind": pa.string(),
    "public": pa.bool_(),
    "low": pa.int64(),
    "likely": pa.int64(),
    "high": pa.int64(),
    "point": pa.string(),
    **{f"attribute.{name}": pa.int32() for name in ATTRIBUTES},
}

RATES = ("price_ore", "preparation_ore", "disposal_avoided_ore")


def _select(quantile: QuantileName, *, within: Select[UUID] | None) -> Select[Any]:
    lot = counted_lots(quantile).subquery("counted")
    # Suspected asbestos is never offered, whatever the screening has said so far.
    screening = case(
        (or_(lot.c.asbestos_suspect, lot.c.screening == Screening.HAZARDOUS), literal("hazardous")),
        else_=lot.c.screening,
    )
    estimated = lot.c.basis == Basis.ESTIMATED
    public = select(Organisation.id).where(Organisation.kind.in_(PUBLIC_KINDS))
    # as an array, found once and then looked up: as a join it would be asked anew for every lot
    chosen = true() if within is None else lot.c.id == func.any(func.array(within.scalar_subquery()))
    return (
        select(
            cast(lot.c.id, Text).label("id"),
            lot.c.class_id.label("class"),
            cast(lot.c.site_id, Text).label("site"),
            lot.c.quantity.label("quantity"),
            (lot.c.available_from - literal(EPOCH)).label("available_from"),
            (lot.c.available_to - literal(EPOCH)).label("available_to"),
            (lot.c.decide_by - literal(EPOCH)).label("decide_by"),
            lot.c.price_ore.label("price_ore"),
            lot.c.preparation_ore.label("preparation_ore"),
            lot.c.disposal_ore.label("disposal_avoided_ore"),
            cast(lot.c.documentation, Text).label("documentation"),
            cast(screening, Text).label("screening"),
            func.coalesce(lot.c.product_status == ProductStatus.USED, false()).label("counts_zero"),
            estimated.label("estimated"),
            cast(lot.c.firmness, Text).label("firmness"),
            lot.c.minimum_take.label("minimum_take"),
            lot.c.indivisible.label("indivisible"),
            lot.c.kind.label("kind"),
            func.coalesce(lot.c.organisation_id.in_(public), false()).label("public"),
            # A survey is what it is: only an estimate may turn out otherwise in a scenario.
            case((estimated, lot.c.quantity_low)).label("low"),
            case((estimated, lot.c.quantity_likely)).label("likely"),
            case((estimated, lot.c.quantity_high)).label("high"),
            func.ST_AsText(lot.c.geom).label("point"),
            *(lot.c[name].label(f"attribute.{name}") for name in ATTRIBUTES),
        )
        .where(chosen)
        .order_by(lot.c.id)
    )


def _only(statement: Select[Any], *, class_ids: list[int] | None, among: Select[Any] | None) -> Select[Any]:
    counted = statement.selected_columns
    if class_ids is not None:
        statement = statement.where(counted["class"].in_(class_ids or [0]))
    if among is not None:
        statement = statement.where(counted["id"].in_(among))
    return statement


def read_lots(
    connection: Connection,
    *,
    quantile: QuantileName,
    class_ids: list[int] | None = None,
    among: Select[Any] | None = None,
    within: Select[UUID] | None = None,
) -> pa.Table:
    """Read the lots that count, inside the connection's transaction.

    Parameters
    ----------
    connection
        A connection over psycopg 3.
    quantile
        What counts of an estimate.
    class_ids
        Only lots of these classes.
    among
        Only lots whose id (as text) this selects.
    within
        Only lots whose id this selects: few of many, which the database then looks up one by one.

    Returns
    -------
    pyarrow.Table
        One row a lot; days since 1970-01-01, class as the class's number, rates in oere per step and
        null where the class's factor holds; `low`, `likely` and `high` (P10, P50, P90, in steps) are null
        where the quantity is surveyed; `point` is null where the site has none.
    """
    statement = _only(_select(quantile, within=within), class_ids=class_ids, among=among)
    return copy_columns(connection, statement, types=_TYPES)


def resolve_rate(table: pa.Table, *, rate: str, by_class: dict[int, float]) -> NDArray[np.float64]:
    """Give a rate of each lot per step: its own, else its class's (oere)."""
    own = table[rate].to_numpy(zero_copy_only=False).astype(np.float64)
    usual = np.array([by_class[number] for number in table["class"].to_pylist()], dtype=np.float64)
    return np.where(np.isnan(own), usual, own)
