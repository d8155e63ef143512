# SPDX-License-Identifier: EUPL-1.2
"""Which class may stand in for which, and what that costs."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from sqlalchemy import CheckConstraint, ForeignKeyConstraint
from sqlalchemy.orm import Mapped, mapped_column

from inventory.tables.base import Base, Code, code_check, not_negative
from inventory.tables.factor import FactorStatus
from inventory.tables.material_class import Unit


class Substitute(Base):
    """Offered steps of one class count as wanted steps of another at p/q: q offered make p wanted.

    Both classes have the same unit and step: the two keys share the columns unit and step, so the
    database sees to it.
    """

    __tablename__ = "substitute"
    __table_args__ = (
        ForeignKeyConstraint(
            ["class_id", "unit", "step"],
            ["material_class.id", "material_class.unit", "material_class.step"],
            name="fk_substitute_class_id_unit_step",
            ondelete="CASCADE",
        ),
        ForeignKeyConstraint(
            ["substitute_id", "unit", "step"],
            ["material_class.id", "material_class.unit", "material_class.step"],
            name="fk_substitute_substitute_id_unit_step",
            ondelete="CASCADE",
        ),
        CheckConstraint("class_id <> substitute_id", name="two_classes"),
        CheckConstraint("p BETWEEN 1 AND 1000000 AND q BETWEEN 1 AND 1000000", name="conversion"),
        code_check("status", FactorStatus),
        code_check("unit", Unit),
        *not_negative("penalty_ore"),
    )

    class_id: Mapped[int] = mapped_column(primary_key=True, comment="Wanted")
    substitute_id: Mapped[int] = mapped_column(primary_key=True, index=True, comment="Offered")
    unit: Mapped[Unit] = mapped_column(Code(Unit), comment="Of both classes")
    step: Mapped[Decimal] = mapped_column(comment="Of both classes")
    p: Mapped[int] = mapped_column(comment="Steps wanted that q steps offered make")
    q: Mapped[int] = mapped_column(comment="Steps offered that make p steps wanted")
    penalty_ore: Mapped[Decimal] = mapped_column(comment="Per step")
    status: Mapped[FactorStatus] = mapped_column(Code(FactorStatus))
    source: Mapped[str]
    valid_from: Mapped[date | None]
