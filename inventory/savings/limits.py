# SPDX-License-Identifier: EUPL-1.2
"""The climate limits of BR18 by kind of building and year, from `climate_limits.csv`."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cache

from inventory.savings.reading import is_in_force, read_day, read_rows

SITE = "site_a4_a5"
"""Kind of the limit that stands apart, for transport to the site and the work there."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ClimateLimit:
    """One limit, kg CO2e per m2 and year over so many years; `valid_to` is exclusive, None = still in force.

    `verified` is False where no source gives the figure; `source` says where it comes from.
    """

    kind: str
    valid_from: date
    valid_to: date | None
    kg_per_m2_year: Decimal
    years: int
    name_da: str
    name_en: str
    source: str
    verified: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class BuildingKind:
    """Which kind of limit a building type belongs to; `kind` is None where no limit applies."""

    words: tuple[str, ...]
    kind: str | None
    source: str
    verified: bool


@cache
def read_limits() -> tuple[ClimateLimit, ...]:
    """Read the limits in the order of the table."""
    return tuple(
        ClimateLimit(
            kind=row["kind"],
            valid_from=date.fromisoformat(row["valid_from"]),
            valid_to=read_day(row["valid_to"]),
            kg_per_m2_year=Decimal(row["kg_per_m2_year"]),
            years=int(row["years"]),
            name_da=row["name_da"],
            name_en=row["name_en"],
            source=row["source"],
            verified=row["verified"] == "yes",
        )
        for row in read_rows("climate_limits")
    )


@cache
def read_building_kinds() -> tuple[BuildingKind, ...]:
    """Read which building types belong to which kind of limit."""
    return tuple(
        BuildingKind(
            words=tuple(row["words"].split(";")),
            kind=row["kind"] or None,
            source=row["source"],
            verified=row["verified"] == "yes",
        )
        for row in read_rows("climate_limit_types")
    )


def list_kinds() -> tuple[ClimateLimit, ...]:
    """List the kinds of building, each by the first of its limits."""
    seen: dict[str, ClimateLimit] = {}
    for limit in read_limits():
        if limit.kind != SITE:
            seen.setdefault(limit.kind, limit)
    return tuple(seen.values())


def find_kind(building_type: str | None) -> BuildingKind | None:
    """Find the kind of a building type, in Danish or English words; None where it is not known."""
    if building_type is None:
        return None
    plain = building_type.casefold().replace("_", " ").strip()
    return next((one for one in read_building_kinds() if plain in one.words), None)


def list_limits(kind: str) -> tuple[ClimateLimit, ...]:
    """List the limits of a kind, the earliest first."""
    return tuple(sorted((one for one in read_limits() if one.kind == kind), key=lambda one: one.valid_from))


def find_limit(kind: str, *, day: date) -> ClimateLimit | None:
    """Find the limit of a kind in force on a day; None where none is."""
    return next(
        (
            one
            for one in list_limits(kind)
            if is_in_force(day, valid_from=one.valid_from, valid_to=one.valid_to)
        ),
        None,
    )
