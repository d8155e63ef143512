# SPDX-License-Identifier: EUPL-1.2
"""Rows of bars that differ in nothing but their id are solved as one row and told apart again in the plan."""

from __future__ import annotations

from dataclasses import dataclass, fields, replace
from typing import Any

import numpy as np

from matcher.cutting.account import Chosen
from matcher.cutting.bounds import Branch, Leaf, Proof
from matcher.cutting.lanes import Lanes
from matcher.cutting.problem import CuttingProblem
from matcher.cutting.stock import Bars, Carriage, Fits
from matcher.problem.column import IntArray


@dataclass(frozen=True, slots=True, kw_only=True)
class Merged:
    """A problem with fewer rows of bars.

    Parameters
    ----------
    problem
        The problem; its digest is that of the whole one.
    members
        Of each row of its bars: the rows it stands for, rising.
    """

    problem: CuttingProblem
    members: tuple[IntArray, ...]


def merge_bars(problem: CuttingProblem) -> Merged:
    """Gather rows of bars that are alike in every column, in what they fit and where they may go.

    Parameters
    ----------
    problem
        Any cutting problem.
    """
    bars = problem.bars
    columns = [
        getattr(bars, item.name).tolist() for item in fields(Bars) if item.name not in ("id", "quantity")
    ]
    fits: list[list[int]] = [[] for _ in bars.id]
    carriage: list[list[tuple[str, int]]] = [[] for _ in bars.id]
    if problem.fits is not None:
        for bar, piece in zip(problem.fits.bar.tolist(), problem.fits.piece.tolist(), strict=True):
            fits[bar].append(piece)
    if problem.carriage is not None:
        table = problem.carriage
        for bar, site, cost in zip(table.bar.tolist(), table.site.tolist(), table.cost.tolist(), strict=True):
            carriage[bar].append((site, cost))
    groups: dict[tuple[Any, ...], list[int]] = {}
    for row in range(len(bars.id)):
        key = (*(column[row] for column in columns), tuple(fits[row]), tuple(carriage[row]))
        groups.setdefault(key, []).append(row)
    members = tuple(np.array(rows, dtype=np.int64) for rows in groups.values())
    first = np.array([rows[0] for rows in members], dtype=np.int64)
    counts = np.array([bars.quantity[rows].sum() for rows in members], dtype=np.int64)
    kept = {item.name: getattr(bars, item.name)[first] for item in fields(Bars)}
    return Merged(
        problem=replace(
            problem,
            bars=Bars(**{**kept, "quantity": counts}),
            fits=None if problem.fits is None else _keep_rows(problem.fits, first),
            carriage=None if problem.carriage is None else _keep_rows(problem.carriage, first),
        ),
        members=members,
    )


def spread_bars(
    problem: CuttingProblem, merged: Merged, *, lanes: Lanes, whole: Lanes, chosen: Chosen
) -> Chosen:
    """Return a plan of the whole problem: bars are taken in the order of their ids.

    Parameters
    ----------
    problem, merged
        The whole problem and the merged one.
    lanes, whole
        Lanes of the merged and of the whole problem.
    chosen
        Bars by lane of the merged problem and content.
    """
    place = {
        (bar, whole.kinds[kind].site): lane
        for lane, (bar, kind) in enumerate(zip(whole.bar.tolist(), whole.kind.tolist(), strict=True))
    }
    left = problem.bars.quantity.tolist()
    spread: Chosen = {}
    for (lane, content), count in sorted(chosen.items()):
        missing = count
        for bar in merged.members[lanes.bar[lane]].tolist():
            taken = min(missing, left[bar])
            if taken:
                spread[place[bar, lanes.kinds[lanes.kind[lane]].site], content] = taken
                left[bar] -= taken
                missing -= taken
    return spread


def spread_proof(proof: Proof, merged: Merged) -> Proof:
    """Return the proof for the whole problem: what is said of a merged row is said of its first.

    Parameters
    ----------
    proof
        Of the merged problem; it counts bars of a row, or pieces of a row of bars, only where the row
        stands for itself.
    merged
        The merged problem.
    """
    first = [int(rows[0]) for rows in merged.members]

    def name(bar: int) -> int:
        return first[bar] if bar >= 0 else bar

    return Proof(
        parts=proof.parts,
        bound=proof.bound,
        branches=tuple(
            Branch(
                what=node.what,
                bar=name(node.bar),
                piece=node.piece,
                at=node.at,
                low=node.low,
                high=node.high,
            )
            for node in proof.branches
        ),
        leaves=tuple(
            Leaf(
                prices=leaf.prices,
                special={(name(bar), piece): price for (bar, piece), price in leaf.special.items()},
            )
            for leaf in proof.leaves
        ),
    )


def _keep_rows(table: Any, first: IntArray) -> Any:
    """Return the rows of a table of bars that speak of the first of each group, with their new numbers."""
    kept = np.flatnonzero(np.isin(table.bar, first))
    columns = {item.name: getattr(table, item.name)[kept] for item in fields(table)}
    columns["bar"] = np.searchsorted(first, columns["bar"]).astype(np.int32)
    kind: type[Fits | Carriage] = type(table)
    return kind(**columns)
