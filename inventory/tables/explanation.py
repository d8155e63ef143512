# SPDX-License-Identifier: EUPL-1.2
"""Explanations: why a plan gives a requirement what it does, and what would help it to more."""

from __future__ import annotations

import uuid
from typing import Any

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column, relationship

from inventory.tables.base import Base
from inventory.tables.requirement import Requirement
from inventory.tables.run import Run


class Explanation(Base):
    """What a run told of a requirement when it ended; put into words where it is shown."""

    __tablename__ = "explanation"

    run_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("run.id", ondelete="CASCADE"), primary_key=True)
    requirement_id: Mapped[uuid.UUID] = mapped_column(
        ForeignKey("requirement.id", ondelete="CASCADE"), primary_key=True, index=True
    )
    told: Mapped[dict[str, Any]] = mapped_column(
        comment="A `matcher.explain.told.RequirementExplanation`: lots taken and not, what would help"
    )

    run: Mapped[Run] = relationship(lazy="raise")
    requirement: Mapped[Requirement] = relationship(lazy="raise")
