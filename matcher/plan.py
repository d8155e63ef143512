# SPDX-License-Identifier: EUPL-1.2
"""The plan: matches, unmet parts with their reasons, and the certificate that proves how good it is."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import IntEnum, StrEnum
from typing import Any

import numpy as np

from matcher.problem.column import NONE, describe
from matcher.problem.columns import CodeArray, DayArray, IntArray, Params, RowArray, TextArray
from matcher.reasons import REASONS

VERSION = 1
STORAGE_CODES = ("direct", "site", "builder", "hub")
"""How a match gets from donor to builder."""


class Termination(StrEnum):
    """How a solve ended."""

    OPTIMAL = "optimal"
    GAP = "gap"
    WORK_LIMIT = "work_limit"
    TIME = "time"
    STOPPED = "stopped"


@dataclass(frozen=True, slots=True, kw_only=True)
class Matches:
    """A quantity of a lot assigned to a requirement each; sorted by requirement, then lot."""

    lot: RowArray = field(metadata=describe("reference", "the lot", refers="lots"))
    requirement: RowArray = field(metadata=describe("reference", "the requirement", refers="requirements"))
    quantity: IntArray = field(metadata=describe("int64", "quantity taken", unit="steps", minimum=1))
    delivered: IntArray = field(
        metadata=describe(
            "int64",
            "steps wanted that this delivers, after conversion and breakage",
            unit="steps wanted",
            minimum=0,
        )
    )
    surplus: IntArray = field(
        metadata=describe(
            "int64",
            "how much of that is beyond the quantity wanted: paid for, and replaces nothing",
            unit="steps wanted",
            minimum=0,
        )
    )
    pick_up: DayArray = field(metadata=describe("day", "day it leaves the donor"))
    deliver: DayArray = field(metadata=describe("day", "day it reaches the project"))
    storage_days: DayArray = field(metadata=describe("int32", "days in storage", unit="days", minimum=0))
    storage: CodeArray = field(
        metadata=describe(
            "code",
            "where it waits: on the donor's site, at the builder's or at a hub",
            codes=STORAGE_CODES,
        )
    )
    hub: RowArray = field(
        metadata=describe("reference", "the hub it waits at; null = at none", refers="hubs", null=NONE)
    )
    metres: DayArray = field(
        metadata=describe("int32", "one-way road, both legs where it waits at a hub", unit="m", minimum=0)
    )
    loads: IntArray = field(metadata=describe("int64", "lorry loads begun", minimum=0))
    price_ore: IntArray = field(metadata=describe("int64", "price paid", unit="øre"))
    preparation_ore: IntArray = field(metadata=describe("int64", "preparation", unit="øre"))
    transport_ore: IntArray = field(metadata=describe("int64", "transport by weight and road", unit="øre"))
    trip_ore: IntArray = field(metadata=describe("int64", "the trip, whatever is fetched", unit="øre"))
    load_ore: IntArray = field(metadata=describe("int64", "the loads begun", unit="øre"))
    storage_ore: IntArray = field(metadata=describe("int64", "storage", unit="øre"))
    disposal_ore: IntArray = field(metadata=describe("int64", "disposal cost avoided, a saving", unit="øre"))
    penalty_ore: IntArray = field(metadata=describe("int64", "penalty of a substitute", unit="øre"))
    new_ore: IntArray = field(metadata=describe("int64", "buying the same new", unit="øre"))
    co2e_new_g: IntArray = field(metadata=describe("int64", "A1-A3 + C3 + C4 of the same new", unit="g"))
    co2e_preparation_g: IntArray = field(metadata=describe("int64", "emission of preparation", unit="g"))
    co2e_transport_g: IntArray = field(metadata=describe("int64", "emission of transport", unit="g"))
    co2e_regulatory_g: IntArray = field(
        metadata=describe("int64", "saved as BR18 counts it: co2e_new_g of a used product, else 0", unit="g")
    )
    cost: IntArray = field(
        metadata=describe("int64", "all of it: steps, trip and loads, weighted", unit="1/1000 øre")
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Unmet:
    """The part of a requirement no match covers; one row for each requirement that has such a part."""

    requirement: RowArray = field(metadata=describe("reference", "the requirement", refers="requirements"))
    quantity: IntArray = field(metadata=describe("int64", "quantity bought new", unit="steps", minimum=1))
    reason: CodeArray = field(
        metadata=describe(
            "code", "the furthest reason any lot reached", codes=tuple(str(reason) for reason in REASONS)
        )
    )
    stopped: IntArray = field(
        metadata=describe(
            "matrix", "lots of an accepted class stopped at each reason, in the order of the reasons"
        )
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Designs:
    """The design chosen for each project that has designs; sorted by project."""

    project: RowArray = field(metadata=describe("reference", "the project", refers="projects"))
    design_option: TextArray = field(metadata=describe("text", "the design chosen"))


def choose_designs(chosen: dict[int, str]) -> Designs:
    """Return the table of chosen designs.

    Parameters
    ----------
    chosen
        Design by row of the project.
    """
    rows = sorted(chosen)
    names = np.empty(len(rows), dtype=np.object_)
    names[:] = [chosen[row] for row in rows]
    return Designs(project=np.array(rows, dtype=np.int32), design_option=names)


class Bounded(IntEnum):
    """How the least cost of a requirement was bounded in the certificate."""

    EXACT = 0
    RELAXED = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class HubPrices:
    """Prices of space in hubs; a hub and month not named has 0.

    Parameters
    ----------
    hub
        Row of hubs.
    month
        Calendar month, in months since 1970-01.
    price
        w, what one cm2 for that month costs, 1/1000 øre.
    """

    hub: RowArray
    month: IntArray
    price: IntArray


def name_month(month: int) -> str:
    """Return a month since 1970-01 as it stands in a file, such as 2027-03."""
    return str(np.datetime64(month, "M"))


def number_month(name: str) -> int:
    """Return the months since 1970-01 of a month such as 2027-03."""
    return int(np.datetime64(name, "M").astype(np.int64))


def price_no_hub() -> HubPrices:
    """Return that no hub has a price."""
    none = np.zeros(0, dtype=np.int64)
    return HubPrices(hub=none.astype(np.int32), month=none, price=none)


@dataclass(frozen=True, slots=True, kw_only=True)
class Certificate:
    """What proves the plan: prices anyone can put into the bound, and the three figures they give.

    Parameters
    ----------
    lot_prices
        Price of a step of each lot of the problem, 1/1000 øre, never negative; the least optimal one where
        the plan is optimal.
    project_prices
        Price of the budget of each project of the problem, permille, never negative; 0 where it has none.
    bounded
        Of each requirement, a `Bounded`.
    quanta
        Quantum of the costs of each class of the problem, in 1/1000 øre: 1, or a power of ten.
    hub_prices
        Prices of space in hubs that might be over-full without.
    cost, bound, baseline
        C, LB and B in 1/1000 øre, as whole numbers of any size.
    gap
        (C - LB) / (B - LB), rounded up; 0 where B = LB.
    """

    lot_prices: IntArray
    project_prices: IntArray
    bounded: CodeArray
    quanta: IntArray
    hub_prices: HubPrices = field(default_factory=price_no_hub)
    cost: int
    bound: int
    baseline: int
    gap: float

    @property
    def quantum(self) -> int:
        """Return the coarsest quantum of any class, in 1/1000 øre."""
        return int(self.quanta.max()) if len(self.quanta) else 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """The answer to a problem.

    Parameters
    ----------
    digest
        Digest of the problem it answers.
    params
        Params of that problem.
    versions
        Version of everything that took part, by name.
    termination
        How the solve ended.
    matches, unmet
        The answer; rows refer to rows of the problem.
    certificate
        The proof.
    tiers
        Number of requirements by the engine that planned them.
    pairs
        Number of allowed pairs of the problem, every one of them priced.
    figures
        Key figures (`matcher.figures.figures.key_figures`).
    designs
        The design chosen for each project that has designs.
    """

    digest: str
    params: Params
    versions: dict[str, str]
    termination: Termination
    matches: Matches
    unmet: Unmet
    certificate: Certificate
    tiers: dict[str, int]
    pairs: int
    figures: dict[str, Any]
    designs: Designs = field(default_factory=lambda: choose_designs({}))
