# SPDX-License-Identifier: EUPL-1.2
"""Keeping to the room in hubs: prices of space by subgradient, and a plan that takes no more than that."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace

import numpy as np

from matcher.account import count_cost, explain_short, measure_rows, spread_matches
from matcher.joint import is_planned_jointly
from matcher.plan import HubPrices, Matches, Unmet
from matcher.problem.columns import BoolArray, IntArray
from matcher.problem.problem import Problem
from matcher.rates import Rates
from matcher.rules import is_plain_requirement
from matcher.space import (
    Calendar,
    Fees,
    is_limited,
    lay_calendar,
    lay_fees,
    list_months,
    list_prices,
    measure_use,
)
from matcher.task import Answer
from matcher.types import Typed

ROUNDS = 24
"""Most times the families that use limited hubs are planned again."""
PATIENCE = 3
"""Rounds without a better bound after which the step is halved."""
MOST_PRICE = 10**12
"""Highest price of a square centimetre for a month, 1/1000 øre: ten million kroner."""

Again = Callable[[Fees], Answer]
"""Plans the families again at prices of hub space."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Fitted:
    """A plan that keeps to the room in hubs, and the best bound found.

    Parameters
    ----------
    answer, matches, unmet
        The plan: what chose its designs, and what it does.
    cost
        C.
    proof, bound, prices
        The answer whose prices give the bound, LB, and the prices of space with it.
    """

    answer: Answer
    matches: Matches
    unmet: Unmet
    cost: int
    proof: Answer
    bound: int
    prices: HubPrices


def fits_hubs(problem: Problem, matches: Matches) -> bool:
    """Return whether matches take no more room in any hub than there is in any month."""
    limited = is_limited(problem)
    if not limited.any():
        return True
    used = measure_use(problem, lay_calendar(problem), matches)
    return not bool((used > problem.hubs.area_cm2[:, None])[limited].any())


def fit_hubs(
    problem: Problem, *, typed: Typed, rates: Rates, answer: Answer, again: Again, stop: Callable[[], bool]
) -> Fitted:
    """Return a plan within the room of all hubs, and prices of space that bound how good it is.

    Parameters
    ----------
    problem, typed, rates
        The whole problem, gathered into types, and its rates.
    answer
        The families' answers as if there were room enough.
    again
        Plans them again at prices of space.
    stop
        Asked between rounds whether to come to an end.

    Notes
    -----
    Whatever w, LB(w) = what the families prove at costs c + w area, less what all room is worth at w. It is a
    concave function of w; its subgradient is the room taken less the room there is, followed with the step of
    Polyak towards the best plan so far. Each plan on the way is made to fit by leaving out the matches that
    save least for the room they take; the best of them is kept. Source: matching.md, section 2.
    """
    calendar, limited = lay_calendar(problem), is_limited(problem)
    room = np.where(limited, problem.hubs.area_cm2, 0)
    step = int(rates.quantum.max(initial=1))
    prices = np.zeros((len(limited), calendar.months), dtype=np.int64)
    best: Fitted | None = None
    scale, waited = 1.0, 0
    for number in range(ROUNDS + 1):
        matches = spread_matches(problem, typed=typed, rates=rates, answer=answer)
        used = measure_use(problem, calendar, matches)
        worth = sum(int(area) * int(row.sum()) for area, row in zip(room, prices, strict=True))
        bound = answer.bound - worth
        kept = leave_out(problem, calendar, rates=rates, matches=matches)
        unmet = explain_short(problem, rates=rates, answer=answer, matches=kept)
        cost = count_cost(problem, rates=rates, matches=kept, unmet=unmet)
        fitted = Fitted(
            answer=answer,
            matches=kept,
            unmet=unmet,
            cost=cost,
            proof=answer,
            bound=bound,
            prices=list_prices(calendar, prices),
        )
        waited = 0 if best is None or bound > best.bound else waited + 1
        best = fitted if best is None else _join(best, fitted)
        if waited == PATIENCE:
            scale, waited = scale / 2, 0
        slope = np.where(limited[:, None], used - room[:, None], 0)
        slope[(prices == 0) & (slope < 0)] = 0
        square = float((slope.astype(np.float64) ** 2).sum())
        if best.cost <= best.bound or square == 0.0 or number == ROUNDS or stop():
            break
        move = scale * (best.cost - bound) / square * slope
        wished = np.clip(prices + move, 0, MOST_PRICE - step)
        moved = (np.floor(wished / step + 0.5) * step).astype(np.int64)
        if np.array_equal(moved, prices):
            break
        prices = moved
        answer = again(lay_fees(problem, calendar, prices))
    assert best is not None
    return best


