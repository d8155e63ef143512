# SPDX-License-Identifier: EUPL-1.2
"""Edges of the trunk-road graph, driven both ways."""

from __future__ import annotations

from enum import StrEnum

from sqlalchemy import CheckConstraint, ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from inventory.tables.base import Base, Code, code_check


class RoadEdgeKind(StrEnum):
    """What carries the lorry."""

    ROAD = "road"
    BRIDGE = "bridge"
    TUNNEL = "tunnel"
    FERRY = "ferry"


class RoadEdge(Base):
    """A stretch between two nodes, its length the same both ways."""

    __tablename__ = "road_edge"
    __table_args__ = (
        code_check("kind", RoadEdgeKind),
        CheckConstraint("metres > 0", name="metres_positive"),
        CheckConstraint("a <> b", name="two_ends"),
    )

    a: Mapped[str] = mapped_column(ForeignKey("road_node.id"), primary_key=True)
    b: Mapped[str] = mapped_column(ForeignKey("road_node.id"), primary_key=True, index=True)
    metres: Mapped[int]
    kind: Mapped[RoadEdgeKind] = mapped_column(Code(RoadEdgeKind))
    name: Mapped[str | None]
    source: Mapped[str]
