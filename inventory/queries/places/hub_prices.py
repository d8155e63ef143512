# SPDX-License-Identifier: EUPL-1.2
"""What more room in hubs would save by the proof of a plan: only where a hub is full has room a price."""

from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from inventory.tables import Site

_ORE_PER_M2 = 10
"""Øre a square metre of one thousandth of an øre a square centimetre."""


@dataclass(frozen=True, slots=True, kw_only=True)
class HubPrice:
    """A hub, the first day of a month in which its room binds, and what a m2 more would save, in oere."""

    hub_id: UUID
    name: str
    first: date
    ore_per_m2: int


def list_hub_prices(session: Session, *, hub_prices: list[Any]) -> list[HubPrice]:
    """List prices of room as a certificate keeps them, by hub and month.

    Parameters
    ----------
    session
        For the hubs' names.
    hub_prices
        Column of the same name of a certificate: hub, month, 1/1000 oere a cm2.
    """
    if not hub_prices:
        return []
    ids = sorted({UUID(hub) for hub, _, _ in hub_prices})
    names = {row.id: row.name for row in session.execute(select(Site.id, Site.name).where(Site.id.in_(ids)))}
    listed = [
        HubPrice(
            hub_id=UUID(hub),
            name=names[UUID(hub)],
            first=date.fromisoformat(f"{month}-01"),
            ore_per_m2=price * _ORE_PER_M2,
        )
        for hub, month, price in hub_prices
        if UUID(hub) in names
    ]
    return sorted(listed, key=lambda one: (one.name, one.hub_id, one.first))
