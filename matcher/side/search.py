# SPDX-License-Identifier: EUPL-1.2
"""Large-neighbourhood search: a few requirements that share lots are planned anew, many times."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from matcher.columns import IntArray
from matcher.compiling import compiled
from matcher.side.desk import BUDGET, GROUP, LOT, OPTION, Desk
from matcher.side.offers import THOUSAND, Offers
from matcher.side.state import (
    COST_NOW,
    COUNT_NOW,
    State,
    clear_requirement,
    measure_requirement,
    plan_requirement,
)

MOST = 8
"""Most requirements planned anew in one move."""
NODES = 200
"""Most nodes of the tree of one of them."""


class Around(NamedTuple):
    """Who may use each lot, and working space for one move.

    Parameters
    ----------
    start, wanted
        Requirements whose list holds lot i: ``wanted[start[i]:start[i + 1]]``.
    members
        Requirements of the move.
    pair, take, used
        What they took before.
    chance
        State of the generator of chance, one number.
    """

    start: IntArray
    wanted: IntArray
    members: IntArray
    pair: IntArray
    take: IntArray
    used: IntArray
    chance: IntArray


def look_around(desk: Desk, *, seed: int) -> Around:
    """Lay out who may use each lot.

    Parameters
    ----------
    desk
        The block, with the pairs that may be used.
    seed
        Of chance.
    """
    lot = desk.pairs[:, LOT]
    order = np.argsort(lot, kind="stable")
    start = np.zeros(len(desk.lots) + 1, dtype=np.int64)
    np.cumsum(np.bincount(lot, minlength=len(desk.lots)), out=start[1:])
    widest = int(np.diff(desk.start).max(initial=1))
    return Around(
        start=start,
        wanted=np.repeat(np.arange(len(desk.wanted)), np.diff(desk.start))[order],
        members=np.zeros(MOST, dtype=np.int64),
        pair=np.zeros(MOST * widest, dtype=np.int64),
        take=np.zeros(MOST * widest, dtype=np.int64),
        used=np.zeros(MOST, dtype=np.int64),
        chance=np.array([seed * 2654435761 % (2**31 - 1) + 1], dtype=np.int64),
    )


@compiled
def draw(around: Around, many: int) -> int:
    """Draw one of so many numbers from 0 (Lehmer's generator, multiplier 48271, modulus 2^31 - 1)."""
    around.chance[0] = around.chance[0] * 48271 % 2147483647
    number: int = around.chance[0] * many // 2147483647
    return number


@compiled
def _is_wanted(desk: Desk, state: State, one: int) -> bool:
    mine = desk.wanted[one, OPTION]
    wanted: bool = mine < 0 or mine == state.option[desk.wanted[one, GROUP]]
    return wanted


@compiled
def _uses(desk: Desk, state: State, one: int, lot: int) -> bool:
    begin = desk.start[one]
    used = False
    for place in range(begin, begin + state.rows[one, COUNT_NOW]):
        used = used or desk.pairs[state.pair[place], LOT] == lot
    return used


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
            if _uses(desk, state, other, lot):
                break
            other = around.wanted[first + draw(around, last - first)]
        known = not _is_wanted(desk, state, other)
        for place in range(found):
            known = known or members[place] == other
        if not known:
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
        size = 2
        while size < MOST and draw(around, 2) == 0:
            size += 1
        size = _gather(desk, state, around, size)
        if size == 0:
            continue
        for nth in range(size - 1, 0, -1):
            other = draw(around, nth + 1)
            members[nth], members[other] = members[other], members[nth]
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
        weight = draw(around, 3) * THOUSAND // 2
        after = 0
        for nth in range(size):
            plan_requirement(desk, state, members[nth], prices, weight, group_prices, offers, NODES)
            after += state.rows[members[nth], COST_NOW]
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
