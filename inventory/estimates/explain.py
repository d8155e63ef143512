# SPDX-License-Identifier: EUPL-1.2
"""Why a building is thought to hold what it holds: every rule with its inputs, factors and sources."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from inventory.estimates.adjust import NOTHING_LEARNED, Learned
from inventory.estimates.application import PROBABILITIES, Application, apply_rules
from inventory.estimates.attributes import read_attributes
from inventory.estimates.conditions import MISSING
from inventory.estimates.elements import ElementRange, measure_elements
from inventory.estimates.learning import LearnedFactor
from inventory.estimates.rules import EstimateRules
from inventory.estimates.spread import Spread
from inventory.estimates.suspicion import find_suspicions, name_suspicions


@dataclass(frozen=True, slots=True, kw_only=True)
class FactorUse:
    """A factor as it was used, in `unit`; `role` is "driver", "factor", "intensity" or "recovery"."""

    factor: str
    role: str
    low: float
    likely: float
    high: float
    unit: str
    source: str
    edition: str
    status: str
    note: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SuspicionUse:
    """A suspicion with its words in both languages and its source."""

    suspicion: str
    name_da: str
    name_en: str
    asbestos: bool
    source: str
    status: str


@dataclass(frozen=True, slots=True, kw_only=True)
class RuleUse:
    """One rule applied to one building.

    `driver_area` is the P50 in m2 of the area the rule starts from. `by_geometry`, `by_intensity` and
    `in_place` are the P50 before the reclaimable share; `low`, `likely`, `high` the P10, P50, P90 of what
    can be reclaimed, with the chance `presence` that it is there counted in. All in `unit`, the class's.
    `learned` is what surveys of other buildings moved it by, None where they did not.
    """

    class_code: str
    rule: str
    formula_da: str
    formula_en: str
    driver: str
    driver_area: float
    by_geometry: float
    by_intensity: float | None
    in_place: float
    presence: float
    low: float
    likely: float
    high: float
    unit: str
    reusable: bool
    source: str
    status: str
    note: str
    factors: tuple[FactorUse, ...]
    learned: LearnedFactor | None
    suspicions: tuple[SuspicionUse, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class BuildingExplanation:
    """Inputs from the register (None = not registered), the rules applied, the elements that were tried."""

    inputs: dict[str, float | int | str | None]
    stand_ins: tuple[str, ...]
    rules: tuple[RuleUse, ...]
    elements: tuple[ElementRange, ...]


def explain_building(
    building: pd.DataFrame, rules: EstimateRules, *, learned: Learned = NOTHING_LEARNED
) -> BuildingExplanation:
    """Explain the estimate of one building.

    Parameters
    ----------
    building : DataFrame
        One row, columns as for :func:`inventory.estimates.lots.estimate_lots`.
    rules : EstimateRules
    learned : Learned
        As for `estimate_lots`.

    Returns
    -------
    BuildingExplanation
        Rules in the order of the table. A rule whose likely quantity rounds to nothing is listed too: the
        lots leave it out, the explanation says how little it came to.

    Raises
    ------
    ValueError
        Where `building` is not one row.
    """
    if len(building) != 1:
        raise ValueError(f"one building is explained at a time, not {len(building)}")
    attributes = read_attributes(building, groups=rules.groups)

    def number(value: float) -> float | None:
        return None if np.isnan(value) else float(value)

    def code(value: int) -> int | None:
        return None if value == MISSING else int(value)

    return BuildingExplanation(
        inputs={
            "use_group": attributes.group_names[attributes.group[0]] or None,
            "year_built": number(attributes.year[0]),
            "year_rebuilt": number(attributes.year_rebuilt[0]),
            "floors": number(attributes.floors[0]),
            "footprint_m2": number(attributes.footprint[0]),
            "floor_area_m2": number(attributes.floor_area[0]),
            "heated_area_m2": number(attributes.heated_area[0]),
            "wall_code": code(attributes.wall[0]),
            "roof_code": code(attributes.roof[0]),
            "heating_code": code(attributes.heating[0]),
            "asbestos_code": code(attributes.asbestos[0]),
        },
        stand_ins=tuple(name for name, holds in attributes.stand_in.items() if holds[0]),
        rules=tuple(
            _explain_application(
                application,
                bits=int(find_suspicions(attributes, part=application.rule.part, rules=rules)[0]),
                rules=rules,
                learned=learned,
            )
            for application in apply_rules(attributes, rules=rules, learned=learned)
        ),
        elements=measure_elements(attributes, rules=rules),
    )


def _explain_application(
    application: Application, *, bits: int, rules: EstimateRules, learned: Learned
) -> RuleUse:
    rule = application.rule
    quantities = {
        name: float(application.read_quantity(probability=p)[0]) for name, p in PROBABILITIES.items()
    }
    suspected = set(name_suspicions(bits, rules=rules))
    return RuleUse(
        class_code=rule.class_code,
        rule=rule.rule,
        formula_da=rule.formula_da,
        formula_en=rule.formula_en,
        driver=rule.driver,
        driver_area=float(application.driver.area.median[0]),
        by_geometry=_read_median(application.by_geometry),
        by_intensity=_read_intensity(application),
        in_place=_read_median(application.in_place),
        presence=float(np.broadcast_to(application.presence, 1)[0]),
        **quantities,
        unit=rules.classes[rule.class_code].unit,
        reusable=rule.reusable,
        source=rule.source,
        status=rule.status,
        note=rule.note,
        factors=_list_factors(application),
        learned=_find_learned(application, learned),
        suspicions=tuple(
            SuspicionUse(
                suspicion=row.suspicion,
                name_da=row.name_da,
                name_en=row.name_en,
                asbestos=row.asbestos,
                source=row.source,
                status=row.status,
            )
            for row in rules.suspicions
            if row.suspicion in suspected
        ),
    )


def _read_median(spread: Spread) -> float:
    return float(spread.median[0])


def _find_learned(application: Application, learned: Learned) -> LearnedFactor | None:
    if application.learned is None or application.learned[0] < 0:
        return None
    return learned.factors[int(application.learned[0])]


def _read_intensity(application: Application) -> float | None:
    if application.by_intensity is None or np.isnan(application.by_intensity.log_median[0]):
        return None
    return _read_median(application.by_intensity)


def _list_factors(application: Application) -> tuple[FactorUse, ...]:
    rule = application.rule
    roles = dict.fromkeys(rule.factors, "factor")
    roles |= {rule.intensity: "intensity", rule.intensity_share: "intensity", rule.recovery: "recovery"}
    listed = []
    for used in application.used:
        index = int(used.taken[0])
        role = roles.get(used.factor, "driver")
        if index < 0 or (role == "intensity" and _read_intensity(application) is None):
            continue
        row = used.rows[index]
        listed.append(
            FactorUse(
                factor=used.factor,
                role=role,
                low=row.low,
                likely=row.likely,
                high=row.high,
                unit=row.unit,
                source=row.source,
                edition=row.edition,
                status=row.status,
                note=row.note,
            )
        )
    return tuple(listed)
