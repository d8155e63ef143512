# SPDX-License-Identifier: EUPL-1.2
"""Only the nearest lots of each requirement, at their best: what a radius search is usually cut to."""

import numpy as np
from numpy.typing import NDArray

from matcher.candidates import World, collect_pairs, lay_world
from matcher.distance import measure_roads
from matcher.plain.simplex_flow import find_flow_by_simplex
from matcher.problem.problem import Problem
from matcher.task import Limits, list_tasks
from matcher.value import set_rates


def save_by_nearest(problem: Problem, *, nearest: int) -> int:
    """Return what an optimal assignment over the nearest allowed lots of each requirement saves, 1/1000 øre.

    Parameters
    ----------
    problem
        A plain problem.
    nearest
        Lots of each requirement.
    """
    weights = np.ones(len(problem.lots.id), dtype=np.int64)
    tasks = list_tasks(problem, weights=weights, quanta=set_rates(problem).quantum, limits=Limits())
    saved = 0
    for task in tasks:
        part = task.problem
        world = lay_world(part, quantum=task.quanta)
        wanted, lot, saving = _list_nearest(part, world, nearest=nearest)
        flow = find_flow_by_simplex(
            wanted=wanted,
            lot=lot,
            saving=saving,
            demand=part.requirements.quantity,
            supply=part.lots.quantity,
        )
        used = np.flatnonzero(flow)
        saved += sum(int(a) * int(b) for a, b in zip(saving[used].tolist(), flow[used].tolist(), strict=True))
    return saved


def _list_nearest(
    part: Problem, world: World, *, nearest: int
) -> tuple[NDArray[np.int64], NDArray[np.int64], NDArray[np.int64]]:
    lots = np.empty(len(part.lots.id) + 1, dtype=np.int32)
    costs = np.empty(len(lots), dtype=np.int64)
    wanted, found, saving = [], [], []
    for row in range(len(part.requirements.id)):
        count = collect_pairs(world, row, lots, costs)
        site = np.full(count, part.requirements.site[row], dtype=np.int32)
        metres = measure_roads(world.facts.places, part.lots.site[lots[:count]], site)
        kept = np.argsort(metres, kind="stable")[:nearest]
        gain = world.rates.new_cost[row] - costs[kept]
        kept, gain = kept[gain > 0], gain[gain > 0]
        wanted.append(np.full(len(kept), row, dtype=np.int64))
        found.append(lots[kept].astype(np.int64))
        saving.append(gain)
    return np.concatenate(wanted), np.concatenate(found), np.concatenate(saving)
