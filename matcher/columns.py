# SPDX-License-Identifier: EUPL-1.2
"""The tables of a problem: every column with its kind, unit, default and meaning."""

from __future__ import annotations

from dataclasses import dataclass, field, fields
from typing import Any

import numpy as np
from numpy.typing import NDArray

from matcher.column import Column, describe

IntArray = NDArray[np.int64]
DayArray = NDArray[np.int32]
RowArray = NDArray[np.int32]
CodeArray = NDArray[np.int8]
FloatArray = NDArray[np.float64]
BoolArray = NDArray[np.bool_]
TextArray = NDArray[np.object_]

UNKNOWN = -(2**31)
"""An attribute without a value, or a lower bound that is open."""
OPEN = 2**31 - 1
"""An upper bound that is open, or a decide-by day that never comes."""
NONE = -1
"""No row referred to, or 'the default of the params'."""

DOCUMENTATION_CODES = ("none", "basic", "tested")
SCREENING_CODES = ("clean", "unknown", "contaminated", "hazardous")
FIRMNESS_CODES = ("possible", "permit_applied", "permit_given", "started")


@dataclass(frozen=True, slots=True, kw_only=True)
class Params:
    """What a planner may change per run; all of it part of the digest."""

    carbon_price_ore_per_tonne: int = field(
        metadata=describe("int64", "what a tonne of CO2e costs", unit="øre/t", minimum=0, default=0)
    )
    detour_permille: int = field(
        metadata=describe(
            "int64",
            "road metres per 1000 metres of straight line",
            unit="‰",
            minimum=1000,
            maximum=10_000,
            default=1300,
        )
    )
    near_metres: int = field(
        metadata=describe(
            "int64",
            "below this straight line, inside one land mass, the detour factor is used",
            unit="m",
            minimum=0,
            maximum=10_000_000,
            default=60_000,
        )
    )
    default_max_metres: int = field(
        metadata=describe(
            "int64",
            "longest road where a requirement says none",
            unit="m",
            minimum=0,
            maximum=10_000_000,
            default=75_000,
        )
    )
    cap_metres: int = field(
        metadata=describe(
            "int64",
            "longest road for any requirement",
            unit="m",
            minimum=0,
            maximum=10_000_000,
            default=200_000,
        )
    )
    default_storage_days: int = field(
        metadata=describe(
            "int64",
            "most days in storage where a requirement says none",
            unit="days",
            minimum=0,
            maximum=36_525,
            default=365,
        )
    )
    quantile: str = field(
        metadata=describe("text", "which estimate counts: recorded, not used here", default="p10")
    )
    selection: dict[str, Any] = field(
        metadata=describe("text", "what the run selected: recorded, not used here", default=None)
    )


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


