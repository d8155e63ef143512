# SPDX-License-Identifier: EUPL-1.2
"""Recomputes inventory/reference/calibration.csv from the real data.

Run ``GENBRO_REAL_DATA=<folder> .venv/bin/python data/make_calibration.py [OUT.csv]`` where the folder holds
``04_material_intensity/tabula_dk_building_variants.csv`` and ``02_bbr/bbr_enhed_2020.csv``;
docs/explanation/estimates.md says why the buildings are read as they are. Nothing that was generated,
averaged or assumed counts as truth.
"""

from __future__ import annotations

import csv
import sys
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pandas as pd

from inventory.estimates.coverage import fit_area_ratios, fit_count_ratios, try_left_out
from inventory.settings import get_settings

TABLE = Path(__file__).parents[1] / "inventory" / "reference" / "calibration.csv"
COLUMNS = (
    "element",
    "factor",
    "groups",
    "unit",
    "p10",
    "p50",
    "p90",
    "tested",
    "held",
    "left_out_by",
    "method",
    "source",
    "edition",
    "valid_from",
    "valid_to",
    "status",
    "note",
)
SIZES = {"SFH": "detached", "TH": "row", "AB": "apartment"}
DWELLINGS = {
    **dict.fromkeys((110, 120, 122, 190), "detached"),
    **dict.fromkeys((121, 130, 131, 132), "row"),
    140: "apartment",
    510: "holiday",
}
SLOPED_ROOF = 1.2
TABULA = "TABULA/EPISCOPE Denmark, real example buildings (ReEx), CC BY 4.0, via hisim 1.2.4"
UNITS = "BBR units in use, OIS extract of 2020-04-18, via DanmarksAdresser/Dawa 42efdd8 (MIT)"
STUDENT = "Student prediction interval of the log ratio"
CONFORMAL = "median ratio with the narrowest width that holds 80 % in whole numbers"


def read_envelopes(folder: Path) -> pd.DataFrame:
    """Read the real Danish example buildings as the building register would have them.

    TABULA counts a used attic as a storey, the register does not: a house whose insulated roof is more than
    1.2 times its storey has one storey less, and the area on the ground as footprint.

    Returns
    -------
    DataFrame
        `type`, `group`, truths `outer_wall`, `roof`, `window_area` (m2), and bases `perimeter` (4 sqrt(A) n,
        m), `footprint` and `floor_area` (m2).
    """
    table = pd.read_csv(folder / "04_material_intensity" / "tabula_dk_building_variants.csv")
    real = table[(table["Number_BuildingVariant"] == 1) & (table["Code_DataType_Building"] == "ReEx")]
    area, storeys = real["A_C_ExtDim"], real["n_Storey"]
    roof = real["A_Roof_1"] + real["A_Roof_2"]
    attic = (real["Code_RoofType"] == "TR") & (storeys > 1) & (roof / (area / storeys) > SLOPED_ROOF)
    footprint = (area / storeys).where(~attic, real["A_Floor_1"] + real["A_Floor_2"])
    return pd.DataFrame(
        {
            "type": real["Code_BuildingType"],
            "group": real["Code_BuildingSizeClass"].map(SIZES),
            "outer_wall": real[["A_Wall_1", "A_Wall_2", "A_Wall_3"]].sum(axis=1),
            "roof": roof,
            "window_area": real["A_Window_1"] + real["A_Window_2"],
            "perimeter": 4 * np.sqrt(footprint) * (storeys - attic),
            "footprint": footprint,
            "floor_area": area,
        }
    )


def read_dwellings(folder: Path) -> pd.DataFrame:
    """Read the register's dwellings in use with their toilets and bathrooms; `area` in m2."""
    units = pd.read_csv(folder / "02_bbr" / "bbr_enhed_2020.csv", dtype={"kommunekode": str})
    homes = pd.DataFrame(
        {
            "municipality": units["kommunekode"],
            "group": units["enh020EnhedensAnvendelse"].map(DWELLINGS),
            "area": units["enh027ArealTilBeboelse"].where(
                units["enh027ArealTilBeboelse"] > 0, units["enh026EnhedensSamledeAreal"]
            ),
            "toilet": units["enh065AntalVandskylledeToiletter"],
            "bathroom": units["enh066AntalBadeværelser"],
        }
    )
    return homes[(units["status"] == 6) & (homes["area"] > 0)].dropna()


def calibrate(folder: Path) -> Iterator[dict[str, str]]:
    """Yield the rows of the table, element by element and group by group."""
    envelopes, homes = read_envelopes(folder), read_dwellings(folder)
    area = {"left_out_by": "type", "method": STUDENT, "source": TABULA, "edition": "hisim 1.2.4"}
    count = {"left_out_by": "municipality", "method": CONFORMAL, "source": UNITS, "edition": "2020-04-18"}
    for element, factor, base, unit in (
        ("outer_wall", "wall_per_perimeter", "perimeter", "m2/m"),
        ("roof", "roof_per_footprint", "footprint", "m2/m2"),
        ("window_area", "window_area_per_floor_area", "floor_area", "m2/m2"),
    ):
        about = {"element": element, "factor": factor, "unit": unit, **area}
        yield from _calibrate(envelopes, base=base, about=about)
    for element, factor in (
        ("toilet", "toilets_per_heated_area"),
        ("bathroom", "bathrooms_per_heated_area"),
    ):
        about = {"element": element, "factor": factor, "unit": "piece/m2", **count}
        yield from _calibrate(homes, base="area", about=about)


def write_table(folder: Path, target: Path) -> None:
    """Write the whole table."""
    with target.open("w", encoding="utf-8", newline="") as handle:
        writer = csv.DictWriter(handle, COLUMNS, lineterminator="\n")
        writer.writeheader()
        writer.writerows(calibrate(folder))


def _calibrate(rows: pd.DataFrame, *, base: str, about: dict[str, str]) -> Iterator[dict[str, str]]:
    counts = about["unit"].startswith("piece")
    truth, bases = (rows[name].to_numpy(dtype=np.float64) for name in (about["element"], base))
    kinds, left_out = (rows[name].to_numpy(dtype=object) for name in ("group", about["left_out_by"]))
    held = try_left_out(truth, bases, kinds=kinds, left_out=left_out, counts=counts)
    for kind, ratio in (fit_count_ratios if counts else fit_area_ratios)(truth, bases, kinds=kinds).items():
        yield about | {
            "groups": kind,
            "p10": f"{ratio.low:.5g}",
            "p50": f"{ratio.likely:.5g}",
            "p90": f"{ratio.high:.5g}",
            "tested": str((kinds == kind).sum()),
            "held": str(held[kinds == kind].sum()),
            "valid_from": "2026-11-27",
            "valid_to": "",
            "status": "sourced",
            "note": "",
        }


if __name__ == "__main__":
    real = get_settings().real_data
    if real is None:
        sys.exit("Set GENBRO_REAL_DATA to the folder of real data.")
    write_table(real, Path(sys.argv[1]) if len(sys.argv) > 1 else TABLE)
