# SPDX-License-Identifier: EUPL-1.2
"""The tables of the estimate: rules, factors, suspicions and use groups, read from inventory/reference."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from importlib import resources

from inventory.errors import BadInputError
from inventory.estimates.conditions import Condition, read_condition
from inventory.estimates.spread import Z75, Z90, Z95, fit_log_normal

DRIVERS = ("outer_wall", "roof", "decks", "inner_decks", "footprint", "floor_area", "heated_area")


class RuleTableError(BadInputError):
    """Cannot use row {row} of {table}: {why}."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FactorRow:
    """One published or assumed value of a factor, for the buildings its condition names.

    `low`, `likely` and `high` are in `unit`; they are P10, P50 and P90, or the percentiles the source
    gives.
    """

    factor: str
    condition: Condition
    low: float
    likely: float
    high: float
    log_median: float
    variance: float
    unit: str
    source: str
    edition: str
    status: str
    note: str


@dataclass(frozen=True, slots=True, kw_only=True)
class EstimateRule:
    """How one class comes out of one kind of building: driver x factors x recovery.

    `dated` parts are as old as the building; covers, windows and fittings may have been renewed since.
    """

    rule: str
    class_code: str
    part: str
    condition: Condition
    driver: str
    factors: tuple[str, ...]
    recovery: str
    presence: float
    intensity: str
    intensity_share: str
    documentation: str
    product_status: str
    reusable: bool
    dated: bool
    formula_da: str
    formula_en: str
    source: str
    status: str
    note: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SuspicionRule:
    """Why a harmful substance is suspected in some parts of a building."""

    suspicion: str
    condition: Condition
    parts: frozenset[str]
    asbestos: bool
    name_da: str
    name_en: str
    source: str
    status: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ClassMeasure:
    """What an estimate needs of a material class: unit, units per step, kg per unit (nan = not known)."""

    unit: str
    step: float
    mass_kg_per_unit: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Calibration:
    """An element of a building whose ranges were tried on buildings that were left out.

    `ratio` has one row per kind of building; `tested` buildings of all kinds were left out in turn, by type
    or by municipality (`left_out_by`), and the 80 % range of `held` of them held the truth.
    """

    element: str
    factor: str
    ratio: tuple[FactorRow, ...]
    tested: int
    held: int
    left_out_by: str
    method: str


@dataclass(frozen=True, slots=True, kw_only=True)
class EstimateRules:
    """All tables the estimate reads."""

    rules: tuple[EstimateRule, ...]
    factors: Mapping[str, tuple[FactorRow, ...]]
    suspicions: tuple[SuspicionRule, ...]
    groups: Mapping[int, str]
    classes: Mapping[str, ClassMeasure]
    calibrations: Mapping[str, Calibration]


def load_rules(*, classes: Mapping[str, ClassMeasure] | None = None) -> EstimateRules:
    """Load the packaged tables and see that they fit together.

    Parameters
    ----------
    classes : mapping of str to ClassMeasure, optional
        Material classes as the database has them; those of `material_classes.csv` where not given.

    Raises
    ------
    RuleTableError
        Where a row cannot be read, or names a factor, driver or class that is not there.
    """
    factors: dict[str, list[FactorRow]] = {}
    for number, row in _read_rows("intensities.csv"):
        factors.setdefault(row["factor"], []).append(_read_factor(number, row))
    calibrations = _read_calibrations()
    for found in calibrations.values():
        if found.factor in factors:  # what was measured comes last, and so is taken
            factors[found.factor] += found.ratio
    rules = EstimateRules(
        rules=tuple(_read_rule(number, row) for number, row in _read_rows("estimate_rules.csv")),
        factors={name: tuple(rows) for name, rows in factors.items()},
        suspicions=tuple(_read_suspicion(number, row) for number, row in _read_rows("suspicion_rules.csv")),
        groups={int(row["use_code"]): row["group"] for _, row in _read_rows("estimate_groups.csv")},
        classes=read_class_measures() if classes is None else classes,
        calibrations=calibrations,
    )
    _check_rules(rules)
    return rules


def read_class_measures() -> dict[str, ClassMeasure]:
    """Read unit, step and mass of every class of the packaged table."""
    return {
        row["code"]: ClassMeasure(
            unit=row["unit"],
            step=float(row["step"]),
            mass_kg_per_unit=float(row["mass_kg_per_unit"] or "nan"),
        )
        for _, row in _read_rows("material_classes.csv")
    }


