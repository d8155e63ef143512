# SPDX-License-Identifier: EUPL-1.2
"""Matches: quantities of a lot assigned to a requirement in a plan."""

from __future__ import annotations

import uuid
from datetime import date
from enum import StrEnum

from sqlalchemy import CheckConstraint, ForeignKey, Identity, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from inventory.tables.base import Base, Big, Code, code_check, not_negative
from inventory.tables.lot import Basis, Lot
from inventory.tables.requirement import Requirement
from inventory.tables.run import Run
from inventory.tables.site import Firmness


class MatchStatus(StrEnum):
    """Whether the match still holds; `moved` where its pick-up lies no longer in its lot's window."""

    PROPOSED = "proposed"
    STALE = "stale"
    MOVED = "moved"


class MatchStorage(StrEnum):
    """How it gets from donor to builder."""

    DIRECT = "direct"
    SITE = "site"
    BUILDER = "builder"
    HUB = "hub"


class Match(Base):
    """A quantity that goes from a lot to a requirement; money in øre, CO2e in grams."""

    __tablename__ = "match"
    __table_args__ = (
        UniqueConstraint("run_id", "lot_id", "requirement_id"),
        code_check("basis", Basis),
        code_check("firmness", Firmness),
        code_check("status", MatchStatus),
        code_check("storage", MatchStorage),
        CheckConstraint("storage <> 'hub' OR hub_id IS NOT NULL", name="storage_at_hub"),
        CheckConstraint("(storage = 'direct') = (storage_days = 0)", name="storage_direct"),
        CheckConstraint("quantity > 0", name="quantity_positive"),
        CheckConstraint("pick_up + storage_days = deliver", name="pick_up_stored_delivered"),
        *not_negative("delivered", "surplus", "storage_days", "metres", "loads", "trip_ore", "load_ore"),
        CheckConstraint("surplus <= delivered", name="surplus_delivered"),
    )

    id: Mapped[Big] = mapped_column(Identity(), primary_key=True)
    run_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("run.id", ondelete="CASCADE"))
    lot_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("lot.id"), index=True)
    requirement_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("requirement.id"), index=True)
    class_id: Mapped[int] = mapped_column(
        ForeignKey("material_class.id"), comment="Class of the lot at the snapshot"
    )
    quantity: Mapped[Big] = mapped_column(comment="Taken from the lot, in steps of that class")
    delivered: Mapped[Big] = mapped_column(
        comment="Steps wanted that this makes, after conversion and breakage"
    )
    surplus: Mapped[Big] = mapped_column(
        server_default=text("0"), comment="How much of that is beyond what is wanted"
    )
    pick_up: Mapped[date]
    deliver: Mapped[date]
    storage_days: Mapped[int] = mapped_column(comment="Days between pick-up and delivery")
    storage: Mapped[MatchStorage] = mapped_column(
        Code(MatchStorage), comment="Where it waits: the donor's site, the builder's, a hub"
    )
    hub_id: Mapped[uuid.UUID | None] = mapped_column(
        ForeignKey("site.id"), index=True, comment="The hub it waits at"
    )
    metres: Mapped[int] = mapped_column(comment="One way, by road; both legs where it waits at a hub")
    loads: Mapped[int] = mapped_column(comment="Started lorry loads")
    price_ore: Mapped[Big]
    preparation_ore: Mapped[Big]
    transport_ore: Mapped[Big] = mapped_column(comment="By weight and road")
    trip_ore: Mapped[Big] = mapped_column(server_default=text("0"), comment="The trip, whatever is fetched")
    load_ore: Mapped[Big] = mapped_column(server_default=text("0"), comment="The loads begun")
    storage_ore: Mapped[Big]
    disposal_ore: Mapped[Big] = mapped_column(comment="Disposal avoided")
    penalty_ore: Mapped[Big]
    new_ore: Mapped[Big] = mapped_column(comment="What new would have cost")
    co2e_new_g: Mapped[Big]
    co2e_preparation_g: Mapped[Big]
    co2e_transport_g: Mapped[Big]
    co2e_regulatory_g: Mapped[Big]
    cost: Mapped[Big] = mapped_column(comment="In the certificate's quantum")
    basis: Mapped[Basis] = mapped_column(Code(Basis), comment="Of the lot at the snapshot")
    firmness: Mapped[Firmness] = mapped_column(Code(Firmness), comment="Of the lot at the snapshot")
    status: Mapped[MatchStatus] = mapped_column(Code(MatchStatus), server_default=MatchStatus.PROPOSED)

    run: Mapped[Run] = relationship(lazy="raise")
    lot: Mapped[Lot] = relationship(lazy="raise")
    requirement: Mapped[Requirement] = relationship(lazy="raise")
