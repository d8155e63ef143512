# SPDX-License-Identifier: EUPL-1.2
"""Lots as a search asks for them, judged and placed once; and how many there are of each kind."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from enum import StrEnum

from sqlalchemy import Computed, Double, Index, SmallInteger
from sqlalchemy.dialects.postgresql import TSVECTOR
from sqlalchemy.orm import Mapped, mapped_column

from inventory.tables.attribute import ATTRIBUTES
from inventory.tables.base import Base, Big, Code, Point, code_check, not_negative, point_type
from inventory.tables.lot import Basis, Documentation, Screening
from inventory.tables.site import Firmness

CELL_M = 20_000
"""Side of the squares the country is laid out in, in metres."""

WEST, SOUTH = 440_000, 6_040_000
"""Corner of the first square, EPSG:25832."""

COLUMNS, ROWS = 23, 19
"""Squares from west to east and from south to north; what lies outside counts to the nearest."""

NO_CELL = -1
"""The cell of a lot without a coordinate."""

# The least and the greatest of nothing and a number is the number, so nothing is asked for first.
_CELL = f"""CASE WHEN point IS NULL THEN {NO_CELL} ELSE
    least(greatest(floor((st_x(point) - {WEST}) / {CELL_M}), 0), {COLUMNS - 1}) * {ROWS}
    + least(greatest(floor((st_y(point) - {SOUTH}) / {CELL_M}), 0), {ROWS - 1}) END::smallint"""

# What filters and counts ask of a lot: with these in an index its rows are not looked at.
_FILTERS = (
    *("not_counted", "basis", "firmness", "screening", "documentation", "completeness", "enough_to_offer"),
    *("available_from", "available_to", "municipality_code", "month_free", "decide_by"),
)
_PLACE = ("x", "y", "site_id", "amount")


def _along(*columns: str, holding: Sequence[str] = ()) -> Index:
    """Make the index along which an order of the list, or a part of the country, is followed."""
    return Index(
        f"ix_lot_search_{'_'.join(columns)}",
        *columns,
        postgresql_include=[name for name in holding if name not in columns],
    )


class LotSearch(Base):
    """A lot that lists may show, with all that a search asks of it.

    It follows from the other tables: what `judged_lots` says, at the public point.
    """

    __tablename__ = "lot_search"
    __table_args__ = (
        code_check("basis", Basis),
        code_check("firmness", Firmness),
        code_check("screening", Screening),
        code_check("documentation", Documentation),
        _along("class_id", "cell", holding=(*_FILTERS, *_PLACE, "lot_id", "unit_price_ore", *ATTRIBUTES)),
        Index("ix_lot_search_point", "point", postgresql_using="gist"),
        Index("ix_lot_search_words", "words", postgresql_using="gin"),
        _along("class_id", "amount", "lot_id", holding=(*_FILTERS, "x", "y")),
        *(
            _along(by, "available_from", "lot_id", holding=("class_id", *_FILTERS, *_PLACE))
            for by in ("municipality_code", "firmness")
        ),
        _along("available_from", "lot_id"),
        _along("decide_by", "lot_id"),
        _along("amount", "lot_id"),
        _along("unit_price_ore", "lot_id"),
        Index("ix_lot_search_site_id", "site_id"),
    )

    lot_id: Mapped[uuid.UUID] = mapped_column(primary_key=True)
    site_id: Mapped[uuid.UUID]
    class_id: Mapped[int]
    municipality_code: Mapped[str | None]
    not_counted: Mapped[str | None] = mapped_column(comment="Why it counts nothing; empty = it counts")
    basis: Mapped[Basis] = mapped_column(Code(Basis))
    firmness: Mapped[Firmness | None] = mapped_column(Code(Firmness))
    screening: Mapped[Screening] = mapped_column(Code(Screening))
    documentation: Mapped[Documentation] = mapped_column(Code(Documentation))
    completeness: Mapped[int | None] = mapped_column(
        SmallInteger(), comment="How complete its papers are, 0 to 100; empty = an estimate has none"
    )
    enough_to_offer: Mapped[bool] = mapped_column(
        comment="Whether all is known that who takes it down can give"
    )
    asbestos_suspect: Mapped[bool]
    available_from: Mapped[date | None]
    available_to: Mapped[date | None] = mapped_column(comment="Exclusive")
    month_free: Mapped[date | None] = mapped_column(comment="First day of the month it becomes free in")
    decide_by: Mapped[date | None] = mapped_column(comment="Its own, else the last day of its window")
    decide_stated: Mapped[bool] = mapped_column(comment="Whether it is its own")
    amount: Mapped[Decimal] = mapped_column(comment="What counts, in the class's unit")
    likely: Mapped[Decimal] = mapped_column(comment="In the class's unit")
    unit_price_ore: Mapped[Decimal | None] = mapped_column(comment="Its own price, per unit")
    length_mm: Mapped[int | None]
    width_mm: Mapped[int | None]
    height_mm: Mapped[int | None]
    thickness_mm: Mapped[int | None]
    grade: Mapped[int | None]
    year: Mapped[int | None]
    strength: Mapped[int | None]
    fire: Mapped[int | None]
    colour: Mapped[int | None]
    point: Mapped[Point | None] = mapped_column(point_type(), comment="As the public may see it")
    x: Mapped[float | None] = mapped_column(
        Double(), Computed("st_x(point)", persisted=True), comment="Of the point"
    )
    y: Mapped[float | None] = mapped_column(Double(), Computed("st_y(point)", persisted=True))
    cell: Mapped[int] = mapped_column(
        SmallInteger(), Computed(_CELL, persisted=True), comment="Square of 20 km; -1 = no coordinate"
    )
    words: Mapped[str] = mapped_column(
        TSVECTOR(), comment="Of its reference, its note and its site's name and town, as far as public"
    )


class CountPart(StrEnum):
    """What lots are counted by, beside class and state: by municipality, or by the month they become free."""

    PLACE = "place"
    MONTH = "month"


class LotCount(Base):
    """How many lots of `lot_search` there are of each kind; what a part does not count by is empty."""

    __tablename__ = "lot_count"
    __table_args__ = (
        code_check("part", CountPart),
        *not_negative("lots"),
        Index("ix_lot_count_class_id", "part", "class_id"),
    )

    part: Mapped[CountPart] = mapped_column(Code(CountPart), primary_key=True)
    municipality_code: Mapped[str] = mapped_column(primary_key=True)
    month_free: Mapped[date] = mapped_column(primary_key=True, comment="0001-01-01 where there is none")
    class_id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    not_counted: Mapped[str] = mapped_column(primary_key=True, comment="Empty = it counts")
    basis: Mapped[str] = mapped_column(primary_key=True)
    firmness: Mapped[str] = mapped_column(primary_key=True)
    screening: Mapped[str] = mapped_column(primary_key=True)
    enough_to_offer: Mapped[bool] = mapped_column(
        primary_key=True, comment="Whether all is known that who takes it down can give"
    )
    lots: Mapped[Big]
