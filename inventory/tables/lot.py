# SPDX-License-Identifier: EUPL-1.2
"""Lots: quantities of alike reclaimed components offered from one site in one window."""

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

from inventory.tables.base import (
    Base,
    Big,
    Code,
    Point,
    code_check,
    not_negative,
    point_type,
    window_check,
)
from inventory.tables.material_class import MaterialClass, Unit
from inventory.tables.site import Firmness, Site


class Basis(StrEnum):
    """How the quantity is known."""

    ESTIMATED = "estimated"
    SURVEYED = "surveyed"


class LotStatus(StrEnum):
    """Where a lot is in its life; `lot_step` says which may follow which.

    An estimate is offered or withdrawn, nothing else.
    """

    SURVEYED = "surveyed"
    OFFERED = "offered"
    WITHDRAWN = "withdrawn"
    HELD = "held"
    AGREED = "agreed"
    DISMANTLED = "dismantled"
    STORED = "stored"
    DELIVERED = "delivered"
    INSTALLED = "installed"
    DISCARDED = "discarded"


class Reuse(StrEnum):
    """What the owner decided on: used as it is, or checked, cleaned or repaired and waste until then."""

    DIRECT = "direct"
    PREPARATION = "preparation"


class Documentation(StrEnum):
    """What papers follow the lot, from least to most."""

    NONE = "none"
    BASIC = "basic"
    TESTED = "tested"


class Screening(StrEnum):
    """What the screening for harmful substances said."""

    CLEAN = "clean"
    UNKNOWN = "unknown"
    CONTAMINATED = "contaminated"
    HAZARDOUS = "hazardous"


class ProductStatus(StrEnum):
    """What the building code counts it as; only a used product counts zero CO2e."""

    USED = "used"
    SURPLUS = "surplus"
    RECYCLED = "recycled"


class PriceAt(StrEnum):
    """What the price covers: fetched at the site, or delivered."""

    SITE = "site"
    DELIVERED = "delivered"


class Party(StrEnum):
    """Who does a part of the work."""

    SELLER = "seller"
    BUYER = "buyer"


class Crane(StrEnum):
    """Whether lifting gear is needed: none, there already, or to be hired."""

    NONE = "none"
    THERE = "there"
    HIRE = "hire"


