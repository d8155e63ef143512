# SPDX-License-Identifier: EUPL-1.2
"""What the fields of a project and its requirements are told with, read once for a page."""

from __future__ import annotations

from uuid import UUID

from inventory.queries.imports.keys import map_municipalities
from inventory.queries.places.sites import read_code_names
from inventory.queries.projects.projects import list_design_options
from inventory.queries.projects.requirements import name_attributes
from inventory.queries.projects.wanted_classes import list_materials
from inventory.queries.reading import Session
from web.pages.projects.history import Words
from web.pages.projects.requirement_reading import CODED


def gather_words(session: Session, *, project_id: UUID) -> Words:
    """Gather the names that fields of a project are told with."""
    return Words(
        materials={one.id: one for one in list_materials(session)},
        options={str(one.id): one.name for one in list_design_options(session, project_id=project_id)},
        municipalities=map_municipalities(session),
        attributes=name_attributes(session),
        codes=read_code_names(session, lists=CODED),
    )
