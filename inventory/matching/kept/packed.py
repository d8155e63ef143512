# SPDX-License-Identifier: EUPL-1.2
"""Lots out of PostgreSQL as packed bytes: a row of fixed width each, which NumPy reads where it lies."""

from __future__ import annotations

import hashlib
from collections.abc import Collection
from datetime import date
from typing import Any
from uuid import UUID

import numpy as np
from numpy.typing import NDArray
from sqlalchemy import (
    Column,
    ColumnElement,
    Connection,
    Float,
    Integer,
    LargeBinary,
    Select,
    SmallInteger,
    Uuid,
    any_,
    case,
    cast,
    func,
    literal,
    literal_column,
    or_,
    select,
    text,
)
from sqlalchemy.dialects.postgresql import ARRAY

from inventory.matching.days import EPOCH
from inventory.queries.supply import Quantile, judged_lots
from inventory.tables import ATTRIBUTES, Basis, Lot, Site
from inventory.tables.lot import ProductStatus, Screening
from inventory.tables.organisation import PUBLIC_KINDS, Organisation
from matcher.problem.columns import DOCUMENTATION_CODES, FIRMNESS_CODES, NONE, OPEN, SCREENING_CODES, UNKNOWN

COUNTS_ZERO, ESTIMATED, INDIVISIBLE, PUBLIC = 1, 2, 4, 8
"""Bits of `flags`."""
ATTRIBUTE_COLUMNS = tuple(f"attribute.{name}" for name in ATTRIBUTES)
HASH_DIGITS = 8
"""Hexadecimal digits of a name's MD5 that stand for it."""

PACKED = np.dtype(
    [
        ("id", "S16"),
        ("site", "S16"),
        ("x", ">f8"),
        ("y", ">f8"),
        ("p10", ">i8"),
        ("p50", ">i8"),
        ("p90", ">i8"),
        ("minimum_take", ">i8"),
        ("price_ore", ">f8"),
        ("preparation_ore", ">f8"),
        ("disposal_avoided_ore", ">f8"),
        ("available_from", ">i4"),
        ("available_to", ">i4"),
        ("decide_by", ">i4"),
        ("attribute", ">i4", (len(ATTRIBUTES),)),
        ("storage_days", ">i4"),
        ("land", ">i4"),
        ("node", ">i4"),
        ("documentation", ">i2"),
        ("screening", ">i2"),
        ("firmness", ">i2"),
        ("flags", ">i2"),
    ]
)
"""A lot: ids as bytes, EPSG:25832 in metres, steps by quantile, rates in øre per step or NaN for those of the
class, days since 1970-01-01, the matcher's codes, hashes of land mass and road node, 0 = none.
"""

Packed = NDArray[np.void]


def read_packed_lots(
    connection: Connection, *, class_ids: Collection[int], sites: Collection[UUID] | None = None
) -> dict[int, Packed]:
    """Read the lots that may count and have a place, inside the connection's transaction.

    Parameters
    ----------
    connection
        A connection over psycopg 3.
    class_ids
        Numbers of classes.
    sites
        Only lots of these sites.

    Returns
    -------
    dict
        By class: an array of `PACKED`, in no order. What counts at a quantile is what has more than 0 steps
        of it. Classes without lots are left out.
    """
    # Compiling the statement takes PostgreSQL longer than running it.
    connection.execute(text("SET LOCAL jit = off"))
    rows = connection.execute(_select(class_ids=class_ids, sites=sites))
    return {row.class_id: np.frombuffer(row.packed, dtype=PACKED) for row in rows}


def hash_name(name: str | None) -> int:
    """Return what stands for a name in packed lots, as the database counts it; 0 for none."""
    if not name:
        return 0
    digits = hashlib.md5(name.encode(), usedforsecurity=False).hexdigest()[:HASH_DIGITS]
    return int.from_bytes(bytes.fromhex(digits), "big", signed=True)


def _select(*, class_ids: Collection[int], sites: Collection[UUID] | None) -> Select[Any]:
    judged = judged_lots(Quantile.P90).where(Lot.class_id.in_(list(class_ids)), Lot.geom.isnot(None))
    if sites is not None:
        judged = judged.where(Lot.site_id == any_(literal(list(sites), ARRAY(Uuid()))))
    lot = judged.add_columns(Site.storage_days).subquery("judged").c
    nothing: ColumnElement[bytes] = literal_column("''::bytea")
    return (
        select(lot.class_id, func.string_agg(_pack(lot), nothing).label("packed"))
        .where(lot.not_counted.is_(None))
        .group_by(lot.class_id)
    )


def _pack(lot: Any) -> ColumnElement[bytes]:
    """Write a lot as one row of `PACKED`, field by field."""
    estimated = lot.basis == Basis.ESTIMATED
    # Suspected asbestos is never offered, whatever the screening has said so far.
    hazardous = or_(lot.asbestos_suspect, lot.screening == Screening.HAZARDOUS)
    screening = case(
        (hazardous, SCREENING_CODES.index("hazardous")), else_=_code(lot.screening, SCREENING_CODES)
    )
    public = select(Organisation.id).where(Organisation.kind.in_(PUBLIC_KINDS))
    flags = (
        _bit(lot.product_status == ProductStatus.USED, COUNTS_ZERO)
        + _bit(estimated, ESTIMATED)
        + _bit(lot.indivisible, INDIVISIBLE)
        + _bit(lot.organisation_id.in_(public), PUBLIC)
    )
    written: list[ColumnElement[Any]] = [
        func.uuid_send(lot.id),
        func.uuid_send(lot.site_id),
        *(func.float8send(axis(lot.geom)) for axis in (func.ST_X, func.ST_Y)),
        *(
            func.int8send(case((estimated, steps), else_=lot.quantity_likely))
            for steps in (lot.quantity_low, lot.quantity_likely, lot.quantity_high)
        ),
        func.int8send(lot.minimum_take),
        *(
            func.float8send(func.coalesce(cast(rate, Float(53)), literal_column("'NaN'::float8")))
            for rate in (lot.price_ore, lot.preparation_ore, lot.disposal_ore)
        ),
        *(_day(day) for day in (lot.available_from, lot.available_to, lot.decide_by)),
        *(func.int4send(func.coalesce(lot[name], _number(UNKNOWN))) for name in ATTRIBUTES),
        func.int4send(func.coalesce(lot.storage_days, _number(NONE))),
        *(_hash(name) for name in (lot.land_mass, lot.road_node)),
        *(
            func.int2send(cast(code, SmallInteger))
            for code in (
                _code(lot.documentation, DOCUMENTATION_CODES),
                screening,
                _code(lot.firmness, FIRMNESS_CODES),
                flags,
            )
        ),
    ]
    whole = written[0]
    for field in written[1:]:
        whole = whole.op("||")(field)
    return whole


def _number(value: int) -> ColumnElement[int]:
    return cast(literal(value), Integer)


def _day(day: Column[date]) -> ColumnElement[bytes]:
    return func.int4send(func.coalesce(day - literal(EPOCH), _number(OPEN)))


def _bit(condition: ColumnElement[bool], bit: int) -> ColumnElement[int]:
    return case((condition, bit), else_=0)


def _code(column: Column[Any], codes: tuple[str, ...]) -> ColumnElement[int]:
    return case(*((column == code, number) for number, code in enumerate(codes)), else_=NONE)


def _hash(name: Column[str]) -> ColumnElement[bytes]:
    none = cast(literal(b"\0" * (HASH_DIGITS // 2)), LargeBinary)
    return func.coalesce(func.decode(func.left(func.md5(func.nullif(name, "")), HASH_DIGITS), "hex"), none)
