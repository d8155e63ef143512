# SPDX-License-Identifier: EUPL-1.2
"""The places a search may start from: a project's site, or a town by its name."""

from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from inventory.queries.offers import AnyRow
from inventory.tables import Project, Site, Town

MOST_PROJECTS = 200
"""As many as a list offers to choose among."""

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


def find_projects_named(session: Session, name: str) -> list[UUID]:
    """Find the projects that are called so, or else have it in their name: two ids at most."""
    lowered, given = func.lower(Project.name), name.casefold()
    for condition in (lowered == given, lowered.contains(given, autoescape=True)):
        found = list(session.scalars(select(Project.id).where(condition).order_by(Project.id).limit(2)))
        if found:
            return found
    return []


def list_projects(session: Session) -> list[AnyRow] | None:
    """List the projects that have a place: id and name, in Danish order.

    None where there are more than `MOST_PROJECTS`: nobody looks for one in so long a list, and the list of a
    country's is most of a page.
    """
    query = (
        select(Project.id, Project.name)
        .join(Site, Site.id == Project.site_id)
        .where(Site.geom.is_not(None))
        .limit(MOST_PROJECTS + 1)
    )
    if len(session.execute(query).all()) > MOST_PROJECTS:
        return None
    return list(session.execute(query.order_by(Project.name.collate("da-x-icu"), Project.id)))


def find_town(session: Session, given: str | int) -> AnyRow | None:
    """Find a town by its id or by its name, misspelt or not, the largest of a name: id, name, lon, lat."""
    point = func.ST_Transform(Town.geom, _DEGREES)
    query = select(Town.id, Town.name, func.ST_X(point).label("lon"), func.ST_Y(point).label("lat"))
    if isinstance(given, int):
        return session.execute(query.where(Town.id == given)).one_or_none()
    alike = func.similarity(func.lower(Town.name), given.casefold())
    query = query.where(alike >= _ALIKE).order_by(alike.desc(), Town.population.desc().nulls_last(), Town.id)
    return session.execute(query.limit(1)).one_or_none()
