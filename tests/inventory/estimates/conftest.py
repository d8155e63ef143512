# SPDX-License-Identifier: EUPL-1.2
"""Rules and buildings for the estimate's tests."""

from collections.abc import Callable
from typing import Any

import pandas as pd
import pytest

from inventory.estimates.attributes import COLUMNS
from inventory.estimates.rules import EstimateRules, load_rules

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
