# SPDX-License-Identifier: EUPL-1.2
"""Pricing patterns: given prices of pieces, the best way to cut every bar, and the bound that follows."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np

from matcher.cutting.knapsack import NEVER, NO_TABLE, Offer, Table, choose_lengths, fill_table, read_pattern
from matcher.cutting.lanes import Lanes
from matcher.cutting.problem import CuttingProblem
from matcher.errors import InputError
from matcher.problem.column import IntArray

_FINEST = 2**20
_MOST = 2**60
_SPLITS = 512
"""Twice as many splits of the tree as this may each add half the greatest price to a bar."""


@dataclass(frozen=True, slots=True, kw_only=True)
class KindShop:
    """What pricing the bars of one kind needs, prepared once.

    Parameters
    ----------
    pieces
        Rows of pieces, rising.
    weight
        Of each with its saw cut, in grains.
    grain
        0.1 mm in a grain: the greatest common divisor of the lengths with their cuts.
    capacity
        Of the longest bar of the kind, in grains.
    lanes
        Lanes of the kind, rising.
    offer
        Their bars.
    """

    pieces: IntArray
    weight: IntArray
    grain: int
    capacity: int
    lanes: IntArray
    offer: Offer


@dataclass(frozen=True, slots=True, kw_only=True)
class Shop:
    """Everything that pricing looks at.

    Parameters
    ----------
    problem, lanes
        What is cut.
    parts
        Parts of 1/1000 øre that prices of pieces are counted in.
    ceiling
        No price may be greater than this or less than its negative, in parts: nothing can overflow then.
    kinds
        Of each kind of `Lanes.kinds`, what it needs.
    """

    problem: CuttingProblem
    lanes: Lanes
    parts: int
    ceiling: int
    kinds: tuple[KindShop, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Priced:
    """The best pattern of every lane at some prices.

    Parameters
    ----------
    value
        Of each lane: prices of the pieces less the cost of the bar, in parts; `NEVER` where no piece fits.
    length
        Of each lane: the length its best pattern takes up, in grains of its kind.
    tables, own
        Of each kind, and of each lane priced on its own, to read patterns from.
    """

    value: IntArray
    length: IntArray
    tables: tuple[Table, ...]
    own: dict[int, tuple[Table, IntArray]]

    def read(self, shop: Shop, *, lane: int) -> tuple[IntArray, IntArray]:
        """Return the pieces of the best pattern of a lane and how many of each."""
        number = int(shop.lanes.kind[lane])
        kind = shop.kinds[number]
        table, least = self.own.get(lane, (self.tables[number], 0))
        chosen = least + read_pattern(table, int(self.length[lane]), len(kind.pieces))
        some = np.flatnonzero(chosen)
        return kind.pieces[some], chosen[some]


def open_shop(problem: CuttingProblem, *, lanes: Lanes) -> Shop:
    """Prepare the pricing of a problem, with parts as fine as no sum can overflow.

    Parameters
    ----------
    problem, lanes
        What is cut.

    Raises
    ------
    InputError
        Where costs are too great for the number of pieces in a bar.
    """
    pieces, bars, params = problem.pieces, problem.bars, problem.params
    lengths = pieces.length + params.kerf
    fullest = int(min(pieces.quantity.sum(), (bars.length.max(initial=0) + params.kerf) // lengths.min()))
    dearest = int(pieces.new_cost.max() + np.abs(lanes.cost).max(initial=0) + bars.price.max(initial=0))
    ceiling = 2 * (dearest + params.cut_cost) + 1
    parts = _FINEST
    while parts > 1 and 4 * (fullest + _SPLITS) * ceiling * parts >= _MOST:
        parts //= 2
    if 4 * (fullest + _SPLITS) * ceiling * parts >= _MOST:
        raise InputError(
            f"costs below {_MOST // (8 * (fullest + _SPLITS))}, for up to {fullest} pieces may lie in a bar",
            table="pieces",
            column="new_cost",
            value=dearest,
        )
    kinds = []
    for number, kind in enumerate(lanes.kinds):
        of_kind = np.flatnonzero(lanes.kind == number).astype(np.int64)
        rows = lanes.bar[of_kind]
        weights = lengths[kind.pieces]
        grain = math.gcd(*weights.tolist())
        offer = Offer(
            lanes.room[of_kind],
            lanes.cost[of_kind] * parts,
            bars.length[rows],
            bars.price[rows],
            bars.offcut_value[rows],
        )
        kinds.append(
            KindShop(
                pieces=kind.pieces,
                weight=weights // grain,
                grain=grain,
                capacity=int((lanes.room[of_kind].max() + params.kerf) // grain),
                lanes=of_kind,
                offer=offer,
            )
        )
    return Shop(problem=problem, lanes=lanes, parts=parts, ceiling=ceiling * parts, kinds=tuple(kinds))


@dataclass(frozen=True, slots=True, kw_only=True)
class Aside:
    """What counts for some bars alone.

    Parameters
    ----------
    bonus
        Of each bar, what using one is worth beside its pieces, in parts.
    own
        By bar: of each piece, what it is worth there beside its price, how many a pattern must have at
        least and may have at most.
    """

    bonus: IntArray
    own: dict[int, tuple[IntArray, IntArray, IntArray]]


def price_lanes(shop: Shop, *, prices: IntArray, demand: IntArray, aside: Aside | None = None) -> Priced:
    """Find the best pattern of every lane.

    Parameters
    ----------
    shop
        From `open_shop`.
    prices
        Of each piece, in parts.
    demand
        How many of each piece a pattern may have at most.
    aside
        What counts for some bars alone; nothing where None.
    """
    params = shop.problem.params
    cut = params.cut_cost * shop.parts
    value = np.full(len(shop.lanes.bar), NEVER, dtype=np.int64)
    length = np.zeros(len(shop.lanes.bar), dtype=np.int64)
    tables = []
    for kind in shop.kinds:
        if not demand[kind.pieces].any():
            tables.append(NO_TABLE)
            continue
        asked = demand[kind.pieces]
        table = fill_table(kind.weight, prices[kind.pieces] - cut, np.zeros_like(asked), asked, kind.capacity)
        found, worth = choose_lengths(
            table.best, kind.offer, kind.grain, params.kerf, params.minimum_offcut, cut, shop.parts
        )
        length[kind.lanes], value[kind.lanes] = found, worth
        tables.append(table)
    own: dict[int, tuple[Table, IntArray]] = {}
    if aside is not None:
        for lane in np.flatnonzero(np.isin(shop.lanes.bar, list(aside.own))).tolist():
            extra, least, most = aside.own[int(shop.lanes.bar[lane])]
            kind = shop.kinds[shop.lanes.kind[lane]]
            if (np.delete(least, kind.pieces) > 0).any():
                value[lane] = NEVER  # a piece it must have cannot be cut there
                continue
            forced, asked = least[kind.pieces], np.minimum(demand, most)[kind.pieces]
            worth = (prices + extra)[kind.pieces] - cut
            table = fill_table(kind.weight, worth, forced, asked, kind.capacity)
            place = int(np.searchsorted(kind.lanes, lane))
            offer = Offer(*(column[place : place + 1] for column in kind.offer))
            found, gain = choose_lengths(
                table.best, offer, kind.grain, params.kerf, params.minimum_offcut, cut, shop.parts
            )
            length[lane], value[lane], own[lane] = found[0], gain[0], (table, forced)
        value = np.where(value == NEVER, NEVER, value + aside.bonus[shop.lanes.bar])
    return Priced(value=value, length=length, tables=tuple(tables), own=own)


def value_bars(shop: Shop, *, priced: Priced) -> IntArray:
    """Return what one more bar of each row would bring at the prices, in parts; 0 where nothing."""
    worth = np.zeros(len(shop.problem.bars.id), dtype=np.int64)
    np.maximum.at(worth, shop.lanes.bar, priced.value)
    return worth


def bound_parts(
    shop: Shop, *, prices: IntArray, worth: IntArray, demand: IntArray, quantity: IntArray
) -> int:
    """Return the bound on the cost of any plan, in parts.

    Parameters
    ----------
    shop
        From `open_shop`.
    prices
        Of each piece, in parts; any number.
    worth
        From `value_bars` at the same prices, every pattern within the demand allowed.
    demand, quantity
        Of each piece and bar.

    Notes
    -----
    Lagrangian relaxation of the demand: sum of d_j p_j, less what p_j exceeds buying new by, less what all
    bars bring if each is cut as its prices want it. Valid for any prices (Geoffrion 1974; for cutting stock
    Vance 1998, "Branch-and-price algorithms for the one-dimensional cutting stock problem").
    """
    new = shop.problem.pieces.new_cost
    total = 0
    for price, cost, count in zip(prices.tolist(), new.tolist(), demand.tolist(), strict=True):
        total += count * min(price, cost * shop.parts)
    for bar, count in zip(worth.tolist(), quantity.tolist(), strict=True):
        total -= count * bar
    return total
