# SPDX-License-Identifier: EUPL-1.2
"""Recomputes inventory/reference/openings_in_models.csv: doors and windows of real building models.

Run ``GENBRO_REAL_DATA=<folder> .venv/bin/python data/make_openings.py [OUT.csv]`` where the folder holds
``07_ifc/*.ifc``. A model takes part where it declares a floor area: the building's gross floor area, else the
sum of its rooms, those called a roof left out. Such models are few, and they are examples of software houses,
not houses drawn from a stock: they show whether our assumptions look right, and cannot calibrate a range.
"""

from __future__ import annotations

import csv
import math
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import ifcopenshell
from ifcopenshell.util.element import get_aggregate, get_psets

from inventory.estimates.rules import EstimateRules, FactorRow, load_rules
from inventory.estimates.spread import Z90
from inventory.settings import get_settings

TABLE = Path(__file__).parents[1] / "inventory" / "reference" / "openings_in_models.csv"
KIND = "detached"
"""All of them are small houses."""
ROOM_AREAS = ("NetFloorArea", "Area", "GrossFloorArea")
COLUMNS = (
    "element",
    "model",
    "pieces",
    "floor_area_m2",
    "area_kind",
    "pieces_per_m2",
    "assumed_p10",
    "assumed_p50",
    "assumed_p90",
    "held",
    "source",
    "edition",
    "valid_from",
    "valid_to",
    "status",
    "note",
)
SOURCES = {
    "AC20-FZK-Haus.ifc": "FZK-Haus, KIT/IAI, via github ThatOpen/engine_web-ifc 233e3aa",
    "Ifc2x3_Duplex_Architecture.ifc": (
        "NIBS/buildingSMART common BIM files, CC BY 4.0, via github youshengCode/IfcSampleFiles 7e69279"
    ),
    "Ifc4_SampleHouse.ifc": "github youshengCode/IfcSampleFiles 7e69279",
}


def read_area(model: Any) -> tuple[float, str] | None:
    """Read the declared floor area of a model in m2 and what it is; None where it declares none."""
    for building in model.by_type("IfcBuilding"):
        gross = get_psets(building).get("BaseQuantities", {}).get("GrossFloorArea")
        if gross:
            return float(gross), "declared gross floor area"
    rooms = [_read_room(space) for space in model.by_type("IfcSpace") if not _is_roof(space)]
    total = sum(area for area in rooms if area is not None)
    return (total, "sum of rooms") if total > 0 else None


def _is_roof(space: Any) -> bool:
    storey = get_aggregate(space)
    names = (space.Name, space.LongName, storey.Name if storey is not None else None)
    return any(name and "roof" in name.casefold() for name in names)


def _read_room(space: Any) -> float | None:
    for values in get_psets(space).values():
        for name in ROOM_AREAS:
            if values.get(name):
                return float(values[name])
    return None


def _assume(element: str, rules: EstimateRules) -> tuple[float, float, float]:
    """Give P10, P50 and P90 of pieces per m2 as the tables have it; inner and outer doors are added."""

    def last(factor: str) -> FactorRow:
        fitting = [
            row for row in rules.factors[factor] if not row.condition.groups or KIND in row.condition.groups
        ]
        return fitting[-1]

    if element == "door":
        parts = [last("inner_doors_per_floor_area"), last("outer_doors_per_floor_area")]
        low, likely, high = (sum(getattr(part, end) for part in parts) for end in ("low", "likely", "high"))
        return low, likely, high
    area, pieces = last("window_area_per_floor_area"), last("windows_per_window_area")
    likely = area.likely * pieces.likely
    width = math.exp(Z90 * math.sqrt(area.variance + pieces.variance))
    return likely / width, likely, likely * width


def evaluate(folder: Path) -> Iterator[dict[str, str]]:
    """Yield the rows of the table, doors before windows, model by model."""
    rules = load_rules()
    for element, ifc_class in (("door", "IfcDoor"), ("window", "IfcWindow")):
        low, likely, high = _assume(element, rules)
        for path in sorted((folder / "07_ifc").glob("*.ifc")):
            model = ifcopenshell.open(str(path))
            area, pieces = read_area(model), len(model.by_type(ifc_class))
            if area is None or not pieces:
                continue
            ratio = pieces / area[0]
            yield {
                "element": element,
                "model": path.name,
                "pieces": str(pieces),
                "floor_area_m2": f"{area[0]:.2f}",
                "area_kind": area[1],
                "pieces_per_m2": f"{ratio:.4g}",
                "assumed_p10": f"{low:.4g}",
                "assumed_p50": f"{likely:.4g}",
                "assumed_p90": f"{high:.4g}",
                "held": "yes" if low <= ratio <= high else "no",
                "source": SOURCES[path.name],
                "edition": model.schema,
                "valid_from": "2026-11-27",
                "valid_to": "",
                "status": "sourced",
                "note": "not calibrated: too few models",
            }


def write_table(folder: Path, target: Path) -> None:
    """Write the whole table."""
    with target.open("w", encoding="utf-8", newline="") as handle:
        writer = csv.DictWriter(handle, COLUMNS, lineterminator="\n")
        writer.writeheader()
        writer.writerows(evaluate(folder))


if __name__ == "__main__":
    real = get_settings().real_data
    if real is None:
        sys.exit("Set GENBRO_REAL_DATA to the folder of real data.")
    write_table(real, Path(sys.argv[1]) if len(sys.argv) > 1 else TABLE)
