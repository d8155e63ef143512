# SPDX-License-Identifier: EUPL-1.2
"""The storage hub of the sample."""

from decimal import Decimal

from sqlalchemy.orm import Session

from inventory.tables import Hub, Site
from tests.web.sample_ids import HUB_ID


def insert_hub(session: Session) -> None:
    """Insert a hub in Greve, on the way from Copenhagen to Roskilde."""
    session.add(
        Site(
            id=HUB_ID,
            kind="hub",
            ref="HUB-GREVE",
            name="Genbrugshub Greve",
            municipality_code="0253",
            geom="SRID=25832;POINT(705600 6165300)",
        )
    )
    session.flush()
    session.add(
        Hub(site_id=HUB_ID, area_m2=120, price_ore_per_m2_day=Decimal(75), opening_hours="Man-fre 7-15")
    )
    session.flush()
