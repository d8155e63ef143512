# SPDX-License-Identifier: EUPL-1.2
"""For which buildings a condition holds."""

from __future__ import annotations

import numpy as np

from inventory.estimates.attributes import Attributes
from inventory.estimates.conditions import MISSING, Bools, Condition
from inventory.estimates.spread import Floats


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


def _is_within(values: Floats, low: float | None, high: float | None) -> Bools:
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
