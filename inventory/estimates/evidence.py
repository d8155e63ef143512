# SPDX-License-Identifier: EUPL-1.2
"""Surveys beside what the tables alone say of the same buildings: what there is to learn from."""

from __future__ import annotations

import uuid
from collections.abc import Iterator, Mapping, Sequence

import numpy as np
import pandas as pd

from inventory.estimates.application import PROBABILITIES, apply_rules
from inventory.estimates.attributes import read_attributes
from inventory.estimates.eras import Era, name_eras
from inventory.estimates.learning import Observation
from inventory.estimates.rules import EstimateRules
from inventory.estimates.spread import Z90, read_quantile

SURVEYED_COLUMNS = ("site_id", "class_code", "amount", "found", "whole")

_Ends = dict[str, float]


def gather_observations(
    buildings: pd.DataFrame,
    surveyed: pd.DataFrame,
    *,
    rules: EstimateRules,
    eras: Sequence[Era],
    parts: Mapping[str, Sequence[str]],
) -> Iterator[Observation]:
    """Put the surveys of some buildings beside their estimates from the tables, class by class.

    A class is compared with what was surveyed of it and, where it is declared to be the same part as others
    (bricks in whatever mortar), of all of them. What was surveyed under a wider class, and what the tables
    do not expect in the building, says nothing here. A class of which the survey says nothing is not
    absent: only a surveyed lot of nothing is.

    Parameters
    ----------
    buildings : DataFrame
        One row per surveyed building, as for `estimate_lots`.
    surveyed : DataFrame
        Columns :data:`SURVEYED_COLUMNS`: `amount` in the class's unit, `found` whether it was met at all,
        `whole` whether nothing of it was withdrawn; at most one row per building and class.
    rules : EstimateRules
    eras : sequence of Era
    parts : mapping of str to sequence of str
        Codes of the classes that are one part of a building.

    Yields
    ------
    Observation
        In the order of the buildings and the rules.
    """
    attributes = read_attributes(buildings, groups=rules.groups)
    names = name_eras(attributes.year, eras=eras)
    part_of = {code: tuple(codes) for codes in parts.values() for code in codes}
    seen: dict[uuid.UUID, dict[str, tuple[float, bool, bool]]] = {}
    for site, code, *told in zip(*(surveyed[name].tolist() for name in SURVEYED_COLUMNS), strict=True):
        amount, met_at_all, whole = told
        seen.setdefault(site, {})[code] = (float(amount), bool(met_at_all), bool(whole))
    for number, classes in enumerate(_estimate_classes(buildings, rules=rules)):
        site = attributes.site_id[number]
        for code, ends in classes.items():
            same = part_of.get(code, (code,))
            met = [seen[site][one] for one in same if one in seen.get(site, {})]
            if not met or not all(whole for _, _, whole in met):
                continue
            share = ends["likely"] / sum(classes[one]["likely"] for one in same if one in classes)
            yield Observation(
                site_id=site,
                class_code=code,
                group=attributes.group_names[attributes.group[number]],
                era=names[number],
                likely=ends["likely"],
                variance=float((np.log(ends["high"] / ends["low"]) / (2 * Z90)) ** 2),
                surveyed=share * sum(amount for amount, _, _ in met) / rules.classes[code].step,
                found=any(found for _, found, _ in met),
            )


def _estimate_classes(buildings: pd.DataFrame, *, rules: EstimateRules) -> list[dict[str, _Ends]]:
    """Estimate each class of each building in steps, given that it is there; two rules of a class add up."""
    classes: list[dict[str, _Ends]] = [{} for _ in range(len(buildings))]
    for application in apply_rules(read_attributes(buildings, groups=rules.groups), rules=rules):
        code = application.rule.class_code
        step = rules.classes[code].step
        ends = {name: read_quantile(application.quantity, probability=p) for name, p in PROBABILITIES.items()}
        for place, number in enumerate(application.rows):
            sums = classes[number].setdefault(code, dict.fromkeys(ends, 0.0))
            for name, values in ends.items():
                sums[name] += float(values[place]) / step
    return classes
