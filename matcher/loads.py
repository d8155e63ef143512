# SPDX-License-Identifier: EUPL-1.2
"""What a lorry holds and what lots deliver after conversion and breakage: steps and grams, no money."""

from __future__ import annotations

import numpy as np

from matcher.compiling import compiled
from matcher.problem.column import MOST_STEPS
from matcher.problem.columns import DayArray, FloatArray, IntArray, RowArray
from matcher.problem.problem import Problem


def weigh_load(problem: Problem) -> FloatArray:
    """Return the mass one step of each class counts as on its vehicle, in grams.

    Parameters
    ----------
    problem
        Any problem.

    Notes
    -----
    The greatest of its mass and of the shares of the payload that its volume and its length of the loading
    floor take: light goods fill a lorry before they weigh it down, and are paid for by what they fill.
    """
    classes, vehicles = problem.classes, problem.vehicles
    load = classes.mass_g.astype(np.float64)
    for row in np.flatnonzero(classes.vehicle >= 0):
        vehicle = classes.vehicle[row]
        for taken, most in (
            (classes.volume_ml[row], vehicles.volume_ml[vehicle]),
            (classes.loading_mm[row], vehicles.loading_mm[vehicle]),
        ):
            if taken > 0 and most > 0:
                load[row] = max(load[row], float(taken) / float(most) * float(vehicles.payload_g[vehicle]))
    return load


def count_load_steps(problem: Problem) -> IntArray:
    """Return how many whole steps of each class one load of its vehicle holds; 0 = carried free, no load.

    Parameters
    ----------
    problem
        Any problem.

    Notes
    -----
    The least of what payload, volume and loading floor hold, and at least 1: a step too large for the lorry
    is a load of its own. What takes no room at all goes in one load, however much it is.
    """
    classes, vehicles = problem.classes, problem.vehicles
    steps = np.zeros(len(classes.id), dtype=np.int64)
    for row in np.flatnonzero(classes.vehicle >= 0):
        vehicle = classes.vehicle[row]
        held = MOST_STEPS
        for taken, most in (
            (classes.mass_g[row], vehicles.payload_g[vehicle]),
            (classes.volume_ml[row], vehicles.volume_ml[vehicle]),
            (classes.loading_mm[row], vehicles.loading_mm[vehicle]),
        ):
            if taken > 0 and most > 0:
                held = min(held, int(most) // int(taken))
        steps[row] = max(held, 1)
    return steps


def count_loads(problem: Problem, *, offered: RowArray, quantity: IntArray) -> IntArray:
    """Return the lorry loads begun for quantities of classes, at least one each.

    Parameters
    ----------
    problem
        Any problem.
    offered
        Class of each quantity.
    quantity
        Steps.

    Notes
    -----
    A class without a vehicle is carried free: no load.
    """
    held = count_load_steps(problem)[offered]
    return np.where(held > 0, -(-quantity // np.maximum(held, 1)), 0)


@compiled
def reduce_conversion(top: int, bottom: int, breakage: int) -> tuple[int, int]:
    """Return P and Q without a common divisor: x steps taken deliver floor(x P / Q).

    Parameters
    ----------
    top, bottom
        p and q of the substitute; 1 and 1 for the class itself.
    breakage
        Share of what is taken that is lost, in permille.
    """
    one, other = top * (1000 - breakage), bottom * 1000
    large, small = one, other
    while small > 0:
        large, small = small, large % small
    return one // large, other // large


@compiled
def reduce_conversions(top: IntArray, bottom: IntArray, breakage: DayArray) -> tuple[IntArray, IntArray]:
    """Return P and Q of many pairs; arrays of one length, as in `reduce_conversion`."""
    tops, bottoms = np.empty(len(top), dtype=np.int64), np.empty(len(top), dtype=np.int64)
    for pair in range(len(top)):
        tops[pair], bottoms[pair] = reduce_conversion(top[pair], bottom[pair], breakage[pair])
    return tops, bottoms


def deliver_steps(problem: Problem, *, lot: RowArray, requirement: RowArray, quantity: IntArray) -> IntArray:
    """Return the steps wanted that steps taken deliver, after conversion and breakage.

    Parameters
    ----------
    problem
        Any problem.
    lot, requirement, quantity
        Rows and steps taken.
    """
    swaps, count = problem.substitutes, len(problem.classes.id)
    p, q = np.ones((2, count, count), dtype=np.int64)
    p[swaps.class_, swaps.substitute], q[swaps.class_, swaps.substitute] = swaps.p, swaps.q
    pair = (problem.requirements.class_[requirement], problem.lots.class_[lot])
    top, bottom = reduce_conversions(p[pair], q[pair], problem.requirements.breakage[requirement])
    return quantity * top // bottom


def find_surplus(problem: Problem, *, lot: RowArray, requirement: RowArray, delivered: IntArray) -> IntArray:
    """Return how much of each delivery is beyond the quantity wanted: that of the last lots of a requirement.

    Parameters
    ----------
    problem
        Any problem.
    lot, requirement, delivered
        Rows and steps delivered.
    """
    order = np.lexsort((lot, requirement))
    rows, steps = requirement[order], delivered[order]
    before = np.cumsum(steps) - steps
    first = np.concatenate([[True], rows[1:] != rows[:-1]])[: len(rows)]
    before -= before[np.flatnonzero(first)][np.cumsum(first) - 1]
    surplus = np.empty_like(delivered)
    left = np.maximum(problem.requirements.quantity[rows] - before, 0)
    surplus[order] = np.maximum(steps - left, 0)
    return surplus
