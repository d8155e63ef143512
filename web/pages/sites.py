# SPDX-License-Identifier: EUPL-1.2
"""The page of one site: the building in the register, its lots, and the requirements of its projects."""

from uuid import UUID

from flask import render_template

from inventory.estimates.update import measure_site
from inventory.queries.comparison import read_comparison
from inventory.queries.demolitions import read_project_moves
from inventory.queries.lots import read_site_lots
from inventory.queries.requirements import read_site_requirements
from inventory.queries.sites import read_building, read_code_names, read_site
from web.clock import current_day
from web.errors import PageNotFoundError
from web.session import get_session

# The building's coded columns and the register's code list each one is read with.
CODE_LISTS = {
    "use_code": "byg021",
    "wall_code": "byg032",
    "roof_code": "byg033",
    "status_code": "life_cycle",
}


def show_site(site_id: UUID) -> str:
    """Show one site.

    Raises
    ------
    PageNotFoundError
        There is no such site.
    """
    session, today = get_session(), current_day()
    site = read_site(session, site_id=site_id)
    if site is None:
        raise PageNotFoundError(what="site", name=site_id)
    return render_template(
        "site.html",
        site=site,
        building=read_building(session, site_id=site_id),
        names=read_code_names(session, lists=tuple(CODE_LISTS.values())),
        code_lists=CODE_LISTS,
        lots=read_site_lots(session, site_id=site_id, today=today),
        measured=measure_site(session, site_id=site_id),
        comparison=read_comparison(session, site_id=site_id),
        moves=read_project_moves(session, site_id=site_id) if site.kind == "project" else [],
        requirements=read_site_requirements(session, site_id=site_id),
    )
