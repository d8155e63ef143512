# SPDX-License-Identifier: EUPL-1.2
"""The loaded areas of municipalities."""

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from inventory.tables import MunicipalityArea


def list_areas(session: Session) -> list[tuple[str, bytes]]:
    """List each loaded area as code and WKB in EPSG:25832, by code."""
    query = select(MunicipalityArea.code, func.ST_AsBinary(MunicipalityArea.geom, type_=None))
    rows = session.execute(query.order_by(MunicipalityArea.code))
    return [(str(code), bytes(wkb)) for code, wkb in rows]
