# SPDX-License-Identifier: EUPL-1.2
"""Let the stated documentation of a lot follow what is known of it, upwards only."""

from __future__ import annotations

from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from inventory.actions.events import record_event
from inventory.queries.documentation import read_completeness
from inventory.queries.lots.origins import list_made_of
from inventory.tables import Basis, Documentation, Lot

_FROM_LEAST = tuple(Documentation)


def settle_documentation(session: Session, *, lot_id: UUID) -> Documentation:
    """Raise the documentation of a surveyed lot to the level its facts bear, with a line in the log.

    So is that of the lots made of it, which its photos, papers and tests speak of too.

    Address, year, count, photos and screening are enough to offer it (``basic``); a test is never asked of
    whoever takes the building down. What the owner has stated is never lowered: papers may lie elsewhere.

    Returns
    -------
    Documentation
        What it is now, of the lot itself.

    Raises
    ------
    sqlalchemy.exc.NoResultFound
        There is no such lot.
    """
    session.flush()
    levels = [_settle(session, lot_id=one) for one in list_made_of(session, lot_id=lot_id)]
    return levels[0]


def _settle(session: Session, *, lot_id: UUID) -> Documentation:
    lot = session.execute(select(Lot).where(Lot.id == lot_id).with_for_update()).scalar_one()
    level = read_completeness(session, lot_ids=[lot_id])[lot_id].level
    stated = Documentation(lot.documentation)
    if lot.basis != Basis.SURVEYED or _FROM_LEAST.index(level) <= _FROM_LEAST.index(stated):
        return stated
    lot.documentation = level
    record_event(
        session,
        kind="lot_documented",
        subject_kind="lot",
        subject_id=lot_id,
        data={"changes": {"documentation": [stated.value, level.value]}},
    )
    session.flush()
    return level
