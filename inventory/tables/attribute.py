# SPDX-License-Identifier: EUPL-1.2
"""Attributes a lot has and a requirement bounds: sizes, grade, year, strength."""

from __future__ import annotations

from enum import StrEnum

from sqlalchemy import CheckConstraint
from sqlalchemy.orm import Mapped, mapped_column

from inventory.tables.base import Base, Code, code_check

ATTRIBUTES = (
    "length_mm",
    "width_mm",
    "height_mm",
    "thickness_mm",
    "grade",
    "year",
    "strength",
    "fire",
    "colour",
)
"""The attributes, in the order of their columns on lot (value) and requirement (_min, _max)."""


class AttributeKind(StrEnum):
    """How the number is to be read."""

    INTEGER = "integer"
    ORDERED = "ordered"


class Attribute(Base):
    """An attribute: a whole number of steps of a unit, or a place in an ordered code list."""

    __tablename__ = "attribute"
    __table_args__ = (
        code_check("name", ATTRIBUTES),
        code_check("kind", AttributeKind),
        CheckConstraint("step > 0", name="step_positive"),
    )

    name: Mapped[str] = mapped_column(primary_key=True)
    unit: Mapped[str | None] = mapped_column(comment="Empty for a place in a code list")
    step: Mapped[int]
    kind: Mapped[AttributeKind] = mapped_column(Code(AttributeKind))
    name_da: Mapped[str]
    name_en: Mapped[str]
    source: Mapped[str]
    note: Mapped[str | None]
