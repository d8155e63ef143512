# SPDX-License-Identifier: EUPL-1.2
"""The places a search may start from: a project's site, or a town by its name."""

from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from inventory.queries.offers import AnyRow
from inventory.tables import Project, Site, Town

_DEGREES = 4326
_ALIKE = 0.4  # similarity of trigrams from which a name is taken for a misspelt one


def find_project(session: Session, project_id: UUID) -> AnyRow | None:
    """Find a project with its site: id, name, starts, ends, lon and lat (empty without a coordinate)."""
    point = func.ST_Transform(Site.geom, _DEGREES)
    query = (
        select(
            Project.id,
            Project.name,
            Project.starts,
            Project.ends,
            func.ST_X(point).label("lon"),
            func.ST_Y(point).label("lat"),
        )
        .join(Site, Site.id == Project.site_id)
        .where(Project.id == project_id)
    )
    return session.execute(query).one_or_none()


def list_projects(session: Session) -> list[AnyRow]:
    """List the projects that have a place: id and name, in Danish order."""
    query = (
        select(Project.id, Project.name)
        .join(Site, Site.id == Project.site_id)
        .where(Site.geom.is_not(None))
        .order_by(Project.name.collate("da-x-icu"), Project.id)
    )
    return list(session.execute(query))


def find_town(session: Session, given: str | int) -> AnyRow | None:
    """Find a town by its id or by its name, misspelt or not, the largest of a name: id, name, lon, lat."""
    point = func.ST_Transform(Town.geom, _DEGREES)
    query = select(Town.id, Town.name, func.ST_X(point).label("lon"), func.ST_Y(point).label("lat"))
    if isinstance(given, int):
        return session.execute(query.where(Town.id == given)).one_or_none()
    alike = func.similarity(func.lower(Town.name), given.casefold())
    query = query.where(alike >= _ALIKE).order_by(alike.desc(), Town.population.desc().nulls_last(), Town.id)
    return session.execute(query.limit(1)).one_or_none()
