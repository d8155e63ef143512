# SPDX-License-Identifier: EUPL-1.2
"""Classes, substitutes and vehicles of a problem: every factor looked up, every rate per step."""

from decimal import Decimal
from typing import Any

from sqlalchemy import Connection, select

from inventory.matching.facts import Facts
from inventory.tables.material_class import MaterialClass
from inventory.tables.substitute import Substitute

ORE_PER_DKK = 100
MG_PER_KG = 1_000_000
G_PER_T = 1_000_000
ML_PER_M3 = 1_000_000
# Columns of the vehicles table -> kinds of factor, in DKK, per vehicle.
TRIP_COSTS = {
    "trip_ore": "trip_price",
    "trip_ore_per_km": "trip_km_price",
    "load_ore": "load_price",
    "load_ore_per_km": "load_km_price",
}

Table = dict[str, Any]


def _per_step(facts: Facts, kind: str, row: Any, scale: int) -> float:
    value = facts.value(kind, subject=f"class {row.code}", class_id=row.id)
    return float(value * row.step * scale)


def read_class_rows(connection: Connection) -> list[Any]:
    """Read the tradable classes, by code."""
    return list(
        connection.execute(
            select(
                MaterialClass.id,
                MaterialClass.code,
                MaterialClass.unit,
                MaterialClass.step,
                MaterialClass.mass_g_per_step,
                MaterialClass.volume_ml_per_step,
                MaterialClass.vehicle,
            )
            .where(MaterialClass.tradable)
            .order_by(MaterialClass.code)
        )
    )


def make_classes(rows: list[Any], *, facts: Facts) -> Table:
    """Make the classes table of a problem from class rows and the factors in force.

    Raises
    ------
    MissingFactorError
        A class lacks a price or an emission.
    """
    return {
        "id": [row.code for row in rows],
        "unit": [str(row.unit) for row in rows],
        "step": [f"{row.step.normalize():f}" for row in rows],
        "mass_g": [row.mass_g_per_step for row in rows],
        "volume_ml": [row.volume_ml_per_step for row in rows],
        "new_price_ore": [_per_step(facts, "new_price", row, ORE_PER_DKK) for row in rows],
        "new_co2e_mg": [_per_step(facts, "new_co2e", row, MG_PER_KG) for row in rows],
        "storage_ore_per_day": [_per_step(facts, "storage_price", row, ORE_PER_DKK) for row in rows],
        "vehicle": [row.vehicle for row in rows],
    }


def make_lot_defaults(rows: list[Any], *, facts: Facts) -> Table:
    """Make what a lot of each class costs, per step, where the lot itself says nothing."""
    return {
        "price_ore": [_per_step(facts, "used_price", row, ORE_PER_DKK) for row in rows],
        "preparation_ore": [_per_step(facts, "preparation_price", row, ORE_PER_DKK) for row in rows],
        "preparation_co2e_mg": [_per_step(facts, "preparation_co2e", row, MG_PER_KG) for row in rows],
        "disposal_avoided_ore": [_per_step(facts, "disposal_avoided", row, ORE_PER_DKK) for row in rows],
    }


def make_vehicles(*, facts: Facts, trip_costs: bool) -> Table:
    """Make the vehicles table of a problem: payload, volume, price and emission of each vehicle.

    Parameters
    ----------
    facts
        The factors in force.
    trip_costs
        Whether a lorry is paid by the trip and by the load begun, as hauliers charge it. The price of a
        tonne-kilometre, which is that of a km spread over a full load, then counts nothing, or driving would
        be paid twice; the emissions stay per tonne-kilometre.
    """
    keys = list(facts.keys("vehicle_payload"))

    def rates(kind: str, scale: int) -> list[Decimal]:
        return [facts.value(kind, subject=f"vehicle {key}", key=key) * scale for key in keys]

    vehicles: Table = {
        "id": keys,
        "payload_g": [int(value) for value in rates("vehicle_payload", G_PER_T)],
        "volume_ml": [int(value) for value in rates("vehicle_volume", ML_PER_M3)],
        "ore_per_tonne_km": (
            [0.0] * len(keys) if trip_costs else [float(v) for v in rates("transport_price", ORE_PER_DKK)]
        ),
        "co2e_mg_per_tonne_km": [float(value) for value in rates("transport_co2e", MG_PER_KG)],
    }
    if trip_costs:
        for column, kind in TRIP_COSTS.items():
            vehicles[column] = [float(value) for value in rates(kind, ORE_PER_DKK)]
    return vehicles


def read_substitutes(connection: Connection, *, codes: dict[int, str]) -> Table:
    """Read which class may stand in for which, with what it costs per step.

    Parameters
    ----------
    connection
        Inside the snapshot's transaction.
    codes
        Class id to code, for the classes of the problem.
    """
    rows = [
        row
        for row in connection.execute(
            select(Substitute).order_by(Substitute.class_id, Substitute.substitute_id)
        )
        if row.class_id in codes and row.substitute_id in codes
    ]
    return {
        "class": [codes[row.class_id] for row in rows],
        "substitute": [codes[row.substitute_id] for row in rows],
        "p": [row.p for row in rows],
        "q": [row.q for row in rows],
        "penalty_ore": [float(row.penalty_ore) for row in rows],
    }
