# SPDX-License-Identifier: EUPL-1.2
"""The tree of a proof as the check reads it: each plan lies in exactly one leaf."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from matcher.cutting.plan import BRANCH_CODES, CuttingCertificate
from matcher.cutting.problem import CuttingProblem
from matcher.errors import MatcherError

Range = tuple[int, int]


class BrokenProofError(MatcherError):
    """The tree or the prices of a proof are no proof."""


@dataclass(slots=True)
class Box:
    """What the branches above a leaf leave: least and greatest counts, where they say something."""

    bars: dict[int, Range] = field(default_factory=dict)
    new: dict[int, Range] = field(default_factory=dict)
    pieces: dict[tuple[int, int], Range] = field(default_factory=dict)
    longer: dict[int, Range] = field(default_factory=dict)

    def copy(self) -> Box:
        """Return a box of its own with the same ranges."""
        return Box(dict(self.bars), dict(self.new), dict(self.pieces), dict(self.longer))


def walk_tree(problem: CuttingProblem, certificate: CuttingCertificate) -> Iterator[tuple[int, Box]]:
    """Yield every leaf of a proof's tree with the ranges that the branches above it leave.

    Parameters
    ----------
    problem
        The problem, from its owner.
    certificate
        The tree, from anyone.

    Raises
    ------
    BrokenProofError
        A node is reached twice or not at all, or a branch counts what is not there.
    """
    tree = certificate.branches
    inner = len(tree.what)
    seen: set[int] = set()
    stack = [(0 if inner else -1, Box())]
    while stack:
        node, box = stack.pop()
        if node in seen or not -certificate.leaves <= node < inner:
            raise BrokenProofError(f"node {node} reached twice, or none")
        seen.add(node)
        if node < 0:
            yield -1 - node, box
            continue
        what, at = BRANCH_CODES[int(tree.what[node])], int(tree.at[node])
        for side, child in ((0, int(tree.low[node])), (1, int(tree.high[node]))):
            part = box.copy()
            _narrow(
                problem,
                part,
                what=what,
                bar=int(tree.bar[node]),
                piece=int(tree.piece[node]),
                at=at,
                side=side,
            )
            stack.append((child, part))
    if len(seen) != inner + certificate.leaves:
        raise BrokenProofError(f"{inner + certificate.leaves} nodes, {len(seen)} of them reached")


def _narrow(
    problem: CuttingProblem, box: Box, *, what: str, bar: int, piece: int, at: int, side: int
) -> None:
    bars, pieces = problem.bars, problem.pieces
    if what != "new" and not 0 <= bar < len(bars.id):
        raise BrokenProofError(f"a branch on bar {bar}")
    if what in ("new", "pieces") and not 0 <= piece < len(pieces.id):
        raise BrokenProofError(f"a branch on piece {piece}")
    if what == "bars":
        low, high = box.bars.get(bar, (0, int(bars.quantity[bar])))
        box.bars[bar] = (max(low, at + 1), high) if side else (low, min(high, at))
    elif what == "longer":
        longer = bars.length >= bars.length[bar]
        low, high = box.longer.get(bar, (0, int(bars.quantity[longer].sum())))
        box.longer[bar] = (max(low, at + 1), high) if side else (low, min(high, at))
    elif what == "new":
        low, high = box.new.get(piece, (0, int(pieces.quantity[piece])))
        box.new[piece] = (max(low, at + 1), high) if side else (low, min(high, at))
    else:
        low, high = box.pieces.get((bar, piece), (0, int(pieces.quantity[piece])))
        box.pieces[bar, piece] = (max(low, at + 1), high) if side else (low, min(high, at))
