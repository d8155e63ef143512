# SPDX-License-Identifier: EUPL-1.2
"""The areas of municipalities, where the operator has loaded them."""

from __future__ import annotations

import uuid

from geoalchemy2 import Geometry, WKBElement, WKTElement
from sqlalchemy import CHAR, CheckConstraint, ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from inventory.tables.base import SRID, Base


class MunicipalityArea(Base):
    """The area of a municipality; without it a point's municipality is guessed from the towns."""

    __tablename__ = "municipality_area"
    __table_args__ = (CheckConstraint("NOT ST_IsEmpty(geom)", name="area_not_empty"),)

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True)
    code: Mapped[str] = mapped_column(CHAR(4), ForeignKey("municipality.code"), unique=True)
    geom: Mapped[WKBElement | WKTElement] = mapped_column(
        Geometry("MULTIPOLYGON", srid=SRID, spatial_index=False), comment="A hundred rows: no index"
    )
    source: Mapped[str] = mapped_column(comment="Name of the file it came from")
