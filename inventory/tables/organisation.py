# SPDX-License-Identifier: EUPL-1.2
"""Organisations: builders, demolition firms, municipalities, dealers."""

from __future__ import annotations

import uuid
from enum import StrEnum

from sqlalchemy import CheckConstraint
from sqlalchemy.orm import Mapped, mapped_column

from inventory.tables.base import Base, Code, code_check


class OrganisationKind(StrEnum):
    """What an organisation does here."""

    PUBLIC_BUILDER = "public_builder"
    DEMOLITION_FIRM = "demolition_firm"
    MUNICIPALITY = "municipality"
    DEALER = "dealer"
    OTHER = "other"


PUBLIC_KINDS = (OrganisationKind.PUBLIC_BUILDER, OrganisationKind.MUNICIPALITY)
"""Which organisations are public bodies: what one of them pays another stays in public hands."""


class Organisation(Base):
    """A body that offers lots, builds projects or grants permits."""

    __tablename__ = "organisation"
    __table_args__ = (
        code_check("kind", OrganisationKind),
        CheckConstraint("cvr ~ '^[0-9]{8}$'", name="cvr_eight_digits"),
    )

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(unique=True)
    kind: Mapped[OrganisationKind] = mapped_column(
        Code(OrganisationKind), server_default=OrganisationKind.OTHER
    )
    cvr: Mapped[str | None] = mapped_column(comment="Number in the Danish business register")
