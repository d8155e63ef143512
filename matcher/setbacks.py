# SPDX-License-Identifier: EUPL-1.2
"""How far the allowed lots of an unmet requirement got: which rule of the plan kept each away."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from matcher.candidates import World, collect_pairs
from matcher.compatibility import judge_pair
from matcher.compiling import compiled
from matcher.loads import count_load_steps, deliver_steps
from matcher.problem.columns import BoolArray, IntArray, RowArray
from matcher.problem.problem import Problem
from matcher.quanta import PER_ORE
from matcher.reasons import BUDGET, FULFILMENT, MINIMUM_TAKE, MOST_DONORS, TAKEN, TOO_DEAR
from matcher.value import conversion_of_pair, price_load, price_pay, price_trip


class _Rules(NamedTuple):
    """What the rules look at: of each lot, of each requirement, and what the plan did for it."""

    supply: IntArray
    least: IntArray
    held: IntArray
    kind: IntArray
    demand: IntArray
    share: IntArray
    donors: IntArray
    one_kind: BoolArray
    met: IntArray
    left: IntArray
    match_start: IntArray
    match_lot: IntArray
    given_trip: IntArray
    given_load: IntArray


class _Pairs(NamedTuple):
    """The allowed pairs of one requirement, and what each could give."""

    lot: RowArray
    cost: IntArray
    trip: IntArray
    load: IntArray
    pay: IntArray
    top: IntArray
    bottom: IntArray
    most: IntArray
    gives: IntArray
    fits: BoolArray


def count_setbacks(
    problem: Problem,
    *,
    world: World,
    rows: IntArray,
    stopped: IntArray,
    kind: IntArray,
    lot: RowArray,
    requirement: RowArray,
    quantity: IntArray,
) -> IntArray:
    """Return the lots stopped at each reason, the allowed ones by the rule of the plan that kept them away.

    Parameters
    ----------
    problem, world
        The problem, rows not gathered into types, and the same prepared.
    rows
        Requirements with an unmet part.
    stopped
        Of each of them as `matcher.stops.count_stops` counts: the allowed lots as ``taken`` or ``too_dear``.
    kind
        Number of the class and kind of each lot.
    lot, requirement, quantity
        The matches of the plan.

    Notes
    -----
    An allowed lot of a requirement is stopped at the first of these that holds, and the unmet part carries
    the furthest reason that any lot reached:

    ``minimum_take``: the least that may be taken of it is more than the requirement may take, or what may be
    taken delivers nothing.
    ``fulfilment``: nothing is delivered, and all lots that get this far (of one kind, where that is a rule)
    could not deliver the least share together.
    ``most_donors``: nothing is delivered, and the largest so many lots could not deliver the least share; or
    the requirement is served from so many lots already, and this is none of them.
    ``budget``: what the least that may be taken of it adds to what the project pays above buying new is more
    than is left of its budget, and it does not serve the requirement already.
    ``taken``: all it could give costs less than as much bought new, trip and loads included.
    ``too_dear``: it costs as much or more.
    """
    if not len(rows):
        return stopped
    wanted, lots, pairs = problem.requirements, problem.lots, problem.pairs
    count = len(wanted.id)
    order = np.argsort(requirement, kind="stable")
    start = np.searchsorted(requirement[order], np.arange(count + 1))
    none = np.zeros(0, dtype=np.int64)
    met = np.zeros(count, dtype=np.int64)
    np.add.at(met, requirement, deliver_steps(problem, lot=lot, requirement=requirement, quantity=quantity))
    rules = _Rules(
        lots.quantity,
        np.where(lots.indivisible, lots.quantity, np.maximum(lots.minimum_take, 1)),
        count_load_steps(problem)[lots.class_],
        kind,
        wanted.quantity,
        -(-wanted.quantity * wanted.minimum_fulfilment // 1000),
        wanted.most_donors.astype(np.int64),
        wanted.one_kind,
        met,
        np.full(count, -1, dtype=np.int64),
        start,
        lot[order].astype(np.int64),
        none if pairs is None else pairs.trip,
        none if pairs is None else pairs.load,
    )
    budgets = problem.projects.budget_ore
    if (budgets >= 0).any():
        spent = np.zeros(len(budgets) + 1, dtype=np.int64)
        above = _pay_above_new(world, rules, np.arange(count), quantity[order])
        np.add.at(spent, wanted.project, above)
        left = np.where(budgets >= 0, np.maximum(budgets * PER_ORE - spent[:-1], 0), -1)
        rules.left[:] = np.append(left, -1)[wanted.project]
    counted = stopped.copy()
    counted[:, [TAKEN, TOO_DEAR]] = 0
    _count_rows(world, rules, rows, counted)
    return counted


@compiled
def _find_pairs(world: World, rules: _Rules, row: int, size: int) -> tuple[_Pairs, int]:
    """Return the allowed pairs of a requirement, as they stand, and how many there are."""
    found, cost = np.empty(size, dtype=np.int32), np.empty(size, dtype=np.int64)
    count = collect_pairs(world, row, found, cost)
    trip, load = np.zeros(count, dtype=np.int64), np.zeros(count, dtype=np.int64)
    pay, most = cost[:count].copy(), np.zeros(count, dtype=np.int64)
    top, bottom = np.ones(count, dtype=np.int64), np.ones(count, dtype=np.int64)
    gives, fits = np.zeros(count, dtype=np.int64), np.ones(count, dtype=np.bool_)
    facts, rates = world.facts, world.rates
    own = facts.wanted_class[row]
    for pair in range(count):
        lot = found[pair]
        offered = facts.lot_class[lot]
        if world.given:
            trip[pair] = rules.given_trip[world.given_start[row] + pair]
            load[pair] = rules.given_load[world.given_start[row] + pair]
        else:
            _, metres, days = judge_pair(facts, lot, row)
            trip[pair] = price_trip(rates, offered, own, metres, days)
            load[pair] = price_load(rates, offered, own, metres, days)
            pay[pair] = price_pay(rates, lot, offered, own, metres, days, row)
        top[pair], bottom[pair] = conversion_of_pair(rates, offered, own, row)
        most[pair] = min(rules.supply[lot], -(-rules.demand[row] * bottom[pair] // top[pair]))
        gives[pair] = most[pair] * top[pair] // bottom[pair]
        if most[pair] > 0 or rules.least[lot] > 1:
            fits[pair] = most[pair] >= rules.least[lot] and gives[pair] > 0
    return _Pairs(found[:count], cost[:count], trip, load, pay, top, bottom, most, gives, fits), count


@compiled
def _count_loads(rules: _Rules, lot: int, steps: int) -> int:
    held = rules.held[lot]
    return (steps + held - 1) // held if held > 0 else 0


@compiled
def _pay_above_new(world: World, rules: _Rules, rows: IntArray, quantity: IntArray) -> IntArray:
    """Return what each requirement's matches cost its project above buying new, in 1/1000 øre."""
    above = np.zeros(len(rows), dtype=np.int64)
    for row in rows:
        first, last = rules.match_start[row], rules.match_start[row + 1]
        if first == last:
            continue
        pairs, count = _find_pairs(world, rules, row, len(rules.supply) + 1)
        for match in range(first, last):
            for pair in range(count):
                if pairs.lot[pair] == rules.match_lot[match]:
                    loads = _count_loads(rules, pairs.lot[pair], quantity[match])
                    above[row] += (
                        pairs.pay[pair] * quantity[match] + pairs.trip[pair] + pairs.load[pair] * loads
                    )
        above[row] -= world.rates.new_money[row] * min(rules.met[row], rules.demand[row])
    return above


