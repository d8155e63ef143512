# SPDX-License-Identifier: EUPL-1.2
"""Requirements: quantities of a component wanted by one project in one window."""

from __future__ import annotations

import uuid
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum

from sqlalchemy import (
    CheckConstraint,
    ForeignKey,
    ForeignKeyConstraint,
    Index,
    UniqueConstraint,
    func,
    text,
)
from sqlalchemy.orm import Mapped, mapped_column, relationship

from inventory.tables.attribute import ATTRIBUTES
from inventory.tables.base import (
    Base,
    Big,
    Code,
    code_check,
    not_negative,
    window_check,
)
from inventory.tables.lot import Documentation
from inventory.tables.material_class import MaterialClass, Unit
from inventory.tables.project import Project


class RequirementStatus(StrEnum):
    """Whether the project still wants it."""

    OPEN = "open"
    WITHDRAWN = "withdrawn"


class Supplier(StrEnum):
    """Who buys the material: the client, or the contractor as part of the works."""

    CLIENT = "client"
    CONTRACTOR = "contractor"


class Requirement(Base):
    """A quantity of one class, with the bounds a lot must meet.

    A requirement that a plan names cannot be deleted: it is withdrawn instead.
    """

    __tablename__ = "requirement"
    __table_args__ = (
        UniqueConstraint("project_id", "ref"),
        ForeignKeyConstraint(["class_id", "unit"], ["material_class.id", "material_class.unit"]),
        ForeignKeyConstraint(
            ["class_id", "class_tradable"],
            ["material_class.id", "material_class.tradable"],
        ),
        ForeignKeyConstraint(
            ["project_id", "design_option_id"],
            ["design_option.project_id", "design_option.id"],
        ),
        CheckConstraint("class_tradable", name="class_tradable_true"),
        code_check("unit", Unit),
        code_check("documentation_min", Documentation),
        code_check("status", RequirementStatus),
        code_check("supplied_by", Supplier),
        *not_negative("quantity", "max_metres", "storage_days", "new_price_ore", "most_donors"),
        CheckConstraint("minimum_fulfilment_permille BETWEEN 0 AND 1000", name="minimum_fulfilment_share"),
        CheckConstraint("breakage_permille BETWEEN 0 AND 900", name="breakage_share"),
        CheckConstraint("priority_permille BETWEEN 0 AND 1000000", name="priority_share"),
        window_check("wanted_from", "wanted_to"),
        CheckConstraint("commit_from < wanted_to", name="commit_before_end"),
        *(CheckConstraint(f"{name}_min <= {name}_max", name=f"{name}_min_max") for name in ATTRIBUTES),
        CheckConstraint(
            "unknown_ok <@ ARRAY[" + ", ".join(f"'{name}'" for name in ATTRIBUTES) + "]::text[]",
            name="unknown_ok_attributes",
        ),
        Index("ix_requirement_class_id", "class_id"),
        Index("ix_requirement_project_id", "project_id"),
        Index("ix_requirement_wanted_from_id", "wanted_from", "id"),
    )

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True)
    project_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("project.id", ondelete="CASCADE"))
    design_option_id: Mapped[uuid.UUID | None]
    ref: Mapped[str] = mapped_column(comment="Its name within the project")
    class_id: Mapped[int]
    unit: Mapped[Unit] = mapped_column(Code(Unit), comment="The unit of the class")
    class_tradable: Mapped[bool] = mapped_column(
        server_default=text("true"),
        comment="Always true: only tradable classes are wanted",
    )
    quantity: Mapped[Big] = mapped_column(comment="Steps")
    wanted_from: Mapped[date]
    wanted_to: Mapped[date] = mapped_column(comment="Exclusive")
    commit_from: Mapped[date | None] = mapped_column(comment="First day the project can commit")
    max_metres: Mapped[int | None] = mapped_column(comment="By road; empty = the run's")
    storage_days: Mapped[int | None] = mapped_column(comment="Empty = the run's")
    substitutes_ok: Mapped[bool] = mapped_column(server_default=text("false"))
    unknown_screening_ok: Mapped[bool] = mapped_column(server_default=text("false"))
    documentation_min: Mapped[Documentation] = mapped_column(
        Code(Documentation), server_default=Documentation.BASIC
    )
    new_price_ore: Mapped[Decimal | None] = mapped_column(comment="Per step; empty = the factor")
    minimum_fulfilment_permille: Mapped[int] = mapped_column(
        server_default=text("0"),
        comment="Least share that is met if anything is, in ‰; 1000 = all or nothing",
    )
    most_donors: Mapped[int] = mapped_column(
        server_default=text("0"), comment="Most lots it may be served from; 0 = any"
    )
    one_kind: Mapped[bool] = mapped_column(
        server_default=text("false"), comment="All of one class and one product (one facade, one brick)"
    )
    breakage_permille: Mapped[int] = mapped_column(
        server_default=text("0"), comment="Share of what is taken that is lost, in ‰"
    )
    priority_permille: Mapped[int] = mapped_column(
        server_default=text("0"),
        comment="How much more than its cost a step bought new counts, in ‰",
    )
    supplied_by: Mapped[Supplier | None] = mapped_column(
        Code(Supplier), comment="Who buys the material, as the builder has chosen; empty = not decided"
    )
    status: Mapped[RequirementStatus] = mapped_column(
        Code(RequirementStatus), server_default=RequirementStatus.OPEN
    )
    length_mm_min: Mapped[int | None]
    length_mm_max: Mapped[int | None]
    width_mm_min: Mapped[int | None]
    width_mm_max: Mapped[int | None]
    height_mm_min: Mapped[int | None]
    height_mm_max: Mapped[int | None]
    thickness_mm_min: Mapped[int | None]
    thickness_mm_max: Mapped[int | None]
    grade_min: Mapped[int | None]
    grade_max: Mapped[int | None]
    year_min: Mapped[int | None]
    year_max: Mapped[int | None]
    strength_min: Mapped[int | None]
    strength_max: Mapped[int | None]
    fire_min: Mapped[int | None]
    fire_max: Mapped[int | None]
    colour_min: Mapped[int | None]
    colour_max: Mapped[int | None]
    unknown_ok: Mapped[list[str]] = mapped_column(
        server_default=text("'{}'"), comment="Attributes a lot may leave empty"
    )
    created_at: Mapped[datetime] = mapped_column(server_default=func.now())
    updated_at: Mapped[datetime] = mapped_column(
        server_default=func.now(), comment="Set by a trigger when a value changes"
    )

    project: Mapped[Project] = relationship(lazy="raise")
    material_class: Mapped[MaterialClass] = relationship(
        lazy="raise",
        primaryjoin="foreign(Requirement.class_id) == MaterialClass.id",
    )
