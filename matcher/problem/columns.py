# SPDX-License-Identifier: EUPL-1.2
"""The tables of a problem: every column with its kind, unit, default and meaning."""

from __future__ import annotations

from dataclasses import dataclass, field, fields
from typing import Any

from matcher.problem.column import (
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
from matcher.problem.hubs import Hubs
from matcher.problem.lots import Lots
from matcher.problem.materials import Classes, Substitutes, Vehicles
from matcher.problem.params import Params
from matcher.problem.requirements import Requirements

__all__ = [
    "ATTRIBUTE_PREFIXES",
    "DOCUMENTATION_CODES",
    "FIRMNESS_CODES",
    "NONE",
    "OPEN",
    "SCREENING_CODES",
    "TABLES",
    "UNKNOWN",
    "BoolArray",
    "Classes",
    "CodeArray",
    "DayArray",
    "FloatArray",
    "Hubs",
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
    budget_ore: IntArray = field(
        metadata=describe(
            "int64",
            "most it may pay above buying new, in money; null = any",
            unit="øre",
            minimum=0,
            maximum=10**15,
            null=NONE,
            default=NONE,
            later=True,
        )
    )
    public: BoolArray = field(
        metadata=describe("bool", "whether a public body builds", default=False, later=True)
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Pairs:
    """Allowed pairs with their cost, given instead of computed."""

    lot: RowArray = field(metadata=describe("reference", "the lot", refers="lots"))
    requirement: RowArray = field(metadata=describe("reference", "the requirement", refers="requirements"))
    cost: IntArray = field(
        metadata=describe("int64", "cost of one step", unit="1/1000 øre", minimum=-(10**15), maximum=10**15)
    )
    trip: IntArray = field(
        metadata=describe(
            "int64",
            "what using the pair costs, whatever is taken",
            unit="1/1000 øre",
            minimum=0,
            maximum=10**15,
            default=0,
            later=True,
        )
    )
    load: IntArray = field(
        metadata=describe(
            "int64",
            "what each load begun costs",
            unit="1/1000 øre",
            minimum=0,
            maximum=10**15,
            default=0,
            later=True,
        )
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
    "hubs": Hubs,
    "pairs": Pairs,
}
"""The tables of a problem in the order of the file; `pairs` is optional."""

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
