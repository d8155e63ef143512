# SPDX-License-Identifier: EUPL-1.2
"""The papers of a demolition: what plan, notification and mapping ask, and what the survey fills in."""

from decimal import Decimal
from uuid import UUID

from flask import render_template

from inventory.queries.demolitions.papers import read_materials
from inventory.queries.places.sites import read_building, read_code_names, read_site
from inventory.screening.duties import judge_duties
from web.clock import current_day
from web.errors import PageNotFoundError
from web.session import get_session


def show_papers(site_id: UUID) -> str:
    """Show the papers of a donor building, to read, print or copy.

    Raises
    ------
    PageNotFoundError
        There is no such donor building.
    """
    session, today = get_session(), current_day()
    site, building = read_site(session, site_id=site_id), read_building(session, site_id=site_id)
    if site is None or site.kind != "donor":
        raise PageNotFoundError(what="donor building", name=site_id)
    materials = read_materials(session, site_id=site_id, today=today)
    waste_kg = sum((row.kg for row in materials), Decimal(0))
    return render_template(
        "papers.html",
        site=site,
        building=building,
        names=read_code_names(session, lists=("eak",)),
        materials=materials,
        waste_kg=waste_kg,
        duties=judge_duties(
            area_m2=None if building is None else building.total_area_m2,
            waste_kg=waste_kg,
            year_built=None if building is None else building.year_built,
            start=site.available_from,
        ),
    )
