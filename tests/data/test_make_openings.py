# SPDX-License-Identifier: EUPL-1.2
"""The table of doors and windows is what its maker makes of the models, and claims no more than it can."""

import csv
import os
import subprocess
import sys
from pathlib import Path

from inventory.estimates.openings import count_opening_models
from inventory.estimates.rules import EstimateRules, load_rules

ROOT = Path(__file__).resolve().parents[2]
TABLE = ROOT / "inventory" / "reference" / "openings_in_models.csv"


def test_the_maker_reproduces_the_committed_table(real_data: Path, tmp_path: Path) -> None:
    """Where the models are at hand, making the table again gives it byte for byte."""
    made = tmp_path / "openings.csv"
    subprocess.run(
        [sys.executable, ROOT / "data" / "make_openings.py", made],
        check=True,
        env=os.environ | {"GENBRO_REAL_DATA": str(real_data)},
    )
    assert made.read_bytes() == TABLE.read_bytes()


def test_the_page_says_how_many_models_there_are() -> None:
    """What a building's page says of doors and windows is counted in the table."""
    with TABLE.open(encoding="utf-8", newline="") as file:
        assert count_opening_models() == len({row["model"] for row in csv.DictReader(file)}) == 3


def test_three_models_calibrate_nothing() -> None:
    """Three models a class are named not calibrated, and no range of doors or windows claims a share held."""
    with TABLE.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert [row["element"] for row in rows] == ["door"] * 3 + ["window"] * 3
    assert {row["note"] for row in rows} == {"not calibrated: too few models"}
    rules: EstimateRules = load_rules()
    assert not {"door", "window"} & set(rules.calibrations)