class Lot(Base):
    """A quantity of one class at one site.

    A lot that a plan names cannot be deleted: it is withdrawn instead. Triggers hold `status` to the steps of
    `lot_step`, and `quantity` to what was counted and what `lot_origin` moved.
    """

    __tablename__ = "lot"
    __table_args__ = (
        UniqueConstraint("site_id", "basis", "ref"),
        ForeignKeyConstraint(["class_id", "unit"], ["material_class.id", "material_class.unit"]),
        ForeignKeyConstraint(
            ["class_id", "class_tradable"],
            ["material_class.id", "material_class.tradable"],
        ),
        CheckConstraint("class_tradable", name="class_tradable_true"),
        code_check("unit", Unit),
        code_check("basis", Basis),
        code_check("firmness", Firmness),
        code_check("status", LotStatus),
        code_check("documentation", Documentation),
        code_check("screening", Screening),
        code_check("product_status", ProductStatus),
        code_check("reuse", Reuse),
        code_check("price_at", PriceAt),
        code_check("dismantled_by", Party),
        code_check("loaded_by", Party),
        code_check("unloaded_by", Party),
        code_check("crane", Crane),
        *not_negative(
            "quantity",
            "quantity_low",
            "preparation_ore",
            "minimum_take",
            "minimum_hire_hours",
            "length_mm",
            "width_mm",
            "height_mm",
            "thickness_mm",
        ),
        CheckConstraint("quantity_low <= quantity", name="low_quantity"),
        CheckConstraint("quantity <= quantity_high", name="quantity_high"),
        CheckConstraint(
            "basis <> 'estimated' OR (quantity_low IS NOT NULL AND quantity_high IS NOT NULL)",
            name="estimate_has_range",
        ),
        CheckConstraint(
            "basis <> 'estimated' OR (rule IS NOT NULL AND rule_source IS NOT NULL)",
            name="estimate_has_rule",
        ),
        CheckConstraint("basis <> 'estimated' OR moved = 0", name="estimate_not_moved"),
        CheckConstraint(
            "basis <> 'estimated' OR status IN ('offered', 'withdrawn')", name="estimate_has_no_life"
        ),
        CheckConstraint(
            "coalesce(reuse = 'preparation', false) OR num_nonnulls(waste_number, waste_receiver) = 0",
            name="waste_is_prepared",
        ),
        CheckConstraint("grade BETWEEN 1 AND 5", name="grade_one_to_five"),
        CheckConstraint("kind <> ''", name="kind_not_empty"),
        window_check("available_from", "available_to"),
        Index("ix_lot_class_id_geom", "class_id", "geom", postgresql_using="gist"),
        Index("ix_lot_geom", "geom", postgresql_using="gist"),
    )

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True)
    site_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("site.id", ondelete="CASCADE"))
    ref: Mapped[str] = mapped_column(comment="Its name within the site")
    class_id: Mapped[int]
    unit: Mapped[Unit] = mapped_column(Code(Unit), comment="The unit of the class")
    class_tradable: Mapped[bool] = mapped_column(
        server_default=text("true"),
        comment="Always true: only tradable classes are offered",
    )
    quantity: Mapped[Big] = mapped_column(comment="Steps; of an estimate, the likely one (P50)")
    quantity_low: Mapped[Big | None] = mapped_column(comment="P10 of an estimate")
    quantity_high: Mapped[Big | None] = mapped_column(comment="P90 of an estimate")
    moved: Mapped[Big] = mapped_column(
        server_default=text("0"),
        comment="Steps of the quantity that came from other lots less those that went to others",
    )
    basis: Mapped[Basis] = mapped_column(Code(Basis))
    available_from: Mapped[date | None] = mapped_column(comment="Empty = the site's window")
    available_to: Mapped[date | None] = mapped_column(comment="Day after the last; empty = the site's window")
    firmness: Mapped[Firmness | None] = mapped_column(Code(Firmness), comment="Empty = the site's")
    decide_by: Mapped[date | None] = mapped_column(comment="Last day to say yes")
    status: Mapped[LotStatus] = mapped_column(Code(LotStatus), server_default=LotStatus.OFFERED)
    reuse: Mapped[Reuse | None] = mapped_column(Code(Reuse), comment="Empty = not decided")
    waste_number: Mapped[str | None] = mapped_column(
        comment="Running number of the waste notification, where it is prepared for reuse"
    )
    waste_receiver: Mapped[str | None] = mapped_column(comment="Who receives it as waste")
    owner_id: Mapped[uuid.UUID | None] = mapped_column(
        ForeignKey("organisation.id"),
        index=True,
        comment="Who owns the materials; of a lot, empty = the site's",
    )
    sellable_from: Mapped[date | None] = mapped_column(
        comment="First day the owner may sell; of a lot, empty = the site's"
    )
    price_at: Mapped[PriceAt | None] = mapped_column(
        Code(PriceAt), comment="What the price covers: fetched at the site, or delivered"
    )
    dismantled_by: Mapped[Party | None] = mapped_column(Code(Party), comment="Who takes it down")
    loaded_by: Mapped[Party | None] = mapped_column(Code(Party), comment="Who loads it")
    unloaded_by: Mapped[Party | None] = mapped_column(Code(Party), comment="Who unloads it")
    crane: Mapped[Crane | None] = mapped_column(
        Code(Crane), comment="Whether lifting gear is needed: none, there already, or to be hired"
    )
    minimum_hire_hours: Mapped[int | None] = mapped_column(comment="Least the lifting gear is hired for")
    documentation: Mapped[Documentation] = mapped_column(
        Code(Documentation), server_default=Documentation.NONE
    )
    screening: Mapped[Screening] = mapped_column(Code(Screening), server_default=Screening.UNKNOWN)
    asbestos_suspect: Mapped[bool] = mapped_column(server_default=text("false"))
    suspicion: Mapped[list[str]] = mapped_column(
        server_default=text("'{}'"),
        comment="Codes of why harmful substances are suspected",
    )
    product_status: Mapped[ProductStatus | None] = mapped_column(
        Code(ProductStatus), comment="Empty = not decided; counts as new"
    )
    price_ore: Mapped[Decimal | None] = mapped_column(comment="Per step; empty = the factor")
    preparation_ore: Mapped[Decimal | None] = mapped_column(comment="Per step; empty = the factor")
    disposal_ore: Mapped[Decimal | None] = mapped_column(
        comment="Disposal avoided, per step; empty = the factor"
    )
    minimum_take: Mapped[Big] = mapped_column(
        server_default=text("0"), comment="Least that one requirement may take, in steps; 0 = any"
    )
    indivisible: Mapped[bool] = mapped_column(
        server_default=text("false"), comment="One requirement takes all of it or nothing"
    )
    kind: Mapped[str | None] = mapped_column(
        comment="Which product it is, for requirements of one kind; empty = unlike any other lot"
    )
    length_mm: Mapped[int | None]
    width_mm: Mapped[int | None]
    height_mm: Mapped[int | None]
    thickness_mm: Mapped[int | None]
    grade: Mapped[int | None] = mapped_column(comment="1 worst to 5 best")
    year: Mapped[int | None]
    strength: Mapped[int | None]
    fire: Mapped[int | None]
    colour: Mapped[int | None]
    rule: Mapped[str | None] = mapped_column(comment="Rule that gave the estimate")
    rule_source: Mapped[str | None] = mapped_column(comment="Where the rule comes from")
    learned_factor_id: Mapped[uuid.UUID | None] = mapped_column(
        ForeignKey("learned_factor.id"),
        index=True,
        comment="What surveys of other buildings moved the estimate by; empty = nothing",
    )
    note: Mapped[str | None]
    geom: Mapped[Point | None] = mapped_column(
        point_type(), comment="The site's, kept by triggers: do not write it"
    )
    created_at: Mapped[datetime] = mapped_column(server_default=func.now())
    updated_at: Mapped[datetime] = mapped_column(
        server_default=func.now(), comment="Set by a trigger when a value changes"
    )

    site: Mapped[Site] = relationship(lazy="raise")
    material_class: Mapped[MaterialClass] = relationship(
        lazy="raise",
        primaryjoin="foreign(Lot.class_id) == MaterialClass.id",
    )
