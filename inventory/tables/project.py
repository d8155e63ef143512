# SPDX-License-Identifier: EUPL-1.2
"""Projects: buildings that go up and want components."""

from __future__ import annotations

import uuid
from datetime import date
from decimal import Decimal

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column, relationship

from inventory.tables.base import Base, Big, not_negative, window_check
from inventory.tables.organisation import Organisation
from inventory.tables.site import Site


class Project(Base):
    """A building project on one site."""

    __tablename__ = "project"
    __table_args__ = (*not_negative("area_m2", "budget_ore"), window_check("starts", "ends"))

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True)
    ref: Mapped[str] = mapped_column(unique=True)
    name: Mapped[str]
    organisation_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("organisation.id"), index=True)
    site_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("site.id"), index=True)
    building_type: Mapped[str | None]
    area_m2: Mapped[Decimal | None]
    starts: Mapped[date | None]
    ends: Mapped[date | None] = mapped_column(comment="Exclusive")
    budget_ore: Mapped[Big | None] = mapped_column(
        comment="Most it may pay above buying new, in money; empty = any"
    )

    organisation: Mapped[Organisation | None] = relationship(lazy="raise")
    site: Mapped[Site] = relationship(lazy="raise")
