# SPDX-License-Identifier: EUPL-1.2
"""An instance with side rules as arrays: what every peer is given, and the account of what it gives back."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_array, sparray

from matcher.problem.problem import Problem
from matcher.value import set_rates

IntArray = NDArray[np.int64]
FloatArray = NDArray[np.float64]


class BrokenPlanError(Exception):
    """A peer's plan breaks a rule: rounding it did not give a plan."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SideCase:
    """Lots, requirements and pairs of a problem that gives its pairs; costs in 1/1000 øre.

    Parameters
    ----------
    lot, wanted, cost, trip, most
        Of each pair: rows, c, f, and the most that can pass.
    supply
        q of each lot.
    demand, new_cost, least, donors
        d, N, ceil(phi d) and K of each requirement.
    """

    lot: IntArray
    wanted: IntArray
    cost: IntArray
    trip: IntArray
    most: IntArray
    supply: IntArray
    demand: IntArray
    new_cost: IntArray
    least: IntArray
    donors: IntArray

    @property
    def baseline(self) -> int:
        """Return B: everything new."""
        return int((self.new_cost * self.demand).sum())

    def reckon(self, steps: IntArray) -> int:
        """Return C of a plan, exactly.

        Parameters
        ----------
        steps
            Of each pair.

        Raises
        ------
        BrokenPlanError
            It breaks a rule.
        """
        taken = np.bincount(self.lot, weights=steps, minlength=len(self.supply)).astype(np.int64)
        served = np.bincount(self.wanted, weights=steps, minlength=len(self.demand)).astype(np.int64)
        used = np.bincount(self.wanted, weights=steps > 0, minlength=len(self.demand)).astype(np.int64)
        for rule, broken in (
            ("quantity", steps < 0),
            ("supply", taken > self.supply),
            ("demand", served > self.demand),
            ("fulfilment", (served > 0) & (served < self.least)),
            ("donors", used > self.donors),
        ):
            if broken.any():
                raise BrokenPlanError(f"{rule}: {int(broken.sum())} times")
        part = int((self.cost * steps + self.trip * (steps > 0)).sum())
        return part + int((self.new_cost * (self.demand - served)).sum())


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """What a peer found.

    Parameters
    ----------
    steps
        Of each pair.
    bound
        What it proves the cost to be at least, in 1/1000 øre.
    built_s, solved_s
        Seconds of making its model, and of solving it.
    """

    steps: IntArray
    bound: float
    built_s: float
    solved_s: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Model:
    """The mixed-integer programme, in øre: minimise cost x + base with row_lower <= matrix x <= row_upper.

    Parameters
    ----------
    cost, upper, whole
        Of each column; every lower bound is 0. First x of all pairs, then y of all, then z of requirements.
    row_lower, row_upper, matrix
        Of each row.
    base
        The cost of everything new.
    """

    cost: FloatArray
    upper: FloatArray
    whole: NDArray[np.bool_]
    row_lower: FloatArray
    row_upper: FloatArray
    matrix: sparray
    base: float


def lay_case(problem: Problem) -> SideCase:
    """Return the arrays of a problem whose pairs are given and whose rules are trips, fulfilment and donors.

    Parameters
    ----------
    problem
        As `benchmarks.side_instances.draw_side_problem` draws it.
    """
    pairs, lots, wanted = problem.pairs, problem.lots, problem.requirements
    assert pairs is not None
    order = np.lexsort((pairs.lot, pairs.requirement))
    lot, requirement = pairs.lot[order].astype(np.int64), pairs.requirement[order].astype(np.int64)
    return SideCase(
        lot=lot,
        wanted=requirement,
        cost=pairs.cost[order],
        trip=pairs.trip[order],
        most=np.minimum(lots.quantity[lot], wanted.quantity[requirement]),
        supply=lots.quantity,
        demand=wanted.quantity,
        new_cost=set_rates(problem).new_cost,
        least=-(-wanted.minimum_fulfilment * wanted.quantity // 1000),
        donors=wanted.most_donors.astype(np.int64),
    )


def lay_model(case: SideCase) -> Model:
    """Return the strongest model found for solvers of mixed-integer programmes.

    Parameters
    ----------
    case
        The instance.

    Notes
    -----
    What is bought new is put in for (d - sum x), so that it needs no column. Quantities need not be declared
    whole: given y and z they lie on a transportation polytope with whole corners. The greatest that can pass,
    min(q, d), is the tightest factor of y.
    """
    pairs, lots, count = len(case.lot), len(case.supply), len(case.demand)
    pair, one = np.arange(pairs), np.ones(pairs)
    of_lot, of_served, of_least = case.lot, lots + case.wanted, lots + count + case.wanted
    of_donors, of_pair = lots + 2 * count + case.wanted, lots + 3 * count + pair
    z, requirement = 2 * pairs + np.arange(count), np.arange(count)
    entries = (
        (of_lot, pair, one),
        (of_served, pair, one),  # sum x <= d z
        (lots + requirement, z, -case.demand),
        (of_least, pair, one),  # sum x >= ceil(phi d) z
        (lots + count + requirement, z, -case.least),
        (of_donors, pairs + pair, one),  # sum y <= K z
        (lots + 2 * count + requirement, z, -case.donors),
        (of_pair, pair, one),  # x <= min(q, d) y
        (of_pair, pairs + pair, -case.most),
    )
    row, column, value = (np.concatenate(part) for part in zip(*entries, strict=True))
    rows = lots + 3 * count + pairs
    lower, upper = np.full(rows, -np.inf), np.zeros(rows)
    upper[:lots] = case.supply
    lower[lots + count : lots + 2 * count], upper[lots + count : lots + 2 * count] = 0.0, np.inf
    return Model(
        cost=np.concatenate([case.cost - case.new_cost[case.wanted], case.trip, np.zeros(count)]) / 1000,
        upper=np.concatenate([case.most, one, np.ones(count)]).astype(np.float64),
        whole=np.arange(2 * pairs + count) >= pairs,
        row_lower=lower,
        row_upper=upper,
        matrix=csr_array((value.astype(np.float64), (row, column)), shape=(rows, 2 * pairs + count)),
        base=case.baseline / 1000,
    )
