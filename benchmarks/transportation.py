# SPDX-License-Identifier: EUPL-1.2
"""Transportation problems as arrays: what Genbro's flow engine and every peer of it are given."""

from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from benchmarks.make_problem import draw_problem
from matcher.candidates import lay_world, select_cheapest
from matcher.families import label_families
from matcher.problem.problem import Problem

EVERY = 2**40
IntArray = NDArray[np.int64]


@dataclass(frozen=True, slots=True, kw_only=True)
class Transportation:
    """One class family: ship from lots to requirements so that the most is saved.

    Parameters
    ----------
    wanted, lot, saving
        Of each pair, sorted by requirement: rows from 0, and N - c in whole quanta, above 0.
    demand, supply
        Most a requirement takes and a lot gives, in steps.
    quantum
        Of the saving, in 1/1000 øre.
    """

    wanted: IntArray
    lot: IntArray
    saving: IntArray
    demand: IntArray
    supply: IntArray
    quantum: int


class InfeasibleFlowError(Exception):
    """A flow takes more than there is: rounding it did not give a plan."""


def list_transportations(problem: Problem) -> list[Transportation]:
    """List the families of a problem with every allowed pair that saves something.

    Parameters
    ----------
    problem
        Any problem. Families without such a pair are left out.
    """
    world = lay_world(problem)
    rows = np.arange(len(problem.requirements.id))
    weights = np.ones(len(problem.lots.id), dtype=np.int64)
    wanted, lot, cost, _ = select_cheapest(
        world, rows, problem.lots.quantity, problem.requirements.quantity, weights, EVERY, EVERY
    )
    family = label_families(problem)[problem.requirements.class_[wanted]]
    made = []
    for one in np.unique(family):
        here = np.flatnonzero(family == one)
        here = here[np.lexsort((lot[here], wanted[here]))]
        buyers, local_wanted = np.unique(wanted[here], return_inverse=True)
        sellers, local_lot = np.unique(lot[here], return_inverse=True)
        quantum = int(world.rates.quantum[problem.requirements.class_[buyers[0]]])
        made.append(
            Transportation(
                wanted=local_wanted.astype(np.int64),
                lot=local_lot.astype(np.int64),
                saving=(world.rates.new_cost[wanted[here]] - cost[here]) // quantum,
                demand=problem.requirements.quantity[buyers],
                supply=problem.lots.quantity[sellers],
                quantum=quantum,
            )
        )
    return made


@lru_cache(maxsize=1)
def draw_transportations(*, n_lots: int, n_requirements: int, n_classes: int) -> list[Transportation]:
    """Draw a problem and list its families; the last is kept for the next peer."""
    return list_transportations(
        draw_problem(n_lots=n_lots, n_requirements=n_requirements, n_classes=n_classes)
    )


def count_saving(case: Transportation, *, flow: IntArray) -> int:
    """Return what a flow saves in 1/1000 øre, exactly.

    Raises
    ------
    InfeasibleFlowError
        It is not a plan.
    """
    taken = np.bincount(case.lot, weights=flow, minlength=len(case.supply))
    met = np.bincount(case.wanted, weights=flow, minlength=len(case.demand))
    if (flow < 0).any() or (taken > case.supply).any() or (met > case.demand).any():
        raise InfeasibleFlowError("more is taken than there is, or than is wanted")
    used = np.flatnonzero(flow)
    parts = zip(case.saving[used].tolist(), flow[used].tolist(), strict=True)
    return case.quantum * sum(int(saving) * int(steps) for saving, steps in parts)
