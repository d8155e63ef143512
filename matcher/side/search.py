# SPDX-License-Identifier: EUPL-1.2
"""Large-neighbourhood search: a few requirements that share lots are planned anew, many times."""

from __future__ import annotations

import numpy as np

from matcher.compiling import compiled
from matcher.problem.columns import IntArray
from matcher.side.around import MOST, Around, draw
from matcher.side.desk import BUDGET, GROUP, LOT, OPTION, SUPPLY, Desk
from matcher.side.inner import find_plan
from matcher.side.offers import PAIR, TAKE, THOUSAND, USED, Offers
from matcher.side.state import (
    COST_NOW,
    COUNT_NOW,
    State,
    clear_requirement,
    measure_requirement,
    plan_requirement,
)

NODES = 200
"""Most nodes of the tree of one of them."""


@compiled
def _is_wanted(desk: Desk, state: State, one: int) -> bool:
    mine = desk.wanted[one, OPTION]
    wanted: bool = mine < 0 or mine == state.option[desk.wanted[one, GROUP]]
    return wanted


@compiled
def _count_taken(desk: Desk, state: State, one: int, lot: int) -> int:
    """Return the steps a requirement takes of a lot."""
    begin = desk.start[one]
    taken: int = 0
    for place in range(begin, begin + state.rows[one, COUNT_NOW]):
        if desk.pairs[state.pair[place], LOT] == lot:
            taken = state.take[place]
    return taken


@compiled
def _is_among(members: IntArray, found: int, other: int) -> bool:
    known = False
    for place in range(found):
        known = known or members[place] == other
    return known


@compiled
def _gather_in_the_way(
    desk: Desk, state: State, around: Around, prices: IntArray, group_prices: IntArray, offers: Offers
) -> int:
    """Choose a requirement and those who hold what it would take if all lots were free."""
    members = around.members
    one = draw(around, len(desk.wanted))
    if not _is_wanted(desk, state, one):
        return 0
    hidden = -1
    if state.rows[one, COUNT_NOW] > 0 and draw(around, 4) > 0:  # what it has must not be the answer
        place = desk.start[one] + draw(around, state.rows[one, COUNT_NOW])
        hidden = desk.pairs[state.pair[place], LOT]
        around.supply[hidden] = 0
    mu = group_prices[desk.wanted[one, GROUP]]
    weight = THOUSAND - draw(around, 3) * THOUSAND // 4
    _, used, _ = find_plan(desk, one, prices, weight, mu, around.supply, offers, NODES)
    if hidden >= 0:
        around.supply[hidden] = desk.lots[hidden, SUPPLY]
    members[0], found = one, 1
    for place in range(used):
        lot = desk.pairs[offers.ints[PAIR, offers.ints[USED, place]], LOT]
        missing = offers.ints[TAKE, place] - state.left[lot] - _count_taken(desk, state, one, lot)
        first = around.start[lot]
        many = around.start[lot + 1] - first
        turn = draw(around, many)
        for nth in range(many):
            if missing <= 0:
                break
            other = around.wanted[first + (turn + nth) % many]
            taken = _count_taken(desk, state, other, lot)
            if taken > 0 and not _is_among(members, found, other):
                if found == MOST:
                    return 0
                members[found] = other
                found += 1
                missing -= taken
    return found if found > 1 or state.rows[one, COUNT_NOW] == 0 or hidden >= 0 else 0


@compiled
def _gather(desk: Desk, state: State, around: Around, size: int) -> int:
    """Choose a requirement and others that could use its lots or do."""
    members = around.members
    members[0] = draw(around, len(desk.wanted))
    if not _is_wanted(desk, state, members[0]):
        return 0
    found = 1
    for _ in range(3 * size):
        if found == size:
            break
        one = members[draw(around, found)]
        begin, end = desk.start[one], desk.start[one + 1]
        if end == begin:
            break
        if state.rows[one, COUNT_NOW] > 0 and draw(around, 2) == 0:
            pair = state.pair[begin + draw(around, state.rows[one, COUNT_NOW])]
        else:
            pair = begin + draw(around, end - begin)
        lot = desk.pairs[pair, LOT]
        first, last = around.start[lot], around.start[lot + 1]
        other = around.wanted[first + draw(around, last - first)]
        for _ in range(3):
            if _count_taken(desk, state, other, lot) > 0:
                break
            other = around.wanted[first + draw(around, last - first)]
        if _is_wanted(desk, state, other) and not _is_among(members, found, other):
            members[found] = other
            found += 1
    return found


