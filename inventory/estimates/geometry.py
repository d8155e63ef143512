# SPDX-License-Identifier: EUPL-1.2
"""The areas of a building's walls, roof and decks from its footprint and storeys."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from inventory.estimates.attributes import Attributes
from inventory.estimates.holding import find_holding
from inventory.estimates.rules import EstimateRules, FactorRow
from inventory.estimates.spread import Floats, Spread

WALL_FACTORS = ("shape_factor", "storey_height", "exposed_share", "gable_factor", "solid_share")
ROOF_FACTORS = ("eaves_factor", "slope_factor")

_WALL_STAND_INS = ("footprint_from_total", "floors_from_areas", "floors_assumed_one")
_STAND_INS = {
    "outer_wall": _WALL_STAND_INS,
    "roof": ("footprint_from_total",),
    "decks": _WALL_STAND_INS,
    "inner_decks": _WALL_STAND_INS,
    "footprint": ("footprint_from_total",),
    "floor_area": ("area_from_floors", "floors_assumed_one"),
    "heated_area": ("area_from_floors", "floors_assumed_one"),
}
"""Factors of a driver that take part only where the register lacks an area or the storeys."""

_DRIVER_FACTORS = {"outer_wall": WALL_FACTORS, "roof": ROOF_FACTORS}


@dataclass(frozen=True, slots=True, kw_only=True)
class UsedFactor:
    """A factor with the row each building took: index into `rows`, -1 where none fits or it takes no part."""

    factor: str
    rows: tuple[FactorRow, ...]
    taken: np.ndarray


@dataclass(frozen=True, slots=True, kw_only=True)
class Driver:
    """A measured or derived area in m2 with the factors it was made from."""

    name: str
    base: Floats
    area: Spread
    used: tuple[UsedFactor, ...]


def find_factor(name: str, attributes: Attributes, *, rules: EstimateRules) -> tuple[Spread, UsedFactor]:
    """Look a factor up for every building; the last row of the table whose condition holds is taken.

    Returns
    -------
    tuple of Spread and UsedFactor
        The spread is unknown (nan) where no row holds.
    """
    return choose_rows(name, rules.factors[name], attributes)


def choose_rows(name: str, rows: tuple[FactorRow, ...], attributes: Attributes) -> tuple[Spread, UsedFactor]:
    """Choose for every building the last of some rows whose condition holds, as `find_factor` does."""
    taken = np.full(attributes.count, -1, dtype=np.int64)
    for index, row in enumerate(rows):
        taken[find_holding(row.condition, attributes)] = index
    log_medians = np.array([row.log_median for row in rows] + [np.nan])
    variances = np.array([row.variance for row in rows] + [0.0])
    return (
        Spread(log_median=log_medians[taken], variance=variances[taken]),
        UsedFactor(factor=name, rows=rows, taken=taken),
    )


def measure_drivers(attributes: Attributes, *, rules: EstimateRules) -> dict[str, Driver]:
    """Derive the areas that rules start from.

    With footprint A (m2) and n storeys:

    - outer_wall = 4 sqrt(A) x n x the measured wall per metre where `calibration.csv` has the use; else
      4 sqrt(A) x n x shape x storey height x exposed share x gables x (1 - openings)
    - roof = A x eaves x 1 / cos(pitch)
    - decks = A x n (each storey's upper deck, the loft's included), inner_decks = A x (n - 1)
    - footprint = A; floor_area and heated_area as registered

    Every factor is a row of `intensities.csv`. Stand-ins for what the register lacks widen the range, and
    so does a total area that disagrees with footprint x storeys (walls and decks alone).

    Parameters
    ----------
    attributes : Attributes
        Columns of shape (n,).
    rules : EstimateRules

    Returns
    -------
    dict of str to Driver
        One for each name of `rules.DRIVERS`.
    """
    footprint, floors = attributes.footprint, attributes.floors
    bases = {
        "outer_wall": 4.0 * np.sqrt(footprint) * floors,
        "roof": footprint,
        "decks": footprint * floors,
        "inner_decks": footprint * np.maximum(floors - 1.0, 0.0),
        "footprint": footprint,
        "floor_area": attributes.floor_area,
        "heated_area": attributes.heated_area,
    }
    found = {
        name: find_factor(name, attributes, rules=rules)
        for name in (*WALL_FACTORS, *ROOF_FACTORS, *attributes.stand_in)
    }
    disagreement, _ = find_factor("areas_disagree", attributes, rules=rules)
    extra = (disagreement.median * attributes.disagreement) ** 2
    drivers = {}
    for name, base in bases.items():
        area = Spread.exactly(base)
        used = []
        for factor in _DRIVER_FACTORS.get(name, ()):
            spread, row = found[factor]
            area = area.times(spread)
            used.append(row)
        if name == "outer_wall":
            area, used = _prefer_measured(base, area, used, attributes=attributes, rules=rules)
        for factor in _STAND_INS[name]:
            spread, row = found[factor]
            lacking = attributes.stand_in[factor]
            if name in ("floor_area", "heated_area"):
                lacking = lacking & attributes.stand_in["area_from_floors"]
            area = area.widened(np.where(lacking, spread.variance, 0.0))
            used.append(UsedFactor(factor=factor, rows=row.rows, taken=np.where(lacking, row.taken, -1)))
        if name in ("outer_wall", "decks", "inner_decks"):
            area = area.widened(extra)
        drivers[name] = Driver(name=name, base=base, area=area, used=tuple(used))
    return drivers


def _prefer_measured(
    base: Floats,
    area: Spread,
    used: list[UsedFactor],
    *,
    attributes: Attributes,
    rules: EstimateRules,
) -> tuple[Spread, list[UsedFactor]]:
    """Take the calibrated wall area where there is one; the chain of factors elsewhere."""
    calibration = rules.calibrations["outer_wall"]
    ratio, row = choose_rows(calibration.factor, calibration.ratio, attributes)
    known = row.taken >= 0
    measured = Spread.exactly(base).times(ratio)
    chosen = Spread(
        log_median=np.where(known, measured.log_median, area.log_median),
        variance=np.where(known, measured.variance, area.variance),
    )
    chain = [
        UsedFactor(factor=one.factor, rows=one.rows, taken=np.where(known, -1, one.taken)) for one in used
    ]
    return chosen, [*chain, row]
