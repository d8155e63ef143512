# SPDX-License-Identifier: EUPL-1.2
"""The independent check of a cutting plan: every rule, every length, every figure and the bound once more."""

from __future__ import annotations

import math
from dataclasses import dataclass, fields
from typing import Any

from matcher.check.violation import Violation
from matcher.cutting.check_bound import list_ways, prove_bound
from matcher.cutting.check_tree import BrokenProofError
from matcher.cutting.plan import CuttingPlan, Figure
from matcher.cutting.problem import CuttingProblem, digest_cutting
from matcher.plan import Termination
from matcher.problem.column import UNKNOWN


@dataclass(frozen=True, slots=True, kw_only=True)
class _Cut:
    """A bar as it should be cut: saw cuts, off-cut, waste, cost."""

    cuts: int
    offcut: int
    waste: int
    cost: int


def check_cutting(problem: CuttingProblem, plan: CuttingPlan, *, digest: str) -> list[Violation]:
    """Return every rule that a cutting plan breaks; none means it can be sawn and its certificate holds.

    Parameters
    ----------
    problem
        The problem, from its owner.
    plan
        The plan, from anyone.
    digest
        The problem's digest, held outside the plan and the problem.

    Notes
    -----
    No solver and nothing the solver prices with: rules and dynamic programme are written anew, sums are whole
    numbers of any size.
    """
    found = []
    for subject, stated in (("problem", digest_cutting(problem)), ("plan", plan.digest)):
        if stated != digest:
            found.append(_violation("digest", subject, digest, stated))
    found += _check_shape(problem, plan)
    if found:
        return found
    found = _check_patterns(problem, plan) + _check_quantities(problem, plan)
    if found:
        return found
    return _check_figures(problem, plan)


def _violation(rule: str, subject: str, expected: object, found: object) -> Violation:
    return Violation(rule=rule, subject=subject, expected=str(expected), found=str(found))


def _check_shape(problem: CuttingProblem, plan: CuttingPlan) -> list[Violation]:
    found = []
    bars, pieces, patterns = len(problem.bars.id), len(problem.pieces.id), len(plan.patterns.bar)
    tables: dict[str, Any] = {
        "patterns": plan.patterns,
        "contents": plan.contents,
        "new": plan.new,
        "branches": plan.certificate.branches,
        "prices": plan.certificate.prices,
    }
    for name, table in tables.items():
        lengths = {len(getattr(table, item.name)) for item in fields(table)}
        if len(lengths) != 1:
            found.append(_violation("shape", name, "columns of one length", sorted(lengths)))
    if found:
        return found
    ranges: list[tuple[str, Any, int, int]] = [
        ("patterns.bar", plan.patterns.bar, 0, bars),
        ("patterns.count", plan.patterns.count, 1, 2**40),
        ("contents.pattern", plan.contents.pattern, 0, patterns),
        ("contents.piece", plan.contents.piece, 0, pieces),
        ("contents.count", plan.contents.count, 1, 2**40),
        ("new.piece", plan.new.piece, 0, pieces),
        ("new.count", plan.new.count, 1, 2**40),
        ("branches.what", plan.certificate.branches.what, 0, 4),
        ("leaves", [plan.certificate.leaves], 1, 10**6),
    ]
    for name, values, low, high in ranges:
        for row, value in enumerate(values):
            if not low <= value < high:
                found.append(_violation("shape", f"{name} row {row}", f"{low} to {high - 1}", value))
    pairs = list(zip(plan.contents.pattern.tolist(), plan.contents.piece.tolist(), strict=True))
    for name, keys in (("contents", pairs), ("new", plan.new.piece.tolist())):
        found += [
            _violation("order", f"{name} row {row}", f"more than {keys[row - 1]}", keys[row])
            for row in range(1, len(keys))
            if keys[row] <= keys[row - 1]
        ]
    return found


