# SPDX-License-Identifier: EUPL-1.2
"""Trips gathered: matches between the same two sites on the same day share a lorry and its loads."""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from matcher.plan import Matches
from matcher.problem.columns import IntArray
from matcher.problem.problem import Problem

MOST = 2.0**62
"""What sums of 64 bits have to stay below."""


class Gathered(NamedTuple):
    """Loads begun and what trips and loads cost, in øre, once matches are gathered."""

    loads: int
    trip_ore: float


def gather_trips(problem: Problem, matches: Matches) -> Gathered:
    """Gather matches of one donor site, project site, pick-up day, hub and kind of lorry into shared loads.

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
    keys = np.stack(
        [
            problem.lots.site[matches.lot[carried]],
            problem.requirements.site[matches.requirement[carried]],
            matches.pick_up[carried],
            vehicle,
            matches.hub[carried],
        ]
    ).astype(np.int64)
    order = np.lexsort(keys[::-1])
    keys, carried = keys[:, order], carried[order]
    if not len(order):
        return Gathered(0, 0.0)
    begins = np.flatnonzero(np.append(True, (keys[:, 1:] != keys[:, :-1]).any(axis=0)))
    first, row = carried[begins], keys[3, begins]
    needed = np.ones(len(begins), dtype=np.int64)
    for each, most in (
        (classes.mass_g, vehicles.payload_g),
        (classes.volume_ml, vehicles.volume_ml),
        (classes.loading_mm, vehicles.loading_mm),
    ):
        taken = _sum_groups(each[offered[order]], matches.quantity[carried], begins)
        limited = most[row] > 0
        loads = -(-taken[limited] // most[row][limited])
        needed[limited] = np.maximum(needed[limited], loads.astype(np.int64))
    needed = np.minimum(needed, np.add.reduceat(matches.loads[carried], begins))
    km = matches.metres[first] / 1000
    stops = np.where(keys[4, begins] < 0, 1, 2)  # to a hub and from it
    trip = stops * vehicles.trip_ore[row] + vehicles.trip_ore_per_km[row] * km
    load = (stops * vehicles.load_ore[row] + vehicles.load_ore_per_km[row] * km) * needed
    # one after the other, in the order of the keys: a sum in pairs may end on another last digit
    ore = np.cumsum(np.stack([trip, load], axis=1).ravel())[-1]
    return Gathered(int(needed.sum()), float(ore))


def _sum_groups(each: IntArray, steps: IntArray, begins: IntArray) -> NDArray[Any]:
    """Return the sums of products over groups, exactly: in integers of any size where 64 bits fall short."""
    large = float(np.abs(each.astype(np.float64) * steps).sum()) >= MOST
    kind = np.dtype(object) if large else np.dtype(np.int64)
    return np.asarray(np.add.reduceat(each.astype(kind) * steps.astype(kind), begins))
