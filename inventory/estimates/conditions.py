# SPDX-License-Identifier: EUPL-1.2
"""When a rule, a factor or a suspicion holds for a building: one condition, read from a table's row."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

if TYPE_CHECKING:
    from inventory.estimates.attributes import Attributes

Bools = NDArray[np.bool_]

MISSING = -1
"""What stands for a code the register does not give."""

_YEAR_UNKNOWN = ("", "no", "yes", "only")


@dataclass(frozen=True, slots=True, kw_only=True)
class Condition:
    """Values of a building's attributes for which a row of a table holds; empty = any value.

    Ranges include their lower and exclude their upper end. `year_unknown` says what a building without a
    year does: "no" and "yes" decide for rows with a year band ("" = no), "only" holds for no other
    building.
    """

    groups: frozenset[str] = frozenset()
    wall_codes: frozenset[int] = frozenset()
    roof_codes: frozenset[int] = frozenset()
    heating_codes: frozenset[int] = frozenset()
    asbestos_codes: frozenset[int] = frozenset()
    floors_from: float | None = None
    floors_to: float | None = None
    footprint_from: float | None = None
    year_from: float | None = None
    year_to: float | None = None
    year_unknown: str = ""
    rebuilt_counts: bool = False


def read_condition(row: Mapping[str, str]) -> Condition:
    """Read a condition from a row of a reference table; a column that is not there sets no condition.

    Raises
    ------
    ValueError
        Where `year_unknown` is none of its words, or a code or bound is no number.
    """
    year_unknown = row.get("year_unknown", "")
    if year_unknown not in _YEAR_UNKNOWN:
        raise ValueError(f"year_unknown is {year_unknown!r}, not one of {_YEAR_UNKNOWN}")
    return Condition(
        groups=frozenset(row.get("groups", "").split()),
        wall_codes=_read_codes(row.get("wall_codes", "")),
        roof_codes=_read_codes(row.get("roof_codes", "")),
        heating_codes=_read_codes(row.get("heating_codes", "")),
        asbestos_codes=_read_codes(row.get("asbestos_codes", "")),
        floors_from=_read_bound(row.get("floors_from", "")),
        floors_to=_read_bound(row.get("floors_to", "")),
        footprint_from=_read_bound(row.get("footprint_from", "")),
        year_from=_read_bound(row.get("year_from", "")),
        year_to=_read_bound(row.get("year_to", "")),
        year_unknown=year_unknown,
        rebuilt_counts=row.get("rebuilt_counts", "") == "yes",
    )


def _read_codes(text: str) -> frozenset[int]:
    return frozenset(MISSING if word == "missing" else int(word) for word in text.split())


def _read_bound(text: str) -> float | None:
    return float(text) if text else None


def find_holding(
    condition: Condition, attributes: Attributes, *, forgive: frozenset[str] = frozenset()
) -> Bools:
    """Tell for which buildings a condition holds.

    Parameters
    ----------
    condition : Condition
    attributes : Attributes
        Columns of shape (n,).
    forgive : frozenset of str
        Attributes ("year", "wall", "roof", "heating") whose absence counts as fulfilling the condition:
        what the building might have had, had the register said more.

    Returns
    -------
    array of bool, shape (n,)
    """
    holds = np.ones(attributes.count, dtype=np.bool_)
    if condition.groups:
        holds &= attributes.is_group(condition.groups)
    for name, codes, column in (
        ("wall", condition.wall_codes, attributes.wall),
        ("roof", condition.roof_codes, attributes.roof),
        ("heating", condition.heating_codes, attributes.heating),
        ("asbestos", condition.asbestos_codes, attributes.asbestos),
    ):
        if codes:
            fits = np.isin(column, sorted(codes))
            holds &= fits | (column == MISSING) if name in forgive else fits
    holds &= _is_within(attributes.floors, condition.floors_from, condition.floors_to)
    holds &= _is_within(attributes.footprint, condition.footprint_from, None)
    holds &= _is_of_age(condition, attributes, forgiving="year" in forgive)
    return holds


def _is_within(values: NDArray[np.float64], low: float | None, high: float | None) -> Bools:
    inside = np.ones(len(values), dtype=np.bool_)
    if low is not None:
        inside &= values >= low
    if high is not None:
        inside &= values < high
    return inside


def _is_of_age(condition: Condition, attributes: Attributes, *, forgiving: bool) -> Bools:
    unknown = np.isnan(attributes.year)
    if condition.year_unknown == "only":
        return unknown
    if condition.year_from is None and condition.year_to is None:
        return ~unknown if condition.year_unknown == "no" and not forgiving else np.ones_like(unknown)
    inside = _is_within(attributes.year, condition.year_from, condition.year_to)
    if condition.rebuilt_counts:
        inside |= _is_within(attributes.year_rebuilt, condition.year_from, condition.year_to)
    if condition.year_unknown == "yes" or forgiving:
        inside |= unknown
    return inside
