# SPDX-License-Identifier: EUPL-1.2
"""The master programme inside a box: counts kept in their ranges, and the bound its prices give there."""

from __future__ import annotations

from dataclasses import dataclass

import highspy
import numpy as np

from matcher.cutting.account import Content
from matcher.cutting.bounds import BARS, LONGER, NEW, PIECES, Box, Leaf
from matcher.cutting.knapsack import NEVER
from matcher.cutting.master import DUAL, Master, Pool, demand_ok, price_content
from matcher.cutting.pricing import Aside, Priced, price_lanes
from matcher.errors import SolverError
from matcher.problem.column import FloatArray, IntArray

Key = tuple[int, int, int]
_DEAR = 0.45


@dataclass(frozen=True, slots=True, kw_only=True)
class Settled:
    """What column generation found in a box.

    Parameters
    ----------
    leaf, bound
        The prices with the greatest bound, and that bound in parts.
    use
        How often each pattern of the pool is used in the linear programme.
    bought
        How many of each piece are bought new there.
    """

    leaf: Leaf
    bound: int
    use: FloatArray
    bought: FloatArray


class BoxMaster(Master):
    """The linear programme over the patterns of a pool, with a row for each count that a branch speaks of.

    Parameters
    ----------
    pool
        Patterns; those found are added to it.
    """

    def __init__(self, pool: Pool) -> None:
        self.rows: dict[Key, int] = {}
        super().__init__(pool)
        self.lengths = pool.shop.problem.bars.length
        # pieces and bars from nowhere, too dear to be used where there is a plan: so every box has one
        self.dear = _DEAR * pool.shop.ceiling / pool.shop.parts
        for row in range(self.pieces + self.bars):
            self._add_spare(row)

    def take(self) -> None:
        """Take up the patterns the pool got since the last time, with their part in the counts."""
        before = self.size
        super().take()
        for number in range(before, self.size):
            for key, row in self.rows.items():
                share = self._count(key, number)
                if share:
                    demand_ok(self.engine.changeCoeff(row, int(self.columns[number]), float(share)))

    def enter(self, box: Box) -> None:
        """Keep every count in its range.

        Parameters
        ----------
        box
            The ranges.
        """
        self.take()
        self.engine.setOptionValue("simplex_strategy", DUAL)
        problem = self.pool.shop.problem
        for key in box.ranges:
            if key[0] in (PIECES, LONGER) and key not in self.rows:
                self._add_row(key)
        quantity = problem.bars.quantity.astype(np.float64)
        lower, upper = np.full(self.bars, -highspy.kHighsInf), quantity.copy()
        bought = problem.pieces.quantity.astype(np.float64), np.zeros(self.pieces)
        least, most = bought[1], bought[0]
        banned = np.zeros(self.size, dtype=np.bool_)
        for key, row in self.rows.items():
            low, high = box.ranges.get(key, (-1, -1))
            free = key not in box.ranges
            demand_ok(
                self.engine.changeRowBounds(
                    row, -highspy.kHighsInf if free else low, highspy.kHighsInf if free else high
                )
            )
        for (what, bar, piece), (low, high) in box.ranges.items():
            if what == BARS:
                lower[bar], upper[bar] = low, high
            elif what == NEW:
                least[piece], most[piece] = low, high
            elif what == PIECES:
                alone = (
                    problem.bars.quantity[bar] == 1
                )  # then each of its patterns is all that is cut from it
                for number in range(self.size):
                    if self.pool.shop.lanes.bar[self.pool.lane[number]] == bar:
                        count = self._count((what, bar, piece), number)
                        banned[number] |= count > high or (alone and count < low)
        rows = np.arange(self.pieces, self.pieces + self.bars, dtype=np.int32)
        demand_ok(self.engine.changeRowsBounds(self.bars, rows, lower, upper))
        columns = np.arange(self.pieces, dtype=np.int32)
        demand_ok(self.engine.changeColsBounds(self.pieces, columns, least, most))
        tops = np.where(banned, 0.0, highspy.kHighsInf)
        demand_ok(self.engine.changeColsBounds(self.size, self.columns, np.zeros(self.size), tops))

    def settle(self, box: Box, *, start: Leaf, rounds: int, enough: int) -> Settled:
        """Solve the programme in a box by column generation.

        Parameters
        ----------
        box
            The box, entered.
        start
            Prices that are good already, as those of the node above.
        rounds
            Most rounds.
        enough
            A bound, in parts, at which nothing more is asked for.
        """
        shop = self.pool.shop
        best, bound = start, self._bound(box, leaf=start)[0]
        for _ in range(rounds):
            try:
                cost = self.solve()
            except SolverError:  # the bound of the node above holds here too; nothing is split any further
                nothing = np.zeros(self.size), self.pool.shop.problem.pieces.quantity.astype(np.float64)
                return Settled(leaf=best, bound=bound, use=nothing[0], bought=nothing[1])
            leaf = self._read_leaf(box)
            reached, priced = self._bound(box, leaf=leaf)
            if reached > bound:
                best, bound = leaf, reached
            added = self._add_patterns(box, priced=priced)
            if bound >= enough or not added or cost * shop.parts - bound < 1.0:
                break
            self.take()
        solution = np.array(self.engine.getSolution().col_value)
        return Settled(leaf=best, bound=bound, use=solution[self.columns], bought=solution[: self.pieces])

    def _add_row(self, key: Key) -> None:
        shares = [(int(self.columns[number]), self._count(key, number)) for number in range(self.size)]
        some = [(column, share) for column, share in shares if share]
        columns = np.array([column for column, _ in some], dtype=np.int32)
        values = np.array([share for _, share in some], dtype=np.float64)
        free = highspy.kHighsInf
        demand_ok(self.engine.addRow(-free, free, len(some), columns, values))
        self.rows[key] = int(self.engine.getNumRow()) - 1
        self._add_spare(self.rows[key])

    def _add_spare(self, row: int) -> None:
        one = np.array([row], dtype=np.int32), np.ones(1)
        demand_ok(self.engine.addCol(self.dear / self.unit, 0.0, highspy.kHighsInf, 1, *one))
        self.width += 1

    def _count(self, key: Key, number: int) -> int:
        """Return what a pattern adds to a count."""
        what, bar, piece = key
        own = int(self.pool.shop.lanes.bar[self.pool.lane[number]])
        if what == LONGER:
            return int(self.lengths[own] >= self.lengths[bar])
        return dict(self.pool.content[number]).get(piece, 0) if own == bar else 0

    def _read_leaf(self, box: Box) -> Leaf:
        shop = self.pool.shop
        duals = np.array(self.engine.getSolution().row_dual) * self.unit * shop.parts
        whole = np.clip(np.rint(duals), -shop.ceiling // 2, shop.ceiling // 2).astype(np.int64)
        special = {
            (bar, piece): int(whole[self.rows[what, bar, piece]])
            for what, bar, piece in box.ranges
            if what in (PIECES, LONGER) and whole[self.rows[what, bar, piece]]
        }
        return Leaf(prices=whole[: self.pieces], special=special)

    def _bound(self, box: Box, *, leaf: Leaf) -> tuple[int, Priced]:
        """Return the bound that prices prove in a box, in parts, and the patterns they were priced with."""
        shop = self.pool.shop
        problem = shop.problem
        priced = price_lanes(
            shop, prices=leaf.prices, demand=problem.pieces.quantity, aside=self._set_aside(box, leaf=leaf)
        )
        total = 0
        demand, new = problem.pieces.quantity.tolist(), problem.pieces.new_cost.tolist()
        for piece, price in enumerate(leaf.prices.tolist()):
            low, high = box.ranges.get((NEW, -1, piece), (0, demand[piece]))
            spare = new[piece] * shop.parts - price
            total += price * demand[piece] + min(spare * low, spare * high)
        for (bar, piece), price in leaf.special.items():
            low, high = box.ranges[LONGER if piece < 0 else PIECES, bar, piece]
            total += min(price * low, price * high)
        own = self._set_aside(box, leaf=leaf).own
        forced = {bar for bar, (_, least, _) in own.items() if least.any()}
        best = np.full(self.bars, NEVER, dtype=np.int64)
        np.maximum.at(best, shop.lanes.bar, priced.value)
        for bar, (value, count) in enumerate(zip(best.tolist(), problem.bars.quantity.tolist(), strict=True)):
            low, high = box.ranges.get((BARS, bar, -1), (0, count))
            if bar in forced:
                low = max(low, 1)
            if value == NEVER:
                if low > 0:  # no plan lies in this box
                    return 2**62, priced
                continue
            total += min(-value * low, -value * high)
        return total, priced

    def _set_aside(self, box: Box, *, leaf: Leaf) -> Aside:
        bonus = np.zeros(self.bars, dtype=np.int64)
        own: dict[int, tuple[IntArray, IntArray, IntArray]] = {}
        problem = self.pool.shop.problem
        for what, bar, piece in box.ranges:
            if what == LONGER:
                bonus[self.lengths >= self.lengths[bar]] += leaf.special.get((bar, -1), 0)
            elif what == PIECES:
                if bar not in own:
                    nothing = np.zeros(self.pieces, dtype=np.int64)
                    own[bar] = nothing, nothing.copy(), problem.pieces.quantity.copy()
                own[bar][0][piece] = leaf.special.get((bar, piece), 0)
                low, own[bar][2][piece] = box.ranges[what, bar, piece]
                own[bar][1][piece] = low if problem.bars.quantity[bar] == 1 else 0
        return Aside(bonus=bonus, own=own)

    def _add_patterns(self, box: Box, *, priced: Priced) -> int:
        """Add the best pattern of each bar where it makes the programme cheaper; return how many were new."""
        shop = self.pool.shop
        duals = np.array(self.engine.getSolution().row_dual) * self.unit
        slack = 1e-7 * float(shop.problem.pieces.new_cost.max())
        added = 0
        for lane in np.flatnonzero(priced.value != NEVER).tolist():
            bar = int(shop.lanes.bar[lane])
            if priced.value[lane] / shop.parts + duals[self.pieces + bar] <= slack:
                continue
            rows, counts = priced.read(shop, lane=lane)
            content: Content = tuple(zip(rows.tolist(), counts.tolist(), strict=True))
            if (lane, content) in self.pool.known:
                continue
            gain = float((duals[rows] * counts).sum()) + duals[self.pieces + bar]
            for key in box.ranges:
                if key[0] == LONGER and self.lengths[bar] >= self.lengths[key[1]]:
                    gain += duals[self.rows[key]]
                elif key[0] == PIECES and key[1] == bar:
                    gain += duals[self.rows[key]] * dict(content).get(key[2], 0)
            if gain - price_content(shop, lane=lane, content=content) > slack:
                self.pool.add(lane=lane, content=content)
                added += 1
        return added