def _join(best: Fitted, other: Fitted) -> Fitted:
    """Return the better plan of two with the better bound of two."""
    if other.cost < best.cost:
        best = replace(best, answer=other.answer, matches=other.matches, unmet=other.unmet, cost=other.cost)
    if other.bound > best.bound:
        best = replace(best, proof=other.proof, bound=other.bound, prices=other.prices)
    return best


def leave_out(problem: Problem, calendar: Calendar, *, rates: Rates, matches: Matches) -> Matches:
    """Return matches that keep to the room of all hubs: without those that save least for the room they take.

    Parameters
    ----------
    problem, calendar, rates
        The problem, its months and its rates.
    matches
        A plan in every other way.

    Notes
    -----
    Of a plain requirement so many steps are left out as there is no room for; of any other all its matches,
    and where its project is planned as a whole those of the project: then every rule still holds.
    """
    quantity = matches.quantity.copy()
    plain, together = is_plain_requirement(problem), _number_groups(problem)
    area = problem.classes.area_cm2[problem.lots.class_[matches.lot]]
    saved = rates.new_cost[matches.requirement] * matches.delivered - matches.cost
    density = saved / np.maximum(matches.quantity * area, 1)
    order = np.argsort(density, kind="stable").tolist()
    over = measure_use(problem, calendar, matches)
    over -= np.where(is_limited(problem), problem.hubs.area_cm2, np.iinfo(np.int64).max // 2)[:, None]
    for hub, month in _list_over(over):
        for place in order:
            if over[hub, month] <= 0:
                break
            if matches.hub[place] != hub or not quantity[place] or not area[place]:
                continue
            first, last = list_months(calendar, matches, place)
            if not first <= month <= last:
                continue
            row = matches.requirement[place]
            if plain[row]:
                steps = min(int(quantity[place]), -(-int(over[hub, month]) // int(area[place])))
                _take_away(over, calendar, matches, place, int(steps * area[place]))
                quantity[place] -= steps
                continue
            for one in np.flatnonzero(together[matches.requirement] == together[row]).tolist():
                _take_away(over, calendar, matches, one, int(quantity[one] * area[one]))
                quantity[one] = 0
    if np.array_equal(quantity, matches.quantity):
        return matches
    left = np.flatnonzero(quantity)
    return measure_rows(
        problem,
        rates=rates,
        lot=matches.lot[left],
        requirement=matches.requirement[left],
        quantity=quantity[left],
    )


def _list_over(over: IntArray) -> Iterator[tuple[int, int]]:
    """Yield the hubs and months that are still over-full, as they come."""
    for hub in range(over.shape[0]):
        for month in range(over.shape[1]):
            if over[hub, month] > 0:
                yield hub, month


def _take_away(over: IntArray, calendar: Calendar, matches: Matches, place: int, area: int) -> None:
    if matches.hub[place] >= 0:
        first, last = list_months(calendar, matches, place)
        over[matches.hub[place], first : last + 1] -= area


def _number_groups(problem: Problem) -> IntArray:
    """Return of each requirement the number of what stands or falls with it: itself, or its project."""
    wanted = problem.requirements
    joint: BoolArray = is_planned_jointly(problem)
    alone = np.arange(len(wanted.id), dtype=np.int64) + len(problem.projects.id)
    return np.where(joint, wanted.project, alone)
