# SPDX-License-Identifier: EUPL-1.2
"""What carrying costs by weight and road, before any pair is known."""

from __future__ import annotations

import numpy as np

from matcher.loads import weigh_load
from matcher.problem.columns import FloatArray
from matcher.problem.problem import Problem


def carry_rates(problem: Problem) -> tuple[FloatArray, FloatArray]:
    """Return øre and mg CO2e of carrying one step of each class one metre.

    Parameters
    ----------
    problem
        Any problem.
    """
    classes, vehicles = problem.classes, problem.vehicles
    tonne_km = weigh_load(problem) / 1e6 / 1e3
    carried = classes.vehicle >= 0
    ore, emitted = np.zeros(len(classes.id)), np.zeros(len(classes.id))
    ore[carried] = tonne_km[carried] * vehicles.ore_per_tonne_km[classes.vehicle[carried]]
    emitted[carried] = tonne_km[carried] * vehicles.co2e_mg_per_tonne_km[classes.vehicle[carried]]
    return ore, emitted
