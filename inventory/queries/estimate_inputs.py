# SPDX-License-Identifier: EUPL-1.2
"""What the estimate reads: the register's attributes of donor buildings, and the measures of classes."""

from __future__ import annotations

import uuid
from collections.abc import Iterator, Sequence

import pandas as pd
from sqlalchemy import ColumnElement, Float, Select, Uuid, cast, func, select
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.orm import Session

from inventory.tables import Building, MaterialClass, Site

_AREAS = ("footprint_m2", "total_area_m2", "dwelling_area_m2", "business_area_m2")
_CODES = (
    "status_code",
    "use_code",
    "year_built",
    "year_rebuilt",
    "floors",
    "wall_code",
    "roof_code",
    "asbestos_code",
    "heating_code",
    "listed_code",
)


def count_buildings(session: Session, *, municipalities: Sequence[str] = ()) -> int:
    """Count the buildings of some municipalities; of the whole country where none is given."""
    query = select(func.count()).select_from(Building).join(Site).where(*_within(municipalities))
    return session.execute(query).scalar_one()


def read_buildings(
    session: Session, *, municipalities: Sequence[str] = (), size: int = 50_000
) -> Iterator[pd.DataFrame]:
    """Read buildings by site id, a table of at most `size` at a time.

    Parameters
    ----------
    session : Session
    municipalities : sequence of str
        Codes; empty = the whole country.
    size : int
        Rows per table.

    Yields
    ------
    DataFrame
        `site_id` (UUID), the areas in m2 and the codes of the register, empty = not registered.
    """
    last: uuid.UUID | None = None
    while True:
        query = _select_buildings().where(*_within(municipalities)).order_by(Site.id).limit(size)
        if last is not None:
            query = query.where(Site.id > last)
        table = _read_table(session, query)
        if table.empty:
            return
        yield table
        last = table["site_id"].iloc[-1]


def read_building(session: Session, *, site_id: uuid.UUID) -> pd.DataFrame:
    """Read one building as a table of one row; of none where the site is no building of the register."""
    return _read_table(session, _select_buildings().where(Site.id == site_id))


def read_buildings_of(session: Session, *, site_ids: Sequence[uuid.UUID]) -> pd.DataFrame:
    """Read the buildings of some sites as one table, by site id; sites without one have no row."""
    chosen = Site.id == func.any(cast(list(site_ids), ARRAY(Uuid())))
    return _read_table(session, _select_buildings().where(chosen).order_by(Site.id))


def read_measures(session: Session) -> dict[str, tuple[str, float, float]]:
    """Read unit, units per step and kg per unit (nan = not known) of every class in force, by code."""
    query = select(MaterialClass).where(MaterialClass.valid_to.is_(None))
    return {
        found.code: (
            found.unit.value,
            float(found.step),
            found.mass_g_per_step / float(found.step) / 1000 if found.mass_g_per_step else float("nan"),
        )
        for found in session.scalars(query)
    }


def _select_buildings() -> Select[*tuple[object, ...]]:
    codes = [getattr(Building, name) for name in _CODES]
    areas = [cast(getattr(Building, name), Float).label(name) for name in _AREAS]
    return select(Site.id.label("site_id"), *codes, *areas).select_from(Building).join(Site)


def _within(municipalities: Sequence[str]) -> list[ColumnElement[bool]]:
    return [Site.municipality_code.in_(municipalities)] if municipalities else []


def _read_table(session: Session, query: Select[*tuple[object, ...]]) -> pd.DataFrame:
    result = session.execute(query)
    return pd.DataFrame([tuple(row) for row in result], columns=list(result.keys()), dtype=object)
