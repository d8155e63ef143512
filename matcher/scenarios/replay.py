# SPDX-License-Identifier: EUPL-1.2
"""Replaying a plan in scenarios: how sure each requirement is of what the plan gives it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np

from matcher.candidates import lay_world
from matcher.columns import FloatArray, IntArray
from matcher.compiling import compiled
from matcher.plan import Plan
from matcher.problem import Problem
from matcher.quanta import PER_ORE
from matcher.scenarios.back_up import BackUps, find_back_ups


@dataclass(frozen=True, slots=True, kw_only=True)
class Replay:
    """What became of a plan in all scenarios.

    Parameters
    ----------
    scenarios
        How many there were.
    assigned
        Steps the plan gives each requirement.
    served, served_with_back_up
        Of each requirement: share of the scenarios in which it got all of that, without and with the back-up
        lots. 1 where the plan gives it nothing: nothing can fail.
    expected
        Of each requirement: mean steps it got, without back-up.
    back_ups
        The back-up of each match.
    saving_ore, saving_with_back_up_ore
        B - C of each scenario, what fell short bought new: in øre, without and with the back-up lots.
    """

    scenarios: int
    assigned: IntArray
    served: FloatArray
    served_with_back_up: FloatArray
    expected: FloatArray
    back_ups: BackUps
    saving_ore: FloatArray
    saving_with_back_up_ore: FloatArray


def replay_plan(problem: Problem, plan: Plan, quantities: Iterable[IntArray]) -> Replay:
    """Replay a plan against the quantities that the surveys may find.

    Parameters
    ----------
    problem, plan
        A problem and a plan of it.
    quantities
        The quantity of every lot, scenario by scenario (`matcher.scenarios.draw.draw_scenarios`).

    Notes
    -----
    Nothing is planned anew. A lot that comes short serves first the match that would lose most on a step
    (N - c), ties by requirement. A requirement left below its minimum fulfilment gets nothing at all. With
    back-up, what a match lost is taken from its back-up lot, as far as that has steps left in the scenario,
    in the order of the matches.
    """
    matches, wanted = plan.matches, problem.requirements
    world = lay_world(problem)
    back_ups = find_back_ups(problem, world=world, matches=matches)
    new_cost = world.rates.new_cost
    step_cost = matches.cost // np.maximum(matches.quantity, 1)
    gain = new_cost[matches.requirement] - step_cost
    order = np.lexsort((matches.requirement, -gain, matches.lot))
    assigned = np.zeros(len(wanted.id), dtype=np.int64)
    np.add.at(assigned, matches.requirement, matches.quantity)
    least = np.minimum(assigned, -(-wanted.minimum_fulfilment * wanted.quantity // 1000))
    counts = np.zeros((3, len(wanted.id)), dtype=np.int64)
    savings: list[tuple[float, float]] = [
        _replay(
            quantity,
            order,
            matches.lot.astype(np.int64),
            matches.requirement.astype(np.int64),
            matches.quantity,
            gain,
            assigned,
            least,
            back_ups.lot,
            new_cost[matches.requirement] - back_ups.cost,
            counts,
        )
        for quantity in quantities
    ]
    done = len(savings)
    share = counts / max(done, 1)
    table = np.array(savings, dtype=np.float64).reshape(done, 2) / PER_ORE
    return Replay(
        scenarios=done,
        assigned=assigned,
        served=share[0],
        served_with_back_up=share[1],
        expected=share[2],
        back_ups=back_ups,
        saving_ore=table[:, 0],
        saving_with_back_up_ore=table[:, 1],
    )


@compiled
def _replay(  # Numba takes no keyword-only arguments
    quantity: IntArray,
    order: IntArray,
    lot: IntArray,
    requirement: IntArray,
    planned: IntArray,
    gain: IntArray,
    assigned: IntArray,
    least: IntArray,
    back_up: IntArray,
    back_up_gain: IntArray,
    counts: IntArray,
) -> tuple[float, float]:
    left = quantity.copy()
    got = np.zeros(len(lot), dtype=np.int64)
    of_requirement = np.zeros(len(assigned), dtype=np.int64)
    for match in order:
        got[match] = min(planned[match], left[lot[match]])
        left[lot[match]] -= got[match]
        of_requirement[requirement[match]] += got[match]
    # what the plan itself had left of a lot, as far as the scenario still has it
    free = left.copy()
    with_back_up = of_requirement.copy()
    more = np.zeros(len(lot), dtype=np.int64)
    for match in range(len(lot)):
        short = planned[match] - got[match]
        if short > 0 and back_up[match] >= 0:
            more[match] = min(short, free[back_up[match]])
            free[back_up[match]] -= more[match]
            with_back_up[requirement[match]] += more[match]
    plain = backed = 0.0
    for match in range(len(lot)):
        row = requirement[match]
        if of_requirement[row] >= least[row]:
            plain += gain[match] * got[match]
        if with_back_up[row] >= least[row]:
            backed += gain[match] * got[match] + back_up_gain[match] * more[match]
    for row in range(len(assigned)):
        kept = of_requirement[row] if of_requirement[row] >= least[row] else 0
        counts[0, row] += np.int64(kept >= assigned[row])
        counts[1, row] += np.int64(with_back_up[row] >= assigned[row])
        counts[2, row] += kept
    return plain, backed
