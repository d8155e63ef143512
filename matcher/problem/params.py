# SPDX-License-Identifier: EUPL-1.2
"""The params of a problem: what a planner may change per run."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from matcher.problem.column import describe


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
            "straight line below which, inside one land mass, the detour factor is used",
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
    count_transfers: bool = field(
        metadata=describe(
            "bool",
            "whether a price paid between public bodies counts as a cost",
            default=True,
            later=True,
        )
    )
    fair_share: int = field(
        metadata=describe(
            "int64",
            "first share of each requirement that counts more where it is bought new",
            unit="‰",
            minimum=0,
            maximum=1000,
            default=0,
            later=True,
        )
    )
    fair_weight: int = field(
        metadata=describe(
            "int64",
            "how much more it counts",
            unit="‰",
            minimum=0,
            maximum=1_000_000,
            default=0,
            later=True,
        )
    )
    quantile: str = field(
        metadata=describe("text", "which estimate counts: recorded, not used here", default="p10")
    )
    selection: dict[str, Any] = field(
        metadata=describe("text", "what the run selected: recorded, not used here", default=None)
    )
