# SPDX-License-Identifier: EUPL-1.2
"""Nodes of the trunk-road graph; both ends of every fixed link are nodes."""

from __future__ import annotations

from sqlalchemy import Index
from sqlalchemy.orm import Mapped, mapped_column

from inventory.tables.base import Base, Point, point_type


class RoadNode(Base):
    """A place where a lorry enters or leaves the trunk-road graph."""

    __tablename__ = "road_node"
    __table_args__ = (Index("ix_road_node_geom", "geom", postgresql_using="gist"),)

    id: Mapped[str] = mapped_column(primary_key=True)
    name: Mapped[str]
    geom: Mapped[Point] = mapped_column(point_type())
    land_mass: Mapped[str] = mapped_column(comment="Island or mainland the node lies on")
    source: Mapped[str]
