# SPDX-License-Identifier: EUPL-1.2
"""Gather what the three sheets of a demolition are laid out from."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from uuid import UUID

from sqlalchemy.orm import Session

from inventory.errors import BadInputError
from inventory.exports.paper_sheets import PaperFacts
from inventory.queries.demolitions.papers import read_address, read_materials, read_offer_lines
from inventory.queries.documentation import read_completeness
from inventory.queries.places.sites import read_building, read_code_names, read_site
from inventory.screening.duties import judge_duties


class NoDonorError(BadInputError):
    """There is no donor building {site}. Give the id of one, as it stands in the address of its page."""


def gather_papers(session: Session, *, site_id: UUID, today: date, public: bool) -> PaperFacts:
    """Gather what is known of a donor building for its papers.

    Parameters
    ----------
    session, site_id, today
        Where, which and when.
    public
        Leave the address out: there are no accounts yet, and a page is open to all.

    Raises
    ------
    NoDonorError
        There is no such donor building.
    """
    site = read_site(session, site_id=site_id)
    if site is None or site.kind != "donor":
        raise NoDonorError(site=site_id)
    building = read_building(session, site_id=site_id)
    materials = read_materials(session, site_id=site_id, today=today)
    offers = read_offer_lines(session, site_id=site_id)
    names = read_code_names(session, lists=("byg021", "eak"))
    return PaperFacts(
        site_name=site.name or site.ref if not public else site.name or site.municipality_name or "",
        address=None if public else read_address(session, site_id=site_id),
        municipality=site.municipality_name,
        use=None if building is None else names.get(("byg021", str(building.use_code))),
        area_m2=None if building is None else building.total_area_m2,
        year_built=None if building is None else building.year_built,
        start=site.available_from,
        duties=judge_duties(
            area_m2=None if building is None else building.total_area_m2,
            waste_kg=sum((row.kg for row in materials), Decimal(0)),
            year_built=None if building is None else building.year_built,
            start=site.available_from,
        ),
        materials=materials,
        offers=offers,
        complete=read_completeness(session, lot_ids=[row.id for row in offers]),
        names=names,
    )
