# SPDX-License-Identifier: EUPL-1.2
"""Projects as their builders see them: the list, one project with its requirements and design options."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from sqlalchemy import Text, and_, cast, false, func, or_, select
from sqlalchemy.orm import Session

from inventory.queries.keyset import Page, Place, Step, Turn, read_keyset_page
from inventory.queries.lots.listing import DANISH
from inventory.queries.offers import AnyRow
from inventory.tables import (
    ATTRIBUTES,
    DesignOption,
    MaterialClass,
    Municipality,
    Organisation,
    Project,
    Requirement,
    RequirementStatus,
    Site,
)

_ESCAPE = "\\"


def list_projects(session: Session, *, words: str = "", turn: Turn[Place] | None = None) -> Page[Place]:
    """List projects by name, one page of them.

    Parameters
    ----------
    session
        Its transaction.
    words
        Only those whose name, number, builder, town or municipality holds this text.
    turn
        Which page; the first without it.

    Returns
    -------
    Page
        Rows ``id, ref, name, building_type, area_m2, starts, ends, town, municipality_name,
        organisation_name, requirements`` (how many are open).
    """
    query = (
        select(
            Project.id,
            Project.ref,
            Project.name,
            Project.building_type,
            Project.area_m2,
            Project.starts,
            Project.ends,
            Site.town,
            Municipality.name.label("municipality_name"),
            Organisation.name.label("organisation_name"),
        )
        .join(Site, Site.id == Project.site_id)
        .outerjoin(Municipality, Municipality.code == Site.municipality_code)
        .outerjoin(Organisation, Organisation.id == Project.organisation_id)
    )
    if words:
        pattern = "%" + "".join(_ESCAPE + one if one in "%_\\" else one for one in words) + "%"
        searched = (Project.name, Project.ref, Organisation.name, Site.town, Municipality.name)
        query = query.where(or_(*(one.ilike(pattern, escape=_ESCAPE) for one in searched)))
    total = session.scalar(select(func.count()).select_from(query.subquery())) or 0
    # counted for the rows of the page alone: it is no part of the order
    wanted = (
        select(func.count())
        .where(Requirement.project_id == Project.id, Requirement.status == RequirementStatus.OPEN)
        .correlate(Project)
        .scalar_subquery()
    )
    steps = [Step(by=Project.name.collate(DANISH)), Step(by=Project.id)]
    shown = query.add_columns(wanted.label("requirements"))
    return read_keyset_page(session, shown, steps=steps, wanted=turn, total=total)


def read_project(session: Session, *, project_id: UUID) -> AnyRow | None:
    """Read one project with its site, or None where there is none.

    Columns: those of the project, and site_id, address, postcode, town, municipality_code,
    municipality_name, organisation_name, organisation_kind, x, y (EPSG:25832), lon and lat.
    """
    lonlat = func.ST_Transform(Site.geom, 4326)
    query = (
        select(
            Project.__table__,
            Site.address,
            Site.postcode,
            Site.town,
            Site.municipality_code,
            Municipality.name.label("municipality_name"),
            Organisation.name.label("organisation_name"),
            Organisation.kind.label("organisation_kind"),
            func.ST_X(Site.geom).label("x"),
            func.ST_Y(Site.geom).label("y"),
            func.ST_X(lonlat).label("lon"),
            func.ST_Y(lonlat).label("lat"),
        )
        .join(Site, Site.id == Project.site_id)
        .outerjoin(Municipality, Municipality.code == Site.municipality_code)
        .outerjoin(Organisation, Organisation.id == Project.organisation_id)
        .where(Project.id == project_id)
    )
    return session.execute(query).one_or_none()


def read_project_values(session: Session, *, project_id: UUID) -> dict[str, Any]:
    """Read the fields of a project that people correct, named as in `ProjectFacts`; the point to the cm."""
    query = (
        select(
            Project.name,
            Organisation.name.label("organisation"),
            Project.building_type,
            Project.area_m2,
            Project.starts,
            Project.ends,
            Project.budget_ore,
            Site.address,
            Site.postcode,
            Site.town,
            Site.municipality_code,
            Site.land_mass,
            Site.road_node,
            func.ST_X(Site.geom).label("x"),
            func.ST_Y(Site.geom).label("y"),
        )
        .join(Site, Site.id == Project.site_id)
        .outerjoin(Organisation, Organisation.id == Project.organisation_id)
        .where(Project.id == project_id)
    )
    values = dict(session.execute(query).mappings().one())
    return {
        name: round(value, 2) if name in {"x", "y"} and value is not None else value
        for name, value in values.items()
    }


def list_wanted(session: Session, *, project_id: UUID) -> list[AnyRow]:
    """List all requirements of a project, the removed ones too, by design option, class and number.

    Columns: those of the requirement, and class_code, name_da, name_en, step, option_name, option_chosen.
    """
    query = (
        select(
            Requirement.__table__,
            MaterialClass.code.label("class_code"),
            MaterialClass.name_da,
            MaterialClass.name_en,
            MaterialClass.step,
            DesignOption.name.label("option_name"),
            func.coalesce(DesignOption.chosen, false()).label("option_chosen"),
        )
        .join(MaterialClass, MaterialClass.id == Requirement.class_id)
        .outerjoin(DesignOption, DesignOption.id == Requirement.design_option_id)
        .where(Requirement.project_id == project_id)
        .order_by(
            DesignOption.name.nulls_first(),
            Requirement.class_id,
            func.length(Requirement.ref),
            Requirement.ref,
        )
    )
    return list(session.execute(query))


def list_design_options(session: Session, *, project_id: UUID) -> list[AnyRow]:
    """List the design options of a project by name: id, name, chosen, requirements (open), named (any)."""
    named = and_(Requirement.design_option_id == DesignOption.id)
    query = (
        select(
            DesignOption.id,
            DesignOption.name,
            DesignOption.chosen,
            func.count(Requirement.id)
            .filter(Requirement.status == RequirementStatus.OPEN)
            .label("requirements"),
            func.count(Requirement.id).label("named"),
        )
        .outerjoin(Requirement, named)
        .where(DesignOption.project_id == project_id)
        .group_by(DesignOption.id)
        .order_by(DesignOption.name.collate(DANISH))
    )
    return list(session.execute(query))


def list_builders(session: Session, *, most: int = 500) -> list[str]:
    """List the names of organisations that have a project or are public bodies, for the form to suggest."""
    has_project = select(Project.organisation_id).where(Project.organisation_id.is_not(None))
    query = select(Organisation.name).where(
        or_(
            Organisation.id.in_(has_project),
            cast(Organisation.kind, Text).in_(("public_builder", "municipality")),
        )
    )
    return list(session.scalars(query.order_by(Organisation.name.collate(DANISH)).limit(most)))


def read_requirement_values(session: Session, *, requirement_id: UUID) -> dict[str, Any]:
    """Read the columns of a requirement that people write, by name."""
    query = select(*(Requirement.__table__.c[name] for name in REQUIREMENT_FIELDS))
    return dict(session.execute(query.where(Requirement.id == requirement_id)).mappings().one())


REQUIREMENT_FIELDS = (
    "design_option_id",
    "class_id",
    "quantity",
    "wanted_from",
    "wanted_to",
    "commit_from",
    "max_metres",
    "storage_days",
    "substitutes_ok",
    "unknown_screening_ok",
    "documentation_min",
    "new_price_ore",
    "minimum_fulfilment_permille",
    "most_donors",
    "one_kind",
    "breakage_permille",
    "priority_permille",
    "supplied_by",
    *(f"{name}_{end}" for name in ATTRIBUTES for end in ("min", "max")),
    "unknown_ok",
)
"""Columns of a requirement that people write; its number and project stay."""


def list_free_refs(session: Session, *, project_id: UUID, count: int = 1) -> list[str]:
    """List the next free numbers of a project's requirements, as B-007."""
    query = select(Requirement.ref).where(
        Requirement.project_id == project_id, Requirement.ref.regexp_match("^B-[0-9]{1,9}$")
    )
    last = session.scalar(
        query.order_by(func.length(Requirement.ref).desc(), Requirement.ref.desc()).limit(1)
    )
    first = 1 if last is None else int(last.removeprefix("B-")) + 1
    return [f"B-{number:03d}" for number in range(first, first + count)]
