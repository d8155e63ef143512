# SPDX-License-Identifier: EUPL-1.2
"""Project outcomes: what a plan decides for a project as a whole."""

from __future__ import annotations

import uuid

from sqlalchemy import ForeignKey, ForeignKeyConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from inventory.tables.base import Base, Big, not_negative
from inventory.tables.project import Project
from inventory.tables.run import Run


class ProjectOutcome(Base):
    """The design option a plan chose for a project, and what the proof says its budget is worth.

    Only projects with design options or a budget have a row.
    """

    __tablename__ = "project_outcome"
    __table_args__ = (
        ForeignKeyConstraint(
            ["project_id", "design_option_id"],
            ["design_option.project_id", "design_option.id"],
        ),
        *not_negative("price"),
    )

    run_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("run.id", ondelete="CASCADE"), primary_key=True)
    project_id: Mapped[uuid.UUID] = mapped_column(
        ForeignKey("project.id", ondelete="CASCADE"), primary_key=True, index=True
    )
    design_option_id: Mapped[uuid.UUID | None] = mapped_column(
        comment="The option chosen; empty where it has none"
    )
    price: Mapped[Big] = mapped_column(
        comment="What a further krone of budget would save, in thousandths of it, as the proof counts"
    )

    run: Mapped[Run] = relationship(lazy="raise")
    project: Mapped[Project] = relationship(lazy="raise", foreign_keys=[project_id])
