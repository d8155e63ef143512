# SPDX-License-Identifier: EUPL-1.2
"""What was decided of a lot in law, and what its place suggests where nothing was."""

from __future__ import annotations

from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from inventory.queries.offers import AnyRow
from inventory.tables import Building, Lot, ProductDecision


def read_product_decision(session: Session, *, lot_id: UUID) -> AnyRow | None:
    """Read the decision on a lot, all its columns, or None where there is none."""
    columns = ProductDecision.__table__.columns
    return session.execute(select(*columns).where(ProductDecision.lot_id == lot_id)).one_or_none()


def stands_in_a_building(session: Session, *, lot_id: UUID) -> bool:
    """Say whether a lot is offered from a building of the register: then it was installed there."""
    query = select(Building.site_id).join(Lot, Lot.site_id == Building.site_id).where(Lot.id == lot_id)
    return session.scalar(query) is not None
