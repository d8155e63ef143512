# SPDX-License-Identifier: EUPL-1.2
"""The table of requirements: what is wanted."""

from __future__ import annotations

from dataclasses import dataclass, field

from matcher.problem.column import (
    DOCUMENTATION_CODES,
    MOST_STEPS,
    NONE,
    OPEN,
    UNKNOWN,
    BoolArray,
    CodeArray,
    DayArray,
    FloatArray,
    IntArray,
    RowArray,
    TextArray,
    describe,
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
        metadata=describe("int64", "quantity wanted", unit="steps", minimum=1, maximum=MOST_STEPS)
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
    minimum_fulfilment: DayArray = field(
        metadata=describe(
            "int32",
            "least share of the quantity that is met if anything is; 1000 = all or nothing",
            unit="‰",
            minimum=0,
            maximum=1000,
            default=0,
            later=True,
        )
    )
    most_donors: DayArray = field(
        metadata=describe(
            "int32", "most lots it may be served from; 0 = any", minimum=0, default=0, later=True
        )
    )
    one_kind: BoolArray = field(
        metadata=describe(
            "bool",
            "whether all it is served from must share class and kind (one facade, one brick)",
            default=False,
            later=True,
        )
    )
    breakage: DayArray = field(
        metadata=describe(
            "int32",
            "share of what is taken that is lost",
            unit="‰",
            minimum=0,
            maximum=900,
            default=0,
            later=True,
        )
    )
    priority: DayArray = field(
        metadata=describe(
            "int32",
            "how much more than its cost a step bought new counts",
            unit="‰",
            minimum=0,
            maximum=1_000_000,
            default=0,
            later=True,
        )
    )
    design_option: TextArray = field(
        metadata=describe(
            "text",
            "the design of its project that wants it: of the designs of a project exactly one is chosen;"
            " empty = wanted whatever is chosen",
            default="",
            later=True,
        )
    )
    builder_storage_days: DayArray = field(
        metadata=describe(
            "int32",
            "most days it may wait at the builder's before the first day it can be received; 0 = not there",
            unit="days",
            minimum=0,
            default=0,
            later=True,
        )
    )
    builder_storage_ore: FloatArray = field(
        metadata=describe(
            "float",
            "storing one step there for one day; null = the storage_ore_per_day of its class",
            unit="øre/day",
            minimum=0,
            null=NONE,
            default=float(NONE),
            later=True,
        )
    )
