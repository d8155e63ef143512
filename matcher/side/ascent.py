# SPDX-License-Identifier: EUPL-1.2
"""Lot prices by a scaled and smoothed subgradient: what is wanted too much grows dearer."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

import numpy as np

from matcher.problem.columns import FloatArray, IntArray
from matcher.side.desk import BUDGET, DEMAND, GROUP, NEW, NEW_MONEY, SUPPLY, Desk
from matcher.side.offers import Offers
from matcher.side.sweep import Plans, add_up, plan_all, spend_all

MEMORY = 0.9
"""Weight of the way so far against the newest step (Camerini, Fratta and Maffioli 1975 deflect alike)."""
FINEST_STEP = 0.005
"""The last step, as a share of the scale of the prices; the first is given, and they fall evenly between."""
BUDGET_STEP = 300.0
"""Permille by which a budget overspent by its own worth grows dearer in one step at first."""


class Prices(NamedTuple):
    """Prices and the bound they gave over the pairs looked at.

    Parameters
    ----------
    lots, groups
        u of each lot and mu of each group, whole numbers.
    bound
        Of the pairs looked at; where trees were cut short, of the best plans found.
    """

    lots: IntArray
    groups: IntArray
    bound: int


def raise_prices(
    desk: Desk,
    plans: Plans,
    *,
    prices: IntArray,
    group_prices: IntArray,
    steps: int,
    first_step: float,
    begin: float,
    end: float,
    limit: int,
    offers: Offers,
    should_stop: Callable[[], bool],
) -> Prices:
    """Move prices so that the bound rises, and return the best met.

    Parameters
    ----------
    desk, plans
        The block, and the pairs looked at; the plans are changed.
    prices, group_prices
        Where to begin.
    steps, first_step, begin, end
        How many; the first of them all, as a share of the scale; and where between the first and the finest
        (0 to 1) to begin and to end.
    limit
        Most nodes of each tree.
    offers
        Working space.
    should_stop
        Asked before each step.

    Notes
    -----
    The step of a lot is the share of its own supply by which it is over- or underused, times one scale for
    all: prices of lots of very different sizes move alike. No target value is needed, and the same steps are
    made on every machine: float sums run in a fixed order.
    """
    use = np.zeros(len(desk.lots), dtype=np.int64)
    option = np.zeros(len(desk.groups), dtype=np.int64)
    spent = np.zeros(len(desk.groups), dtype=np.int64)
    supply, budget = desk.lots[:, SUPPLY].copy(), desk.groups[:, BUDGET]
    scale = _find_scale(desk, prices)
    at: FloatArray = prices.astype(np.float64)
    groups_at: FloatArray = group_prices.astype(np.float64)
    way, groups_way = np.zeros(len(at)), np.zeros(len(groups_at))
    capped = budget >= 0
    worth = np.maximum(_count_worth(desk), 1.0)
    best: Prices | None = None
    for step in range(steps + 1):
        whole, groups_whole = np.round(at).astype(np.int64), np.round(groups_at).astype(np.int64)
        plan_all(desk, plans, whole, groups_whole, supply, offers, limit)
        bound = int(add_up(desk, plans, whole, groups_whole, option, use))
        if best is None or bound > best.bound:
            best = Prices(whole, groups_whole, bound)
        if step == steps or should_stop():
            break
        share = begin + (end - begin) * step / steps
        length = first_step * (FINEST_STEP / first_step) ** share
        over = (use - supply) / np.maximum(supply, 1)
        over[(at <= 0.0) & (over < 0.0)] = 0.0
        way = MEMORY * way + (1.0 - MEMORY) * over
        at = np.maximum(at + length * scale * way, 0.0)
        if capped.any():
            spend_all(desk, plans, option, spent)
            above = np.where(capped, (spent - budget) / worth, 0.0)
            above[(groups_at <= 0.0) & (above < 0.0)] = 0.0
            groups_way = MEMORY * groups_way + (1.0 - MEMORY) * above
            groups_at = np.maximum(groups_at + length / first_step * BUDGET_STEP * groups_way, 0.0)
    assert best is not None
    return best


def _find_scale(desk: Desk, prices: IntArray) -> float:
    """Return what a typical price is; where there is none yet, a part of what new costs."""
    positive = prices[prices > 0]
    if len(positive):
        return float(np.median(positive))
    return max(float(np.median(desk.wanted[:, NEW])) / 8, 1.0) if len(desk.wanted[:, NEW]) else 1.0


def _count_worth(desk: Desk) -> FloatArray:
    """Return what each group would pay buying new: the scale of its budget."""
    money = (desk.wanted[:, NEW_MONEY] * desk.wanted[:, DEMAND]).astype(np.float64)
    return np.bincount(desk.wanted[:, GROUP], weights=money, minlength=len(desk.groups)) / 10
