# SPDX-License-Identifier: EUPL-1.2
"""Material classes: the tree of what is traded, with unit, step and mass."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from enum import StrEnum

from sqlalchemy import CheckConstraint, ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from inventory.tables.base import Base, Big, Code, code_check, not_negative


class Unit(StrEnum):
    """What a quantity of a class is counted in."""

    PIECE = "piece"
    M = "m"
    M2 = "m2"
    M3 = "m3"
    KG = "kg"
    T = "t"


class MaterialClass(Base):
    """A class of alike components; a child is a kind of its one parent."""

    __tablename__ = "material_class"
    __table_args__ = (
        UniqueConstraint("id", "unit"),
        UniqueConstraint("id", "tradable"),
        UniqueConstraint("id", "unit", "step"),
        code_check("unit", Unit),
        CheckConstraint("id > 0", name="id_positive"),
        CheckConstraint("code ~ '^[a-z][a-z0-9_]*$'", name="code_lower_snake"),
        CheckConstraint("step > 0", name="step_positive"),
        CheckConstraint("density_kg_m3 > 0", name="density_positive"),
        CheckConstraint("thickness_mm > 0", name="thickness_positive"),
        CheckConstraint("NOT tradable OR vehicle IS NOT NULL", name="tradable_has_vehicle"),
        *not_negative("mass_g_per_step", "volume_ml_per_step"),
        CheckConstraint("NOT tradable OR mass_g_per_step > 0", name="tradable_has_mass"),
    )

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    code: Mapped[str] = mapped_column(unique=True)
    parent_id: Mapped[int | None] = mapped_column(ForeignKey("material_class.id"), index=True)
    name_da: Mapped[str]
    name_en: Mapped[str]
    unit: Mapped[Unit] = mapped_column(Code(Unit))
    step: Mapped[Decimal] = mapped_column(comment="Units per step; quantities count steps")
    mass_g_per_step: Mapped[Big]
    volume_ml_per_step: Mapped[Big] = mapped_column(comment="0 = unknown")
    density_kg_m3: Mapped[Decimal | None]
    thickness_mm: Mapped[Decimal | None] = mapped_column(comment="Typical")
    tradable: Mapped[bool] = mapped_column(comment="May lots and requirements name it?")
    eak_code: Mapped[str | None] = mapped_column(comment="European waste code, were it waste")
    vehicle: Mapped[str | None] = mapped_column(comment="Key of the vehicle factors that carry it")
    note: Mapped[str | None]
    source: Mapped[str]
    valid_to: Mapped[date | None] = mapped_column(
        comment="Set when it left the reference data while rows still named it"
    )
