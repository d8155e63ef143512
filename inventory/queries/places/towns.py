# SPDX-License-Identifier: EUPL-1.2
"""Towns as people name them: each with its point and municipality."""

from __future__ import annotations

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from inventory.queries.offers import AnyRow
from inventory.tables import Municipality, Town


def list_towns(session: Session) -> list[AnyRow]:
    """List the towns, the largest first: name, municipality_code, x and y (EPSG:25832, metres)."""
    query = select(
        Town.name, Town.municipality_code, func.ST_X(Town.geom).label("x"), func.ST_Y(Town.geom).label("y")
    )
    return list(session.execute(query.order_by(Town.population.desc().nulls_last(), Town.name, Town.id)))


def find_municipality_point(session: Session, *, code: str) -> tuple[float, float]:
    """Give a point inside a municipality (EPSG:25832, metres)."""
    query = select(func.ST_X(Municipality.geom), func.ST_Y(Municipality.geom))
    x, y = session.execute(query.where(Municipality.code == code)).one()
    return float(x), float(y)
