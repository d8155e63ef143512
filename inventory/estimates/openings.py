# SPDX-License-Identifier: EUPL-1.2
"""How much truth there is of doors and windows by the piece: too few building models to calibrate by."""

from __future__ import annotations

import csv
from functools import cache
from importlib import resources


@cache
def count_opening_models() -> int:
    """Count the building models in which doors and windows could be counted per m2 of floor."""
    table = resources.files("inventory").joinpath("reference", "openings_in_models.csv")
    with table.open(encoding="utf-8") as file:
        return len({row["model"] for row in csv.DictReader(file)})
