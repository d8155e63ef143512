# SPDX-License-Identifier: EUPL-1.2
"""Why a plan is as it is: for a match, a lot, a requirement or a pair, in codes and numbers."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import numpy as np

from matcher.compatibility import ALLOWED, judge_pair
from matcher.errors import InputError
from matcher.explain.advice import advise
from matcher.explain.market import Market
from matcher.explain.told import (
    Explanation,
    LotExplanation,
    Outcome,
    PairExplanation,
    RequirementExplanation,
    Room,
    UnmetExplanation,
)
from matcher.plan import STORAGE_CODES, Plan
from matcher.problem.columns import IntArray
from matcher.problem.problem import Problem
from matcher.reasons import NO_LOT_OF_CLASS, REASONS, Reason
from matcher.storing import FIRST_HUB, WAIT_UNIT

NEAREST = 5
"""Most lots named that a requirement did not get."""
_OF_THE_PLAN = {Reason.MINIMUM_TAKE, Reason.FULFILMENT, Reason.MOST_DONORS, Reason.BUDGET}
"""Rules that no single pair fails: where they hold a requirement back, they hold its best lots back."""


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
    teller = _Teller(problem, plan)
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


def explain_requirements(problem: Problem, plan: Plan, *, rows: IntArray) -> Iterator[RequirementExplanation]:
    """Yield the explanations of some requirements, each with what would help where a part is bought new.

    Parameters
    ----------
    problem, plan
        A problem and a plan of it.
    rows
        Rows of requirements, in the order wished.

    Notes
    -----
    Every allowed pair of each is looked at once. Where the pairs are given there is no rule to loosen, and
    `advice` is None throughout; it is None where nothing is bought new, too.
    """
    teller = _Teller(problem, plan)
    short = set(plan.unmet.requirement.tolist())
    asked = np.array([row for row in rows.tolist() if row in short], dtype=np.int64)
    advice = advise(problem, plan, rows=asked) if problem.pairs is None else {}
    for row in rows.tolist():
        told = teller.tell_requirement(row)
        yield replace(told, advice=advice.get(told.requirement))


def _find_row(ids: np.ndarray[tuple[int], np.dtype[np.object_]], wished: str) -> int | None:
    rows = np.flatnonzero(ids == wished)
    return int(rows[0]) if len(rows) else None


class _Teller:
    def __init__(self, problem: Problem, plan: Plan) -> None:
        self.problem, self.plan = problem, plan
        self.market = Market(problem, plan)
        self._short = {row: place for place, row in enumerate(plan.unmet.requirement.tolist())}

    def tell_pair(self, lot: int, requirement: int) -> PairExplanation:
        """Explain one pair."""
        matches, market = self.plan.matches, self.market
        allowed = market.collect(requirement)
        place = np.flatnonzero(allowed.lots == lot)
        cost = int(allowed.costs[place[0]]) if len(place) else None
        worth = None if cost is None else market.find_best(requirement, without=lot) - cost
        mine = market.list_matches(lot)
        number, metres, days, store, room = self._judge(lot, requirement, known=cost is not None)
        told = PairExplanation(
            lot=str(self.problem.lots.id[lot]),
            requirement=str(self.problem.requirements.id[requirement]),
            outcome=Outcome.MATCHED,
            reason=None,
            quantity=int(matches.quantity[mine[matches.requirement[mine] == requirement]].sum()),
            metres=metres,
            storage_days=days,
            storage=STORAGE_CODES[1 + min(store, FIRST_HUB)] if days else None,
            hub=str(self.problem.hubs.id[store - FIRST_HUB]) if store >= FIRST_HUB else None,
            cost=cost,
            new_cost=int(market.world.rates.new_cost[requirement]),
            price=int(self.plan.certificate.lot_prices[lot]),
            best=market.find_best(requirement),
            worth=worth,
            takers=market.list_takers(lot),
            room=room,
        )
        if told.quantity:
            # a hub that holds all that anybody wants there is full, and nobody lacks anything
            spare = requirement not in self._short and not (room is not None and room.fee)
            return replace(told, room=None) if spare else told
        outcome, reason = self._find_outcome(told, requirement=requirement, stopped=number)
        return replace(told, outcome=outcome, reason=reason)

    def _judge(
        self, lot: int, requirement: int, *, known: bool
    ) -> tuple[int, int | None, int | None, int, Room | None]:
        """Return the rule that stops a pair, its road, its days in storage, its store and the room there."""
        if self.problem.pairs is not None:
            return (ALLOWED if known else NO_LOT_OF_CLASS), None, None, 0, None
        number, road, wait = judge_pair(self.market.world.facts, lot, requirement)
        store, waits = divmod(max(wait, 0), WAIT_UNIT)
        room = None
        if store >= FIRST_HUB and waits and known:
            hub = store - FIRST_HUB
            room = self.market.rooms.find_room(hub=hub, lot=lot, requirement=requirement, days=waits)
        return number, (road if road >= 0 else None), (waits if wait >= 0 else None), store, room

    def _find_outcome(
        self, told: PairExplanation, *, requirement: int, stopped: int
    ) -> tuple[Outcome, Reason | None]:
        """Return what became of a pair that was not matched, and the reason."""
        if told.cost is None or told.worth is None:
            return Outcome.STOPPED, REASONS[stopped]
        if told.cost >= told.new_cost:
            return Outcome.TOO_DEAR, Reason.TOO_DEAR
        wished = told.worth > told.price
        if wished and told.room is not None:
            # the room is full or priced; without that it would have been worth more than its price
            return Outcome.HUB_FULL, Reason.TAKEN
        if wished and requirement in self._short:
            reason = REASONS[int(self.plan.unmet.reason[self._short[requirement]])]
            if reason in _OF_THE_PLAN:
                return Outcome.STOPPED, reason
        if told.worth == told.price and (
            told.price == 0 or any(taker.worth == told.worth for taker in told.takers)
        ):
            return Outcome.TIED, Reason.TAKEN
        if told.price > 0:
            return Outcome.TAKEN, Reason.TAKEN
        return Outcome.NOT_NEEDED, None

    def tell_lot(self, lot: int) -> LotExplanation:
        """Explain one lot."""
        matches = self.plan.matches
        places = self.market.list_matches(lot)
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
        matches, market = self.plan.matches, self.market
        first, last = np.searchsorted(matches.requirement, (requirement, requirement + 1))
        mine = matches.lot[first:last].tolist()
        allowed = market.collect(requirement)
        order = np.lexsort((allowed.lots, allowed.priced))
        others = [row for row in allowed.lots[order][: NEAREST + len(mine)].tolist() if row not in set(mine)]
        others = others[:NEAREST]
        if len(others) < NEAREST and self.problem.pairs is None:
            more = NEAREST - len(others)
            others += market.list_stopped(requirement, leaving=allowed.lots, most=more)
        return RequirementExplanation(
            requirement=str(self.problem.requirements.id[requirement]),
            quantity=int(self.problem.requirements.quantity[requirement]),
            best=market.find_best(requirement),
            new_cost=int(market.world.rates.new_cost[requirement]),
            matched=tuple(self.tell_pair(row, requirement) for row in mine),
            unmet=self._tell_unmet(requirement),
            nearest=tuple(self.tell_pair(row, requirement) for row in others),
        )

    def _tell_unmet(self, requirement: int) -> UnmetExplanation | None:
        if requirement not in self._short:
            return None
        unmet, place = self.plan.unmet, self._short[requirement]
        return UnmetExplanation(
            quantity=int(unmet.quantity[place]),
            reason=REASONS[int(unmet.reason[place])],
            stopped={
                REASONS[number]: count for number, count in enumerate(unmet.stopped[place].tolist()) if count
            },
        )
