# SPDX-License-Identifier: EUPL-1.2
"""Material classes, vehicles and substitutes with their prices, from the packaged reference tables."""

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from inventory.geography.reference import read_reference

ORE_PER_DKK = 100
MG_PER_KG = 1_000_000
G_PER_KG = 1_000
G_PER_T = 1_000_000
ML_PER_L = 1_000
ML_PER_M3 = 1_000_000

Table = dict[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class ReferenceRates:
    """Classes with their rates per step: what a made-up lot or requirement is priced by.

    Parameters
    ----------
    classes, vehicles, substitutes
        Tables of a problem.
    code, unit, step
        Of each class, shape (n,).
    mass_kg
        Of one unit of each class.
    used_ore, preparation_ore, preparation_co2e_mg, disposal_ore, new_ore, new_co2e_mg
        Of one step of each class.
    """

    classes: Table
    vehicles: Table
    substitutes: Table
    code: NDArray[np.str_]
    unit: NDArray[np.str_]
    step: NDArray[np.float64]
    mass_kg: NDArray[np.float64]
    used_ore: NDArray[np.float64]
    preparation_ore: NDArray[np.float64]
    preparation_co2e_mg: NDArray[np.float64]
    disposal_ore: NDArray[np.float64]
    new_ore: NDArray[np.float64]
    new_co2e_mg: NDArray[np.float64]


def read_rates(*, n_classes: int) -> ReferenceRates:
    """Read the first tradable classes with their factors.

    Parameters
    ----------
    n_classes
        How many, in the order of the packaged table.

    Raises
    ------
    ValueError
        There are not so many.
    """
    rows = [row for row in read_reference("material_classes.csv") if row["tradable"] == "true"]
    if not 1 <= n_classes <= len(rows):
        raise ValueError(f"n_classes is {n_classes}; there are 1 to {len(rows)} tradable classes")
    rows = rows[:n_classes]
    codes = [row["code"] for row in rows]
    steps = np.array([float(row["step"]) for row in rows])
    factors = read_reference("factors.csv")
    value = {(row["kind"], row["class"], row["key"]): float(row["value"]) for row in factors if row["value"]}

    def per_step(kind: str, scale: int) -> NDArray[np.float64]:
        return np.asarray(np.array([value[kind, code, ""] for code in codes]) * steps * scale)

    def whole(column: str, scale: int) -> NDArray[np.int64]:
        per_unit = np.array([float(row[column] or 0) for row in rows])
        return np.asarray(np.round(per_unit * steps * scale), dtype=np.int64)

    new_ore, new_co2e = per_step("new_price", ORE_PER_DKK), per_step("new_co2e", MG_PER_KG)
    return ReferenceRates(
        classes={
            "id": codes,
            "unit": [row["unit"] for row in rows],
            "step": [row["step"] for row in rows],
            "mass_g": whole("mass_kg_per_unit", G_PER_KG),
            "volume_ml": whole("volume_l_per_unit", ML_PER_L),
            "new_price_ore": new_ore,
            "new_co2e_mg": new_co2e,
            "storage_ore_per_day": per_step("storage_price", ORE_PER_DKK),
            "vehicle": [row["vehicle"] for row in rows],
        },
        vehicles=_list_vehicles(value),
        substitutes=_list_substitutes(dict(zip(codes, steps.tolist(), strict=True))),
        code=np.array(codes),
        unit=np.array([row["unit"] for row in rows]),
        step=steps,
        mass_kg=np.array([float(row["mass_kg_per_unit"] or 0) for row in rows]),
        used_ore=per_step("used_price", ORE_PER_DKK),
        preparation_ore=per_step("preparation_price", ORE_PER_DKK),
        preparation_co2e_mg=per_step("preparation_co2e", MG_PER_KG),
        disposal_ore=per_step("disposal_avoided", ORE_PER_DKK),
        new_ore=new_ore,
        new_co2e_mg=new_co2e,
    )


def _list_vehicles(value: dict[tuple[str, str, str], float]) -> Table:
    keys = sorted(key for kind, _, key in value if kind == "vehicle_payload")
    return {
        "id": keys,
        "payload_g": [round(value["vehicle_payload", "", key] * G_PER_T) for key in keys],
        "volume_ml": [round(value["vehicle_volume", "", key] * ML_PER_M3) for key in keys],
        "ore_per_tonne_km": [value["transport_price", "", key] * ORE_PER_DKK for key in keys],
        "co2e_mg_per_tonne_km": [value["transport_co2e", "", key] * MG_PER_KG for key in keys],
    }


def _list_substitutes(steps: dict[str, float]) -> Table:
    rows = [
        row
        for row in read_reference("substitutes.csv")
        if row["class"] in steps and row["substitute"] in steps
    ]
    return {
        "class": [row["class"] for row in rows],
        "substitute": [row["substitute"] for row in rows],
        "p": [int(row["p"]) for row in rows],
        "q": [int(row["q"]) for row in rows],
        "penalty_ore": [
            float(row["penalty_dkk_per_unit"] or 0) * steps[row["class"]] * ORE_PER_DKK for row in rows
        ],
    }