def _check_patterns(problem: CuttingProblem, plan: CuttingPlan) -> list[Violation]:
    found: list[Violation] = []
    carriage = {(bar, site): cost for bar, site, cost in list_ways(problem)}
    listed = _list_fits(problem)
    held: list[list[tuple[int, int]]] = [[] for _ in plan.patterns.bar]
    for pattern, piece, count in zip(
        plan.contents.pattern.tolist(),
        plan.contents.piece.tolist(),
        plan.contents.count.tolist(),
        strict=True,
    ):
        held[pattern].append((piece, count))
    keys: list[tuple[int, str, list[tuple[int, int]]]] = []
    for row, content in enumerate(held):
        bar, site = int(plan.patterns.bar[row]), str(plan.patterns.site[row])
        name = f"pattern {row} of {problem.bars.id[bar]}"
        keys.append((bar, site, content))
        if row and keys[row] <= keys[row - 1]:
            found.append(
                _violation("order", name, "a row after the one before", "the same or an earlier one")
            )
        if not content:
            found.append(_violation("empty", name, "at least one piece", 0))
            continue
        if (bar, site) not in carriage:
            found.append(_violation("carriage", name, "a site it may be brought to", site))
            continue
        for piece, _ in content:
            failed = _find_failed(problem, bar=bar, site=site, piece=piece, listed=listed)
            if failed:
                found.append(
                    _violation(failed, name, f"what {problem.pieces.id[piece]} asks for", "something else")
                )
        due = _cut_bar(problem, bar=bar, carriage=carriage[bar, site], content=content)
        if due is None:
            found.append(_violation("length", name, "pieces and saw cuts no longer than the bar", "more"))
            continue
        for part in ("cuts", "offcut", "waste", "cost"):
            stated = int(getattr(plan.patterns, part)[row])
            if stated != getattr(due, part):
                found.append(_violation(part, name, getattr(due, part), stated))
    return found


def _list_fits(problem: CuttingProblem) -> set[tuple[int, int]] | None:
    if problem.fits is None:
        return None
    return set(zip(problem.fits.bar.tolist(), problem.fits.piece.tolist(), strict=True))


def _find_failed(
    problem: CuttingProblem, *, bar: int, site: str, piece: int, listed: set[tuple[int, int]] | None
) -> str:
    """Return the first rule a bar fails for a piece, lengths aside; empty where none."""
    bars, pieces = problem.bars, problem.pieces
    if pieces.site[piece] != site:
        return "site"
    if pieces.section[piece] and pieces.section[piece] != bars.section[bar]:
        return "section"
    for measure, wanted in (
        (int(bars.width_mm[bar]), int(pieces.width_mm[piece])),
        (int(bars.height_mm[bar]), int(pieces.height_mm[piece])),
    ):
        unknown = measure == UNKNOWN
        if wanted != UNKNOWN and (unknown or abs(measure - wanted) > int(pieces.tolerance_mm[piece])):
            return "section"
    grade, least = int(bars.grade[bar]), int(pieces.grade[piece])
    if least != UNKNOWN and (grade == UNKNOWN or grade < least):
        return "grade"
    return "" if listed is None or (bar, piece) in listed else "fits"


