# SPDX-License-Identifier: EUPL-1.2
"""Design options: the alternatives of a project, of which a plan, or the builder, chooses one."""

from __future__ import annotations

import uuid

from sqlalchemy import CheckConstraint, ForeignKey, Index, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from inventory.tables.base import Base
from inventory.tables.project import Project


class DesignOption(Base):
    """One way to build the project."""

    __tablename__ = "design_option"
    __table_args__ = (
        UniqueConstraint("project_id", "name"),
        UniqueConstraint("project_id", "id"),
        CheckConstraint("name <> ''", name="name_not_empty"),
        Index(
            "uq_design_option_one_chosen",
            "project_id",
            unique=True,
            postgresql_where=text("chosen"),
        ),
    )

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True)
    project_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("project.id", ondelete="CASCADE"))
    name: Mapped[str]
    chosen: Mapped[bool] = mapped_column(
        server_default=text("false"),
        comment="The builder has chosen it: plans look at no other option of the project",
    )

    project: Mapped[Project] = relationship(lazy="raise")
