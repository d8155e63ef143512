# SPDX-License-Identifier: EUPL-1.2
"""Pieces of a requirement: the lengths it is to be cut to, and how many of each."""

from __future__ import annotations

import uuid

from sqlalchemy import CheckConstraint, ForeignKey
from sqlalchemy.orm import Mapped, mapped_column, relationship

from inventory.tables.base import Base
from inventory.tables.requirement import Requirement

SHORTEST_MM = 100
"""The step of classes counted in metres: what is shorter is not counted as any quantity."""
LONGEST_MM = 100_000
MOST_PIECES = 100_000


class RequirementPiece(Base):
    """So many pieces of one length that a requirement of a class counted in metres is made of."""

    __tablename__ = "requirement_piece"
    __table_args__ = (
        CheckConstraint(f"length_mm BETWEEN {SHORTEST_MM} AND {LONGEST_MM}", name="length_sawable"),
        CheckConstraint(f"count BETWEEN 1 AND {MOST_PIECES}", name="count_some"),
    )

    requirement_id: Mapped[uuid.UUID] = mapped_column(
        ForeignKey("requirement.id", ondelete="CASCADE"), primary_key=True
    )
    length_mm: Mapped[int] = mapped_column(primary_key=True)
    count: Mapped[int]

    requirement: Mapped[Requirement] = relationship(lazy="raise")
