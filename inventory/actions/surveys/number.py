# SPDX-License-Identifier: EUPL-1.2
"""The numbers of surveyed lots within a building: the next free one, and keeping one's own on a move."""

from uuid import UUID

from sqlalchemy import Integer, cast, func, select
from sqlalchemy.orm import Session

from inventory.tables import Basis, Lot


def is_ref_taken(session: Session, ref: str | None, *, site_id: UUID, lot_id: UUID) -> bool:
    """Say whether another surveyed lot of a building is called so."""
    taken = select(Lot.id).where(
        Lot.site_id == site_id, Lot.basis == Basis.SURVEYED, Lot.ref == ref, Lot.id != lot_id
    )
    return session.scalar(taken) is not None


def find_next_ref(session: Session, *, site_id: UUID) -> str:
    """Count on from the highest number of a building's lots."""
    numbers = select(func.max(cast(Lot.ref, Integer))).where(
        Lot.site_id == site_id, Lot.basis == Basis.SURVEYED, Lot.ref.regexp_match("^[0-9]{1,6}$")
    )
    return str((session.scalar(numbers) or 0) + 1)


def keep_ref(session: Session, lot: Lot, *, site_id: UUID) -> str:
    """Give the name a lot has in the building it is in or moved to: its own, or the next if that is taken."""
    if is_ref_taken(session, lot.ref, site_id=site_id, lot_id=lot.id):
        return find_next_ref(session, site_id=site_id)
    return lot.ref