@dataclass(frozen=True, slots=True, kw_only=True)
class Substitutes:
    """Classes that may stand in for another."""

    class_: RowArray = field(metadata=describe("reference", "the class wanted", refers="classes"))
    substitute: RowArray = field(metadata=describe("reference", "the class offered", refers="classes"))
    p: IntArray = field(
        metadata=describe("int64", "steps wanted that q steps offered make", minimum=1, default=1)
    )
    q: IntArray = field(
        metadata=describe("int64", "steps offered that make p steps wanted", minimum=1, default=1)
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


@dataclass(frozen=True, slots=True, kw_only=True)
class Roads:
    """Nodes of the trunk-road graph and the metres between all of them."""

    id: TextArray = field(metadata=describe("id", "code of the node"))
    x_m: IntArray = field(
        metadata=describe("int64", "easting, EPSG:25832", unit="m", minimum=-(10**8), maximum=10**8)
    )
    y_m: IntArray = field(
        metadata=describe("int64", "northing, EPSG:25832", unit="m", minimum=-(10**8), maximum=10**8)
    )
    metres: DayArray = field(
        metadata=describe(
            "matrix",
            "road metres from this node to every node in the order given; -1 = no way",
            unit="m",
            minimum=-1,
        )
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Sites:
    """Places with a point."""

    id: TextArray = field(metadata=describe("id", "id of the site"))
    x_m: IntArray = field(
        metadata=describe("int64", "easting, EPSG:25832", unit="m", minimum=-(10**8), maximum=10**8)
    )
    y_m: IntArray = field(
        metadata=describe("int64", "northing, EPSG:25832", unit="m", minimum=-(10**8), maximum=10**8)
    )
    land: TextArray = field(
        metadata=describe(
            "text", "land mass; empty = not known, then reached by its road node alone", default=""
        )
    )
    node: RowArray = field(
        metadata=describe("reference", "nearest node of the roads", refers="roads", null=NONE, default=NONE)
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Lots:
    """What is offered; every rate is per step."""

    id: TextArray = field(metadata=describe("id", "id of the lot"))
    class_: RowArray = field(metadata=describe("reference", "its class", refers="classes"))
    site: RowArray = field(metadata=describe("reference", "where it is", refers="sites"))
    quantity: IntArray = field(
        metadata=describe("int64", "quantity that counts", unit="steps", minimum=0, maximum=2**40)
    )
    available_from: DayArray = field(metadata=describe("day", "first day it can be picked up"))
    available_to: DayArray = field(metadata=describe("day", "first day it no longer can"))
    decide_by: DayArray = field(
        metadata=describe("day", "last day someone may commit to it; null = none", null=OPEN, default=OPEN)
    )
    price_ore: FloatArray = field(metadata=describe("float", "price asked", unit="øre/step", default=0.0))
    preparation_ore: FloatArray = field(
        metadata=describe("float", "cost of making it fit for use", unit="øre/step", minimum=0, default=0.0)
    )
    preparation_co2e_mg: FloatArray = field(
        metadata=describe("float", "emission of the same", unit="mg/step", minimum=0, default=0.0)
    )
    disposal_avoided_ore: FloatArray = field(
        metadata=describe("float", "disposal cost that is saved", unit="øre/step", minimum=0, default=0.0)
    )
    documentation: CodeArray = field(
        metadata=describe("code", "how well documented", codes=DOCUMENTATION_CODES, default=1)
    )
    screening: CodeArray = field(
        metadata=describe(
            "code",
            "what the screening found; asbestos-suspect counts as hazardous",
            codes=SCREENING_CODES,
            default=1,
        )
    )
    counts_zero: BoolArray = field(
        metadata=describe("bool", "a used product, which BR18 counts as 0", default=True)
    )
    estimated: BoolArray = field(
        metadata=describe("bool", "quantity is an estimate: recorded, not used here", default=False)
    )
    firmness: CodeArray = field(
        metadata=describe(
            "code", "how sure the window is: recorded, not used here", codes=FIRMNESS_CODES, default=0
        )
    )
    attribute: DayArray = field(
        metadata=describe(
            "attributes",
            "value of an attribute; null = not known",
            null=UNKNOWN,
            default=UNKNOWN,
            item="int32",
        )
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Requirements:
    """What is wanted; every rate is per step."""

    id: TextArray = field(metadata=describe("id", "id of the requirement"))
    class_: RowArray = field(metadata=describe("reference", "the class wanted", refers="classes"))
    site: RowArray = field(metadata=describe("reference", "where it is wanted", refers="sites"))
    project: RowArray = field(
        metadata=describe("reference", "its project", refers="projects", null=NONE, default=NONE)
    )
    quantity: IntArray = field(
        metadata=describe("int64", "quantity wanted", unit="steps", minimum=1, maximum=2**40)
    )
    wanted_from: DayArray = field(metadata=describe("day", "first day it can be received"))
    wanted_to: DayArray = field(metadata=describe("day", "first day it no longer can"))
    commit_from: DayArray = field(
        metadata=describe(
            "day", "first day the project can commit; null = any", null=UNKNOWN, default=UNKNOWN
        )
    )
    max_metres: DayArray = field(
        metadata=describe(
            "int32", "longest road; null = default_max_metres", unit="m", minimum=-1, null=NONE, default=NONE
        )
    )
    storage_days: DayArray = field(
        metadata=describe(
            "int32",
            "most days in storage; null = default_storage_days",
            unit="days",
            minimum=-1,
            null=NONE,
            default=NONE,
        )
    )
    substitutes_ok: BoolArray = field(
        metadata=describe("bool", "whether a substitute may stand in", default=False)
    )
    unknown_screening_ok: BoolArray = field(
        metadata=describe("bool", "whether a lot that was not screened will do", default=False)
    )
    documentation_min: CodeArray = field(
        metadata=describe("code", "least documentation", codes=DOCUMENTATION_CODES, default=1)
    )
    new_price_ore: FloatArray = field(
        metadata=describe("float", "price of buying new", unit="øre/step", minimum=0)
    )
    new_co2e_mg: FloatArray = field(
        metadata=describe("float", "A1-A3 + C3 + C4 of buying new", unit="mg/step", default=0.0)
    )
    minimum: DayArray = field(
        metadata=describe(
            "attributes",
            "least value of an attribute; null = open",
            null=UNKNOWN,
            default=UNKNOWN,
            item="int32",
        )
    )
    maximum: DayArray = field(
        metadata=describe(
            "attributes", "greatest value of an attribute; null = open", null=OPEN, default=OPEN, item="int32"
        )
    )
    unknown_ok: BoolArray = field(
        metadata=describe("attributes", "whether a lot without the value will do", default=False, item="bool")
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Projects:
    """Building projects."""

    id: TextArray = field(metadata=describe("id", "id of the project"))
    builder: TextArray = field(metadata=describe("text", "who builds", default=""))


@dataclass(frozen=True, slots=True, kw_only=True)
class Pairs:
    """Allowed pairs with their cost, given instead of computed."""

    lot: RowArray = field(metadata=describe("reference", "the lot", refers="lots"))
    requirement: RowArray = field(metadata=describe("reference", "the requirement", refers="requirements"))
    cost: IntArray = field(
        metadata=describe("int64", "cost of one step", unit="1/1000 øre", minimum=-(10**15), maximum=10**15)
    )


TABLES: dict[str, type] = {
    "classes": Classes,
    "substitutes": Substitutes,
    "vehicles": Vehicles,
    "roads": Roads,
    "sites": Sites,
    "lots": Lots,
    "requirements": Requirements,
    "projects": Projects,
    "pairs": Pairs,
}
"""The tables of a problem in the order of the file; `pairs` is optional."""

SIDE_RULES: dict[str, frozenset[str]] = {
    "lots": frozenset({"minimum_take", "indivisible"}),
    "requirements": frozenset(
        {
            "minimum_fulfilment",
            "most_donors",
            "mixing",
            "breakage",
            "priority",
            "alternative",
            "design_option",
        }
    ),
    "projects": frozenset({"budget_ore", "budget"}),
    "vehicles": frozenset({"trip_ore", "load_ore"}),
}
"""Columns that stand for rules of the plan; the plain tier refuses them by name."""

ATTRIBUTE_PREFIXES: dict[str, str] = {
    "attribute": "attribute.",
    "minimum": "minimum.",
    "maximum": "maximum.",
    "unknown_ok": "unknown_ok.",
}
"""How the columns of an attribute family are called in files: prefix and attribute name."""


def list_columns(table: type) -> dict[str, Column]:
    """Return the columns of a table (or of `Params`) by their name in files, in order.

    Parameters
    ----------
    table
        One of the classes of `TABLES`, or `Params`.
    """
    return {item.name.rstrip("_"): item.metadata["column"] for item in fields(table)}


def read_column(table: object, *, name: str) -> Any:
    """Return the array of one column by its name in files.

    Parameters
    ----------
    table
        An instance of one of the classes of `TABLES`.
    name
        Name in files, such as ``class``.
    """
    return getattr(table, "class_" if name == "class" else name)
