# SPDX-License-Identifier: EUPL-1.2
"""The towns round a place, for a map that names them."""

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from inventory.queries.offers import AnyRow
from inventory.tables import Town


def read_towns_near(
    session: Session, *, easting: float, northing: float, half_width: float, half_height: float, limit: int
) -> list[AnyRow]:
    """Read the largest towns in a box: name, easting, northing in EPSG:25832, the largest first.

    Parameters
    ----------
    session
    easting, northing
        The middle of the box, metres.
    half_width, half_height
        From its middle to its sides, metres.
    limit
        Most to give.
    """
    box = func.ST_MakeEnvelope(
        easting - half_width, northing - half_height, easting + half_width, northing + half_height, 25832
    )
    query = (
        select(Town.name, func.ST_X(Town.geom).label("easting"), func.ST_Y(Town.geom).label("northing"))
        .where(Town.geom.op("&&")(box))
        .order_by(Town.population.desc().nulls_last(), Town.name, Town.id)
        .limit(limit)
    )
    return list(session.execute(query))
