# SPDX-License-Identifier: EUPL-1.2
"""What a survey fills into the papers of a demolition: a building's materials, waste codes and mass."""

from datetime import date
from uuid import UUID

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from inventory.queries.lots import answer_lots
from inventory.queries.offers import AnyRow, SupplyFilter
from inventory.queries.supply import NotCounted
from inventory.tables import MaterialClass


def read_materials(session: Session, *, site_id: UUID, today: date) -> list[AnyRow]:
    """Read the materials of a building, a row per lot but those a survey has replaced or that are withdrawn.

    Columns: id, ref, name_da, name_en, unit, likely (in the unit), kg, eak_code (of the class, as waste that
    is not hazardous), basis, screening, asbestos_suspect.
    """
    answer = answer_lots(SupplyFilter(counted_only=False, site_id=site_id)).subquery()
    lot = answer.c
    query = (
        select(
            lot.id,
            lot.ref,
            lot.name_da,
            lot.name_en,
            lot.unit,
            lot.likely,
            (lot.likely / MaterialClass.step * MaterialClass.mass_g_per_step / 1000).label("kg"),
            MaterialClass.eak_code,
            lot.basis,
            lot.screening,
            lot.asbestos_suspect,
        )
        .join(MaterialClass, MaterialClass.id == lot.class_id)
        .where(or_(lot.not_counted.is_(None), lot.not_counted != NotCounted.REPLACED.value))
        .order_by(MaterialClass.eak_code, MaterialClass.id, lot.ref)
    )
    return list(session.execute(query, {"today": today}))
