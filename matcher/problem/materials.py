# SPDX-License-Identifier: EUPL-1.2
"""The tables of what is traded and what carries it: classes, substitutes, vehicles."""

from __future__ import annotations

from dataclasses import dataclass, field

from matcher.problem.column import MOST_CONVERSION, NONE, FloatArray, IntArray, RowArray, TextArray, describe


@dataclass(frozen=True, slots=True, kw_only=True)
class Classes:
    """Material classes; every rate is per step of the class."""

    id: TextArray = field(metadata=describe("id", "code of the class"))
    unit: TextArray = field(metadata=describe("text", "unit of the class", default="piece"))
    step: TextArray = field(
        metadata=describe("text", "quantity of one step, a decimal number of units", default="1")
    )
    mass_g: IntArray = field(
        metadata=describe("int64", "mass of one step", unit="g", minimum=0, maximum=10**12, default=0)
    )
    volume_ml: IntArray = field(
        metadata=describe(
            "int64",
            "volume of one step as loaded; 0 = not known",
            unit="ml",
            minimum=0,
            maximum=10**12,
            default=0,
        )
    )
    new_price_ore: FloatArray = field(
        metadata=describe("float", "price of one new step, the usual one", unit="øre", minimum=0, default=0.0)
    )
    new_co2e_mg: FloatArray = field(
        metadata=describe("float", "A1-A3 + C3 + C4 of one new step, the usual one", unit="mg", default=0.0)
    )
    storage_ore_per_day: FloatArray = field(
        metadata=describe("float", "storing one step for one day", unit="øre/day", minimum=0, default=0.0)
    )
    vehicle: RowArray = field(
        metadata=describe(
            "reference", "what carries it; null = carried free", refers="vehicles", null=NONE, default=NONE
        )
    )
    loading_mm: IntArray = field(
        metadata=describe(
            "int64",
            "length of the loading floor one step takes; 0 = not limiting",
            unit="mm",
            minimum=0,
            maximum=10**12,
            default=0,
            later=True,
        )
    )
    area_cm2: IntArray = field(
        metadata=describe(
            "int64",
            "floor one step takes in a hub",
            unit="cm2",
            minimum=0,
            maximum=10**12,
            default=0,
            later=True,
        )
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Substitutes:
    """Classes that may stand in for another."""

    class_: RowArray = field(metadata=describe("reference", "the class wanted", refers="classes"))
    substitute: RowArray = field(metadata=describe("reference", "the class offered", refers="classes"))
    p: IntArray = field(
        metadata=describe(
            "int64", "steps wanted that q steps offered make", minimum=1, maximum=MOST_CONVERSION, default=1
        )
    )
    q: IntArray = field(
        metadata=describe(
            "int64", "steps offered that make p steps wanted", minimum=1, maximum=MOST_CONVERSION, default=1
        )
    )
    penalty_ore: FloatArray = field(
        metadata=describe("float", "what standing in costs", unit="øre/step", minimum=0, default=0.0)
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Vehicles:
    """Kinds of lorry."""

    id: TextArray = field(metadata=describe("id", "code of the vehicle"))
    payload_g: IntArray = field(
        metadata=describe("int64", "most mass in one load", unit="g", minimum=1, maximum=10**12)
    )
    volume_ml: IntArray = field(
        metadata=describe(
            "int64",
            "most volume in one load; 0 = not limiting",
            unit="ml",
            minimum=0,
            maximum=10**12,
            default=0,
        )
    )
    ore_per_tonne_km: FloatArray = field(
        metadata=describe("float", "price of carrying", unit="øre/tkm", minimum=0)
    )
    co2e_mg_per_tonne_km: FloatArray = field(
        metadata=describe("float", "emission of carrying", unit="mg/tkm", minimum=0)
    )
    loading_mm: IntArray = field(
        metadata=describe(
            "int64",
            "length of the loading floor; 0 = not limiting",
            unit="mm",
            minimum=0,
            maximum=10**12,
            default=0,
            later=True,
        )
    )
    trip_ore: FloatArray = field(
        metadata=describe(
            "float",
            "what fetching from a lot costs, whatever is fetched",
            unit="øre",
            minimum=0,
            default=0.0,
            later=True,
        )
    )
    trip_ore_per_km: FloatArray = field(
        metadata=describe(
            "float", "the same, for each km of road", unit="øre/km", minimum=0, default=0.0, later=True
        )
    )
    load_ore: FloatArray = field(
        metadata=describe(
            "float", "what each load begun costs", unit="øre", minimum=0, default=0.0, later=True
        )
    )
    load_ore_per_km: FloatArray = field(
        metadata=describe(
            "float", "the same, for each km of road", unit="øre/km", minimum=0, default=0.0, later=True
        )
    )
