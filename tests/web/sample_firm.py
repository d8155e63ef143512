# SPDX-License-Identifier: EUPL-1.2
"""The demolition firm of the sample, and the days of one of its demolitions."""

from datetime import date

from sqlalchemy.orm import Session

from inventory.tables import Demolition, Organisation, Site
from tests.web.sample_ids import FIRM_ID, site_id


def insert_firm(session: Session) -> None:
    """Insert a firm with three of the buildings; of the school start and end may still move."""
    session.add(Organisation(id=FIRM_ID, name="Øst Nedrivning", kind="demolition_firm"))
    session.flush()
    for name in ("school_aarhus", "home_aarhus", "office_copenhagen"):
        session.get_one(Site, site_id(name)).organisation_id = FIRM_ID
    session.add(
        Demolition(
            site_id=site_id("school_aarhus"),
            source_kind="tender",
            source="Udbud 12, prøvedata",
            source_date=date(2026, 10, 1),
            start_early=date(2027, 1, 15),
            start_likely=date(2027, 1, 20),
            start_late=date(2027, 2, 1),
            end_early=date(2027, 6, 1),
            end_likely=date(2027, 6, 15),
            end_late=date(2027, 7, 1),
            notice_days=30,
        )
    )
    session.flush()
