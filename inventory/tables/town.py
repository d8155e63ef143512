# SPDX-License-Identifier: EUPL-1.2
"""Towns: what a person types to find a place, and where demo buildings stand."""

from __future__ import annotations

from sqlalchemy import CHAR, ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from inventory.tables.base import Base, Point, not_negative, point_type


class Town(Base):
    """A town."""

    __tablename__ = "town"
    __table_args__ = (
        *not_negative("population"),
        Index("ix_town_geom", "geom", postgresql_using="gist"),
    )

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    name: Mapped[str] = mapped_column(index=True)
    geom: Mapped[Point] = mapped_column(point_type())
    municipality_code: Mapped[str | None] = mapped_column(
        CHAR(4), ForeignKey("municipality.code"), index=True
    )
    population: Mapped[int | None]
    source: Mapped[str]