def _cut_bar(
    problem: CuttingProblem, *, bar: int, carriage: int, content: list[tuple[int, int]]
) -> _Cut | None:
    """Cut a bar piece by piece; None where it is too short."""
    params, bars = problem.params, problem.bars
    length, trim = int(bars.length[bar]), int(bars.trim[bar])
    left, cuts, used = length - 2 * trim, 2 if trim else 0, 0
    for piece, count in content:
        own = int(problem.pieces.length[piece])
        for _ in range(count):
            if left < own:
                return None
            left -= own
            used += own
            if left:  # nothing behind the piece: no cut
                cuts += 1
                left = max(0, left - params.kerf)
                # a rest thinner than the saw is gone; a further piece then finds nothing left
    offcut = left if 0 < params.minimum_offcut <= left else 0
    worth = 0
    if offcut:
        worth = min(offcut * int(bars.offcut_value[bar]) // 10_000, offcut * int(bars.price[bar]) // length)
    cost = int(bars.cost[bar]) + carriage + cuts * params.cut_cost - worth
    return _Cut(cuts=cuts, offcut=offcut, waste=length - used - offcut, cost=cost)


def _check_quantities(problem: CuttingProblem, plan: CuttingPlan) -> list[Violation]:
    found = []
    used = [0] * len(problem.bars.id)
    for bar, count in zip(plan.patterns.bar.tolist(), plan.patterns.count.tolist(), strict=True):
        used[bar] += count
    for bar, most in enumerate(problem.bars.quantity.tolist()):
        if used[bar] > most:
            found.append(_violation("quantity", str(problem.bars.id[bar]), f"at most {most}", used[bar]))
    met = [0] * len(problem.pieces.id)
    for pattern, piece, count in zip(
        plan.contents.pattern.tolist(),
        plan.contents.piece.tolist(),
        plan.contents.count.tolist(),
        strict=True,
    ):
        met[piece] += count * int(plan.patterns.count[pattern])
    for piece, count in zip(plan.new.piece.tolist(), plan.new.count.tolist(), strict=True):
        met[piece] += count
    for piece, demand in enumerate(problem.pieces.quantity.tolist()):
        if met[piece] != demand:
            found.append(_violation("demand", str(problem.pieces.id[piece]), demand, met[piece]))
    return found


def _check_figures(problem: CuttingProblem, plan: CuttingPlan) -> list[Violation]:
    certificate, patterns, pieces = plan.certificate, plan.patterns, problem.pieces
    cost = _multiply(patterns.count, patterns.cost)
    cost += _multiply(plan.new.count, pieces.new_cost[plan.new.piece])
    baseline = _multiply(pieces.quantity, pieces.new_cost)
    listed = _list_fits(problem)
    serves = [
        [
            piece
            for piece in range(len(pieces.id))
            if not _find_failed(problem, bar=bar, site=site, piece=piece, listed=listed)
        ]
        for bar, site, _ in list_ways(problem)
    ]
    try:
        bound = prove_bound(problem, certificate, serves=serves)
    except BrokenProofError as error:
        return [_violation("proof", "certificate", "a tree with prices at its leaves", error)]
    gap = 0.0
    if bound not in (baseline, cost):
        gap = math.nextafter((cost - bound) / (baseline - bound), math.inf)
    cut = plan.contents.count * patterns.count[plan.contents.pattern]
    stock = _multiply(patterns.count, problem.bars.length[patterns.bar])
    figures = {
        Figure.BARS_USED: int(patterns.count.sum()),
        Figure.PIECES_CUT: int(cut.sum()),
        Figure.PIECES_NEW: int(plan.new.count.sum()),
        Figure.SAW_CUTS: _multiply(patterns.count, patterns.cuts),
        Figure.STOCK_LENGTH: stock,
        Figure.PIECES_LENGTH: _multiply(cut, pieces.length[plan.contents.piece]),
        Figure.OFFCUTS: int(patterns.count[patterns.offcut > 0].sum()),
        Figure.OFFCUT_LENGTH: _multiply(patterns.count, patterns.offcut),
        Figure.WASTE_LENGTH: _multiply(patterns.count, patterns.waste),
    }
    due: dict[str, object] = {"cost": cost, "bound": bound, "baseline": baseline, "gap": gap}
    stated: dict[str, object] = {name: getattr(certificate, name) for name in due}
    due |= {str(name): value for name, value in figures.items()}
    stated |= plan.figures
    due["termination"] = str(Termination.OPTIMAL) if cost == bound else "not optimal"
    optimal = plan.termination == Termination.OPTIMAL
    stated["termination"] = str(Termination.OPTIMAL) if optimal else "not optimal"
    return [
        _violation("figure", name, due.get(name, "no such figure"), stated.get(name, "nothing"))
        for name in sorted(due.keys() | stated.keys())
        if due.get(name) != stated.get(name)
    ]


def _multiply(first: Any, second: Any) -> int:
    return sum(a * b for a, b in zip(first.tolist(), second.tolist(), strict=True))
