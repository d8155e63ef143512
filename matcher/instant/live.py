# SPDX-License-Identifier: EUPL-1.2
"""A plan that stays solved: one change at a time is repaired, proven anew, and seen by the next question."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from matcher.candidates import collect_pairs
from matcher.errors import InputError, SolverError
from matcher.families import label_families
from matcher.figures.figures import find_gap
from matcher.instant.offer import Offer, lay_offer
from matcher.instant.question import pose_question
from matcher.instant.scan import judge_lots
from matcher.plan import Plan
from matcher.problem.columns import IntArray
from matcher.problem.problem import Problem
from matcher.resolve.proof import Proof
from matcher.resolve.standing import Standing


@dataclass(frozen=True, slots=True, kw_only=True)
class LiveProof:
    """What proves the plan after a change: C, LB and B in 1/1000 øre, and the gap, rounded up."""

    cost: int
    bound: int
    baseline: int
    gap: float


@dataclass(slots=True, kw_only=True)
class _Family:
    """A family kept solved; `lots` are the places of its lots in the offer, ascending."""

    standing: Standing
    lots: IntArray
    opened: Proof


class LivePlan:
    """A solved plain problem whose lots and requirements change one by one.

    Parameters
    ----------
    problem
        A problem of plain requirements, its pairs not given.
    plan
        An optimal plan of it.

    Notes
    -----
    A family is opened at the first change in it; the others cost what the plan says. After each change cost
    and prices are what a solve of the changed problem would find (`matcher.resolve`). The offer takes the new
    quantities and prices over, so instant answers see them.
    """

    def __init__(self, problem: Problem, plan: Plan) -> None:
        self.offer: Offer = lay_offer(
            problem, prices=plan.certificate.lot_prices, quanta=plan.certificate.quanta
        )
        self._plan = plan
        self._families = label_families(problem)
        self._opened: dict[int, _Family] = {}
        wanted = problem.requirements
        self._place: dict[str, tuple[int, int]] = {}  # family and row in it, of each requirement
        self._rows: dict[int, IntArray] = {}
        of_wanted = self._families[wanted.class_]
        for family in np.unique(of_wanted).tolist():
            self._rows[family] = np.flatnonzero(of_wanted == family)
            for place, row in enumerate(self._rows[family].tolist()):
                self._place[str(wanted.id[row])] = (family, place)

    def set_quantity(self, row: int, *, steps: int) -> None:
        """Change how much of a lot there is; 0 withdraws it.

        Parameters
        ----------
        row
            Row of the lot in the problem.
        steps
            q from now on.

        Raises
        ------
        InputError
            For fewer than no steps.
        SolverError
            Where the plan is no optimum of plain requirements.
        """
        place = int(self.offer.place[row])
        number = int(self._families[self.offer.problem.lots.class_[place]])
        family = self._open(number)
        self.offer.set_quantity(row, steps=steps)
        found = int(np.searchsorted(family.lots, place))
        if found < len(family.lots) and family.lots[found] == place:
            family.standing.set_quantity(found, steps=steps)
            self._take_prices(family)

    def set_demand(self, requirement: str, *, steps: int) -> None:
        """Change how much a requirement wants.

        Parameters
        ----------
        requirement
            Its id.
        steps
            d from now on, at least 1.

        Raises
        ------
        InputError
            Where no requirement has the id, or for less than one step.
        """
        family, row = self._find(requirement)
        family.standing.set_demand(row, steps=steps)
        self._take_prices(family)

    def remove_requirement(self, requirement: str) -> None:
        """Take a requirement out.

        Parameters
        ----------
        requirement
            Its id.

        Raises
        ------
        InputError
            Where no requirement has the id.
        """
        family, row = self._find(requirement)
        family.standing.remove_requirement(row)
        del self._place[requirement]
        self._take_prices(family)

    def add_requirements(self, asked: Problem) -> None:
        """Add requirements; one that changes is taken out and added as it is now.

        Parameters
        ----------
        asked
            Plain requirements with their sites, as for a question.

        Raises
        ------
        InputError
            Where a requirement has the id of another.
        """
        question = pose_question(self.offer, asked=asked)
        ids = [str(one) for one in asked.requirements.id.tolist()]
        for one in ids:
            if one in self._place:
                raise InputError("an id no other requirement has", table="requirements", value=one)
        judged = judge_lots(
            question.facts,
            question.rates,
            self.offer.world.grid,
            question.roads,
            np.maximum(self.offer.quantity, 1),  # a lot that is not there now may come back
        )
        for row, one in enumerate(ids):
            number = int(self._families[asked.requirements.class_[row]])
            family = self._open(number)
            found = slice(int(judged.start[row]), int(judged.start[row + 1]))
            lots, costs = judged.lot[found].astype(np.int64), judged.cost[found]
            known = np.isin(lots, family.lots)
            self._place[one] = (
                number,
                family.standing.add_requirement(
                    lots=np.searchsorted(family.lots, lots[known]),
                    costs=costs[known],
                    demand=int(asked.requirements.quantity[row]),
                    new_cost=int(question.rates.new_cost[row]),
                ),
            )
            self._take_prices(family)

    def prove(self) -> LiveProof:
        """Return the certificate's figures as they are now."""
        known = self._plan.certificate
        cost, bound, baseline = known.cost, known.bound, known.baseline
        for family in self._opened.values():
            now = family.standing.prove()
            cost += now.cost - family.opened.cost
            bound += now.bound - family.opened.bound
            baseline += now.baseline - family.opened.baseline
        return LiveProof(
            cost=cost,
            bound=bound,
            baseline=baseline,
            gap=find_gap(cost=cost, bound=bound, baseline=baseline),
        )

    @property
    def prices(self) -> IntArray:
        """Return u of each lot of the problem, as they are now."""
        return self.offer.prices[self.offer.place]

    def _find(self, requirement: str) -> tuple[_Family, int]:
        if requirement not in self._place:
            raise InputError("the id of a requirement", table="requirements", column="id", value=requirement)
        number, row = self._place[requirement]
        return self._open(number), row

    def _open(self, number: int) -> _Family:
        if number in self._opened:
            return self._opened[number]
        offer, matches = self.offer, self._plan.matches
        rows = self._rows.get(number, np.zeros(0, dtype=np.int64))
        lots = np.flatnonzero(self._families[offer.problem.lots.class_] == number)
        parts = [self._collect(int(row)) for row in rows]
        wanted = np.repeat(np.arange(len(rows)), [len(lot) for lot, _ in parts])
        empty = np.zeros(0, dtype=np.int64)
        lot = np.concatenate([empty, *(lot for lot, _ in parts)])
        flow = np.zeros(len(lot), dtype=np.int64)
        mine = np.flatnonzero(np.isin(matches.requirement, rows))
        width = len(offer.row)
        keys = wanted * width + lot
        order = np.argsort(keys)
        wished = np.searchsorted(rows, matches.requirement[mine]) * width + offer.place[matches.lot[mine]]
        if not np.isin(wished, keys).all():
            raise SolverError("The plan given is not an optimum of plain requirements.")
        flow[order[np.searchsorted(keys[order], wished)]] = matches.quantity[mine]
        standing = Standing(
            supply=offer.quantity[lots],
            demand=offer.problem.requirements.quantity[rows],
            new_cost=offer.world.rates.new_cost[rows],
            wanted=wanted,
            lot=np.searchsorted(lots, lot),
            cost=np.concatenate([empty, *(cost for _, cost in parts)]),
            flow=flow,
            prices=offer.prices[lots],
        )
        self._opened[number] = _Family(standing=standing, lots=lots, opened=standing.prove())
        return self._opened[number]

    def _collect(self, row: int) -> tuple[IntArray, IntArray]:
        """Return the lots of a requirement of the problem that are cheaper than new, and their costs."""
        lots, costs = np.empty(len(self.offer.row), np.int32), np.empty(len(self.offer.row), np.int64)
        size = collect_pairs(self.offer.world, row, lots, costs)
        useful = costs[:size] < self.offer.world.rates.new_cost[row]
        return lots[:size][useful].astype(np.int64), costs[:size][useful]

    def _take_prices(self, family: _Family) -> None:
        self.offer.prices[family.lots] = family.standing.state.price
