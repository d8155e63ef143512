# SPDX-License-Identifier: EUPL-1.2
"""The table of hubs: sites where lots can wait between donor and builder."""

from __future__ import annotations

from dataclasses import dataclass, field

from matcher.problem.column import (
    NONE,
    OPEN,
    UNKNOWN,
    DayArray,
    FloatArray,
    IntArray,
    RowArray,
    TextArray,
    describe,
)

MOST_HUBS = 100
"""Most hubs of a problem: a pair's wait holds which one in the bits above its days (`matcher.storing`)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Hubs:
    """Where lots can wait, at most `MOST_HUBS`; other than at the donor's or the builder's site."""

    id: TextArray = field(metadata=describe("id", "id of the hub", later=True))
    site: RowArray = field(metadata=describe("reference", "where it is", refers="sites", later=True))
    open_from: DayArray = field(
        metadata=describe(
            "day", "first day it receives; null = always", null=UNKNOWN, default=UNKNOWN, later=True
        )
    )
    open_to: DayArray = field(
        metadata=describe(
            "day", "first day it no longer hands out; null = never", null=OPEN, default=OPEN, later=True
        )
    )
    ore_per_m2_day: FloatArray = field(
        metadata=describe(
            "float", "a square metre for one day", unit="øre/m2/day", minimum=0, default=0.0, later=True
        )
    )
    ore_per_step_day: FloatArray = field(
        metadata=describe(
            "float",
            "one step of any class for one day, on top",
            unit="øre/day",
            minimum=0,
            default=0.0,
            later=True,
        )
    )
    area_cm2: IntArray = field(
        metadata=describe(
            "int64",
            "area there is in each calendar month; null = as much as anybody wants",
            unit="cm2",
            minimum=0,
            maximum=10**15,
            null=NONE,
            default=NONE,
            later=True,
        )
    )
