# SPDX-License-Identifier: EUPL-1.2
"""Which classes are left out of a building's estimate because the register does not say enough, and why."""

from __future__ import annotations

import numpy as np
import pandas as pd

from inventory.estimates.application import find_estimable
from inventory.estimates.attributes import NO_LOTS, UNKNOWN_USE, Attributes, read_attributes
from inventory.estimates.conditions import MISSING, Bools
from inventory.estimates.holding import find_holding
from inventory.estimates.rules import EstimateRule, EstimateRules

REASONS = (
    "not_standing",
    "use_unknown",
    "use_without_lots",
    "area_unknown",
    "materials_without_lots",
    "year_unknown",
    "wall_unknown",
    "roof_unknown",
    "heating_unknown",
)
"""Reasons in the order in which they are looked for; the first five leave out the whole building."""


def find_omissions(buildings: pd.DataFrame, rules: EstimateRules, *, lots: pd.DataFrame) -> pd.DataFrame:
    """Find what the estimate leaves out for want of knowledge.

    Parameters
    ----------
    buildings : DataFrame
        As for :func:`inventory.estimates.lots.estimate_lots`.
    rules : EstimateRules
    lots : DataFrame
        What `estimate_lots` gave for the same buildings.

    Returns
    -------
    DataFrame
        Columns `site_id`, `class_code` (None = the whole building) and `reason` (one of :data:`REASONS`):
        one row per building without any lots, and one per class a building might have had, had the register
        given the year, wall, roof or heating it lacks. Classes that the known attributes rule out are not
        listed.
    """
    attributes = read_attributes(buildings, groups=rules.groups)
    rows: list[tuple[object, str | None, str]] = []
    for reason, holds in _whole_building(attributes).items():
        rows += [(attributes.site_id[index], None, reason) for index in np.flatnonzero(holds)]
    estimable = find_estimable(attributes)
    by_class: dict[str, list[EstimateRule]] = {}
    for rule in rules.rules:
        by_class.setdefault(rule.class_code, []).append(rule)
    missing = {
        "year": np.isnan(attributes.year),
        "wall": attributes.wall == MISSING,
        "roof": attributes.roof == MISSING,
        "heating": attributes.heating == MISSING,
    }
    for class_code, class_rules in sorted(by_class.items()):
        open_to = estimable & ~_has_rule(class_rules, attributes, forgive=frozenset())
        open_to &= _has_rule(class_rules, attributes, forgive=frozenset(missing))
        for name, lacking in missing.items():
            others = frozenset(missing) - {name}
            left_out = open_to & lacking & ~_has_rule(class_rules, attributes, forgive=others)
            rows += [
                (attributes.site_id[index], class_code, f"{name}_unknown")
                for index in np.flatnonzero(left_out)
            ]
            open_to = open_to & ~left_out
        # Two attributes are missing and either alone would have opened the class: the first is named.
        for name, lacking in missing.items():
            rows += [
                (attributes.site_id[index], class_code, f"{name}_unknown")
                for index in np.flatnonzero(open_to & lacking)
            ]
            open_to = open_to & ~lacking
    # What is left has nothing reusable registered (felt roof, plastic walls), or too little for a step.
    explained = pd.Series(attributes.site_id).isin([row[0] for row in rows]).to_numpy(dtype=np.bool_)
    with_lots = pd.Series(attributes.site_id).isin(lots["site_id"]).to_numpy(dtype=np.bool_)
    nothing = estimable & ~explained & ~with_lots
    rows += [(attributes.site_id[index], None, "materials_without_lots") for index in np.flatnonzero(nothing)]
    return pd.DataFrame(rows, columns=["site_id", "class_code", "reason"])


def _whole_building(attributes: Attributes) -> dict[str, Bools]:
    left = np.ones(attributes.count, dtype=np.bool_)
    reasons = {}
    for reason, holds in (
        ("not_standing", ~attributes.standing),
        ("use_unknown", attributes.is_group({UNKNOWN_USE})),
        ("use_without_lots", attributes.is_group({NO_LOTS})),
        ("area_unknown", np.isnan(attributes.footprint) | np.isnan(attributes.floor_area)),
    ):
        reasons[reason] = left & holds
        left = left & ~holds
    return reasons


def _has_rule(class_rules: list[EstimateRule], attributes: Attributes, *, forgive: frozenset[str]) -> Bools:
    holds = np.zeros(attributes.count, dtype=np.bool_)
    for rule in class_rules:
        holds |= find_holding(rule.condition, attributes, forgive=forgive)
    return holds
