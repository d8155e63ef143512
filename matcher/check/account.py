# SPDX-License-Identifier: EUPL-1.2
"""The checker's account of a plan: every match, its budgets, reasons and certificate, added up again."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import fields
from typing import NamedTuple

import numpy as np

from matcher.check.certificate import check_certificate
from matcher.check.market import Market
from matcher.check.pairs import judge_matches
from matcher.check.rules import Found, Taken, find_spent
from matcher.check.space import find_overfull, lay_charges
from matcher.check.sweep import Facts, Seen, Stated, look_at_pairs
from matcher.loads import count_load_steps
from matcher.measure import measure_matches
from matcher.plan import Plan
from matcher.problem.columns import IntArray, RowArray
from matcher.problem.problem import Problem
from matcher.reasons import REASONS, Reason
from matcher.value import PairRates, rate_pairs

ALLOWED = -1


class Rated(NamedTuple):
    """What the matches of a plan rest on, in their order.

    Parameters
    ----------
    metres, days
        Road and days in storage.
    rates
        c, f, g, money, P and Q.
    loads
        Lorry loads begun.
    """

    metres: IntArray
    days: IntArray
    rates: PairRates
    loads: IntArray


def add_up_plan(
    problem: Problem, plan: Plan, market: Market, *, taken: list[list[Taken]], asked: list[bool], workers: int
) -> Iterator[Found]:
    """Yield everything that does not add up.

    Parameters
    ----------
    problem, plan, market
        The plan names rows that the problem has.
    taken, asked
        From `matcher.check.rules`.
    workers
        Threads.
    """
    quantum = market.rates.quantum
    if not np.array_equal(plan.certificate.quanta, quantum):
        yield "quantum", "certificate.quanta", quantum.tolist(), plan.certificate.quanta.tolist()
    rated, refused = _rate_matches(problem, plan, market)
    if refused:
        yield from refused
        return
    yield from _check_matches(problem, plan, rated)
    yield from find_overfull(problem, plan)
    facts = list_facts(problem)
    spent = _find_spent(problem, plan, rated, taken=taken, new_money=market.rates.new_money)
    for project, above in spent.items():
        budget = int(problem.projects.budget_ore[project]) * 1000
        if above > budget:
            yield "budget", str(problem.projects.id[project]), f"at most {budget}", above
    stated = _list_stated(problem, plan, taken=taken, spent=spent)
    seen = look_at_pairs(problem, market, facts, stated, workers=workers)
    yield from _check_reasons(problem, plan, seen)
    rates = rated.rates
    paid = sum(
        step * steps + trip + load * loads
        for step, trip, load, loads, steps in zip(
            rates.cost.tolist(),
            rates.trip.tolist(),
            rates.load.tolist(),
            rated.loads.tolist(),
            plan.matches.quantity.tolist(),
            strict=True,
        )
    )
    yield from check_certificate(problem, plan, market, facts, seen, paid=paid, asked=asked)


def list_facts(problem: Problem) -> Facts:
    """Return what the rules of the plan need to know.

    Parameters
    ----------
    problem
        Any problem.
    """
    lots, wanted, params = problem.lots, problem.requirements, problem.params
    kinds: dict[tuple[int, str], int] = {}
    kind = np.arange(len(lots.id), dtype=np.int64)
    for row in np.flatnonzero(lots.kind != ""):
        key = (int(lots.class_[row]), str(lots.kind[row]))
        kind[row] = kinds.setdefault(key, len(lots.id) + len(kinds))
    vehicles, swaps, pairs = problem.vehicles, problem.substitutes, problem.pairs
    trips = vehicles.trip_ore + vehicles.trip_ore_per_km + vehicles.load_ore + vehicles.load_ore_per_km
    ruled = bool(
        wanted.minimum_fulfilment.any()
        or wanted.most_donors.any()
        or wanted.one_kind.any()
        or wanted.breakage.any()
        or (wanted.design_option != "").any()
        or (problem.projects.budget_ore >= 0).any()
        or (lots.minimum_take > 1).any()
        or lots.indivisible.any()
        or trips.any()
        or (swaps.p != swaps.q).any()
        or params.fair_share * params.fair_weight > 0
        or (pairs is not None and (pairs.trip.any() or pairs.load.any()))
    )
    facts = Facts(
        lots.quantity,
        lots.minimum_take,
        lots.indivisible,
        count_load_steps(problem)[lots.class_],
        kind,
        lots.class_.astype(np.int64),
        wanted.quantity,
        -(-wanted.quantity * wanted.minimum_fulfilment // 1000),
        wanted.most_donors.astype(np.int64),
        wanted.one_kind,
        ruled,
    )
    for array in facts[:-1]:
        array.setflags(write=False)
    return facts


def _list_stated(problem: Problem, plan: Plan, *, taken: list[list[Taken]], spent: dict[int, int]) -> Stated:
    wanted, certificate = problem.requirements, plan.certificate
    count = len(wanted.id)
    unmet = np.zeros(count, dtype=np.bool_)
    unmet[plan.unmet.requirement] = True
    left = {row: int(problem.projects.budget_ore[row]) * 1000 - above for row, above in spent.items()}
    used = np.array([len(each) for each in taken], dtype=np.int64)
    start = np.zeros(count + 1, dtype=np.int64)
    np.cumsum(used, out=start[1:])
    stated = Stated(
        certificate.lot_prices.astype(np.int64),
        np.append(certificate.project_prices, 0)[wanted.project].astype(np.int64),
        certificate.bounded.astype(np.int8),
        unmet,
        np.array([sum(one.deliver() for one in each) for each in taken], dtype=np.int64),
        used,
        np.array([max(left.get(row, -1), -1) for row in wanted.project.tolist()], dtype=np.int64),
        start,
        np.array([one.lot for each in taken for one in each], dtype=np.int64),
        lay_charges(problem, plan),
    )
    for array in (*stated, *stated.charges):
        if isinstance(array, np.ndarray):
            array.setflags(write=False)
    return stated


def _rate_matches(problem: Problem, plan: Plan, market: Market) -> tuple[Rated, list[Found]]:
    lots, wanted = problem.lots, problem.requirements
    lot, row = plan.matches.lot.astype(np.int32), plan.matches.requirement.astype(np.int32)
    offered, own = lots.class_[lot], wanted.class_[row]
    found: list[Found] = []
    days = metres = np.zeros(len(lot), dtype=np.int64)
    if market.given:
        places = _find_given(problem, lot, row)
        reasons = np.where(places < 0, REASONS.index(Reason.NO_LOT_OF_CLASS), ALLOWED)
    else:
        place_of = np.empty(len(lots.id), dtype=np.int64)
        place_of[market.shelf.lot] = np.arange(len(lots.id))
        reasons, metres, days = judge_matches(market, place_of, lots.class_.astype(np.int64), lot, row)
    for place in np.flatnonzero(reasons != ALLOWED):
        subject = f"{lots.id[lot[place]]} -> {wanted.id[row[place]]}"
        found.append(("pair", subject, "an allowed pair", str(REASONS[reasons[place]])))
    held = count_load_steps(problem)[offered]
    loads = np.where(held > 0, -(-plan.matches.quantity // np.maximum(held, 1)), 0)
    if found:
        metres, days = np.maximum(metres, 0), np.maximum(days, 0)
    rates = rate_pairs(market.rates, lot, offered, own, metres, days, row)
    if market.given and problem.pairs is not None:
        given = problem.pairs
        places = np.maximum(places, 0)
        cost = given.cost[places]
        rates = rates._replace(cost=cost, pay=cost, trip=given.trip[places], load=given.load[places])
    return Rated(metres, days, rates, loads), found


def _find_given(problem: Problem, lot: RowArray, row: RowArray) -> IntArray:
    """Return where each pair stands among those given; -1 = nowhere."""
    pairs = problem.pairs
    assert pairs is not None
    width = len(problem.lots.id)
    keys = pairs.requirement.astype(np.int64) * width + pairs.lot
    asked = row * width + lot
    if not len(keys):
        return np.full(len(lot), -1, dtype=np.int64)
    places = np.minimum(np.searchsorted(keys, asked), len(keys) - 1)
    return np.where(keys[places] == asked, places, -1)


def _check_matches(problem: Problem, plan: Plan, rated: Rated) -> Iterator[Found]:
    matches = plan.matches
    again = measure_matches(
        problem,
        lot=matches.lot,
        requirement=matches.requirement,
        quantity=matches.quantity,
        metres=rated.metres,
        waits=rated.days,
        step_cost=rated.rates.cost,
        trip_cost=rated.rates.trip,
        load_cost=rated.rates.load,
    )
    for name in (item.name for item in fields(matches)):
        stated, expected = getattr(matches, name), getattr(again, name)
        for place in np.flatnonzero(stated != expected):
            lot, requirement = matches.lot[place], matches.requirement[place]
            subject = f"{problem.lots.id[lot]} -> {problem.requirements.id[requirement]} {name}"
            yield "match", subject, expected[place], stated[place]


def _find_spent(
    problem: Problem, plan: Plan, rated: Rated, *, taken: list[list[Taken]], new_money: IntArray
) -> dict[int, int]:
    if not (problem.projects.budget_ore >= 0).any():
        return {}
    pay: list[list[int]] = [[] for _ in taken]
    fixed: list[list[int]] = [[] for _ in taken]
    for place, row in enumerate(plan.matches.requirement.tolist()):
        pay[row].append(int(rated.rates.pay[place]))
        load = int(rated.rates.load[place]) * int(rated.loads[place])
        fixed[row].append(int(rated.rates.trip[place]) + load)
    return find_spent(problem, taken=taken, pay=pay, fixed=fixed, new_money=new_money)


def _check_reasons(problem: Problem, plan: Plan, seen: Seen) -> Iterator[Found]:
    unmet, ids = plan.unmet, problem.requirements.id
    for place, row in enumerate(unmet.requirement.tolist()):
        stopped = seen.stopped[row]
        if not np.array_equal(stopped, unmet.stopped[place]):
            yield "stopped", ids[row], stopped.tolist(), unmet.stopped[place].tolist()
        reached = np.flatnonzero(stopped)
        reason = REASONS[int(reached[-1])] if len(reached) else REASONS[0]
        if REASONS[int(unmet.reason[place])] != reason:
            yield "reason", ids[row], reason, REASONS[int(unmet.reason[place])]
