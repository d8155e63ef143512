# SPDX-License-Identifier: EUPL-1.2
"""When a rule, a factor or a suspicion holds: one condition on a building, read from a table's row."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

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
