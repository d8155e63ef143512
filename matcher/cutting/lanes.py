# SPDX-License-Identifier: EUPL-1.2
"""Which bar may go to which site, and which pieces may be cut from it there."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from matcher.cutting.problem import CuttingProblem
from matcher.cutting.stock import PER_METRE
from matcher.problem.column import UNKNOWN, BoolArray, IntArray


@dataclass(frozen=True, slots=True, kw_only=True)
class Kind:
    """Pieces of one site that the same bars may serve: one dynamic programme prices them for all these bars.

    Parameters
    ----------
    site
        Number of the site in `Lanes.sites`.
    pieces
        Rows of pieces, rising.
    """

    site: int
    pieces: IntArray


@dataclass(frozen=True, slots=True, kw_only=True)
class Lanes:
    """A lane is a bar brought to a site; arrays of one length, sorted by bar, then site.

    Parameters
    ----------
    sites
        The sites, sorted.
    bar, kind
        Row of the bar; what may be cut from it there.
    cost
        Of one bar with its carriage and the cuts that trim its ends, 1/1000 øre.
    room
        Length left between the trims, 0.1 mm.
    kinds
        The kinds that the lanes refer to.
    """

    sites: tuple[str, ...]
    bar: IntArray
    kind: IntArray
    cost: IntArray
    room: IntArray
    kinds: tuple[Kind, ...]


def lay_lanes(problem: CuttingProblem) -> Lanes:
    """List every lane on which at least one piece can be cut.

    Parameters
    ----------
    problem
        Any cutting problem.

    Notes
    -----
    A bar serves a piece of the same section (where the piece names one), within the tolerance of width and
    height, of at least the grade; what is not known fails where it is asked for. Lengths are left to the
    dynamic programme.
    """
    bars, pieces = problem.bars, problem.pieces
    sites = tuple(sorted(set(pieces.site.tolist())))
    fitting = find_fits(problem)
    at_site = np.array([sites.index(site) for site in pieces.site.tolist()], dtype=np.int64)
    trims = np.where(bars.trim > 0, 2 * problem.params.cut_cost, 0)
    room = bars.length - 2 * bars.trim
    carried = list_carriage(problem, sites=sites)
    known: dict[tuple[int, bytes], int] = {}
    kinds: list[Kind] = []
    lanes: list[tuple[int, int, int, int]] = []
    for bar, site, carriage in carried:
        chosen = fitting[bar] & (at_site == site)
        if bars.quantity[bar] == 0 or not (chosen & (pieces.length <= room[bar])).any():
            continue
        key = (site, chosen.tobytes())
        if key not in known:
            known[key] = len(kinds)
            kinds.append(Kind(site=site, pieces=np.flatnonzero(chosen).astype(np.int64)))
        lanes.append((bar, known[key], int(bars.cost[bar]) + carriage + int(trims[bar]), int(room[bar])))
    columns = np.array(lanes, dtype=np.int64).reshape(len(lanes), 4).T
    return Lanes(
        sites=sites,
        bar=np.ascontiguousarray(columns[0]),
        kind=np.ascontiguousarray(columns[1]),
        cost=np.ascontiguousarray(columns[2]),
        room=np.ascontiguousarray(columns[3]),
        kinds=tuple(kinds),
    )


def list_carriage(problem: CuttingProblem, *, sites: tuple[str, ...]) -> list[tuple[int, int, int]]:
    """Return bar, site and cost of every way a bar may be brought, by bar, then site."""
    carriage = problem.carriage
    if carriage is None:
        return [(bar, site, 0) for bar in range(len(problem.bars.id)) for site in range(len(sites))]
    return [
        (bar, sites.index(site), cost)
        for bar, site, cost in zip(
            carriage.bar.tolist(), carriage.site.tolist(), carriage.cost.tolist(), strict=True
        )
    ]


def find_fits(problem: CuttingProblem) -> BoolArray:
    """Return which bar (row) may serve which piece (column), lengths and sites aside."""
    bars, pieces = problem.bars, problem.pieces
    named = pieces.section.astype(str)[None, :]
    fitting: BoolArray = (named == "") | (named == bars.section.astype(str)[:, None])
    for measure, wanted in ((bars.width_mm, pieces.width_mm), (bars.height_mm, pieces.height_mm)):
        off = np.abs(measure.astype(np.int64)[:, None] - wanted.astype(np.int64)[None, :])
        within = (measure[:, None] != UNKNOWN) & (off <= pieces.tolerance_mm[None, :])
        fitting &= (wanted[None, :] == UNKNOWN) | within
    # an unknown grade of a bar is the least number there is, so it fails every grade asked for
    fitting &= bars.grade[:, None] >= pieces.grade[None, :]
    if problem.fits is not None:
        listed = np.zeros_like(fitting)
        listed[problem.fits.bar, problem.fits.piece] = True
        fitting &= listed
    return fitting


def credit_offcut(problem: CuttingProblem, *, bar: int, left: int) -> int:
    """Return what a length left over of a bar is worth, 1/1000 øre, rounded down.

    Parameters
    ----------
    problem
        Any cutting problem.
    bar
        Row of bars.
    left
        Length left over after the last saw cut, 0.1 mm.

    Notes
    -----
    Nothing below the shortest off-cut; never more than the share of the bar's own price.
    """
    shortest = problem.params.minimum_offcut
    if shortest == 0 or left < shortest:
        return 0
    bars = problem.bars
    worth = left * int(bars.offcut_value[bar]) // PER_METRE
    return min(worth, left * int(bars.price[bar]) // int(bars.length[bar]))


def price_pattern(
    problem: CuttingProblem, *, lanes: Lanes, lane: int, lengths: NDArray[np.int64]
) -> tuple[int, int, int]:
    """Return cost, saw cuts (trimming aside) and off-cut of one bar cut to pieces.

    Parameters
    ----------
    problem, lanes, lane
        The bar and where it goes.
    lengths
        Of every piece cut from it, 0.1 mm; at least one, together with the cuts no longer than the bar.

    Notes
    -----
    The last piece needs a cut of its own only where something is left behind it; where that is no thicker
    than the saw, the saw takes it.
    """
    kerf, count = problem.params.kerf, len(lengths)
    bar = int(lanes.bar[lane])
    rest = int(lanes.room[lane]) - int(lengths.sum()) - (count - 1) * kerf
    cuts = count - 1 if rest == 0 else count
    left = max(0, rest - kerf) if rest else 0
    shortest = problem.params.minimum_offcut
    left = left if shortest and left >= shortest else 0
    worth = credit_offcut(problem, bar=bar, left=left)
    return int(lanes.cost[lane]) + cuts * problem.params.cut_cost - worth, cuts, left
