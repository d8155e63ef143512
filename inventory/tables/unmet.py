# SPDX-License-Identifier: EUPL-1.2
"""Unmet: the parts of requirements no match covers, each with its reason."""

from __future__ import annotations

import uuid
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from inventory.tables.base import Base, Big, Code, code_check
from inventory.tables.requirement import Requirement
from inventory.tables.run import Run
from matcher.reasons import Reason


class Unmet(Base):
    """A quantity that stays unmet for one reason."""

    __tablename__ = "unmet"
    __table_args__ = (
        code_check("reason", Reason),
        CheckConstraint("quantity > 0", name="quantity_positive"),
    )

    run_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("run.id", ondelete="CASCADE"), primary_key=True)
    requirement_id: Mapped[uuid.UUID] = mapped_column(
        ForeignKey("requirement.id"), primary_key=True, index=True
    )
    reason: Mapped[Reason] = mapped_column(Code(Reason), primary_key=True)
    quantity: Mapped[Big] = mapped_column(comment="Steps")
    stopped: Mapped[dict[str, Any]] = mapped_column(
        server_default=text("'{}'"), comment="Lots stopped, by reason"
    )

    run: Mapped[Run] = relationship(lazy="raise")
    requirement: Mapped[Requirement] = relationship(lazy="raise")
