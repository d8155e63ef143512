# SPDX-License-Identifier: EUPL-1.2
"""Column generation: patterns are priced and added until none could make the master programme cheaper."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from matcher.cutting.account import Content
from matcher.cutting.knapsack import NEVER
from matcher.cutting.master import Master, Pool, price_content
from matcher.cutting.pricing import Priced, Shop, bound_parts, price_lanes, value_bars
from matcher.problem.column import FloatArray, IntArray

_SMOOTHING = 0.7
_WIDEST = 400
"""Most patterns added in a round."""
_ENOUGH = 20


@dataclass(frozen=True, slots=True, kw_only=True)
class Relaxed:
    """What column generation found.

    Parameters
    ----------
    prices
        Of each piece, in parts: those with the greatest bound.
    bound
        That bound, in parts.
    finished
        Whether no pattern was left to add; else the rounds ran out.
    """

    prices: IntArray
    bound: int
    finished: bool


def generate(
    pool: Pool, master: Master, *, demand: IntArray, quantity: IntArray, rounds: int, smooth: bool
) -> Relaxed:
    """Add patterns to a pool and its master programme.

    Parameters
    ----------
    pool, master
        Patterns known so far, and the programme over them, asking for `demand` and `quantity` already.
    demand, quantity
        Of each piece and bar.
    rounds
        Most rounds.
    smooth
        Price between the programme's prices and the best ones so far, which steadies them.

    Notes
    -----
    Smoothing of the prices: Pessoa, Sadykov, Uchoa, Vanderbeck 2018, "Automation and combination of linear-
    programming based stabilization techniques in column generation". The prices that count are whole numbers,
    so the bound is exact whatever the programme's own precision.
    """
    shop = pool.shop
    best: Relaxed | None = None
    weight = _SMOOTHING if smooth else 0.0
    for _ in range(rounds):
        cost = master.solve()
        piece_duals, bar_duals = master.read_duals()
        prices = take_prices(shop, piece_duals)
        while True:
            used = prices
            if best is not None and weight > 0:
                used = np.rint(weight * best.prices + (1 - weight) * prices).astype(np.int64)
            priced = price_lanes(shop, prices=used, demand=demand)
            worth = value_bars(shop, priced=priced)
            bound = bound_parts(shop, prices=used, worth=worth, demand=demand, quantity=quantity)
            if best is None or bound > best.bound:
                best = Relaxed(prices=used, bound=bound, finished=False)
            added = _add_patterns(pool, priced=priced, duals=(piece_duals, bar_duals))
            if added or used is prices:
                break
            weight = 0.0 if weight < 0.1 else weight / 3
        if not added or cost * shop.parts - best.bound < 1.0:
            return Relaxed(prices=best.prices, bound=best.bound, finished=True)
        weight = _SMOOTHING if smooth else 0.0
        master.take()
    assert best is not None
    return best


def take_prices(shop: Shop, duals: FloatArray) -> IntArray:
    """Return dual prices in whole parts, none below nothing or above buying new."""
    whole = np.rint(duals * shop.parts).astype(np.int64)
    return np.clip(whole, 0, shop.problem.pieces.new_cost * shop.parts)


def _add_patterns(pool: Pool, *, priced: Priced, duals: tuple[FloatArray, FloatArray]) -> int:
    """Add the best pattern of each bar where it makes the programme cheaper; return how many were new."""
    shop = pool.shop
    piece_duals, bar_duals = duals
    slack = 1e-7 * float(shop.problem.pieces.new_cost.max())
    gains: list[tuple[float, int, Content]] = []
    hopeful = np.flatnonzero(priced.value != NEVER)
    order = hopeful[np.argsort(-priced.value[hopeful], kind="stable")]
    seen: set[int] = set()
    for lane in order.tolist():
        bar = int(shop.lanes.bar[lane])
        if bar in seen:
            continue
        seen.add(bar)
        if priced.value[lane] / shop.parts + bar_duals[bar] <= -2 * slack and len(gains) >= _ENOUGH:
            continue
        rows, counts = priced.read(shop, lane=lane)
        content = tuple(zip(rows.tolist(), counts.tolist(), strict=True))
        if (lane, content) in pool.known:
            continue
        gain = float((piece_duals[rows] * counts).sum()) + bar_duals[bar]
        gain -= price_content(shop, lane=lane, content=content)
        if gain > slack:
            gains.append((gain, lane, content))
    gains.sort(key=lambda entry: (-entry[0], entry[1]))
    for _, lane, content in gains[:_WIDEST]:
        pool.add(lane=lane, content=content)
    return len(gains)
