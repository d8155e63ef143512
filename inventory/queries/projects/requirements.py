# SPDX-License-Identifier: EUPL-1.2
"""Requirements that answer a filter, in pages, and one requirement with its bounds."""

from dataclasses import dataclass
from functools import cache
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Subquery, collate, func, select
from sqlalchemy.orm import Session

from inventory.queries.choices import read_class
from inventory.queries.keyset import Page, Place, Step, Turn, read_keyset_page
from inventory.queries.lots.listing import DANISH
from inventory.queries.offers import AnyRow, AnySelect
from inventory.queries.search.narrow import narrow_requirements
from inventory.queries.search.search import EVERYTHING, MOST_COUNTED, Search
from inventory.tables import (
    SRID,
    Attribute,
    ClassAttribute,
    DesignOption,
    MaterialClass,
    Municipality,
    Organisation,
    Project,
    Requirement,
    RequirementStatus,
    Site,
)

SORTS = ("class", "quantity", "project", "municipality", "from")


@cache
def _every_requirement() -> Subquery:
    return (
        select(
            Requirement.id,
            Requirement.ref,
            Project.site_id,
            Requirement.class_id,
            MaterialClass.code.label("class_code"),
            MaterialClass.name_da,
            MaterialClass.name_en,
            Requirement.unit,
            Requirement.quantity.label("steps"),
            (Requirement.quantity * MaterialClass.step).label("amount"),
            Project.name.label("project_name"),
            Requirement.wanted_from,
            Requirement.wanted_to,
            Site.postcode,
            Site.town,
            Site.municipality_code,
            Municipality.name.label("municipality_name"),
            Site.geom.label("point"),
        )
        .join(Project, Project.id == Requirement.project_id)
        .join(Site, Site.id == Project.site_id)
        .join(MaterialClass, MaterialClass.id == Requirement.class_id)
        .outerjoin(Municipality, Municipality.code == Site.municipality_code)
        .where(Requirement.status == RequirementStatus.OPEN)
        .subquery("every_requirement")
    )


def answer_requirements(search: Search, *, site_id: UUID | None = None, within: Any = None) -> AnySelect:
    """Select the open requirements that answer a search, one row each: the one source of map and list.

    Columns: id, ref, site_id, class_id, class_code, name_da, name_en, unit, steps, amount, project_name,
    wanted_from, wanted_to, postcode, town, municipality_code, municipality_name, point (EPSG:25832; a public
    building project is shown where it is). `site_id` and `within` narrow it as in `answer_lots`.
    """
    every = _every_requirement()  # asked for once: two who ask first at once get one each
    requirement = every.c
    query = select(every).where(*narrow_requirements(requirement, search))
    if site_id is not None:
        query = query.where(requirement.site_id == site_id)
    if within is not None:
        query = query.where(requirement.point.op("&&")(within))
    return query


def count_requirements(session: Session, *, search: Search) -> AnyRow:
    """Count the requirements that answer: requirements, more, unplaced, and their extent in degrees.

    `more` says that there are more of them than the `MOST_COUNTED` that are counted.
    """
    answer = answer_requirements(search).limit(MOST_COUNTED + 1).subquery()
    box = func.ST_Transform(func.ST_SetSRID(func.ST_Extent(answer.c.point), SRID), 4326)
    return session.execute(
        select(
            func.least(func.count(), MOST_COUNTED).label("requirements"),
            (func.count() > MOST_COUNTED).label("more"),
            func.count().filter(answer.c.point.is_(None)).label("unplaced"),
            func.ST_XMin(box).label("west"),
            func.ST_YMin(box).label("south"),
            func.ST_XMax(box).label("east"),
            func.ST_YMax(box).label("north"),
        )
    ).one()


def _order(answer: Any, *, sort: str, language: str) -> ColumnElement[Any]:
    orders: dict[str, ColumnElement[Any]] = {
        "class": collate(answer.c.name_en if language == "en" else answer.c.name_da, DANISH),
        "quantity": answer.c.amount,
        "project": collate(answer.c.project_name, DANISH),
        "municipality": collate(answer.c.municipality_name, DANISH),
        "from": answer.c.wanted_from,
    }
    return orders[sort]


def read_requirements(
    session: Session,
    *,
    search: Search,
    total: int,
    sort: str = "from",
    descending: bool = False,
    turn: Turn[Place] | None = None,
    language: str = "da",
) -> Page[Place]:
    """Read one page of the requirements that answer, empty values last; `total` counts the whole answer."""
    answer = answer_requirements(search).subquery()
    order = _order(answer, sort=sort, language=language)
    steps = [Step(by=order, falls=descending), Step(by=answer.c.id)]
    return read_keyset_page(session, select(answer), steps=steps, wanted=turn, total=total)


@dataclass(frozen=True, slots=True, kw_only=True)
class RequirementFacts:
    """A requirement with all that is known of it: its own columns, its class's, its project's and its place.

    `place` has site_id, postcode, town, municipality_name, organisation_name, lon and lat; `option` the name
    and chosen of the design option that wants it, None where it is wanted whatever is chosen.
    """

    requirement: AnyRow
    material: AnyRow
    project: AnyRow
    place: AnyRow
    option: AnyRow | None


def read_requirement(session: Session, *, requirement_id: UUID) -> RequirementFacts | None:
    """Read one requirement, open or withdrawn, or None where there is no such requirement."""
    found = session.execute(
        select(Requirement.__table__).where(Requirement.id == requirement_id)
    ).one_or_none()
    if found is None:
        return None
    project = session.execute(select(Project.__table__).where(Project.id == found.project_id)).one()
    lonlat = func.ST_Transform(Site.geom, 4326)
    place = (
        select(
            Site.id.label("site_id"),
            Site.postcode,
            Site.town,
            Municipality.name.label("municipality_name"),
            Organisation.name.label("organisation_name"),
            func.ST_X(lonlat).label("lon"),
            func.ST_Y(lonlat).label("lat"),
            func.ST_X(Site.geom).label("easting"),
            func.ST_Y(Site.geom).label("northing"),
        )
        .outerjoin(Municipality, Municipality.code == Site.municipality_code)
        .outerjoin(Organisation, Organisation.id == project.organisation_id)
        .where(Site.id == project.site_id)
    )
    return RequirementFacts(
        requirement=found,
        material=read_class(session, class_id=found.class_id),
        project=project,
        place=session.execute(place).one(),
        option=None
        if found.design_option_id is None
        else session.execute(
            select(DesignOption.name, DesignOption.chosen).where(DesignOption.id == found.design_option_id)
        ).one(),
    )


def read_attributes(session: Session, *, class_id: int) -> list[AnyRow]:
    """Read the attributes a class declares, by name."""
    query = (
        select(Attribute.name, Attribute.unit, Attribute.name_da, Attribute.name_en)
        .join(ClassAttribute, ClassAttribute.attribute == Attribute.name)
        .where(ClassAttribute.class_id == class_id)
        .order_by(Attribute.name)
    )
    return list(session.execute(query))


def name_attributes(session: Session) -> dict[str, AnyRow]:
    """Read what people call every attribute, by name."""
    columns = (Attribute.name, Attribute.unit, Attribute.name_da, Attribute.name_en)
    return {row.name: row for row in session.execute(select(*columns))}


def read_site_requirements(session: Session, *, site_id: UUID) -> list[AnyRow]:
    """Read the open requirements of a site's projects, by material, as `answer_requirements` does."""
    answer = answer_requirements(EVERYTHING, site_id=site_id).subquery()
    return list(session.execute(select(answer).order_by(answer.c.class_id, answer.c.ref, answer.c.id)))
