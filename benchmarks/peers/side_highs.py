# SPDX-License-Identifier: EUPL-1.2
"""HiGHS on side rules: the whole model passed at once as arrays, on as many threads as the machine has."""

from time import perf_counter

import highspy
import numpy as np

from benchmarks.side_case import Found, SideCase, lay_model

THREADS = 2


def plan_by_highs(case: SideCase, seconds: float) -> Found:
    """Return the best plan and bound HiGHS finds in so many seconds; making its model does not count.

    Parameters
    ----------
    case
        The instance.
    seconds
        Of solving.
    """
    start = perf_counter()
    laid = lay_model(case)
    model = highspy.HighsLp()
    model.num_col_, model.num_row_ = len(laid.cost), len(laid.row_lower)
    model.col_cost_, model.offset_ = laid.cost, laid.base
    model.col_lower_, model.col_upper_ = np.zeros(len(laid.cost)), laid.upper
    model.row_lower_, model.row_upper_ = laid.row_lower, laid.row_upper
    kinds = (highspy.HighsVarType.kContinuous, highspy.HighsVarType.kInteger)
    model.integrality_ = [kinds[whole] for whole in laid.whole.tolist()]
    matrix = laid.matrix.tocsr()
    model.a_matrix_.format_ = highspy.MatrixFormat.kRowwise
    model.a_matrix_.start_ = matrix.indptr.astype(np.int32)
    model.a_matrix_.index_ = matrix.indices.astype(np.int32)
    model.a_matrix_.value_ = matrix.data
    highspy.Highs.resetGlobalScheduler(True)
    engine = highspy.Highs()
    engine.silent()
    engine.setOptionValue("threads", THREADS)
    engine.setOptionValue("time_limit", seconds)
    engine.setOptionValue("mip_rel_gap", 0.0)
    engine.passModel(model)
    built = perf_counter()
    engine.run()
    solved = perf_counter()
    highspy.Highs.resetGlobalScheduler(True)
    info, steps = engine.getInfo(), np.zeros(len(case.lot), dtype=np.int64)
    if info.primal_solution_status == highspy.SolutionStatus.kSolutionStatusFeasible:
        steps = np.rint(np.asarray(engine.getSolution().col_value)[: len(steps)]).astype(np.int64)
    return Found(
        steps=steps, bound=info.mip_dual_bound * 1000, built_s=built - start, solved_s=solved - built
    )