@compiled
def _restore(desk: Desk, state: State, around: Around, size: int) -> None:
    """Put back what the requirements of the move took before."""
    for nth in range(size):
        clear_requirement(desk, state, around.members[nth])
    room = 0
    for nth in range(size):
        one = around.members[nth]
        begin = desk.start[one]
        for place in range(begin, begin + around.used[nth]):
            state.pair[place], state.take[place] = around.pair[room], around.take[room]
            state.left[desk.pairs[state.pair[place], LOT]] -= state.take[place]
            room += 1
        state.rows[one, COUNT_NOW] = around.used[nth]
        measure_requirement(desk, state, one)


@compiled
def _choose_members(
    desk: Desk, state: State, around: Around, prices: IntArray, group_prices: IntArray, offers: Offers
) -> int:
    """Choose the requirements of a move in the order in which they are planned, and return how many."""
    members = around.members
    forced = draw(around, 2)
    if forced:
        size = _gather_in_the_way(desk, state, around, prices, group_prices, offers)
    else:
        size = 2
        while size < MOST and draw(around, 2) == 0:
            size += 1
        size = _gather(desk, state, around, size)
    for nth in range(size - 1, forced, -1):
        other = forced + draw(around, nth + 1 - forced)
        members[nth], members[other] = members[other], members[nth]
    return size


@compiled
def _plan_members(  # Numba takes no keyword-only arguments
    desk: Desk,
    state: State,
    around: Around,
    prices: IntArray,
    group_prices: IntArray,
    offers: Offers,
    size: int,
    room: int,
) -> int:
    """Plan the emptied requirements of a move one by one, and return what they cost."""
    weight = draw(around, 3) * THOUSAND // 2
    held, steps = -1, 0
    if room > 0 and draw(around, 3) == 0:  # part of a lot is kept for whoever comes last
        place = draw(around, room)
        held = desk.pairs[around.pair[place], LOT]
        steps = 1 + draw(around, around.take[place])
        state.left[held] -= steps
    cost: int = 0
    for nth in range(size):
        one = around.members[nth]
        if nth == size - 1 and held >= 0:
            state.left[held] += steps
        plan_requirement(desk, state, one, prices, weight, group_prices, offers, NODES)
        cost += state.rows[one, COST_NOW]
    return cost


@compiled
def search(
    desk: Desk,
    state: State,
    around: Around,
    prices: IntArray,
    group_prices: IntArray,
    offers: Offers,
    moves: int,
    heat: float,
) -> int:
    """Make so many moves and return by how much they made the plan cheaper.

    Parameters
    ----------
    desk, state, around
        The block, the plan to be changed, and who may use each lot.
    prices, group_prices
        u and mu: what the planned requirements count for lots that others could use.
    offers
        Working space.
    moves
        How many.
    heat
        Cost units a dearer plan may cost more, on average, and still be taken.
    """
    gained = 0
    members = around.members
    for _ in range(moves):
        size = _choose_members(desk, state, around, prices, group_prices, offers)
        if size == 0:
            continue
        before, room = 0, 0
        for nth in range(size):
            one = members[nth]
            before += state.rows[one, COST_NOW]
            around.used[nth] = state.rows[one, COUNT_NOW]
            for place in range(desk.start[one], desk.start[one] + state.rows[one, COUNT_NOW]):
                around.pair[room], around.take[room] = state.pair[place], state.take[place]
                room += 1
        for nth in range(size):
            clear_requirement(desk, state, members[nth])
            measure_requirement(desk, state, members[nth])
        after = _plan_members(desk, state, around, prices, group_prices, offers, size, room)
        allowed = before
        if heat > 0.0:
            allowed += int(-heat * np.log((draw(around, 1000000) + 1) / 1000001.0))
        kept = after <= allowed
        for nth in range(size):
            group = desk.wanted[members[nth], GROUP]
            if desk.groups[group, BUDGET] >= 0 and state.spent[group] > desk.groups[group, BUDGET]:
                kept = False
        if kept:
            gained += before - after
        else:
            _restore(desk, state, around, size)
    return gained
