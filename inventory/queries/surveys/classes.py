# SPDX-License-Identifier: EUPL-1.2
"""What a surveyed lot may be of: the classes in force, each with the group it stands in."""

from sqlalchemy import func, select
from sqlalchemy.orm import Session, aliased

from inventory.queries.offers import AnyRow
from inventory.tables import MaterialClass


def read_survey_classes(session: Session) -> list[AnyRow]:
    """Read the classes a lot may be of, by id: id, code, name_da, name_en, unit, step, parent_id, and of the
    group it stands in (its parent, else itself) group_id, group_da, group_en.
    """
    group = aliased(MaterialClass)
    query = select(
        MaterialClass.id,
        MaterialClass.code,
        MaterialClass.name_da,
        MaterialClass.name_en,
        MaterialClass.unit,
        MaterialClass.step,
        MaterialClass.parent_id,
        func.coalesce(group.id, MaterialClass.id).label("group_id"),
        func.coalesce(group.name_da, MaterialClass.name_da).label("group_da"),
        func.coalesce(group.name_en, MaterialClass.name_en).label("group_en"),
    ).outerjoin(group, group.id == MaterialClass.parent_id)
    in_force = (MaterialClass.tradable, MaterialClass.valid_to.is_(None))
    return list(session.execute(query.where(*in_force).order_by(MaterialClass.id)))
