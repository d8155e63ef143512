# SPDX-License-Identifier: EUPL-1.2
"""From chosen patterns to a plan: rows in their order, every bar's cuts, off-cut and waste, the figures."""

from __future__ import annotations

import platform
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, version

import numpy as np

from matcher.cutting.lanes import Lanes, price_pattern
from matcher.cutting.plan import BoughtNew, Contents, Figure, Patterns
from matcher.cutting.problem import CuttingProblem
from matcher.problem.column import IntArray

Content = tuple[tuple[int, int], ...]
"""Pieces of one bar: row and number of each, rows rising."""
Chosen = dict[tuple[int, Content], int]
"""How many bars of a lane are cut to some pieces."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Laid:
    """The tables of a plan and what they cost.

    Parameters
    ----------
    patterns, contents, new
        The tables.
    cost
        C, 1/1000 øre.
    """

    patterns: Patterns
    contents: Contents
    new: BoughtNew
    cost: int


def lay_plan(problem: CuttingProblem, *, lanes: Lanes, chosen: Chosen) -> Laid:
    """Return the tables of a plan; what is not cut is bought new.

    Parameters
    ----------
    problem, lanes
        What is cut.
    chosen
        Bars by lane and content: no more of a piece than wanted, no more bars than there are.
    """
    sites = lanes.sites
    keyed = sorted(
        (int(lanes.bar[lane]), sites[lanes.kinds[lanes.kind[lane]].site], content, lane, count)
        for (lane, content), count in chosen.items()
        if count
    )
    short = problem.pieces.quantity.copy()
    rows: list[tuple[int, int, int, int, int, int]] = []
    held: list[tuple[int, int, int]] = []
    cost = 0
    for number, (bar, _, content, lane, count) in enumerate(keyed):
        lengths = measure_content(problem, content)
        paid, cuts, offcut = price_pattern(problem, lanes=lanes, lane=lane, lengths=lengths)
        cuts += 2 if problem.bars.trim[bar] else 0
        waste = int(problem.bars.length[bar]) - int(lengths.sum()) - offcut
        rows.append((bar, count, cuts, offcut, waste, paid))
        cost += count * paid
        for piece, each in content:
            held.append((number, piece, each))
            short[piece] -= count * each
    columns = np.array(rows, dtype=np.int64).reshape(len(rows), 6).T
    inside = np.array(held, dtype=np.int64).reshape(len(held), 3).T
    missing = np.flatnonzero(short)
    cost += sum(
        count * each for count, each in zip(short.tolist(), problem.pieces.new_cost.tolist(), strict=True)
    )
    return Laid(
        patterns=Patterns(
            bar=columns[0].astype(np.int32),
            site=np.array([key[1] for key in keyed], dtype=np.object_),
            count=columns[1],
            cuts=columns[2],
            offcut=columns[3],
            waste=columns[4],
            cost=columns[5],
        ),
        contents=Contents(pattern=inside[0], piece=inside[1].astype(np.int32), count=inside[2]),
        new=BoughtNew(piece=missing.astype(np.int32), count=short[missing]),
        cost=cost,
    )


def measure_content(problem: CuttingProblem, content: Content) -> IntArray:
    """Return the length of every piece of one bar, 0.1 mm."""
    rows = np.array([piece for piece, _ in content], dtype=np.int64)
    lengths: IntArray = np.repeat(problem.pieces.length[rows], [count for _, count in content])
    return lengths


def count_figures(problem: CuttingProblem, *, laid: Laid) -> dict[str, int]:
    """Return the key figures of a plan by name.

    Parameters
    ----------
    problem
        The problem it answers.
    laid
        Its tables.
    """
    patterns, contents = laid.patterns, laid.contents
    cut = contents.count * patterns.count[contents.pattern]
    figures = {
        Figure.BARS_USED: patterns.count.sum(),
        Figure.PIECES_CUT: cut.sum(),
        Figure.PIECES_NEW: laid.new.count.sum(),
        Figure.SAW_CUTS: (patterns.cuts * patterns.count).sum(),
        Figure.STOCK_LENGTH: (problem.bars.length[patterns.bar] * patterns.count).sum(),
        Figure.PIECES_LENGTH: (problem.pieces.length[contents.piece] * cut).sum(),
        Figure.OFFCUTS: patterns.count[patterns.offcut > 0].sum(),
        Figure.OFFCUT_LENGTH: (patterns.offcut * patterns.count).sum(),
        Figure.WASTE_LENGTH: (patterns.waste * patterns.count).sum(),
    }
    return {str(name): int(value) for name, value in figures.items()}


def trim_surplus(problem: CuttingProblem, *, lanes: Lanes, chosen: Chosen) -> Chosen:
    """Take pieces beyond the demand out of their bars, where that saves most; empty bars are not used.

    Parameters
    ----------
    problem, lanes
        What is cut.
    chosen
        Bars by lane and content.

    Notes
    -----
    Leaving out a piece never costs more: there is no cut more, and what is left over is longer.
    """
    kept = {key: count for key, count in chosen.items() if count}
    surplus = -problem.pieces.quantity
    for (_, content), count in kept.items():
        for piece, each in content:
            surplus[piece] += count * each
    for piece in np.flatnonzero(surplus > 0).tolist():
        for _ in range(int(surplus[piece])):
            options = []
            for lane, content in kept:
                if any(row == piece for row, _ in content):
                    less = _leave_out(content, piece=piece)
                    before = _price(problem, lanes=lanes, lane=lane, content=content)
                    after = _price(problem, lanes=lanes, lane=lane, content=less)
                    options.append((after - before, lane, content, less))
            _, lane, content, less = min(options)
            kept[lane, content] -= 1
            if not kept[lane, content]:
                del kept[lane, content]
            if less:
                kept[lane, less] = kept.get((lane, less), 0) + 1
    return kept


def list_versions() -> dict[str, str]:
    """Return the version of everything that takes part, by name."""
    versions = {"python": platform.python_version()}
    for name in ("genbro", "numpy", "numba", "highspy"):
        try:
            versions[name] = version(name)
        except PackageNotFoundError:
            versions[name] = "not installed"
    return versions


def _leave_out(content: Content, *, piece: int) -> Content:
    less = ((row, count - 1 if row == piece else count) for row, count in content)
    return tuple((row, count) for row, count in less if count)


def _price(problem: CuttingProblem, *, lanes: Lanes, lane: int, content: Content) -> int:
    if not content:
        return 0
    return price_pattern(problem, lanes=lanes, lane=lane, lengths=measure_content(problem, content))[0]
