# SPDX-License-Identifier: EUPL-1.2
"""The declarative base: naming convention, column types and CHECKs every table shares."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum
from typing import Annotated, Any, ClassVar

from geoalchemy2 import Geometry, WKBElement, WKTElement
from sqlalchemy import (
    BigInteger,
    Boolean,
    CheckConstraint,
    Date,
    Dialect,
    Integer,
    MetaData,
    Numeric,
    Text,
    TypeDecorator,
    Uuid,
)
from sqlalchemy.dialects.postgresql import ARRAY, JSONB, TIMESTAMP
from sqlalchemy.orm import DeclarativeBase

SRID = 25832
"""ETRS89 / UTM zone 32N, metres: the only reference system of the database."""

Big = Annotated[int, "bigint"]
"""A 64-bit whole number: quantities in steps, grams, money in the plan's quantum."""

Point = WKBElement | WKTElement
"""What a point column gives (WKB) and takes (WKB or WKT, SRID 25832)."""


class Base(DeclarativeBase):
    """Parent of every table."""

    metadata = MetaData(
        naming_convention={
            "ix": "ix_%(table_name)s_%(column_0_N_name)s",
            "uq": "uq_%(table_name)s_%(column_0_N_name)s",
            "ck": "ck_%(table_name)s_%(constraint_name)s",
            "fk": "fk_%(table_name)s_%(column_0_N_name)s",
            "pk": "pk_%(table_name)s",
        }
    )
    type_annotation_map: ClassVar[dict[Any, Any]] = {
        str: Text(),
        int: Integer(),
        Big: BigInteger(),
        bool: Boolean(),
        Decimal: Numeric(),
        date: Date(),
        datetime: TIMESTAMP(timezone=True),
        uuid.UUID: Uuid(),
        list[str]: ARRAY(Text()),
        dict[str, Any]: JSONB(),
    }


class Code(TypeDecorator[StrEnum]):
    """A code of one enumeration, stored as text.

    SQLAlchemy 2.1 makes no CHECK for ``Enum(native_enum=False)``, so each table states it with
    :func:`code_check`.

    Parameters
    ----------
    codes : type[StrEnum]
        The enumeration; an unknown code is refused before it reaches the database.
    """

    impl = Text
    cache_ok = True

    def __init__(self, codes: type[StrEnum]) -> None:
        self.codes = codes
        super().__init__()

    def process_bind_param(self, value: StrEnum | str | None, dialect: Dialect) -> str | None:  # noqa: ARG002  SQLAlchemy names it
        """Turn a member, or the text of one, into text."""
        return None if value is None else self.codes(value).value

    def process_result_value(self, value: str | None, dialect: Dialect) -> StrEnum | None:  # noqa: ARG002  SQLAlchemy names it
        """Turn text into the member."""
        return None if value is None else self.codes(value)


def code_check(column: str, codes: type[StrEnum] | Sequence[str]) -> CheckConstraint:
    """State that a text column holds a member of an enumeration (or nothing, if nullable)."""
    values = ", ".join(f"'{code}'" for code in codes)
    return CheckConstraint(f"{column} IN ({values})", name=f"{column}_code")


def not_negative(*columns: str) -> list[CheckConstraint]:
    """State that each of the columns is zero or more (or empty, if nullable)."""
    return [CheckConstraint(f"{column} >= 0", name=f"{column}_not_negative") for column in columns]


def window_check(start: str, end: str, *, name: str = "window_not_empty") -> CheckConstraint:
    """State that the half-open window [start, end) holds at least a day where both are given."""
    return CheckConstraint(f"{start} < {end}", name=name)


def point_type() -> Geometry:
    """Give the type of a point column; its index is stated by the table, under its own name."""
    return Geometry("POINT", srid=SRID, spatial_index=False)
