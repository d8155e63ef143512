# SPDX-License-Identifier: EUPL-1.2
"""The parts of a building whose ranges were tried on buildings they were not fitted to."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from inventory.estimates.application import PROBABILITIES, find_estimable
from inventory.estimates.attributes import Attributes
from inventory.estimates.geometry import choose_rows, measure_drivers
from inventory.estimates.rules import Calibration, EstimateRules
from inventory.estimates.spread import Spread, read_quantile

_BASES = {
    "outer_wall": "outer_wall",
    "roof": "roof",
    "window_area": "floor_area",
    "toilet": "heated_area",
    "bathroom": "heated_area",
}
"""The driver whose bare base (before any factor) each element is a ratio of."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ElementRange:
    """What is in place of one element in one building: m2, or pieces in whole numbers.

    `low` to `high` is the range that says 80 %; `calibration` says how often it was right.
    """

    element: str
    unit: str
    low: float
    likely: float
    high: float
    source: str
    calibration: Calibration


def measure_elements(attributes: Attributes, *, rules: EstimateRules) -> tuple[ElementRange, ...]:
    """Measure the calibrated elements of one building.

    An element is left out where the building's use was not among those tried, and everything is where the
    register lacks an area or the storeys: such buildings were not tried.

    Parameters
    ----------
    attributes : Attributes
        One building.
    rules : EstimateRules

    Returns
    -------
    tuple of ElementRange
        In the order of `calibration.csv`.
    """
    if not find_estimable(attributes)[0] or any(holds[0] for holds in attributes.stand_in.values()):
        return ()
    drivers = measure_drivers(attributes, rules=rules)
    measured = []
    for element, calibration in rules.calibrations.items():
        ratio, used = choose_rows(calibration.factor, calibration.ratio, attributes)
        taken = int(used.taken[0])
        if taken < 0:
            continue
        row = calibration.ratio[taken]
        spread = Spread.exactly(drivers[_BASES[element]].base).times(ratio)
        ends = {name: float(read_quantile(spread, probability=p)[0]) for name, p in PROBABILITIES.items()}
        pieces = row.unit.startswith("piece")
        if pieces:
            ends = {name: float(np.floor(value + 0.5)) for name, value in ends.items()}
        measured.append(
            ElementRange(
                element=element,
                unit="piece" if pieces else "m2",
                **ends,
                source=f"{row.source}, {row.edition}",
                calibration=calibration,
            )
        )
    return tuple(measured)
