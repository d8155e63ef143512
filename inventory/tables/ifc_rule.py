# SPDX-License-Identifier: EUPL-1.2
"""What the types of earlier building models were taken for."""

from __future__ import annotations

import uuid
from datetime import datetime

from sqlalchemy import ForeignKey, Index, func, text
from sqlalchemy.orm import Mapped, mapped_column

from inventory.tables.base import Base


class IfcRule(Base):
    """What a type of an organisation's building models was taken for, the last time."""

    __tablename__ = "ifc_rule"
    __table_args__ = (
        Index(
            "uq_ifc_rule_owner",
            "organisation_id",
            "entity",
            "predefined",
            "type_name",
            "material",
            "layer",
            unique=True,
            postgresql_nulls_not_distinct=True,
        ),
    )

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True)
    organisation_id: Mapped[uuid.UUID | None] = mapped_column(
        ForeignKey("organisation.id", ondelete="CASCADE")
    )
    entity: Mapped[str] = mapped_column(comment="IFC class, such as IfcDoor")
    predefined: Mapped[str] = mapped_column(server_default=text("''"), comment="Predefined type")
    type_name: Mapped[str] = mapped_column(comment="Folded: lower case letters and digits")
    material: Mapped[str] = mapped_column(comment="Folded, as type_name")
    layer: Mapped[str] = mapped_column(
        server_default=text("''"), comment="Folded; of a layer of the type its material, else empty"
    )
    class_code: Mapped[str | None] = mapped_column(comment="Code of the material class; empty = not taken")
    used_at: Mapped[datetime] = mapped_column(server_default=func.now())
