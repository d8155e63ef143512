# SPDX-License-Identifier: EUPL-1.2
"""What the tests of papers ask of the reference tables."""

import csv
from pathlib import Path

import pytest

import inventory


@pytest.fixture(scope="session")
def class_codes() -> set[str]:
    """The codes of all classes."""
    path = Path(inventory.__file__).parent / "reference" / "material_classes.csv"
    with path.open(encoding="utf-8", newline="") as file:
        return {row["code"] for row in csv.DictReader(file)}
