# SPDX-License-Identifier: EUPL-1.2
"""The quantum of the costs: as fine as no flow can overflow, proven from the problem before solving."""

from __future__ import annotations

import math

import numpy as np

from matcher.columns import BoolArray, FloatArray, IntArray
from matcher.errors import InputError
from matcher.families import label_families
from matcher.problem import Problem

PER_ORE = 1000
"""Parts of an øre that costs are counted in."""
_MOST = 2**62


def choose_quanta(
    problem: Problem, *, own: FloatArray, metre: FloatArray, penalty: FloatArray, new_ore: FloatArray
) -> IntArray:
    """Choose for each family the finest quantum that cannot overflow, proven from the problem alone.

    Parameters
    ----------
    problem
        The whole problem, alike rows not yet gathered.
    own, metre, penalty
        As in `matcher.value.Rates`.
    new_ore
        Of each requirement, buying a step new, øre.

    Raises
    ------
    InputError
        Where given costs are too great for a flow of this size, or the cost of a match for 64 bits.

    Notes
    -----
    The flow engine multiplies costs by the number of nodes n + 1 and keeps node potentials that stay below 4
    n times the greatest of them (cost scaling by Goldberg and Tarjan: 3 n epsilon a phase, epsilon at least
    halved each phase, epsilon starting at the greatest cost). So 8 (n + 1)**2 * max |c - N| has to stay below
    2**62.
    """
    lots, wanted, params = problem.lots, problem.requirements, problem.params
    classes, families = problem.classes, label_families(problem)
    quantum = np.ones(len(classes.id), dtype=np.int64)
    days = int(max(params.default_storage_days, wanted.storage_days.max(initial=0)))
    far = metre * params.cap_metres + classes.storage_ore_per_day * days
    for family in np.unique(families):
        members = np.flatnonzero(families == family)
        of_lots = np.isin(lots.class_, members)
        of_wanted = np.isin(wanted.class_, members)
        if problem.pairs is not None:
            of_pairs = of_wanted[problem.pairs.requirement]
            dearest = float(np.abs(problem.pairs.cost[of_pairs]).max(initial=0)) / PER_ORE
        else:
            dearest = float(np.abs(own[of_lots]).max(initial=0.0))
            dearest += float(far[members].max(initial=0.0))
            dearest += float(penalty[members].max(initial=0.0))
        dearest += float(np.abs(new_ore[of_wanted]).max(initial=0.0))
        nodes = int(of_lots.sum()) + int(of_wanted.sum()) + 2
        most = math.ceil(dearest * PER_ORE) + 1
        step = 1
        while 8 * (nodes + 1) ** 2 * (most // step + 1) >= _MOST:
            step *= 10
        if step > 1 and problem.pairs is not None:
            raise InputError(
                "costs small enough for a flow of this size in 1/1000 øre",
                table="pairs",
                column="cost",
                value=most,
            )
        quantum[members] = step
        _refuse_overflow(problem, most=most, of_lots=of_lots, of_wanted=of_wanted)
    return quantum


def _refuse_overflow(problem: Problem, *, most: int, of_lots: BoolArray, of_wanted: BoolArray) -> None:
    """Refuse quantities at which the cost or the load of a single match would not fit into 64 bits."""
    classes = problem.classes
    heaviest = max(int(classes.mass_g.max(initial=0)), int(classes.volume_ml.max(initial=0)))
    for name, rows in (("lots", of_lots), ("requirements", of_wanted)):
        quantity = problem.lots.quantity if name == "lots" else problem.requirements.quantity
        largest = int(quantity[rows].max(initial=0))
        if largest * max(most, heaviest) >= _MOST:
            raise InputError(
                "a quantity whose cost in 1/1000 øre, mass in g and volume in ml stay below 2**62",
                table=name,
                column="quantity",
                value=largest,
            )
