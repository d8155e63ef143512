# SPDX-License-Identifier: EUPL-1.2
"""The master programme: which of the patterns known so far, how often; HiGHS by arrays."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

import highspy
import numpy as np

from matcher.cutting.account import Content, measure_content
from matcher.cutting.lanes import price_pattern
from matcher.cutting.pricing import Shop
from matcher.errors import SolverError
from matcher.problem.column import FloatArray, IntArray, RowArray

DUAL, PRIMAL = 1, 4
"""Simplex after a change of bounds, and after new columns."""


@dataclass(slots=True)
class Pool:
    """Patterns known so far: a lane and what is cut from its bar, each once; with the columns they make."""

    shop: Shop
    lane: list[int] = field(default_factory=list)
    content: list[Content] = field(default_factory=list)
    cost: list[int] = field(default_factory=list)
    known: dict[tuple[int, Content], int] = field(default_factory=dict)
    start: list[int] = field(default_factory=lambda: [0])
    row: list[int] = field(default_factory=list)
    entry: list[int] = field(default_factory=list)

    def add(self, *, lane: int, content: Content) -> int:
        """Return the number of a pattern, which is new or known."""
        key = (lane, content)
        if key not in self.known:
            self.known[key] = len(self.lane)
            self.lane.append(lane)
            self.content.append(content)
            self.cost.append(price_content(self.shop, lane=lane, content=content))
            for piece, count in content:
                self.row.append(piece)
                self.entry.append(count)
            self.row.append(len(self.shop.problem.pieces.id) + int(self.shop.lanes.bar[lane]))
            self.entry.append(1)
            self.start.append(len(self.row))
        return self.known[key]

    def list_columns(self, first: int = 0) -> tuple[RowArray, RowArray, IntArray]:
        """Return the columns of the patterns from one on: starts (one more than columns), rows, entries."""
        begin = self.start[first]
        start = np.array(self.start[first:], dtype=np.int32) - begin
        return start, np.array(self.row[begin:], dtype=np.int32), np.array(self.entry[begin:], dtype=np.int64)

    def choose(self, numbers: Sequence[int]) -> Pool:
        """Return a pool of some of the patterns, in the order given."""
        chosen = Pool(self.shop)
        for number in numbers:
            chosen.add(lane=self.lane[number], content=self.content[number])
        return chosen


def price_content(shop: Shop, *, lane: int, content: Content) -> int:
    """Return what one bar of a lane costs when it is cut to some pieces."""
    lengths = measure_content(shop.problem, content)
    return price_pattern(shop.problem, lanes=shop.lanes, lane=lane, lengths=lengths)[0]


class Master:
    """The linear programme over the patterns of a pool: pieces covered or bought new, bars not used up.

    Parameters
    ----------
    pool
        Patterns; those added to it later enter by `take`.
    """

    def __init__(self, pool: Pool) -> None:
        problem = pool.shop.problem
        self.pool = pool
        self.pieces, self.bars = len(problem.pieces.id), len(problem.bars.id)
        self.unit = max(1.0, float(problem.pieces.new_cost.max()) / 1000.0)
        self.engine = _start_engine()
        model = highspy.HighsLp()
        model.num_col_, model.num_row_ = self.pieces, self.pieces + self.bars
        model.col_cost_ = problem.pieces.new_cost / self.unit
        model.col_lower_ = np.zeros(self.pieces)
        model.col_upper_ = np.full(self.pieces, highspy.kHighsInf)
        model.row_lower_ = np.concatenate([problem.pieces.quantity, np.full(self.bars, -highspy.kHighsInf)])
        model.row_upper_ = np.concatenate([np.full(self.pieces, highspy.kHighsInf), problem.bars.quantity])
        model.a_matrix_.format_ = highspy.MatrixFormat.kColwise
        model.a_matrix_.start_ = np.arange(self.pieces + 1, dtype=np.int32)
        model.a_matrix_.index_ = np.arange(self.pieces, dtype=np.int32)
        model.a_matrix_.value_ = np.ones(self.pieces)
        demand_ok(self.engine.passModel(model))
        self.size = 0
        self.width = self.pieces
        self.columns = np.zeros(0, dtype=np.int32)
        self.take()

    def take(self) -> None:
        """Take up the patterns the pool got since the last time."""
        count = len(self.pool.lane) - self.size
        if not count:
            return
        start, row, entry = self.pool.list_columns(self.size)
        cost = np.array(self.pool.cost[self.size :], dtype=np.float64) / self.unit
        upper = np.full(count, highspy.kHighsInf)
        value = entry.astype(np.float64)
        demand_ok(self.engine.addCols(count, cost, np.zeros(count), upper, len(row), start[:-1], row, value))
        self.engine.setOptionValue("simplex_strategy", PRIMAL)
        self.size = len(self.pool.lane)
        fresh = np.arange(self.width, self.width + count, dtype=np.int32)
        self.columns = np.concatenate([self.columns, fresh])
        self.width += count

    def solve(self) -> float:
        """Solve the linear programme and return its cost, 1/1000 øre.

        Raises
        ------
        SolverError
            HiGHS does not say optimal.
        """
        self.engine.run()
        if self.engine.getModelStatus() != highspy.HighsModelStatus.kOptimal:
            raise SolverError(f"HiGHS: {self.engine.getModelStatus()}")
        return float(self.engine.getInfo().objective_function_value) * self.unit

    def read_duals(self) -> tuple[FloatArray, FloatArray]:
        """Return the dual price of each piece and of each bar, 1/1000 øre."""
        duals = np.array(self.engine.getSolution().row_dual) * self.unit
        return duals[: self.pieces], duals[self.pieces : self.pieces + self.bars]

    def read_use(self) -> FloatArray:
        """Return how often each pattern of the pool is used."""
        return np.array(self.engine.getSolution().col_value)[self.columns]

    def limit(self, *, demand: IntArray, quantity: IntArray, banned: IntArray) -> None:
        """Ask for another demand and another number of bars, and close patterns.

        Parameters
        ----------
        demand, quantity
            Of each piece and bar.
        banned
            Patterns that may not be used; all others may.
        """
        self.take()
        self.engine.setOptionValue("simplex_strategy", DUAL)
        rows = self.pieces + self.bars
        lower = np.concatenate([demand, np.full(self.bars, -highspy.kHighsInf)])
        upper = np.concatenate([np.full(self.pieces, highspy.kHighsInf), quantity])
        demand_ok(self.engine.changeRowsBounds(rows, np.arange(rows, dtype=np.int32), lower, upper))
        most = np.full(self.size, highspy.kHighsInf)
        most[banned] = 0.0
        demand_ok(self.engine.changeColsBounds(self.size, self.columns, np.zeros(self.size), most))


def choose_whole(
    pool: Pool, *, demand: IntArray, quantity: IntArray, start: dict[int, int], nodes: int
) -> dict[int, int]:
    """Choose whole numbers of the patterns of a pool by branch and bound over at most so many nodes.

    Parameters
    ----------
    pool
        The patterns.
    demand, quantity
        Of each piece and bar.
    start
        A plan to begin from: how often each pattern.
    nodes
        Most nodes: counted work, never the clock.

    Returns
    -------
    dict
        How often each pattern is used; `start` where nothing better was found.
    """
    problem = pool.shop.problem
    pieces, bars, count = len(demand), len(quantity), len(pool.lane)
    unit = max(1.0, float(problem.pieces.new_cost.max()) / 1000.0)
    index, row, entry = pool.list_columns()
    model = highspy.HighsLp()
    model.num_col_, model.num_row_ = pieces + count, pieces + bars
    most = quantity[pool.shop.lanes.bar[np.array(pool.lane, dtype=np.int64)]]
    model.col_cost_ = np.concatenate([problem.pieces.new_cost, np.array(pool.cost)]) / unit
    model.col_lower_ = np.zeros(pieces + count)
    model.col_upper_ = np.concatenate([demand, most]).astype(np.float64)
    model.row_lower_ = np.concatenate([demand, np.full(bars, -highspy.kHighsInf)])
    model.row_upper_ = np.concatenate([np.full(pieces, highspy.kHighsInf), quantity])
    model.integrality_ = [highspy.HighsVarType.kContinuous] * pieces + [highspy.HighsVarType.kInteger] * count
    model.a_matrix_.format_ = highspy.MatrixFormat.kColwise
    model.a_matrix_.start_ = np.concatenate([np.arange(pieces), index + pieces]).astype(np.int32)
    model.a_matrix_.index_ = np.concatenate([np.arange(pieces), row]).astype(np.int32)
    model.a_matrix_.value_ = np.concatenate([np.ones(pieces), entry])
    engine = _start_engine(presolve="choose")
    for option, setting in (("mip_max_nodes", nodes), ("mip_rel_gap", 0.0), ("mip_abs_gap", 1e-9)):
        engine.setOptionValue(option, setting)
    demand_ok(engine.passModel(model))
    short = demand.copy()
    used = np.zeros(count)
    for number, times in start.items():
        used[number] = times
        for piece, each in pool.content[number]:
            short[piece] -= times * each
    begin = highspy.HighsSolution()
    begin.col_value = np.concatenate([np.maximum(short, 0), used]).tolist()
    engine.setSolution(begin)
    engine.run()
    if engine.getInfo().primal_solution_status != highspy.SolutionStatus.kSolutionStatusFeasible:
        return start
    chosen = np.rint(np.array(engine.getSolution().col_value)[pieces:]).astype(np.int64)
    return {number: int(times) for number, times in enumerate(chosen.tolist()) if times}


def _start_engine(*, presolve: str = "off") -> Any:
    # the class below highspy's own prints no banner when it is made: stdout belongs to the command's answer
    make: Any = highspy.Highs.__base__
    engine = make()
    for option, setting in (
        ("output_flag", False),
        ("threads", 1),
        ("presolve", presolve),
        ("random_seed", 0),
    ):
        engine.setOptionValue(option, setting)
    if presolve == "off":
        engine.setOptionValue("simplex_strategy", PRIMAL)
    return engine


def demand_ok(status: Any) -> None:
    """Raise `SolverError` where HiGHS refuses a model."""
    if status == highspy.HighsStatus.kError:
        raise SolverError("HiGHS refuses the master programme")
