# SPDX-License-Identifier: EUPL-1.2
"""The cutting plan: which bars are cut to what, what is bought new, and the certificate that bounds it."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum

from matcher.cutting.stock import TENTHS
from matcher.plan import Termination
from matcher.problem.column import CodeArray, IntArray, RowArray, TextArray, describe

PLAN_VERSION = 1
BRANCH_CODES = ("bars", "new", "pieces", "longer")
"""What a branch counts: bars of a row used, pieces of a row bought new, pieces of a row cut from the bars of
a row, bars used that are at least as long as those of a row."""


class Figure(StrEnum):
    """Key figures of a cutting plan; counts, 0.1 mm and 1/1000 øre."""

    BARS_USED = "bars_used"
    PIECES_CUT = "pieces_cut"
    PIECES_NEW = "pieces_new"
    SAW_CUTS = "saw_cuts"
    STOCK_LENGTH = "stock_length"
    PIECES_LENGTH = "pieces_length"
    OFFCUTS = "offcuts"
    OFFCUT_LENGTH = "offcut_length"
    WASTE_LENGTH = "waste_length"


@dataclass(frozen=True, slots=True, kw_only=True)
class Patterns:
    """Bars cut alike, a row each; sorted by bar, then site, then what is cut."""

    bar: RowArray = field(metadata=describe("reference", "the lot of bars", refers="bars"))
    site: TextArray = field(metadata=describe("text", "where they are brought and cut"))
    count: IntArray = field(metadata=describe("int64", "number of bars cut so", unit="bars", minimum=1))
    cuts: IntArray = field(
        metadata=describe("int64", "saw cuts in each, those that trim the ends included", minimum=0)
    )
    offcut: IntArray = field(
        metadata=describe("int64", "what comes back as a bar from each; 0 = nothing", unit=TENTHS, minimum=0)
    )
    waste: IntArray = field(
        metadata=describe("int64", "what is lost of each: ends, saw cuts, rests", unit=TENTHS, minimum=0)
    )
    cost: IntArray = field(
        metadata=describe("int64", "cost of each, its off-cut taken off", unit="1/1000 øre")
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Contents:
    """What a bar of a pattern is cut to; sorted by pattern, then piece."""

    pattern: IntArray = field(metadata=describe("int64", "row of the pattern, from 0", minimum=0))
    piece: RowArray = field(metadata=describe("reference", "the piece", refers="pieces"))
    count: IntArray = field(metadata=describe("int64", "how many from each bar", unit="pieces", minimum=1))


@dataclass(frozen=True, slots=True, kw_only=True)
class BoughtNew:
    """Pieces that are not cut but bought new; sorted by piece."""

    piece: RowArray = field(metadata=describe("reference", "the piece", refers="pieces"))
    count: IntArray = field(metadata=describe("int64", "how many", unit="pieces", minimum=1))


@dataclass(frozen=True, slots=True, kw_only=True)
class Branches:
    """Inner nodes of the proof's tree: a count is at most `at` on one side and more on the other."""

    what: CodeArray = field(metadata=describe("code", "what is counted", codes=BRANCH_CODES))
    bar: RowArray = field(
        metadata=describe("reference", "the bar counted; null = none", refers="bars", null=-1)
    )
    piece: RowArray = field(
        metadata=describe("reference", "the piece counted; null = none", refers="pieces", null=-1)
    )
    at: IntArray = field(metadata=describe("int64", "greatest count on the low side", minimum=0))
    low: IntArray = field(
        metadata=describe("int64", "node of the low side: a row of branches, or -1 - row of leaves")
    )
    high: IntArray = field(metadata=describe("int64", "node of the high side, likewise"))


@dataclass(frozen=True, slots=True, kw_only=True)
class LeafPrices:
    """Prices at the leaves of the proof's tree that are not nothing, in parts; sorted by leaf, bar, piece."""

    leaf: IntArray = field(metadata=describe("int64", "row of the leaf, from 0", minimum=0))
    bar: RowArray = field(
        metadata=describe(
            "reference",
            "the bar the price counts for; null = any",
            refers="bars",
            null=-1,
        )
    )
    piece: RowArray = field(
        metadata=describe(
            "reference",
            "the piece; null = every bar at least as long as the bar",
            refers="pieces",
            null=-1,
        )
    )
    price: IntArray = field(metadata=describe("int64", "price of a piece or of using a bar, in parts"))


@dataclass(frozen=True, slots=True, kw_only=True)
class CuttingCertificate:
    """What proves the plan: prices of pieces that anyone can put into the bound.

    Parameters
    ----------
    parts
        Parts of 1/1000 øre that prices are counted in.
    leaves
        Number of leaves of the tree; 1 where nothing was branched on.
    branches, prices
        The tree and the prices at its leaves.
    cost, bound, baseline
        C, LB and B in 1/1000 øre.
    gap
        (C - LB) / (B - LB), rounded up; 0 where B = LB.
    """

    parts: int
    leaves: int
    branches: Branches
    prices: LeafPrices
    cost: int
    bound: int
    baseline: int
    gap: float


@dataclass(frozen=True, slots=True, kw_only=True)
class CuttingPlan:
    """The answer to a cutting problem.

    Parameters
    ----------
    digest
        Digest of the problem it answers.
    versions
        Version of everything that took part, by name.
    termination
        How the solve ended.
    patterns, contents, new
        The answer; rows refer to rows of the problem.
    certificate
        The proof.
    figures
        Key figures by the names of `Figure`.
    """

    digest: str
    versions: dict[str, str]
    termination: Termination
    patterns: Patterns
    contents: Contents
    new: BoughtNew
    certificate: CuttingCertificate
    figures: dict[str, int]
