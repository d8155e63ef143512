# SPDX-License-Identifier: EUPL-1.2
"""What lots cost and are worth at the prices of a plan: each requirement's pairs are looked at once."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from matcher.candidates import World, collect_pairs, lay_world
from matcher.compatibility import Facts, judge_pair
from matcher.compiling import compiled
from matcher.explain.room import RoomBook
from matcher.explain.told import Taker
from matcher.plan import Plan
from matcher.problem.columns import IntArray
from matcher.problem.problem import Problem

MOST_TAKERS = 5
"""Most takers of a lot that an explanation names: those that got most of it."""


class Allowed(NamedTuple):
    """The allowed lots of a requirement, by row.

    Parameters
    ----------
    lots, costs
        Rows, and c in 1/1000 øre.
    priced
        What each costs with the prices of lots and of room in hubs.
    """

    lots: IntArray
    costs: IntArray
    priced: IntArray


class _Best(NamedTuple):
    lot: int
    least: int
    second: int


class Market:
    """A problem and its plan, laid out to be asked about.

    Parameters
    ----------
    problem, plan
        A problem and a plan of it.
    """

    def __init__(self, problem: Problem, plan: Plan) -> None:
        self.problem, self.plan = problem, plan
        self.world: World = lay_world(problem)
        self.rooms = RoomBook(problem, plan)
        fees = self.rooms.fees
        self._charged = None if fees is None else self.world._replace(fees=fees)
        self._by_lot = np.argsort(plan.matches.lot, kind="stable")
        self._lots = plan.matches.lot[self._by_lot]
        self._best: dict[int, _Best] = {}
        self._last: tuple[int, Allowed] | None = None
        count = len(problem.lots.id)
        self._rows, self._costs = np.empty(count, dtype=np.int32), np.empty(count, dtype=np.int64)

    def collect(self, requirement: int) -> Allowed:
        """Return the allowed lots of a requirement."""
        if self._last is None or self._last[0] != requirement:
            lots, costs = self._collect(self.world, requirement)
            priced = costs if self._charged is None else self._collect(self._charged, requirement)[1]
            priced = priced + self.plan.certificate.lot_prices[lots]
            self._last = (requirement, Allowed(lots, costs, priced))
        return self._last[1]

    def _collect(self, world: World, requirement: int) -> tuple[IntArray, IntArray]:
        size = collect_pairs(world, requirement, self._rows, self._costs)
        order = np.argsort(self._rows[:size], kind="stable")
        return self._rows[order].astype(np.int64), self._costs[order]

    def find_best(self, requirement: int, *, without: int = -1) -> int:
        """Return v: the least a step costs the requirement, prices included; with one lot left out."""
        if requirement not in self._best:
            allowed, new = self.collect(requirement), int(self.world.rates.new_cost[requirement])
            self._best[requirement] = _Best(-1, new, new)
            if len(allowed.lots):
                order = np.argsort(allowed.priced, kind="stable")[:2]
                least = [*(min(new, int(value)) for value in allowed.priced[order]), new]
                self._best[requirement] = _Best(int(allowed.lots[order[0]]), least[0], least[1])
        best = self._best[requirement]
        return best.second if without == best.lot else best.least

    def list_matches(self, lot: int) -> IntArray:
        """Return the rows of the matches of a lot, by requirement."""
        first, last = np.searchsorted(self._lots, (lot, lot + 1))
        return self._by_lot[first:last]

    def list_takers(self, lot: int) -> tuple[Taker, ...]:
        """Return who got a lot, by requirement: those who got most of it where they are many."""
        matches, places = self.plan.matches, self.list_matches(lot)
        if len(places) > MOST_TAKERS:
            most = np.argsort(-matches.quantity[places], kind="stable")[:MOST_TAKERS]
            places = places[np.sort(most)]
        takers = []
        for place in places.tolist():
            requirement, steps = int(matches.requirement[place]), int(matches.quantity[place])
            worth = self.find_best(requirement, without=lot) - int(matches.cost[place]) // steps
            takers.append(
                Taker(requirement=str(self.problem.requirements.id[requirement]), quantity=steps, worth=worth)
            )
        return tuple(takers)

    def list_stopped(self, requirement: int, *, leaving: IntArray, most: int) -> list[int]:
        """Return the lots of an accepted class that a rule stopped: the furthest, then the nearest, first."""
        facts = self.world.facts
        own = int(facts.wanted_class[requirement])
        least = 1 if facts.wanted_swap_ok[requirement] else 2
        alike = facts.kinship[own, facts.lot_class] >= least
        alike[leaving] = False
        rows = np.flatnonzero(alike)
        reasons, metres = _judge_lots(facts, rows, requirement)
        far = np.where(metres < 0, np.iinfo(np.int64).max, metres)
        picked: list[int] = rows[np.lexsort((rows, far, -reasons))[:most]].tolist()
        return picked


@compiled
def _judge_lots(facts: Facts, lots: IntArray, wanted: int) -> tuple[IntArray, IntArray]:
    """Return the rule that stops each lot and its metres: as `judge_pair`, for one requirement."""
    reasons, metres = np.empty(len(lots), np.int64), np.empty(len(lots), np.int64)
    for place in range(len(lots)):
        reasons[place], metres[place], _wait = judge_pair(facts, lots[place], wanted)
    return reasons, metres
