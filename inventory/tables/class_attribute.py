# SPDX-License-Identifier: EUPL-1.2
"""Which attributes a material class declares."""

from __future__ import annotations

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from inventory.tables.base import Base


class ClassAttribute(Base):
    """A class declares an attribute."""

    __tablename__ = "class_attribute"

    class_id: Mapped[int] = mapped_column(
        ForeignKey("material_class.id", ondelete="CASCADE"), primary_key=True
    )
    attribute: Mapped[str] = mapped_column(ForeignKey("attribute.name"), primary_key=True, index=True)
