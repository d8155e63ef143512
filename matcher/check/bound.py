# SPDX-License-Identifier: EUPL-1.2
"""The least cost of one requirement at the prices of a certificate: plain, exact or relaxed."""

from __future__ import annotations

import numpy as np

from matcher.check.best import UNPROVEN, find_least
from matcher.check.offers import Offer, Want, cost_short
from matcher.check.relaxed import (
    FAR,
    THOUSAND,
    Table,
    Wish,
    bound_relaxed,
    count_step,
    estimate_step,
    read_want,
)
from matcher.compiling import compiled
from matcher.problem.columns import IntArray


@compiled
def bound_plain(table: Table, count: int, wish: Wish) -> int:
    """Return d min(N, least c + u) in cost units: the least cost where no rule of the plan is used."""
    least = wish.new_cost
    for pair in range(count):
        least = min(least, table.cost[pair] + table.price[pair])
    return least * wish.demand


@compiled
def bound_exact(table: Table, count: int, wish: Wish) -> int:
    """Return the least cost of a requirement, in thousandths; the relaxed bound where that is out of reach.

    Parameters
    ----------
    table, count
        All its pairs.
    wish
        The requirement.

    Notes
    -----
    Exact where steps taken are steps delivered, and either nothing costs less than 0 a step or every lot may
    be split at will. With costs below 0 the demand alone may be filled: then all costs are raised by the
    least of them, and the cost of the steps wanted lowered by as much. Where lots are taken whole or at
    least, surplus at such a cost is bounded by the relaxed formula.
    """
    want = read_want(wish)
    nothing = cost_short(want, 0)
    keep = np.empty(count, dtype=np.int64)
    kept, lowest, rigid, alike = _select(table, count, wish, want, keep)
    if not alike or (lowest < 0 and rigid):
        return bound_relaxed(table, count, wish)
    shift = -min(lowest, 0)
    want = Want(want.demand, want.least, want.value + shift, want.first, want.extra, want.donors)
    offer = _make_offer(table, keep[:kept], wish, want, shift)
    kinds = table.kind[keep[:kept]] if wish.one_kind else np.zeros(kept, dtype=np.int64)
    order = np.argsort(kinds, kind="mergesort")
    best = nothing + shift * want.demand
    first = 0
    while first < kept:
        last = first
        while last < kept and kinds[order[last]] == kinds[order[first]]:
            last += 1
        rows = order[first:last]
        found = find_least(
            Offer(
                offer.unit[rows],
                offer.fixed[rows],
                offer.load[rows],
                offer.step[rows],
                offer.least[rows],
                offer.most[rows],
            ),
            want,
            best,
        )
        if found == UNPROVEN:
            return bound_relaxed(table, count, wish)
        best = min(best, found)
        first = last
    return best - shift * want.demand - wish.mu * wish.new_money * wish.demand


@compiled
def _select(table: Table, count: int, wish: Wish, want: Want, keep: IntArray) -> tuple[int, int, bool, bool]:
    """Write the pairs that may be in a best plan; return how many, their least cost, and what they are.

    Returns
    -------
    tuple
        Pairs written; their least cost of a step; whether any is taken whole or at least; whether a step of
        each delivers a step.

    Notes
    -----
    Left out are lots dearer than taking nothing at all, even if all others paid what they could; and, where
    no share has to be met, lots that cost more a step than new however much is taken.
    """
    gain = 0.0
    for pair in range(count):
        most = min(table.supply[pair], want.demand)
        gain -= min(estimate_step(table, pair, wish), 0.0) * most
    ceiling = 1.01 * (float(cost_short(want, 0)) + gain) + 1.0
    kept, lowest, rigid, alike = 0, 0, False, True
    for pair in range(count):
        alike &= table.top[pair] == table.bottom[pair] or table.supply[pair] == 0
        least, most = max(table.least[pair], 1), min(table.supply[pair], want.demand)
        if table.indivisible[pair]:
            least = table.supply[pair]
        if most < least or most < 1:
            continue
        step = estimate_step(table, pair, wish)
        if step * least > ceiling:
            continue
        if want.least == 0 and step >= float(want.value + want.extra) * 1.000001 + 1.0:
            continue
        lowest = min(lowest, count_step(table, pair, wish))
        rigid |= least > 1
        keep[kept] = pair
        kept += 1
    return kept, lowest, rigid, alike


@compiled
def _make_offer(table: Table, keep: IntArray, wish: Wish, want: Want, shift: int) -> Offer:
    """Return the lots as the dynamic programme takes them, no more of any than may be in a best plan."""
    size = len(keep)
    unit, fixed = np.empty(size, dtype=np.int64), np.empty(size, dtype=np.int64)
    load, step = np.zeros(size, dtype=np.int64), np.zeros(size, dtype=np.int64)
    least, most = np.empty(size, dtype=np.int64), np.empty(size, dtype=np.int64)
    nothing = cost_short(want, 0)
    for place in range(size):
        pair = keep[place]
        unit[place] = count_step(table, pair, wish) + shift
        fixed[place] = (THOUSAND + wish.mu) * table.trip[pair]
        if table.held[pair] > 0 and table.load[pair] > 0:
            step[place] = table.held[pair]
            load[place] = (THOUSAND + wish.mu) * table.load[pair]
        least[place] = max(table.least[pair], 1)
        most[place] = min(table.supply[pair], want.demand)
        if table.indivisible[pair]:
            least[place] = table.supply[pair]
        if float(unit[place]) * float(most[place]) > 4.0 * float(nothing) + FAR / 64:
            most[place] = max(least[place], nothing // unit[place] + 1)
    return Offer(unit, fixed, load, step, least, most)
