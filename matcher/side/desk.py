# SPDX-License-Identifier: EUPL-1.2
"""A block laid out for compiled loops: few arrays, since each one passed to a function costs time."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from matcher.problem.columns import BoolArray, IntArray, RowArray
from matcher.side.block import Block

SUPPLY, LEAST_TAKE, WHOLE_ONLY, KIND_OF, TRUCK = range(5)
"""Columns of a lot: q, least taken, whole or not at all, kind, steps on one truck."""
DEMAND, NEW, FIRST, EXTRA, FULFILMENT, DONORS, ONE_KIND, NEW_MONEY, GROUP, OPTION = range(10)
"""Columns of a requirement, as in `Block`."""
LOT, COST, TRIP, PER_TRUCK, PAY, P, Q = range(7)
"""Columns of a pair: row of the lot, c, f, g, money alone, and steps delivered for steps taken."""
BUDGET, OPTIONS = range(2)
"""Columns of a group."""


class Desk(NamedTuple):
    """A block, or a part of its pairs.

    Parameters
    ----------
    lots, wanted, pairs, groups
        A row for each, with the columns named above.
    start
        Pairs of requirement j are start[j] to start[j + 1].
    """

    lots: IntArray
    wanted: IntArray
    pairs: IntArray
    groups: IntArray
    start: IntArray


def lay_desk(block: Block) -> Desk:
    """Lay out a block with all its pairs."""
    pairs = np.empty((len(block.lot), 7), dtype=np.int64)
    columns: tuple[IntArray | RowArray, ...]
    columns = (block.lot, block.cost, block.trip, block.load, block.pay, block.top, block.bottom)
    for place in range(len(columns)):
        column = columns[place]
        pairs[:, place] = column if len(column) else int(place in {P, Q})
    return Desk(
        lots=_lay(block.supply, block.minimum_take, block.indivisible, block.kind, block.load_steps),
        wanted=_lay(
            block.demand,
            block.new_cost,
            block.first,
            block.first_cost,
            block.fulfilment,
            block.donors,
            block.one_kind,
            block.new_money,
            block.group,
            block.option,
        ),
        pairs=pairs,
        groups=_lay(block.budget, block.options),
        start=block.start,
    )


def _lay(*columns: IntArray | BoolArray) -> IntArray:
    return np.ascontiguousarray(np.stack([column.astype(np.int64) for column in columns], axis=1))


def narrow_desk(desk: Desk, chosen: IntArray) -> Desk:
    """Lay out the same block with some of its pairs only.

    Parameters
    ----------
    desk
        The block.
    chosen
        Rows of pairs, rising.
    """
    return desk._replace(pairs=desk.pairs[chosen], start=np.searchsorted(chosen, desk.start).astype(np.int64))
