# SPDX-License-Identifier: EUPL-1.2
"""Models, and the classes there are."""

from pathlib import Path

import pytest

from inventory.geography.reference import read_reference
from inventory.takeoff.rows import Takeoff
from inventory.takeoff.take_off import take_off
from tests.inventory.takeoff.models import CONVERSION, HOUSE, make_model


@pytest.fixture(scope="session")
def known_classes() -> dict[str, str]:
    """Unit of each tradable class, by its code."""
    rows = read_reference("material_classes.csv")
    return {row["code"]: row["unit"] for row in rows if row["tradable"] == "true"}


@pytest.fixture(scope="session")
def house_model(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The model of a house in Odense."""
    return make_model(tmp_path_factory.mktemp("model") / "house.ifc", HOUSE, CONVERSION)


@pytest.fixture(scope="session")
def house(house_model: Path) -> Takeoff:
    """What it holds."""
    return take_off(house_model)
