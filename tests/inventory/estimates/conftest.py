# SPDX-License-Identifier: EUPL-1.2
"""Rules and buildings for the estimate's tests."""

import uuid
from collections.abc import Callable
from typing import Any

import pandas as pd
import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from inventory.estimates.attributes import COLUMNS
from inventory.estimates.rules import EstimateRules, load_rules
from inventory.tables import Basis, Building, Lot, MaterialClass, Site, SiteKind, stable_id

HOUSE: dict[str, Any] = {
    "site_id": "house",
    "status_code": 6,
    "use_code": 120,
    "year_built": 1935,
    "year_rebuilt": None,
    "floors": 1,
    "footprint_m2": 120,
    "total_area_m2": 120,
    "dwelling_area_m2": 120,
    "business_area_m2": 0,
    "wall_code": 1,
    "roof_code": 5,
    "asbestos_code": None,
    "heating_code": 1,
    "listed_code": None,
}

MakeBuildings = Callable[..., pd.DataFrame]
MakeBuilding = Callable[..., uuid.UUID]
ReadLots = Callable[[uuid.UUID], dict[str, Lot]]


@pytest.fixture(scope="session")
def rules() -> EstimateRules:
    """The packaged rules."""
    return load_rules()


@pytest.fixture(scope="session")
def make_buildings() -> MakeBuildings:
    """Make buildings: each the detached brick house of 1935 with clay tiles but for what is given."""

    def make(*changes: dict[str, Any]) -> pd.DataFrame:
        rows = [HOUSE | {"site_id": f"b{n}"} | change for n, change in enumerate(changes or ({},))]
        return pd.DataFrame(rows, columns=list(COLUMNS))

    return make


@pytest.fixture
def make_building(session: Session) -> MakeBuilding:
    """Make a donor site with a detached brick house of 1935 but for what is given; names start with site_."""

    def make(ref: str, **change: Any) -> uuid.UUID:
        site_id = stable_id("site", "test", ref)
        site = {
            name.removeprefix("site_"): value for name, value in change.items() if name.startswith("site_")
        }
        attributes = {
            "status_code": 6,
            "use_code": 120,
            "year_built": 1935,
            "floors": 1,
            "footprint_m2": 120,
            "total_area_m2": 120,
            "wall_code": 1,
            "roof_code": 5,
            "heating_code": 1,
            "standing": True,
            "outbuilding": False,
        } | {name: value for name, value in change.items() if not name.startswith("site_")}
        session.add(Site(id=site_id, kind=SiteKind.DONOR, ref=ref, name=ref, **site))
        session.flush()
        session.add(Building(site_id=site_id, bbr_id=stable_id("bbr", ref), source="test", **attributes))
        session.flush()
        return site_id

    return make


@pytest.fixture
def read_lots(session: Session) -> ReadLots:
    """Read the estimated lots of a site by class, as the database has them now."""

    def read(site_id: uuid.UUID) -> dict[str, Lot]:
        found = session.execute(
            select(MaterialClass.code, Lot)
            .join(Lot, Lot.class_id == MaterialClass.id)
            .where(Lot.site_id == site_id, Lot.basis == Basis.ESTIMATED)
            .execution_options(populate_existing=True)
        )
        return {row.code: row.Lot for row in found}

    return read