@compiled
def _reach(rules: _Rules, pairs: _Pairs, row: int, donors: int) -> bool:
    """Return whether lots, of one kind where that is a rule, could deliver the least share together."""
    order = np.argsort(-pairs.gives, kind="mergesort")
    for first in range(len(order)):
        total, used = np.int64(0), 0
        for pair in order[first:]:
            alike = not rules.one_kind[row]
            alike = alike or rules.kind[pairs.lot[pair]] == rules.kind[pairs.lot[order[first]]]
            if alike and pairs.fits[pair] and (donors == 0 or used < donors):
                total += pairs.gives[pair]
                used += 1
        if total >= rules.share[row]:
            return True
        if not rules.one_kind[row]:
            break
    return False


@compiled
def _count_rows(world: World, rules: _Rules, rows: IntArray, counted: IntArray) -> None:
    for place in range(len(rows)):
        row = rows[place]
        pairs, count = _find_pairs(world, rules, row, len(rules.supply) + 1)
        nothing = rules.share[row] > 0 and rules.met[row] == 0
        all_reach = not nothing or _reach(rules, pairs, row, 0)
        few_reach = not nothing or _reach(rules, pairs, row, rules.donors[row])
        first, last = rules.match_start[row], rules.match_start[row + 1]
        full = rules.donors[row] > 0 and last - first >= rules.donors[row]
        short = max(rules.demand[row] - rules.met[row], 0)
        for pair in range(count):
            lot = pairs.lot[pair]
            matched = False
            for match in range(first, last):
                matched |= rules.match_lot[match] == lot
            steps = rules.least[lot]
            added = pairs.pay[pair] * steps + pairs.trip[pair]
            added += pairs.load[pair] * _count_loads(rules, lot, steps)
            added -= world.rates.new_money[row] * min(steps * pairs.top[pair] // pairs.bottom[pair], short)
            most = max(pairs.most[pair], 1)
            cost = pairs.cost[pair] * most + pairs.trip[pair]
            cost += pairs.load[pair] * _count_loads(rules, lot, most)
            gives = max(most * pairs.top[pair] // pairs.bottom[pair], 1)
            if not pairs.fits[pair]:
                reason = MINIMUM_TAKE
            elif not all_reach:
                reason = FULFILMENT
            elif not few_reach or (full and not matched):
                reason = MOST_DONORS
            elif rules.left[row] >= 0 and not matched and added > rules.left[row]:
                reason = BUDGET
            elif cost < world.rates.new_cost[row] * gives:
                reason = TAKEN
            else:
                reason = TOO_DEAR
            counted[place, reason] += 1
