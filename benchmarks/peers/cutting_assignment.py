# SPDX-License-Identifier: EUPL-1.2
"""Pieces assigned to single bars as a mixed-integer programme: HiGHS by arrays, and CP-SAT."""

from dataclasses import dataclass
from typing import Any

import highspy
import numpy as np
from numpy.typing import NDArray
from ortools.sat.python import cp_model

from matcher.cutting.account import Chosen
from matcher.cutting.lanes import Lanes, find_fits
from matcher.cutting.problem import CuttingProblem
from matcher.cutting.stock import PER_METRE


@dataclass(frozen=True, slots=True, kw_only=True)
class _Case:
    """Places (lane, piece) where pieces may lie, the most of them; worth of a tenth of a lane's off-cut."""

    lane: NDArray[np.int64]
    piece: NDArray[np.int64]
    most: NDArray[np.int64]
    worth: NDArray[np.int64]


def cut_by_highs(problem: CuttingProblem, *, lanes: Lanes, seconds: float) -> Chosen:
    """Return bars by lane and content, the best HiGHS finds in a time with its own settings.

    Parameters
    ----------
    problem, lanes
        What is cut, with one site and one bar in each row.
    seconds
        Time limit.

    Notes
    -----
    Columns: pieces in a bar, bar used, its off-cut's length, whether that is long enough, pieces bought new.
    """
    case, params = _list_case(problem, lanes=lanes), problem.params
    pieces, places, bars = len(problem.pieces.id), len(case.lane), len(lanes.bar)
    used, left, long, new = (places + bars * step for step in range(4))
    model = highspy.HighsLp()
    model.num_col_, model.num_row_ = new + pieces, pieces + 4 * bars
    cost = np.concatenate(
        [
            np.full(places, params.cut_cost),
            lanes.cost,
            -case.worth,
            np.zeros(bars),
            problem.pieces.new_cost,
        ]
    )
    room = lanes.room + params.kerf
    upper = np.concatenate([case.most, np.ones(bars), lanes.room, np.ones(bars), problem.pieces.quantity])
    rows, columns, values = [], [], []

    def add(row: Any, column: Any, value: Any) -> None:
        row, column, value = np.broadcast_arrays(row, column, value)
        rows.append(row)
        columns.append(column)
        values.append(value)

    bar, place = np.arange(bars), np.arange(places)
    add(case.piece, place, 1)
    add(np.arange(pieces), new + np.arange(pieces), 1)
    # the pieces lie in the bar; what the off-cut takes is left; it is long enough or none
    lengths = problem.pieces.length[case.piece] + params.kerf
    add(pieces + case.lane, place, lengths)
    add(pieces + bar, used + bar, -room)
    add(pieces + bars + case.lane, place, lengths)
    add(pieces + bars + bar, left + bar, 1)
    add(pieces + bars + bar, used + bar, -lanes.room)
    add(pieces + bars + bar, long + bar, params.kerf)
    add(pieces + 2 * bars + bar, left + bar, 1)
    add(pieces + 2 * bars + bar, long + bar, -lanes.room)
    add(pieces + 3 * bars + bar, left + bar, -1)
    add(pieces + 3 * bars + bar, long + bar, params.minimum_offcut)
    row, column, value = (np.concatenate(part) for part in (rows, columns, values))
    order = np.lexsort([row, column])
    highest = np.concatenate([problem.pieces.quantity, np.zeros(4 * bars)])
    highest[pieces + bars : pieces + 2 * bars] = params.kerf
    lowest = np.concatenate([problem.pieces.quantity, np.full(4 * bars, -highspy.kHighsInf)])
    model.col_cost_ = cost / 1e5
    model.col_lower_, model.col_upper_ = np.zeros(new + pieces), upper.astype(np.float64)
    model.row_lower_, model.row_upper_ = lowest.astype(np.float64), highest.astype(np.float64)
    whole, real = highspy.HighsVarType.kInteger, highspy.HighsVarType.kContinuous
    model.integrality_ = [whole] * left + [real] * bars + [whole] * (bars + pieces)
    model.a_matrix_.format_ = highspy.MatrixFormat.kColwise
    counts = np.bincount(column, minlength=new + pieces)
    model.a_matrix_.start_ = np.concatenate([[0], np.cumsum(counts)]).astype(np.int32)
    model.a_matrix_.index_ = row[order].astype(np.int32)
    model.a_matrix_.value_ = value[order].astype(np.float64)
    engine = highspy.Highs()
    engine.silent()
    engine.setOptionValue("time_limit", seconds)
    engine.passModel(model)
    engine.run()
    if engine.getInfo().primal_solution_status != highspy.SolutionStatus.kSolutionStatusFeasible:
        return {}
    solution = np.rint(np.asarray(engine.getSolution().col_value)[:places]).astype(np.int64)
    return _read_answer(case, solution)


