# SPDX-License-Identifier: EUPL-1.2
"""Trips gathered: matches between the same two sites on the same day share a lorry and its loads."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from matcher.plan import Matches
from matcher.problem.problem import Problem


class Gathered(NamedTuple):
    """Loads begun and what trips and loads cost, in øre, once matches are gathered."""

    loads: int
    trip_ore: float


def gather_trips(problem: Problem, matches: Matches) -> Gathered:
    """Gather matches of one donor site, project site, pick-up day and kind of lorry into shared loads.

    Parameters
    ----------
    problem
        Any problem.
    matches
        Matches of it.

    Notes
    -----
    A gathered trip is paid once; its loads are what the mass, volume or floor of everything in it needs, the
    greatest of the three, and never more than the loads of its matches each on its own. Where the pairs are
    given, nothing is known of sites and every match stays a trip of its own. Source: matching.md, section 1.
    """
    if problem.pairs is not None:
        ore = matches.trip_ore.sum() + matches.load_ore.sum()
        return Gathered(int(matches.loads.sum()), float(ore))
    classes, vehicles = problem.classes, problem.vehicles
    offered = problem.lots.class_[matches.lot]
    carried = np.flatnonzero(classes.vehicle[offered] >= 0)
    offered = offered[carried]
    vehicle = classes.vehicle[offered]
    keys = zip(
        problem.lots.site[matches.lot[carried]].tolist(),
        problem.requirements.site[matches.requirement[carried]].tolist(),
        matches.pick_up[carried].tolist(),
        vehicle.tolist(),
        strict=True,
    )
    sums: dict[tuple[int, int, int, int], list[int]] = {}
    for key, mass, volume, floor, steps, loads, metres in zip(
        keys,
        classes.mass_g[offered].tolist(),
        classes.volume_ml[offered].tolist(),
        classes.loading_mm[offered].tolist(),
        matches.quantity[carried].tolist(),
        matches.loads[carried].tolist(),
        matches.metres[carried].tolist(),
        strict=True,
    ):
        held = sums.setdefault(key, [0, 0, 0, 0, metres])
        held[0] += mass * steps
        held[1] += volume * steps
        held[2] += floor * steps
        held[3] += loads
    all_loads, ore = 0, 0.0
    for (_, _, _, row), (mass, volume, floor, separate, metres) in sorted(sums.items()):
        needed = 1
        for taken, most in (
            (mass, vehicles.payload_g[row]),
            (volume, vehicles.volume_ml[row]),
            (floor, vehicles.loading_mm[row]),
        ):
            if most > 0:
                needed = max(needed, -(-taken // int(most)))
        needed = min(needed, separate)
        km = metres / 1000
        ore += float(vehicles.trip_ore[row] + vehicles.trip_ore_per_km[row] * km)
        ore += float(vehicles.load_ore[row] + vehicles.load_ore_per_km[row] * km) * needed
        all_loads += needed
    return Gathered(all_loads, ore)
