# SPDX-License-Identifier: EUPL-1.2
"""From the part of a problem that one family is to the arrays its side rules are planned with."""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from matcher.candidates import World, collect_pairs
from matcher.compatibility import judge_pair
from matcher.compiling import compiled
from matcher.joint import is_planned_jointly
from matcher.loads import reduce_conversion
from matcher.problem.columns import NONE, BoolArray, IntArray, RowArray
from matcher.problem.problem import Problem
from matcher.quanta import PER_ORE
from matcher.side.block import Block
from matcher.task import Answer
from matcher.value import conversion_of_pair, price_load, price_pay, price_trip

_FEW = 1024
_SURE = 1 + 1e-12


class _Kept(NamedTuple):
    """What is kept of each pair: whether trips, loads, payments and conversions are worth writing down."""

    trip: bool
    load: bool
    pay: bool
    turned: bool


def lay_block(problem: Problem, *, world: World, weights: IntArray) -> tuple[Block, IntArray]:
    """Return one family as a block, every pair of use with all that its rules need; and how many are allowed.

    Parameters
    ----------
    problem
        One family, with rows cut out of a whole problem (`matcher.task.cut_rows`).
    world
        The same, prepared.
    weights
        How many lots each row of lots stands for.

    Returns
    -------
    tuple
        The block, and how many lots are allowed for each requirement, of use or not.

    Notes
    -----
    A pair whose every step costs no less than new is left out where nothing else could ask for it: no minimum
    fulfilment, no budget, no conversion. So is one of a lot with nothing left. Leaving it out changes no best
    plan of the requirement at any prices.
    """
    lots, wanted, rates = problem.lots, problem.requirements, world.rates
    group, option, budget, options = _number_groups(problem)
    fulfilment = -(-wanted.minimum_fulfilment * wanted.quantity // 1000)
    dearest = rates.new_cost + rates.first_cost
    every = (fulfilment > 0) | (budget[group] >= 0)
    converted = problem.substitutes.p != problem.substitutes.q
    kept = _Kept(
        bool((rates.trip_ore > 0).any() or (rates.trip_metre_ore > 0).any()),
        bool((rates.load_ore > 0).any() or (rates.load_metre_ore > 0).any()),
        bool((budget >= 0).any()),
        bool(converted.any() or (wanted.breakage > 0).any()),
    )
    if problem.pairs is None:
        pairs, allowed = _write_pairs(world, kept, every, dearest, lots.quantity, weights)
    else:
        pairs, allowed = _take_given(problem, world=world), _count_given(problem, weights)
    block = Block(
        lots.quantity,
        np.maximum(lots.minimum_take, 1),
        lots.indivisible,
        number_kinds(problem),
        rates.load_steps[lots.class_],
        wanted.quantity,
        rates.new_cost,
        rates.first,
        rates.first_cost,
        fulfilment,
        wanted.most_donors.astype(np.int64),
        wanted.one_kind,
        rates.new_money,
        group,
        option,
        budget,
        options,
        *pairs,
    )
    return block, allowed


def number_kinds(problem: Problem) -> IntArray:
    """Return a number for the product each lot is; equal numbers may be mixed, a nameless lot with no other.

    Parameters
    ----------
    problem
        Any problem.
    """
    lots = problem.lots
    keys = np.array(
        [
            f"{number}\t{kind}" if kind else f"\n{row}"
            for row, (number, kind) in enumerate(zip(lots.class_.tolist(), lots.kind.tolist(), strict=True))
        ],
        dtype=np.str_,
    )
    return np.unique(keys, return_inverse=True)[1].astype(np.int64)


def list_options(problem: Problem) -> dict[int, list[str]]:
    """Return the design options to choose from, by row of their project, in the order of their numbers.

    Parameters
    ----------
    problem
        Any problem.
    """
    wanted = problem.requirements
    found: dict[int, set[str]] = {}
    for row in np.flatnonzero(wanted.design_option != "").tolist():
        found.setdefault(int(wanted.project[row]), set()).add(str(wanted.design_option[row]))
    return {project: sorted(found[project]) for project in sorted(found)}


def name_options(problem: Problem, answer: Answer) -> dict[int, str]:
    """Return the design option that each project with options builds, by row of the project.

    Parameters
    ----------
    problem
        The whole problem.
    answer
        With the rows of the whole problem.
    """
    names = list_options(problem)
    chosen = dict(zip(answer.projects.tolist(), answer.options.tolist(), strict=True))
    return {project: options[chosen[project]] for project, options in names.items()}


def _number_groups(problem: Problem) -> tuple[IntArray, IntArray, IntArray, IntArray]:
    """Return group and option of each requirement, budget and number of options of each group."""
    wanted, projects = problem.requirements, problem.projects
    joint = is_planned_jointly(problem)
    key = np.where(joint, wanted.project, len(projects.id) + np.arange(len(wanted.id)))
    keys, group = np.unique(key, return_inverse=True)
    budget = np.full(len(keys), -1, dtype=np.int64)
    options = np.ones(len(keys), dtype=np.int64)
    option = np.full(len(wanted.id), -1, dtype=np.int64)
    together = np.flatnonzero(keys < len(projects.id))
    money = projects.budget_ore[keys[together]]
    budget[together] = np.where(money == NONE, -1, money * PER_ORE)
    place_of = {int(keys[place]): int(place) for place in together}
    for project, names in list_options(problem).items():
        options[place_of[project]] = len(names)
        for number, name in enumerate(names):
            option[(wanted.project == project) & (wanted.design_option == name)] = number
    return group.astype(np.int64), option, budget, options


_Pairs = tuple[IntArray, RowArray, IntArray, IntArray, IntArray, IntArray, IntArray, IntArray]


@compiled
def _widen(array: NDArray[Any], size: int) -> Any:
    if size <= len(array):
        return array
    wider = np.empty(max(size, len(array) + len(array) // 2), dtype=array.dtype)
    wider[: len(array)] = array
    return wider


@compiled
def _write_pairs(  # Numba takes no keyword-only arguments
    world: World, kept: _Kept, every: BoolArray, dearest: IntArray, supply: IntArray, weights: IntArray
) -> tuple[_Pairs, IntArray]:
    facts, rates = world.facts, world.rates
    found = np.empty(len(supply) + 1, dtype=np.int32)
    costs = np.empty(len(supply) + 1, dtype=np.int64)
    start, allowed = np.zeros(len(dearest) + 1, dtype=np.int64), np.zeros(len(dearest), dtype=np.int64)
    lot, cost = np.empty(_FEW, dtype=np.int32), np.empty(_FEW, dtype=np.int64)
    trip, load = np.empty(_FEW * kept.trip, dtype=np.int64), np.empty(_FEW * kept.load, dtype=np.int64)
    pay, top = np.empty(_FEW * kept.pay, dtype=np.int64), np.empty(_FEW * kept.turned, dtype=np.int64)
    bottom = np.empty(_FEW * kept.turned, dtype=np.int64)
    size = 0
    for wanted in range(len(dearest)):
        count = collect_pairs(world, wanted, found, costs)
        own = facts.wanted_class[wanted]
        lot, cost = _widen(lot, size + count), _widen(cost, size + count)
        if kept.trip:
            trip = _widen(trip, size + count)
        if kept.load:
            load = _widen(load, size + count)
        if kept.pay:
            pay = _widen(pay, size + count)
        if kept.turned:
            top, bottom = _widen(top, size + count), _widen(bottom, size + count)
        for pair in np.argsort(found[:count]):
            row = found[pair]
            allowed[wanted] += weights[row]
            if supply[row] == 0:
                continue
            offered = facts.lot_class[row]
            upper, lower = conversion_of_pair(rates, offered, own, wanted)
            # floats cannot overflow; the margin keeps what rounding might have made look too dear
            asked = every[wanted] or upper != lower
            if not asked and float(costs[pair]) * lower > float(dearest[wanted]) * upper * _SURE:
                continue
            lot[size], cost[size] = row, costs[pair]
            if kept.trip or kept.load or kept.pay:
                _reason, metres, days = judge_pair(facts, row, wanted)
                if kept.trip:
                    trip[size] = price_trip(rates, offered, own, metres, days)
                if kept.load:
                    load[size] = price_load(rates, offered, own, metres, days)
                if kept.pay:
                    pay[size] = price_pay(rates, row, offered, own, metres, days, wanted)
            if kept.turned:
                top[size], bottom[size] = upper, lower
            size += 1
        start[wanted + 1] = size
    pairs = (
        start,
        lot[:size],
        cost[:size],
        trip[: size * kept.trip],
        load[: size * kept.load],
        pay[: size * kept.pay],
        top[: size * kept.turned],
        bottom[: size * kept.turned],
    )
    return pairs, allowed


def _count_given(problem: Problem, weights: IntArray) -> IntArray:
    assert problem.pairs is not None
    allowed = np.zeros(len(problem.requirements.id), dtype=np.int64)
    np.add.at(allowed, problem.pairs.requirement, weights[problem.pairs.lot])
    return allowed


def _take_given(problem: Problem, *, world: World) -> _Pairs:
    """Return the pairs that are given; what is paid is their whole cost."""
    pairs, wanted, lots = problem.pairs, problem.requirements, problem.lots
    assert pairs is not None
    order = np.lexsort((pairs.lot, pairs.requirement))
    order = order[lots.quantity[pairs.lot[order]] > 0]
    lot, requirement, cost = pairs.lot[order], pairs.requirement[order], pairs.cost[order]
    start = np.searchsorted(requirement, np.arange(len(wanted.id) + 1)).astype(np.int64)
    rates = world.rates
    offered, own = lots.class_[lot], wanted.class_[requirement]
    turned = [
        reduce_conversion(int(top), int(bottom), int(breakage))
        for top, bottom, breakage in zip(
            rates.top[own, offered], rates.bottom[own, offered], wanted.breakage[requirement], strict=True
        )
    ]
    top = np.array([upper for upper, _ in turned], dtype=np.int64)
    bottom = np.array([lower for _, lower in turned], dtype=np.int64)
    return start, lot, cost, pairs.trip[order], pairs.load[order], cost, top, bottom
