# SPDX-License-Identifier: EUPL-1.2
"""The municipalities of Denmark, each with a point inside it."""

from __future__ import annotations

from sqlalchemy import CHAR, CheckConstraint, ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from inventory.tables.base import Base, Point, point_type


class Municipality(Base):
    """A municipality."""

    __tablename__ = "municipality"
    __table_args__ = (
        CheckConstraint("code ~ '^[0-9]{4}$'", name="code_four_digits"),
        Index("ix_municipality_geom", "geom", postgresql_using="gist"),
    )

    code: Mapped[str] = mapped_column(CHAR(4), primary_key=True)
    name: Mapped[str] = mapped_column(unique=True)
    region_code: Mapped[str | None] = mapped_column(CHAR(4), ForeignKey("region.code"), index=True)
    geom: Mapped[Point] = mapped_column(point_type(), comment="A point inside")
    source: Mapped[str]
