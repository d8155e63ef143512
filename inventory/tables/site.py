# SPDX-License-Identifier: EUPL-1.2
"""Sites: donor buildings, building projects and storage hubs, each with its place."""

from __future__ import annotations

import uuid
from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import CHAR, CheckConstraint, ForeignKey, Index, UniqueConstraint, func
from sqlalchemy.orm import Mapped, mapped_column, relationship

from inventory.tables.base import (
    Base,
    Code,
    Point,
    code_check,
    not_negative,
    point_type,
    window_check,
)
from inventory.tables.organisation import Organisation


class SiteKind(StrEnum):
    """Why the site is here."""

    DONOR = "donor"
    PROJECT = "project"
    HUB = "hub"


class Firmness(StrEnum):
    """How sure it is that the building comes down, from least to most, then too late."""

    POSSIBLE = "possible"
    PERMIT_APPLIED = "permit_applied"
    PERMIT_GIVEN = "permit_given"
    STARTED = "started"
    GONE = "gone"


class Site(Base):
    """A place with geometry: donor building, building project or storage hub."""

    __tablename__ = "site"
    __table_args__ = (
        UniqueConstraint("kind", "ref"),
        code_check("kind", SiteKind),
        code_check("firmness", Firmness),
        window_check("available_from", "available_to"),
        CheckConstraint("(available_from IS NULL) = (available_to IS NULL)", name="window_both_ends"),
        *not_negative("storage_days"),
        CheckConstraint("available_from IS NULL OR firmness IS NOT NULL", name="window_has_firmness"),
        Index("ix_site_geom", "geom", postgresql_using="gist"),
    )

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True)
    kind: Mapped[SiteKind] = mapped_column(Code(SiteKind))
    ref: Mapped[str] = mapped_column(comment="Its name in the register or file it came from")
    name: Mapped[str]
    organisation_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("organisation.id"), index=True)
    address: Mapped[str | None]
    postcode: Mapped[str | None]
    town: Mapped[str | None]
    municipality_code: Mapped[str | None] = mapped_column(
        CHAR(4), ForeignKey("municipality.code"), index=True
    )
    geom: Mapped[Point | None] = mapped_column(
        point_type(), comment="Empty where the register gives no coordinate"
    )
    land_mass: Mapped[str | None]
    road_node: Mapped[str | None] = mapped_column(ForeignKey("road_node.id"), index=True)
    available_from: Mapped[date | None] = mapped_column(comment="First day of the demolition window")
    available_to: Mapped[date | None] = mapped_column(comment="Day after its last day")
    firmness: Mapped[Firmness | None] = mapped_column(Code(Firmness))
    firmness_source: Mapped[str | None] = mapped_column(comment="Who says so")
    storage_days: Mapped[int | None] = mapped_column(
        comment="Most days materials may wait here; empty = a donor's as many as the requirement allows,"
        " a project's none"
    )
    owner_id: Mapped[uuid.UUID | None] = mapped_column(
        ForeignKey("organisation.id"),
        index=True,
        comment="Who owns the materials; of a lot, empty = the site's",
    )
    sellable_from: Mapped[date | None] = mapped_column(
        comment="First day the owner may sell; of a lot, empty = the site's"
    )
    created_at: Mapped[datetime] = mapped_column(server_default=func.now())
    updated_at: Mapped[datetime] = mapped_column(
        server_default=func.now(), comment="Set by a trigger when a value changes"
    )

    organisation: Mapped[Organisation | None] = relationship(
        lazy="raise", foreign_keys="Site.organisation_id"
    )
