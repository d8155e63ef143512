# SPDX-License-Identifier: EUPL-1.2
"""The proof behind a bound: a tree of counts, with prices of pieces at each leaf."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from matcher.cutting.plan import Branches, LeafPrices
from matcher.problem.column import IntArray

BARS, NEW, PIECES, LONGER = 0, 1, 2, 3
"""What a branch counts, by the codes of the plan."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Branch:
    """An inner node: a count is at most `at` on the low side and at least `at` + 1 on the high side.

    Parameters
    ----------
    what
        `BARS`, `NEW`, `PIECES` or `LONGER`.
    bar, piece
        What is counted; -1 = none.
    at
        Greatest count on the low side.
    low, high
        Nodes: a place in the branches, or -1 - place in the leaves.
    """

    what: int
    bar: int
    piece: int
    at: int
    low: int
    high: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Leaf:
    """Prices in parts.

    Parameters
    ----------
    prices
        Of each piece.
    special
        By bar and piece: what a piece cut from that bar is worth beside its price; where the piece is -1,
        what using any bar at least as long is worth.
    """

    prices: IntArray
    special: dict[tuple[int, int], int]


@dataclass(frozen=True, slots=True, kw_only=True)
class Proof:
    """A tree with its leaves, the bound it proves and the parts its prices are counted in."""

    parts: int
    bound: int
    branches: tuple[Branch, ...]
    leaves: tuple[Leaf, ...]


def round_up(bound: int, *, parts: int, grain: int) -> int:
    """Return the least whole cost that is no less than a bound in parts and a multiple of the grain."""
    step = parts * max(1, grain)
    return -(-bound // step) * max(1, grain)


def list_branches(proof: Proof) -> Branches:
    """Return the inner nodes as columns."""
    rows = [(node.what, node.bar, node.piece, node.at, node.low, node.high) for node in proof.branches]
    columns = np.array(rows, dtype=np.int64).reshape(len(rows), 6).T
    return Branches(
        what=columns[0].astype(np.int8),
        bar=columns[1].astype(np.int32),
        piece=columns[2].astype(np.int32),
        at=columns[3],
        low=columns[4],
        high=columns[5],
    )


def list_prices(proof: Proof) -> LeafPrices:
    """Return the prices of the leaves that are not nothing as columns, by leaf, bar, piece."""
    rows = []
    for number, leaf in enumerate(proof.leaves):
        some = np.flatnonzero(leaf.prices).tolist()
        rows += [(number, -1, piece, int(leaf.prices[piece])) for piece in some]
        rows += [(number, bar, piece, price) for (bar, piece), price in sorted(leaf.special.items()) if price]
    columns = np.array(rows, dtype=np.int64).reshape(len(rows), 4).T
    return LeafPrices(
        leaf=columns[0],
        bar=columns[1].astype(np.int32),
        piece=columns[2].astype(np.int32),
        price=columns[3],
    )


Range = tuple[int, int]


@dataclass(frozen=True, slots=True, kw_only=True)
class Box:
    """What the branches above a node leave: least and greatest of each count they speak of.

    Parameters
    ----------
    ranges
        By (what, bar, piece), -1 for what is not counted.
    """

    ranges: dict[tuple[int, int, int], Range]

    def narrow(self, key: tuple[int, int, int], *, at: int, high: bool, most: int) -> Box:
        """Return the box on one side of a branch; `most` is the greatest count where none was said before."""
        least, greatest = self.ranges.get(key, (0, most))
        side = (max(least, at + 1), greatest) if high else (least, min(greatest, at))
        return Box(ranges={**self.ranges, key: side})
