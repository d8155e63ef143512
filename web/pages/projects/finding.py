# SPDX-License-Identifier: EUPL-1.2
"""The project and the requirement that an address names."""

from __future__ import annotations

from uuid import UUID

from inventory.queries.offers import AnyRow
from inventory.queries.projects.projects import read_project
from inventory.queries.projects.requirements import RequirementFacts, read_requirement
from web.errors import PageNotFoundError
from web.session import get_session


def find_project(project_id: UUID) -> AnyRow:
    """Find a project.

    Raises
    ------
    PageNotFoundError
        There is no such project.
    """
    found = read_project(get_session(), project_id=project_id)
    if found is None:
        raise PageNotFoundError(what="project", name=project_id)
    return found


def find_requirement(requirement_id: UUID) -> RequirementFacts:
    """Find a requirement.

    Raises
    ------
    PageNotFoundError
        There is no such requirement.
    """
    found = read_requirement(get_session(), requirement_id=requirement_id)
    if found is None:
        raise PageNotFoundError(what="requirement", name=requirement_id)
    return found
