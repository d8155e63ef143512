# SPDX-License-Identifier: EUPL-1.2
"""Why a plan is as it is: for a match, a lot, a requirement or a pair, in codes and numbers."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

import numpy as np

from matcher.candidates import World, collect_pairs, lay_world
from matcher.compatibility import ALLOWED, judge_pair
from matcher.errors import InputError
from matcher.plan import STORAGE_CODES, Plan
from matcher.problem.columns import IntArray
from matcher.problem.problem import Problem
from matcher.reasons import NO_LOT_OF_CLASS, REASONS, Reason
from matcher.storing import FIRST_HUB, WAIT_UNIT

_NO_OFFER = 2**62
NEAREST = 5
"""Most lots named that a requirement did not get."""


class Outcome(StrEnum):
    """What became of a pair."""

    MATCHED = "matched"
    STOPPED = "stopped"
    TOO_DEAR = "too_dear"
    TAKEN = "taken"
    TIED = "tied"
    NOT_NEEDED = "not_needed"


@dataclass(frozen=True, slots=True, kw_only=True)
class Taker:
    """A requirement that got some of a lot: id, steps, what a step was worth to it (1/1000 øre)."""

    requirement: str
    quantity: int
    worth: int


@dataclass(frozen=True, slots=True, kw_only=True)
class PairExplanation:
    """What became of a lot and a requirement; money in 1/1000 øre per step.

    Parameters
    ----------
    lot, requirement
        Ids.
    outcome
        ``matched``; ``stopped`` by `reason`; ``too_dear``: allowed, but cost >= new_cost; ``taken``: it went
        to those to whom it was worth more; ``tied``: it went to others to whom it was worth just as much;
        ``not_needed``: nobody paid for the lot, and better ones were at hand.
    reason
        The rule or reason, where it was not matched.
    quantity
        Steps assigned.
    metres, storage_days
        Road and storage; None where no road or no day is known.
    storage, hub
        Where it waits, of `matcher.plan.STORAGE_CODES`, and the id of the hub; None where it does not.
    cost, new_cost
        c and N; cost is None for a pair that is not allowed.
    price
        u, the lot's price.
    best
        v: the least a step costs the requirement, prices included.
    worth
        What a step of the lot was worth here: the least a step costs without this lot, less c. Never below
        the price where it was matched, never above it where it was not. None for a pair that is not allowed.
    takers
        Who got the lot.
    """

    lot: str
    requirement: str
    outcome: Outcome
    reason: Reason | None
    quantity: int
    metres: int | None
    storage_days: int | None
    storage: str | None
    hub: str | None
    cost: int | None
    new_cost: int
    price: int
    best: int
    worth: int | None
    takers: tuple[Taker, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class UnmetExplanation:
    """The part bought new: steps, the furthest reason, and the lots stopped at each reason."""

    quantity: int
    reason: Reason
    stopped: dict[Reason, int]


@dataclass(frozen=True, slots=True, kw_only=True)
class RequirementExplanation:
    """What a requirement got, what it did not, and the lots that came nearest."""

    requirement: str
    quantity: int
    best: int
    new_cost: int
    matched: tuple[PairExplanation, ...]
    unmet: UnmetExplanation | None
    nearest: tuple[PairExplanation, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class LotExplanation:
    """Who got a lot, at what price, and what is left of it."""

    lot: str
    quantity: int
    left: int
    price: int
    matched: tuple[PairExplanation, ...]


Explanation = RequirementExplanation | LotExplanation | PairExplanation


def explain(problem: Problem, plan: Plan, id: str, *, lot: str | None = None) -> Explanation:  # noqa: A002
    """Explain what became of a requirement, a lot, or the pair of both.

    Parameters
    ----------
    problem, plan
        A problem and a plan of it.
    id
        Id of a requirement or, where no requirement has it, of a lot.
    lot
        Id of a lot: then the pair of it and requirement `id` is explained.

    Raises
    ------
    InputError
        Where no requirement or lot has the id.
    """
    world = lay_world(problem)
    teller = _Teller(problem=problem, plan=plan, world=world)
    requirement = _find_row(problem.requirements.id, id)
    if lot is not None:
        row = _find_row(problem.lots.id, lot)
        if requirement is None:
            raise InputError("the id of a requirement", value=id)
        if row is None:
            raise InputError("the id of a lot", value=lot)
        return teller.tell_pair(row, requirement)
    if requirement is not None:
        return teller.tell_requirement(requirement)
    row = _find_row(problem.lots.id, id)
    if row is None:
        raise InputError("the id of a requirement or a lot", value=id)
    return teller.tell_lot(row)


def _find_row(ids: np.ndarray[tuple[int], np.dtype[np.object_]], wished: str) -> int | None:
    rows = np.flatnonzero(ids == wished)
    return int(rows[0]) if len(rows) else None


@dataclass(frozen=True, slots=True, kw_only=True)
class _Teller:
    problem: Problem
    plan: Plan
    world: World

    def collect(self, requirement: int) -> tuple[IntArray, IntArray]:
        """Return the rows and costs of the allowed lots of a requirement, by row."""
        count = len(self.problem.lots.id)
        lots, costs = np.empty(count, dtype=np.int32), np.empty(count, dtype=np.int64)
        size = collect_pairs(self.world, requirement, lots, costs)
        order = np.argsort(lots[:size], kind="stable")
        return lots[order].astype(np.int64), costs[order]

    def find_best(self, requirement: int, *, without: int = -1) -> int:
        """Return v: the least a step costs the requirement, prices included; with one lot left out."""
        lots, costs = self.collect(requirement)
        others = lots != without
        priced = costs[others] + self.plan.certificate.lot_prices[lots[others]]
        return min(int(self.world.rates.new_cost[requirement]), int(priced.min(initial=_NO_OFFER)))

    def tell_pair(self, lot: int, requirement: int) -> PairExplanation:
        """Explain one pair."""
        matches = self.plan.matches
        lots, costs = self.collect(requirement)
        place = np.flatnonzero(lots == lot)
        cost = int(costs[place[0]]) if len(place) else None
        new_cost = int(self.world.rates.new_cost[requirement])
        price = int(self.plan.certificate.lot_prices[lot])
        worth = None if cost is None else self.find_best(requirement, without=lot) - cost
        takers = self.list_takers(lot)
        quantity = int(matches.quantity[(matches.lot == lot) & (matches.requirement == requirement)].sum())
        outcome, reason = Outcome.MATCHED, None
        metres, days, store = None, None, 0
        if self.problem.pairs is None:
            number, road, wait = judge_pair(self.world.facts, lot, requirement)
            store, waits = divmod(max(wait, 0), WAIT_UNIT)
            metres, days = (road if road >= 0 else None), (waits if wait >= 0 else None)
        else:
            number = ALLOWED if cost is not None else NO_LOT_OF_CLASS
        if not quantity:
            if cost is None:
                outcome, reason = Outcome.STOPPED, REASONS[number]
            elif cost >= new_cost:
                outcome, reason = Outcome.TOO_DEAR, Reason.TOO_DEAR
            elif worth == price and (price == 0 or any(taker.worth == worth for taker in takers)):
                outcome, reason = Outcome.TIED, Reason.TAKEN
            elif price > 0:
                outcome, reason = Outcome.TAKEN, Reason.TAKEN
            else:
                outcome = Outcome.NOT_NEEDED
        return PairExplanation(
            lot=str(self.problem.lots.id[lot]),
            requirement=str(self.problem.requirements.id[requirement]),
            outcome=outcome,
            reason=reason,
            quantity=quantity,
            metres=metres,
            storage_days=days,
            storage=STORAGE_CODES[1 + min(store, FIRST_HUB)] if days else None,
            hub=str(self.problem.hubs.id[store - FIRST_HUB]) if store >= FIRST_HUB else None,
            cost=cost,
            new_cost=new_cost,
            price=price,
            best=self.find_best(requirement),
            worth=worth,
            takers=takers,
        )

    def list_takers(self, lot: int) -> tuple[Taker, ...]:
        """Return who got a lot, by requirement."""
        matches = self.plan.matches
        takers = []
        for place in np.flatnonzero(matches.lot == lot):
            requirement, steps = int(matches.requirement[place]), int(matches.quantity[place])
            worth = self.find_best(requirement, without=lot) - int(matches.cost[place]) // steps
            takers.append(
                Taker(requirement=str(self.problem.requirements.id[requirement]), quantity=steps, worth=worth)
            )
        return tuple(takers)

    def tell_lot(self, lot: int) -> LotExplanation:
        """Explain one lot."""
        matches = self.plan.matches
        places = np.flatnonzero(matches.lot == lot)
        quantity = int(self.problem.lots.quantity[lot])
        return LotExplanation(
            lot=str(self.problem.lots.id[lot]),
            quantity=quantity,
            left=quantity - int(matches.quantity[places].sum()),
            price=int(self.plan.certificate.lot_prices[lot]),
            matched=tuple(self.tell_pair(lot, int(matches.requirement[place])) for place in places),
        )

    def tell_requirement(self, requirement: int) -> RequirementExplanation:
        """Explain one requirement."""
        matches, unmet = self.plan.matches, self.plan.unmet
        mine = matches.lot[matches.requirement == requirement].tolist()
        rest = np.flatnonzero(unmet.requirement == requirement)
        part = None
        if len(rest):
            counts = unmet.stopped[rest[0]].tolist()
            part = UnmetExplanation(
                quantity=int(unmet.quantity[rest[0]]),
                reason=REASONS[int(unmet.reason[rest[0]])],
                stopped={REASONS[number]: count for number, count in enumerate(counts) if count},
            )
        lots, costs = self.collect(requirement)
        order = np.lexsort((lots, costs + self.plan.certificate.lot_prices[lots]))
        others = [row for row in lots[order].tolist() if row not in set(mine)][:NEAREST]
        if len(others) < NEAREST and self.problem.pairs is None:
            others += self.list_stopped(requirement, leaving=set(lots.tolist()))[: NEAREST - len(others)]
        return RequirementExplanation(
            requirement=str(self.problem.requirements.id[requirement]),
            quantity=int(self.problem.requirements.quantity[requirement]),
            best=self.find_best(requirement),
            new_cost=int(self.world.rates.new_cost[requirement]),
            matched=tuple(self.tell_pair(row, requirement) for row in mine),
            unmet=part,
            nearest=tuple(self.tell_pair(row, requirement) for row in others),
        )

    def list_stopped(self, requirement: int, *, leaving: set[int]) -> list[int]:
        """Return the lots of an accepted class that a rule stopped, the furthest first."""
        facts = self.world.facts
        own = int(facts.wanted_class[requirement])
        least = 1 if facts.wanted_swap_ok[requirement] else 2
        alike = np.flatnonzero(facts.kinship[own, facts.lot_class] >= least).tolist()
        rows = [row for row in alike if row not in leaving]
        return sorted(rows, key=lambda row: (-judge_pair(facts, row, requirement)[0], row))
