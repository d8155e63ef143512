# SPDX-License-Identifier: EUPL-1.2
"""Makes the demo inventory: data/demo/{buildings,hubs,lots,requirements}.csv, the same every time.

Run ``.venv/bin/python data/make_demo.py [FOLDER]``. Nothing is read but the packaged reference tables
and nothing is random but the seed below: see data/README.md for what is real and what is invented.
"""

import csv
import sys
from pathlib import Path
from random import Random

from demo_maker import buildings, hubs, lots, requirements
from demo_maker.places import read_towns

SEED = 20261201
HERE = Path(__file__).resolve().parent


def write_table(path: Path, *, columns: list[str], rows: list[dict[str, str]]) -> None:
    """Write rows as UTF-8 CSV with commas and Unix line ends."""
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, columns, lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)


def make_demo(folder: Path) -> None:
    """Write the four files into a folder, each from its own stream of random numbers."""
    folder.mkdir(parents=True, exist_ok=True)
    towns = read_towns()
    donors = buildings.make_buildings(towns, rng=Random(f"{SEED} buildings"))
    offered = lots.make_lots(donors, towns, rng=Random(f"{SEED} lots"))
    wanted = requirements.make_requirements(towns, rng=Random(f"{SEED} requirements"))
    write_table(folder / "buildings.csv", columns=buildings.COLUMNS, rows=[donor.row for donor in donors])
    write_table(folder / "hubs.csv", columns=hubs.COLUMNS, rows=hubs.make_hubs(towns))
    write_table(folder / "lots.csv", columns=lots.COLUMNS, rows=offered)
    write_table(folder / "requirements.csv", columns=requirements.COLUMNS, rows=wanted)


if __name__ == "__main__":
    make_demo(Path(sys.argv[1]) if len(sys.argv) > 1 else HERE / "demo")
