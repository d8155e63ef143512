# SPDX-License-Identifier: EUPL-1.2
"""What the long fields of the forms of a requirement offer, in the language of the page."""

from __future__ import annotations

from uuid import UUID

from inventory.queries.places.sites import read_code_names
from inventory.queries.projects.projects import list_design_options
from web.language import pick
from web.pages.projects.requirement_reading import CODED
from web.session import get_session


def list_code_choices() -> dict[str, list[tuple[str, str]]]:
    """List the codes of the lists that attributes are chosen from, in order, each with its name."""
    names = read_code_names(get_session(), lists=CODED)
    ordered = sorted(names.items(), key=lambda item: (item[0][0], int(item[0][1])))
    return {listed: [(code, pick(row)) for (its, code), row in ordered if its == listed] for listed in CODED}


def list_option_choices(project_id: UUID) -> list[tuple[str, str]]:
    """List the design options of a project, each with its name."""
    return [(str(one.id), one.name) for one in list_design_options(get_session(), project_id=project_id)]
