# SPDX-License-Identifier: EUPL-1.2
"""The geography tables are what their maker makes of the public geodata."""

import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
TABLES = ("land_masses.csv", "municipalities.csv", "towns.csv")


def test_the_maker_reproduces_the_committed_tables(real_data: Path, tmp_path: Path) -> None:
    """Where the geodata is at hand, making the tables again gives them byte for byte."""
    subprocess.run(
        [sys.executable, ROOT / "data" / "make_geography.py", tmp_path],
        check=True,
        env=os.environ | {"GENBRO_REAL_DATA": str(real_data)},
    )
    for name in TABLES:
        made, committed = tmp_path / name, ROOT / "inventory" / "reference" / name
        assert made.read_bytes() == committed.read_bytes(), name
