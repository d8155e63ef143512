# SPDX-License-Identifier: EUPL-1.2
"""The calibration table is what its maker makes of the real data."""

import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]


def test_the_maker_reproduces_the_committed_table(real_data: Path, tmp_path: Path) -> None:
    """Where the real data is at hand, making the table again gives it byte for byte."""
    made = tmp_path / "calibration.csv"
    subprocess.run(
        [sys.executable, ROOT / "data" / "make_calibration.py", made],
        check=True,
        env=os.environ | {"GENBRO_REAL_DATA": str(real_data)},
    )
    assert made.read_bytes() == (ROOT / "inventory" / "reference" / "calibration.csv").read_bytes()
