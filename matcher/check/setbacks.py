# SPDX-License-Identifier: EUPL-1.2
"""The checker's own account of how far the allowed lots of an unmet requirement got."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from matcher.check.relaxed import Table, Wish
from matcher.compiling import compiled
from matcher.problem.columns import BoolArray, IntArray
from matcher.reasons import BUDGET, FULFILMENT, MINIMUM_TAKE, MOST_DONORS, TAKEN, TOO_DEAR


class Setting(NamedTuple):
    """What the plan did for one requirement.

    Parameters
    ----------
    ruled
        Whether the problem has any rule of the plan.
    met, used
        Steps delivered and lots used.
    left
        What is left of its project's budget, in 1/1000 øre; -1 = no budget.
    matched
        The lots used.
    """

    ruled: bool
    met: int
    used: int
    left: int
    matched: IntArray


@compiled
def count_setbacks(
    table: Table, count: int, lots: IntArray, wish: Wish, setting: Setting, stopped: IntArray
) -> None:
    """Count how far the allowed lots of a requirement got that has an unmet part.

    Parameters
    ----------
    table, count, lots
        All its pairs and the rows of their lots.
    wish, setting
        The requirement, and what the plan did for it.
    stopped
        A count for each reason, added to.

    Notes
    -----
    The definitions are those of `matcher.setbacks`, written down a second time.
    """
    if not setting.ruled:
        for pair in range(count):
            stopped[TAKEN if table.cost[pair] < wish.new_cost else TOO_DEAR] += 1
        return
    gives, fits = np.zeros(count, dtype=np.int64), np.ones(count, dtype=np.bool_)
    for pair in range(count):
        most = _count_most(table, pair, wish)
        gives[pair] = most * table.top[pair] // table.bottom[pair]
        least = _count_least(table, pair)
        if most > 0 or least > 1:
            fits[pair] = most >= least and gives[pair] > 0
    all_reach, few_reach = True, True
    if wish.least > 0 and setting.met == 0:
        all_reach = _reach(table, gives, fits, wish, 0) >= wish.least
        few_reach = _reach(table, gives, fits, wish, wish.donors) >= wish.least
    for pair in range(count):
        matched = False
        for lot in setting.matched:
            matched |= lot == lots[pair]
        full = wish.donors > 0 and setting.used >= wish.donors and not matched
        if not fits[pair]:
            reason = MINIMUM_TAKE
        elif not all_reach:
            reason = FULFILMENT
        elif not few_reach or full:
            reason = MOST_DONORS
        elif setting.left >= 0 and not matched and _count_extra(table, pair, wish, setting) > setting.left:
            reason = BUDGET
        elif _is_cheaper(table, pair, wish):
            reason = TAKEN
        else:
            reason = TOO_DEAR
        stopped[reason] += 1


@compiled
def _count_most(table: Table, pair: int, wish: Wish) -> int:
    return int(min(table.supply[pair], -(-wish.demand * table.bottom[pair] // table.top[pair])))


@compiled
def _count_least(table: Table, pair: int) -> int:
    return int(table.supply[pair] if table.indivisible[pair] else max(table.least[pair], 1))


@compiled
def _reach(table: Table, gives: IntArray, fits: BoolArray, wish: Wish, donors: int) -> int:
    """Return the most that lots together deliver: of one kind if so wished, and of the largest so many."""
    best = np.int64(0)
    order = np.argsort(-gives, kind="mergesort")
    for pair in range(len(gives)):
        total, used = np.int64(0), 0
        for other in order:
            alike = not wish.one_kind or table.kind[other] == table.kind[pair]
            if fits[other] and alike and (donors == 0 or used < donors):
                total += gives[other]
                used += 1
        best = max(best, total)
        if not wish.one_kind:
            break
    return int(best)


@compiled
def _count_extra(table: Table, pair: int, wish: Wish, setting: Setting) -> int:
    """Return what the least that may be taken of a lot adds to what the project pays above new."""
    steps = _count_least(table, pair)
    replaced = min(steps * table.top[pair] // table.bottom[pair], max(wish.demand - setting.met, 0))
    loads = -(-steps // table.held[pair]) if table.held[pair] > 0 else 0
    paid = table.pay[pair] * steps + table.trip[pair] + table.load[pair] * loads
    return int(paid - wish.new_money * replaced)


@compiled
def _is_cheaper(table: Table, pair: int, wish: Wish) -> bool:
    """Return whether all a lot could give costs less than as much bought new, trip and loads included."""
    most = max(_count_most(table, pair, wish), 1)
    gives = max(most * table.top[pair] // table.bottom[pair], 1)
    loads = -(-most // table.held[pair]) if table.held[pair] > 0 else 0
    cost = table.cost[pair] * most + table.trip[pair] + table.load[pair] * loads
    return bool(cost < wish.new_cost * gives)
