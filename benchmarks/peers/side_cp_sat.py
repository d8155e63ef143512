# SPDX-License-Identifier: EUPL-1.2
"""CP-SAT on side rules: whole quantities, and the plan it starts from is to buy everything new."""

from time import perf_counter
from typing import Any

import numpy as np
from ortools.sat.python import cp_model

from benchmarks.side_case import Found, SideCase

THREADS = 2


def plan_by_cp_sat(case: SideCase, seconds: float) -> Found:
    """Return the best plan and bound CP-SAT finds in so many seconds; making its model does not count.

    Parameters
    ----------
    case, seconds
        As in `benchmarks.peers.side_highs.plan_by_highs`.
    """
    start = perf_counter()
    model = cp_model.CpModel()
    passed = [model.new_int_var(0, most, "") for most in case.most.tolist()]
    used = [model.new_bool_var("") for _ in passed]
    begun = [model.new_bool_var("") for _ in case.demand]
    at_lot: list[list[Any]] = [[] for _ in case.supply]
    at_wanted: list[list[int]] = [[] for _ in case.demand]
    ends = zip(case.lot.tolist(), case.wanted.tolist(), case.most.tolist(), strict=True)
    for pair, (lot, wanted, most) in enumerate(ends):
        at_lot[lot].append(passed[pair])
        at_wanted[wanted].append(pair)
        model.add(passed[pair] <= most * used[pair])
        model.add_implication(used[pair], begun[wanted])
    for lot, quantity in enumerate(case.supply.tolist()):
        model.add(cp_model.LinearExpr.sum(at_lot[lot]) <= quantity)
    for wanted, pairs in enumerate(at_wanted):
        served = cp_model.LinearExpr.sum([passed[pair] for pair in pairs])
        model.add(served <= int(case.demand[wanted]) * begun[wanted])
        model.add(served >= int(case.least[wanted]) * begun[wanted])
        model.add(cp_model.LinearExpr.sum([used[pair] for pair in pairs]) <= int(case.donors[wanted]))
    gain = (case.cost - case.new_cost[case.wanted]).tolist()
    model.minimize(
        cp_model.LinearExpr.weighted_sum([*passed, *used], [*gain, *case.trip.tolist()]) + case.baseline
    )
    for variable in (*passed, *used, *begun):
        model.add_hint(variable, 0)
    solver = cp_model.CpSolver()
    solver.parameters.max_time_in_seconds = seconds
    solver.parameters.num_workers = THREADS
    built = perf_counter()
    status = solver.solve(model)
    solved = perf_counter()
    steps = np.zeros(len(passed), dtype=np.int64)
    if status in (cp_model.OPTIMAL, cp_model.FEASIBLE):
        steps = np.array([solver.value(variable) for variable in passed], dtype=np.int64)
    return Found(
        steps=steps, bound=solver.best_objective_bound, built_s=built - start, solved_s=solved - built
    )
