# SPDX-License-Identifier: EUPL-1.2
"""The table of lots: what is offered."""

from __future__ import annotations

from dataclasses import dataclass, field

from matcher.problem.column import (
    DOCUMENTATION_CODES,
    FIRMNESS_CODES,
    MOST_STEPS,
    NONE,
    OPEN,
    SCREENING_CODES,
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
class Lots:
    """What is offered; every rate is per step."""

    id: TextArray = field(metadata=describe("id", "id of the lot"))
    class_: RowArray = field(metadata=describe("reference", "its class", refers="classes"))
    site: RowArray = field(metadata=describe("reference", "where it is", refers="sites"))
    quantity: IntArray = field(
        metadata=describe("int64", "quantity that counts", unit="steps", minimum=0, maximum=MOST_STEPS)
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
    minimum_take: IntArray = field(
        metadata=describe(
            "int64",
            "least that one requirement may take of it; 0 = any",
            unit="steps",
            minimum=0,
            maximum=MOST_STEPS,
            default=0,
            later=True,
        )
    )
    indivisible: BoolArray = field(
        metadata=describe(
            "bool", "whether one requirement takes all of it or nothing", default=False, later=True
        )
    )
    kind: TextArray = field(
        metadata=describe(
            "text",
            "which product it is, for requirements of one kind; empty = unlike any other lot",
            default="",
            later=True,
        )
    )
    public: BoolArray = field(
        metadata=describe("bool", "whether a public body offers it", default=False, later=True)
    )
    low: IntArray = field(
        metadata=describe(
            "int64",
            "P10 of an estimated quantity: recorded for scenarios, not used here",
            unit="steps",
            minimum=0,
            maximum=MOST_STEPS,
            null=NONE,
            default=NONE,
            later=True,
        )
    )
    likely: IntArray = field(
        metadata=describe(
            "int64",
            "P50 of the same",
            unit="steps",
            minimum=0,
            maximum=MOST_STEPS,
            null=NONE,
            default=NONE,
            later=True,
        )
    )
    high: IntArray = field(
        metadata=describe(
            "int64",
            "P90 of the same",
            unit="steps",
            minimum=0,
            maximum=MOST_STEPS,
            null=NONE,
            default=NONE,
            later=True,
        )
    )
    site_storage_days: DayArray = field(
        metadata=describe(
            "int32",
            "most days it may wait on its own site; null = as many as the requirement allows",
            unit="days",
            minimum=0,
            null=NONE,
            default=NONE,
            later=True,
        )
    )
    site_storage_ore: FloatArray = field(
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
