# SPDX-License-Identifier: EUPL-1.2
"""Replaying a plan in scenarios: how sure each requirement is of what the plan gives it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np

from matcher.candidates import lay_world
from matcher.compiling import compiled
from matcher.figures.match_rates import rate_matches
from matcher.plan import Plan
from matcher.problem.columns import FloatArray, IntArray
from matcher.problem.problem import Problem
from matcher.quanta import PER_ORE
from matcher.scenarios.back_up import BackUps, find_back_ups
from matcher.storing import list_waits


@dataclass(frozen=True, slots=True, kw_only=True)
class Replay:
    """What became of a plan in all scenarios.

    Parameters
    ----------
    scenarios
        How many there were.
    assigned
        Steps wanted that the plan gives each requirement, after conversion and breakage.
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


class _Given(NamedTuple):
    """What the plan gives: of each match its rows and steps, what they cost and deliver, and its back-up."""

    lot: IntArray
    requirement: IntArray
    quantity: IntArray
    cost: IntArray
    trip: IntArray
    load: IntArray
    load_steps: IntArray
    top: IntArray
    bottom: IntArray
    back_up: IntArray
    back_up_cost: IntArray


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
    (N less c), ties by requirement. A requirement left below its minimum fulfilment gets nothing at all. With
    back-up, what a match lost is taken from its back-up lot, as far as that has steps left in the scenario,
    in the order of the matches.
    """
    matches, wanted = plan.matches, problem.requirements
    world = lay_world(problem)
    rates = world.rates
    back_ups = find_back_ups(problem, world=world, matches=matches)
    priced = rate_matches(
        problem,
        rates=rates,
        lot=matches.lot,
        requirement=matches.requirement,
        metres=matches.metres,
        waits=list_waits(matches),
    )
    given = _Given(
        matches.lot.astype(np.int64),
        matches.requirement.astype(np.int64),
        matches.quantity,
        priced.cost,
        priced.trip,
        priced.load,
        rates.load_steps[problem.lots.class_[matches.lot]],
        priced.top,
        priced.bottom,
        back_ups.lot,
        back_ups.cost,
    )
    gain = rates.new_cost[matches.requirement] * priced.top // priced.bottom - priced.cost
    order = np.lexsort((matches.requirement, -gain, matches.lot))
    assigned = np.zeros(len(wanted.id), dtype=np.int64)
    np.add.at(assigned, matches.requirement, matches.delivered)
    assigned = np.minimum(assigned, wanted.quantity)
    least = np.minimum(assigned, -(-wanted.minimum_fulfilment * wanted.quantity // 1000))
    counts = np.zeros((3, len(wanted.id)), dtype=np.int64)
    savings: list[tuple[float, float]] = [
        _replay(quantity, order, given, assigned, least, rates.new_cost, counts) for quantity in quantities
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
def _count_cost(given: _Given, match: int, steps: int) -> int:
    """Return what some steps of a match cost, trip and loads included; nothing for none."""
    if steps == 0:
        return 0
    cost = given.cost[match] * steps + given.trip[match]
    if given.load_steps[match] > 0:
        cost += given.load[match] * -(-steps // given.load_steps[match])
    return int(cost)


@compiled
def _replay(  # Numba takes no keyword-only arguments
    quantity: IntArray,
    order: IntArray,
    given: _Given,
    assigned: IntArray,
    least: IntArray,
    new_cost: IntArray,
    counts: IntArray,
) -> tuple[float, float]:
    left = quantity.copy()
    matches, wanted = len(given.lot), len(assigned)
    got = np.zeros(matches, dtype=np.int64)
    met, backed = np.zeros(wanted, dtype=np.int64), np.zeros(wanted, dtype=np.int64)
    cost, backed_cost = np.zeros(wanted, dtype=np.int64), np.zeros(wanted, dtype=np.int64)
    for match in order:
        row = given.requirement[match]
        got[match] = min(given.quantity[match], left[given.lot[match]])
        left[given.lot[match]] -= got[match]
        met[row] += got[match] * given.top[match] // given.bottom[match]
        cost[row] += _count_cost(given, match, got[match])
    backed[:], backed_cost[:] = met, cost
    for match in range(matches):
        row, other = given.requirement[match], given.back_up[match]
        short = given.quantity[match] - got[match]
        if short > 0 and other >= 0:
            # a step of the back-up is taken to deliver what a step of the lot does
            more = min(short, left[other])
            left[other] -= more
            backed[row] += more * given.top[match] // given.bottom[match]
            backed_cost[row] += more * given.back_up_cost[match]
    plain_saving = backed_saving = 0.0
    for row in range(wanted):
        kept = min(met[row], assigned[row])
        if met[row] >= least[row]:
            plain_saving += new_cost[row] * kept - cost[row]
        else:
            kept = 0
        if backed[row] >= least[row]:
            backed_saving += new_cost[row] * min(backed[row], assigned[row]) - backed_cost[row]
        counts[0, row] += np.int64(kept >= assigned[row])
        counts[1, row] += np.int64(backed[row] >= assigned[row])
        counts[2, row] += kept
    return plain_saving, backed_saving
