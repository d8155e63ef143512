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
    """Offered steps of one class count as wanted steps of another at p/q.

    As long as p = q = 1 both classes have the same unit and step: the two keys share the
    columns unit and step, so the database sees to it.
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
        CheckConstraint("p = 1 AND q = 1", name="one_to_one"),
        code_check("status", FactorStatus),
        code_check("unit", Unit),
        *not_negative("penalty_ore"),
    )

    class_id: Mapped[int] = mapped_column(primary_key=True, comment="Wanted")
    substitute_id: Mapped[int] = mapped_column(primary_key=True, index=True, comment="Offered")
    unit: Mapped[Unit] = mapped_column(Code(Unit), comment="Of both classes")
    step: Mapped[Decimal] = mapped_column(comment="Of both classes")
    p: Mapped[int]
    q: Mapped[int]
    penalty_ore: Mapped[Decimal] = mapped_column(comment="Per step")
    status: Mapped[FactorStatus] = mapped_column(Code(FactorStatus))
    source: Mapped[str]
    valid_from: Mapped[date | None]
