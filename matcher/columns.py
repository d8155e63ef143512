# SPDX-License-Identifier: EUPL-1.2
"""The tables of a problem: every column with its kind, unit, default and meaning."""

from __future__ import annotations

from dataclasses import dataclass, field, fields
from typing import Any

from matcher.column import (
    DOCUMENTATION_CODES,
    FIRMNESS_CODES,
    NONE,
    OPEN,
    SCREENING_CODES,
    UNKNOWN,
    BoolArray,
    CodeArray,
    Column,
    DayArray,
    FloatArray,
    IntArray,
    RowArray,
    TextArray,
    describe,
)
from matcher.lots import Lots
from matcher.params import Params
from matcher.requirements import Requirements

__all__ = [
    "ATTRIBUTE_PREFIXES",
    "DOCUMENTATION_CODES",
    "FIRMNESS_CODES",
    "NONE",
    "OPEN",
    "SCREENING_CODES",
    "SIDE_RULES",
    "TABLES",
    "UNKNOWN",
    "BoolArray",
    "Classes",
    "CodeArray",
    "DayArray",
    "FloatArray",
    "IntArray",
    "Lots",
    "Pairs",
    "Params",
    "Projects",
    "Requirements",
    "Roads",
    "RowArray",
    "Sites",
    "Substitutes",
    "TextArray",
    "Vehicles",
    "list_columns",
    "read_column",
]


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
