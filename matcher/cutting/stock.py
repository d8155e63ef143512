# SPDX-License-Identifier: EUPL-1.2
"""The tables of a cutting problem: bars at hand, pieces wanted, and what the saw does."""

from __future__ import annotations

from dataclasses import dataclass, field

from matcher.problem.column import UNKNOWN, DayArray, IntArray, RowArray, TextArray, describe

TENTHS = "0.1 mm"
"""Unit of every length in memory; a file gives the same in millimetres, in a column named ``..._mm``."""
LONGEST = 10**6
"""Most tenths of a millimetre of a bar or a piece: 100 m."""
DEAREST = 10**12
"""Most 1/1000 øre of one bar, piece or cut: ten million kroner."""
MOST = 10**6
"""Most bars or pieces of one row."""
PER_METRE = 10_000
"""Tenths of a millimetre in a metre."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CuttingParams:
    """What the saw does, the same for all bars."""

    kerf: int = field(
        metadata=describe(
            "int64", "width of a saw cut, rounded up", unit=TENTHS, minimum=0, maximum=LONGEST, default=0
        )
    )
    minimum_offcut: int = field(
        metadata=describe(
            "int64",
            "shortest off-cut that comes back as a bar, rounded up; 0 = none comes back",
            unit=TENTHS,
            minimum=0,
            maximum=LONGEST,
            default=0,
        )
    )
    cut_cost: int = field(
        metadata=describe(
            "int64", "cost of a saw cut", unit="1/1000 øre", minimum=0, maximum=DEAREST, default=0
        )
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Bars:
    """Bars at hand; a row is a number of bars that are alike."""

    id: TextArray = field(metadata=describe("id", "id of the lot of bars"))
    section: TextArray = field(
        metadata=describe("text", "name of the section, such as IPE200 or 45x195", default="")
    )
    width_mm: DayArray = field(
        metadata=describe(
            "int32", "width of the section; null = not known", unit="mm", null=UNKNOWN, default=UNKNOWN
        )
    )
    height_mm: DayArray = field(
        metadata=describe(
            "int32", "height of the section; null = not known", unit="mm", null=UNKNOWN, default=UNKNOWN
        )
    )
    grade: DayArray = field(
        metadata=describe(
            "int32", "grade, greater is better; null = not known", null=UNKNOWN, default=UNKNOWN
        )
    )
    length: IntArray = field(
        metadata=describe("int64", "length, rounded down", unit=TENTHS, minimum=1, maximum=LONGEST)
    )
    trim: IntArray = field(
        metadata=describe(
            "int64",
            "what is sawn off each end before anything else, its saw cut included, rounded up",
            unit=TENTHS,
            minimum=0,
            maximum=LONGEST,
            default=0,
        )
    )
    quantity: IntArray = field(
        metadata=describe("int64", "number of bars", unit="bars", minimum=0, maximum=MOST, default=1)
    )
    cost: IntArray = field(
        metadata=describe(
            "int64",
            "cost of using one bar, whatever is cut from it",
            unit="1/1000 øre",
            minimum=-DEAREST,
            maximum=DEAREST,
        )
    )
    price: IntArray = field(
        metadata=describe(
            "int64",
            "price of the bar itself: an off-cut is never worth more than its share of it",
            unit="1/1000 øre",
            minimum=0,
            maximum=DEAREST,
            default=0,
        )
    )
    offcut_value: IntArray = field(
        metadata=describe(
            "int64",
            "worth of a metre of off-cut",
            unit="1/1000 øre",
            minimum=0,
            maximum=DEAREST,
            default=0,
        )
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Pieces:
    """Pieces wanted; a row is a number of pieces that are alike."""

    id: TextArray = field(metadata=describe("id", "id of the requirement"))
    section: TextArray = field(
        metadata=describe("text", "section the bar must have; empty = any", default="")
    )
    width_mm: DayArray = field(
        metadata=describe(
            "int32", "width the bar should have; null = any", unit="mm", null=UNKNOWN, default=UNKNOWN
        )
    )
    height_mm: DayArray = field(
        metadata=describe(
            "int32", "height the bar should have; null = any", unit="mm", null=UNKNOWN, default=UNKNOWN
        )
    )
    tolerance_mm: DayArray = field(
        metadata=describe(
            "int32", "how far width and height may be off", unit="mm", minimum=0, maximum=10_000, default=0
        )
    )
    grade: DayArray = field(
        metadata=describe("int32", "least grade; null = any", null=UNKNOWN, default=UNKNOWN)
    )
    length: IntArray = field(
        metadata=describe("int64", "length, rounded up", unit=TENTHS, minimum=1, maximum=LONGEST)
    )
    quantity: IntArray = field(
        metadata=describe("int64", "number of pieces", unit="pieces", minimum=1, maximum=MOST, default=1)
    )
    new_cost: IntArray = field(
        metadata=describe(
            "int64", "cost of buying one piece new", unit="1/1000 øre", minimum=0, maximum=DEAREST
        )
    )
    site: TextArray = field(
        metadata=describe(
            "text", "where it is wanted: a bar is brought to one site and cut there", default=""
        )
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Fits:
    """Bars that may serve pieces, beside the rules of section, grade and length; no table = no such rule."""

    bar: RowArray = field(metadata=describe("reference", "the bar", refers="bars"))
    piece: RowArray = field(metadata=describe("reference", "the piece", refers="pieces"))


@dataclass(frozen=True, slots=True, kw_only=True)
class Carriage:
    """Sites a bar may be brought to, with the cost of one bar; no table = anywhere, free."""

    bar: RowArray = field(metadata=describe("reference", "the bar", refers="bars"))
    site: TextArray = field(metadata=describe("text", "a site of pieces"))
    cost: IntArray = field(
        metadata=describe(
            "int64",
            "cost of bringing one bar there",
            unit="1/1000 øre",
            minimum=-DEAREST,
            maximum=DEAREST,
        )
    )


CUTTING_TABLES: dict[str, type] = {"bars": Bars, "pieces": Pieces, "fits": Fits, "carriage": Carriage}
"""The tables of a cutting problem in the order of the file; `fits` and `carriage` are optional."""