def _read_rows(name: str) -> Iterator[tuple[int, dict[str, str]]]:
    text = resources.files("inventory").joinpath("reference", name).read_text(encoding="utf-8")
    yield from enumerate(csv.DictReader(io.StringIO(text, newline="")), start=2)


def _read_calibrations() -> dict[str, Calibration]:
    found: dict[str, list[tuple[dict[str, str], FactorRow]]] = {}
    for number, row in _read_rows("calibration.csv"):
        found.setdefault(row["element"], []).append((row, _read_factor(number, row, table="calibration.csv")))
    return {
        element: Calibration(
            element=element,
            factor=rows[0][0]["factor"],
            ratio=tuple(ratio for _, ratio in rows),
            tested=sum(int(row["tested"]) for row, _ in rows),
            held=sum(int(row["held"]) for row, _ in rows),
            left_out_by=rows[0][0]["left_out_by"],
            method=rows[0][0]["method"],
        )
        for element, rows in found.items()
    }


def _read_factor(number: int, row: Mapping[str, str], *, table: str = "intensities.csv") -> FactorRow:
    low, high, z = _choose_percentiles(row)
    values = {"low": float(row[low]), "likely": float(row["p50"]), "high": float(row[high])}
    try:
        log_median, variance = fit_log_normal(**values, z=z)
        condition = read_condition(row)
    except ValueError as error:
        raise RuleTableError(table=table, row=number, why=error) from error
    return FactorRow(
        factor=row["factor"],
        condition=condition,
        **values,
        log_median=log_median,
        variance=variance,
        unit=row["unit"],
        source=row["source"],
        edition=row["edition"],
        status=row["status"],
        note=row["note"],
    )


def _choose_percentiles(row: Mapping[str, str]) -> tuple[str, str, float]:
    """Choose the widest percentiles that have logarithms: some published P5 are zero."""
    for low, high, z in (("p10", "p90", Z90), ("p5", "p95", Z95)):
        if row[low] and row[high] and float(row[low]) > 0:
            return low, high, z
    return "p25", "p75", Z75


def _read_rule(number: int, row: Mapping[str, str]) -> EstimateRule:
    try:
        condition = read_condition(row)
        presence = float(row["presence"])
    except ValueError as error:
        raise RuleTableError(table="estimate_rules.csv", row=number, why=error) from error
    if not 0 < presence <= 1:
        raise RuleTableError(
            table="estimate_rules.csv", row=number, why=f"presence {presence} is no probability"
        )
    return EstimateRule(
        rule=row["rule"],
        class_code=row["class"],
        part=row["part"],
        condition=condition,
        driver=row["driver"],
        factors=tuple(row["factors"].split()),
        recovery=row["recovery"],
        presence=presence,
        intensity=row["intensity"],
        intensity_share=row["intensity_share"],
        documentation=row["documentation"],
        product_status=row["product_status"],
        reusable=row["reusable"] == "yes",
        dated=row["dated"] == "yes",
        formula_da=row["formula_da"],
        formula_en=row["formula_en"],
        source=row["source"],
        status=row["status"],
        note=row["note"],
    )


def _read_suspicion(number: int, row: Mapping[str, str]) -> SuspicionRule:
    try:
        condition = read_condition(row)
    except ValueError as error:
        raise RuleTableError(table="suspicion_rules.csv", row=number, why=error) from error
    return SuspicionRule(
        suspicion=row["suspicion"],
        condition=condition,
        parts=frozenset(row["parts"].split()),
        asbestos=row["asbestos"] == "yes",
        name_da=row["name_da"],
        name_en=row["name_en"],
        source=row["source"],
        status=row["status"],
    )


def _check_rules(rules: EstimateRules) -> None:
    for number, rule in enumerate(rules.rules, start=2):
        used = [*rule.factors, rule.recovery, rule.intensity, rule.intensity_share]
        unknown = [name for name in used if name and name not in rules.factors]
        if unknown:
            why = f"no factor {', '.join(unknown)} in intensities.csv"
        elif rule.driver not in DRIVERS:
            why = f"no driver {rule.driver}"
        elif rule.class_code not in rules.classes:
            why = f"no material class {rule.class_code}"
        else:
            continue
        raise RuleTableError(table="estimate_rules.csv", row=number, why=why)
