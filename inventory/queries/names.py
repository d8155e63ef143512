# SPDX-License-Identifier: EUPL-1.2
"""What lots and requirements are called, by id."""

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from inventory.queries.offers import AnyRow
from inventory.tables import Lot, MaterialClass, Project, Requirement, Site


def name_lots(session: Session, *, ids: Sequence[UUID]) -> dict[UUID, AnyRow]:
    """Read ref, site_name, name_da, name_en, unit and step of some lots."""
    query = (
        select(
            Lot.id,
            Lot.ref,
            Site.name.label("site_name"),
            MaterialClass.name_da,
            MaterialClass.name_en,
            MaterialClass.unit,
            MaterialClass.step,
        )
        .join(Site, Site.id == Lot.site_id)
        .join(MaterialClass, MaterialClass.id == Lot.class_id)
        .where(Lot.id.in_(ids))
    )
    return {row.id: row for row in session.execute(query)}


def name_requirements(session: Session, *, ids: Sequence[UUID]) -> dict[UUID, AnyRow]:
    """Read ref, project_name, name_da, name_en, unit and step of some requirements."""
    query = (
        select(
            Requirement.id,
            Requirement.ref,
            Project.name.label("project_name"),
            MaterialClass.name_da,
            MaterialClass.name_en,
            MaterialClass.unit,
            MaterialClass.step,
        )
        .join(Project, Project.id == Requirement.project_id)
        .join(MaterialClass, MaterialClass.id == Requirement.class_id)
        .where(Requirement.id.in_(ids))
    )
    return {row.id: row for row in session.execute(query)}
