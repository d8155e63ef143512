# SPDX-License-Identifier: EUPL-1.2
"""One rule applied to the buildings it holds for: driver x factors, pooled with the intensity, x recovery."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from inventory.estimates.adjust import NOTHING_LEARNED, Learned, find_adjustment
from inventory.estimates.attributes import NO_LOTS, UNKNOWN_USE, Attributes
from inventory.estimates.conditions import Bools
from inventory.estimates.geometry import Driver, UsedFactor, find_factor, measure_drivers
from inventory.estimates.holding import find_holding
from inventory.estimates.rules import EstimateRule, EstimateRules
from inventory.estimates.spread import Floats, Spread, pool_estimates, read_quantile

PROBABILITIES = {"low": 0.10, "likely": 0.50, "high": 0.90}


@dataclass(frozen=True, slots=True, kw_only=True)
class Application:
    """A rule's answer for the buildings numbered `rows`; all arrays have their length.

    `by_geometry` and `by_intensity` (None where the rule has none, nan where no row fits) are quantities in
    place, `in_place` the two pooled, `quantity` what can be reclaimed of it, given that the thing is there
    at all, with `presence` the chance that it is. Surveys of other buildings move `quantity` and `presence`
    alone; `learned` is the row of `Learned.factors` that did, -1 where none, None where none of any building.
    """

    rule: EstimateRule
    rows: NDArray[np.int64]
    driver: Driver
    by_geometry: Spread
    by_intensity: Spread | None
    in_place: Spread
    quantity: Spread
    presence: float | Floats
    learned: NDArray[np.int64] | None
    used: tuple[UsedFactor, ...]

    def read_quantity(self, *, probability: float) -> Floats:
        """Read the reclaimable quantity at a probability, in the class's unit; presence is counted in."""
        return read_quantile(self.quantity, probability=probability, presence=self.presence)


@dataclass(slots=True, kw_only=True)
class _FactorLookup:
    """Factors of all buildings, each looked up once."""

    attributes: Attributes
    rules: EstimateRules
    learned: Learned
    found: dict[str, tuple[Spread, UsedFactor]] = field(default_factory=dict)

    def find(self, name: str) -> tuple[Spread, UsedFactor]:
        if name not in self.found:
            self.found[name] = find_factor(name, self.attributes, rules=self.rules)
        return self.found[name]


def find_estimable(attributes: Attributes) -> Bools:
    """Tell which buildings can have lots: standing, of a known use that yields any, with an area."""
    return (
        attributes.standing
        & ~attributes.is_group({NO_LOTS, UNKNOWN_USE})
        & ~np.isnan(attributes.footprint)
        & ~np.isnan(attributes.floor_area)
    )


def apply_rules(
    attributes: Attributes, *, rules: EstimateRules, learned: Learned = NOTHING_LEARNED
) -> Iterator[Application]:
    """Apply every rule to the buildings it holds for.

    Parameters
    ----------
    attributes : Attributes
        Columns of shape (n,).
    rules : EstimateRules
    learned : Learned
        What surveys of other buildings say; nothing where left out.

    Yields
    ------
    Application
        In the order of the table; rules that hold for no building are left out.
    """
    estimable = find_estimable(attributes)
    drivers = measure_drivers(attributes, rules=rules)
    lookup = _FactorLookup(attributes=attributes, rules=rules, learned=learned)
    for rule in rules.rules:
        rows = np.flatnonzero(estimable & find_holding(rule.condition, attributes))
        if len(rows):
            yield _apply_rule(rule, rows, drivers=drivers, lookup=lookup)


def _apply_rule(
    rule: EstimateRule,
    rows: NDArray[np.int64],
    *,
    drivers: Mapping[str, Driver],
    lookup: _FactorLookup,
) -> Application:
    driver = drivers[rule.driver]
    used: list[UsedFactor] = [_take_used(factor, rows) for factor in driver.used]

    def take(name: str) -> Spread:
        spread, factor = lookup.find(name)
        used.append(_take_used(factor, rows))
        return _take(spread, rows)

    by_geometry = _take(driver.area, rows)
    for name in rule.factors:
        by_geometry = by_geometry.times(take(name))
    by_intensity = None
    in_place = by_geometry
    mass = lookup.rules.classes[rule.class_code].mass_kg_per_unit
    if rule.intensity and mass > 0:
        area = _take(drivers["floor_area"].area, rows)
        kilograms = area.times(take(rule.intensity)).times(take(rule.intensity_share))
        by_intensity = Spread(log_median=kilograms.log_median - np.log(mass), variance=kilograms.variance)
        in_place = pool_estimates(by_geometry, by_intensity)
    quantity = in_place.times(take(rule.recovery)) if rule.recovery else in_place
    moved = find_adjustment(
        rule.class_code,
        presence=rule.presence,
        rows=rows,
        attributes=lookup.attributes,
        learned=lookup.learned,
    )
    if moved is not None:
        quantity = Spread(
            log_median=quantity.log_median + moved.log_factor,
            variance=quantity.variance * moved.variance_scale,
        )
    return Application(
        rule=rule,
        rows=rows,
        driver=driver,
        by_geometry=by_geometry,
        by_intensity=by_intensity,
        in_place=in_place,
        quantity=quantity,
        presence=rule.presence if moved is None else moved.presence,
        learned=None if moved is None else moved.taken,
        used=tuple(used),
    )


def _take(spread: Spread, rows: NDArray[np.int64]) -> Spread:
    return Spread(log_median=spread.log_median[rows], variance=spread.variance[rows])


def _take_used(factor: UsedFactor, rows: NDArray[np.int64]) -> UsedFactor:
    return UsedFactor(factor=factor.factor, rows=factor.rows, taken=factor.taken[rows])