def cut_by_cp_sat(problem: CuttingProblem, *, lanes: Lanes, seconds: float) -> Chosen:
    """Return bars by lane and content, the best CP-SAT finds in a time on two threads.

    Parameters
    ----------
    problem, lanes, seconds
        As in `cut_by_highs`.
    """
    case, params = _list_case(problem, lanes=lanes), problem.params
    model = cp_model.CpModel()
    inside = [model.new_int_var(0, int(most), "") for most in case.most]
    terms: list[Any] = []
    met: list[list[Any]] = [[] for _ in problem.pieces.id]
    held: list[list[Any]] = [[] for _ in lanes.bar]
    for place, (lane, piece) in enumerate(zip(case.lane.tolist(), case.piece.tolist(), strict=True)):
        length = int(problem.pieces.length[piece]) + params.kerf
        met[piece].append(inside[place])
        held[lane].append(length * inside[place])
        terms.append(params.cut_cost * inside[place])
    for lane, room in enumerate(lanes.room.tolist()):
        used, long = model.new_bool_var(""), model.new_bool_var("")
        left = model.new_int_var(0, room, "")
        model.add(sum(held[lane]) <= (room + params.kerf) * used)
        model.add(sum(held[lane]) + left + params.kerf * long <= room * used + params.kerf)
        model.add(left <= room * long)
        model.add(left >= params.minimum_offcut * long)
        terms += [int(lanes.cost[lane]) * used, -int(case.worth[lane]) * left]
    for piece, demand in enumerate(problem.pieces.quantity.tolist()):
        new = model.new_int_var(0, demand, "")
        model.add(sum(met[piece]) + new == demand)
        terms.append(int(problem.pieces.new_cost[piece]) * new)
    model.minimize(sum(terms))
    solver = cp_model.CpSolver()
    solver.parameters.max_time_in_seconds = seconds
    solver.parameters.num_workers = 2
    if solver.solve(model) not in (cp_model.OPTIMAL, cp_model.FEASIBLE):
        return {}
    return _read_answer(case, np.array([solver.value(variable) for variable in inside], dtype=np.int64))


def _list_case(problem: CuttingProblem, *, lanes: Lanes) -> _Case:
    bars, pieces = problem.bars, problem.pieces
    lengths = pieces.length + problem.params.kerf
    most = np.minimum((lanes.room + problem.params.kerf)[:, None] // lengths[None, :], pieces.quantity)
    lane, piece = np.nonzero(find_fits(problem)[lanes.bar] & (most > 0))
    share = bars.price[lanes.bar] // bars.length[lanes.bar]
    worth = np.minimum(bars.offcut_value[lanes.bar] // PER_METRE, share)
    return _Case(lane=lane, piece=piece, most=most[lane, piece], worth=worth)


def _read_answer(case: _Case, inside: NDArray[np.int64]) -> Chosen:
    held: dict[int, list[tuple[int, int]]] = {}
    for place in np.flatnonzero(inside > 0).tolist():
        held.setdefault(int(case.lane[place]), []).append((int(case.piece[place]), int(inside[place])))
    return {(lane, tuple(sorted(content))): 1 for lane, content in held.items()}
