# SPDX-License-Identifier: EUPL-1.2
"""SCIP on side rules, through OR-Tools' model builder, which takes the whole model as arrays."""

from time import perf_counter

import numpy as np
from ortools.linear_solver.python import model_builder

from benchmarks.side_case import Found, SideCase, lay_model


def plan_by_scip(case: SideCase, seconds: float) -> Found:
    """Return the best plan and bound SCIP finds in so many seconds; making its model does not count.

    Parameters
    ----------
    case, seconds
        As in `benchmarks.peers.side_highs.plan_by_highs`.
    """
    start = perf_counter()
    laid = lay_model(case)
    model = model_builder.Model()
    model.helper.fill_model_from_sparse_data(
        np.zeros(len(laid.cost)), laid.upper, laid.cost, laid.row_lower, laid.row_upper, laid.matrix.tocsr()
    )
    for column in np.flatnonzero(laid.whole).tolist():
        model.helper.set_var_integrality(column, True)
    model.helper.set_objective_offset(laid.base)
    solver = model_builder.Solver("SCIP")
    solver.set_time_limit_in_seconds(seconds)
    built = perf_counter()
    status = solver.solve(model)
    solved = perf_counter()
    steps = np.zeros(len(case.lot), dtype=np.int64)
    if status in (model_builder.SolveStatus.OPTIMAL, model_builder.SolveStatus.FEASIBLE):
        values = np.asarray(solver.values(model.get_variables()))
        steps = np.rint(values[: len(steps)]).astype(np.int64)
    return Found(
        steps=steps,
        bound=solver.best_objective_bound * 1000,
        built_s=built - start,
        solved_s=solved - built,
    )
