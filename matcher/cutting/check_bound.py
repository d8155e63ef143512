# SPDX-License-Identifier: EUPL-1.2
"""The bound of a cutting plan, made again from its prices by a plain dynamic programme: no solver."""

from __future__ import annotations

import math

import numpy as np

from matcher.cutting.check_tree import Box, BrokenProofError, walk_tree
from matcher.cutting.plan import CuttingCertificate
from matcher.cutting.problem import CuttingProblem
from matcher.problem.column import IntArray

NEVER = -(2**62)
_ROOM = 2**61
_FINEST = 2**30


def prove_bound(problem: CuttingProblem, certificate: CuttingCertificate, *, serves: list[list[int]]) -> int:
    """Return the bound that the prices of a certificate prove, 1/1000 øre.

    Parameters
    ----------
    problem
        The problem, from its owner.
    certificate
        The prices and the tree, from anyone.
    serves
        Of each bar: the pieces it may serve wherever it may be brought, lengths aside, as places of
        `list_ways`.

    Raises
    ------
    BrokenProofError
        The tree does not reach each of its nodes once, or a number is out of range.

    Notes
    -----
    For a leaf with prices p, special prices t and counts within the leaf's ranges, no plan costs less than
    sum d p + sum min (N - p) s + sum min y r + sum min t x, where r is the least of cost less p and t over
    all ways to cut a bar. Every plan lies in one leaf, so the least over the leaves is a bound; the cost of
    a plan is whole and a multiple of the grain of all costs, so it is rounded up to that.
    """
    if not 1 <= certificate.parts <= _FINEST:
        raise BrokenProofError(f"parts from 1 to {_FINEST}, found {certificate.parts}")
    prices, special = _read_prices(problem, certificate)
    least: int | None = None
    for leaf, box in walk_tree(problem, certificate):
        bound = _bound_leaf(
            problem,
            parts=certificate.parts,
            prices=prices[leaf],
            special=special[leaf],
            box=box,
            serves=serves,
        )
        if bound is not None and (least is None or bound < least):
            least = bound
    if least is None:
        raise BrokenProofError("no leaf that a plan could lie in")
    step = certificate.parts * _find_grain(problem)
    return -(-least // step) * _find_grain(problem)


def list_ways(problem: CuttingProblem) -> list[tuple[int, str, int]]:
    """Return bar, site and cost of every way a bar may be brought somewhere."""
    if problem.carriage is None:
        sites = sorted(set(problem.pieces.site.tolist()))
        return [(bar, site, 0) for bar in range(len(problem.bars.id)) for site in sites]
    carriage = problem.carriage
    return list(zip(carriage.bar.tolist(), carriage.site.tolist(), carriage.cost.tolist(), strict=True))


def _find_grain(problem: CuttingProblem) -> int:
    bars = problem.bars
    for value, price in zip(bars.offcut_value.tolist(), bars.price.tolist(), strict=True):
        if problem.params.minimum_offcut > 0 and value > 0 and price > 0:
            return 1
    costs = bars.cost.tolist() + problem.pieces.new_cost.tolist() + [problem.params.cut_cost]
    costs += [cost for _, _, cost in list_ways(problem)]
    return math.gcd(*costs) or 1


def _read_prices(
    problem: CuttingProblem, certificate: CuttingCertificate
) -> tuple[list[list[int]], list[dict[tuple[int, int], int]]]:
    count = len(problem.pieces.id)
    prices = [[0] * count for _ in range(certificate.leaves)]
    special: list[dict[tuple[int, int], int]] = [{} for _ in range(certificate.leaves)]
    table = certificate.prices
    dearest = 0
    last = (-1, -2, -2)
    rows = zip(
        table.leaf.tolist(), table.bar.tolist(), table.piece.tolist(), table.price.tolist(), strict=True
    )
    for leaf, bar, piece, price in rows:
        if not (0 <= leaf < certificate.leaves and -1 <= bar < len(problem.bars.id) and -1 <= piece < count):
            raise BrokenProofError(f"a price of leaf {leaf}, bar {bar}, piece {piece}")
        if bar < 0 and piece < 0:
            raise BrokenProofError(f"a price of leaf {leaf}, bar {bar}, piece {piece}")
        if (leaf, bar, piece) <= last:
            raise BrokenProofError(f"prices out of order at leaf {leaf}, bar {bar}, piece {piece}")
        last = (leaf, bar, piece)
        if bar < 0:
            prices[leaf][piece] = price
        else:
            special[leaf][bar, piece] = price
        if piece >= 0:
            dearest = max(dearest, abs(price))
    params, bars, pieces = problem.params, problem.bars, problem.pieces
    shortest = int(pieces.length.min(initial=2**40)) + params.kerf
    most = min((int(bars.length.max(initial=0)) + params.kerf) // shortest, int(pieces.quantity.sum()))
    other = int(np.abs(bars.cost).max(initial=0)) + int(bars.price.max(initial=0)) + 3 * params.cut_cost
    other += max((abs(cost) for _, _, cost in list_ways(problem)), default=0)
    if most * (2 * dearest + params.cut_cost * certificate.parts) + other * certificate.parts >= _ROOM:
        raise BrokenProofError("prices whose sums fit into 64 bits")
    return prices, special


def _bound_leaf(
    problem: CuttingProblem,
    *,
    parts: int,
    prices: list[int],
    special: dict[tuple[int, int], int],
    box: Box,
    serves: list[list[int]],
) -> int | None:
    """Return the bound of a leaf in parts; None where no plan lies in it."""
    pieces, bars = problem.pieces, problem.bars
    ranges = [*box.bars.values(), *box.new.values(), *box.pieces.values(), *box.longer.values()]
    if any(low > high for low, high in ranges):
        return None
    total = 0
    for piece, demand in enumerate(pieces.quantity.tolist()):
        low, high = box.new.get(piece, (0, demand))
        spare = int(pieces.new_cost[piece]) * parts - prices[piece]
        total += prices[piece] * demand + min(spare * low, spare * high)
    bonus = [0] * len(bars.id)
    for (bar, piece), price in special.items():
        if piece >= 0:
            low, high = box.pieces.get((bar, piece), (0, int(pieces.quantity[piece])))
        else:
            longer = bars.length >= bars.length[bar]
            low, high = box.longer.get(bar, (0, int(bars.quantity[longer].sum())))
            for other in np.flatnonzero(longer).tolist():
                bonus[other] += price
        total += min(price * low, price * high)
    best = _cut_best(problem, parts=parts, prices=prices, special=special, box=box, serves=serves)
    for bar, count in enumerate(bars.quantity.tolist()):
        low, high = box.bars.get(bar, (0, count))
        if count == 1 and any(other == bar and most[0] > 0 for (other, _), most in box.pieces.items()):
            low = max(low, 1)
        if bar not in best:
            if low > 0:
                return None
            continue
        loss = -best[bar] - bonus[bar]
        total += min(loss * low, loss * high)
    return total


def _cut_best(
    problem: CuttingProblem,
    *,
    parts: int,
    prices: list[int],
    special: dict[tuple[int, int], int],
    box: Box,
    serves: list[list[int]],
) -> dict[int, int]:
    """Return, of each bar that some piece fits, the most that prices less its cost can come to, in parts."""
    params, bars = problem.params, problem.bars
    filled: dict[tuple[tuple[int, int, int, int], ...], tuple[int, IntArray, IntArray]] = {}
    longest = int((bars.length - 2 * bars.trim).max(initial=0)) + params.kerf
    best: dict[int, int] = {}
    must = {key for key, (least, _) in box.pieces.items() if least > 0 and bars.quantity[key[0]] == 1}
    for (bar, _, carriage), allowed in zip(list_ways(problem), serves, strict=True):
        if any(other == bar and piece not in allowed for other, piece in must):
            continue
        items = []
        for piece in allowed:
            least, most = box.pieces.get((bar, piece), (0, int(problem.pieces.quantity[piece])))
            # the one bar of its row: what is cut from it is what one pattern has
            least = least if bars.quantity[bar] == 1 else 0
            worth = prices[piece] + special.get((bar, piece), 0) - params.cut_cost * parts
            items.append((int(problem.pieces.length[piece]) + params.kerf, worth, least, most))
        key = tuple(items)
        if key not in filled:
            filled[key] = _fill(key, longest=longest)
        grain, lengths, values = filled[key]
        room = int(bars.length[bar]) - 2 * int(bars.trim[bar])
        found = _read_best(problem, bar=bar, room=room, parts=parts, lengths=lengths * grain, values=values)
        if found is None:
            continue
        cost = int(bars.cost[bar]) + carriage + (2 * params.cut_cost if bars.trim[bar] else 0)
        best[bar] = max(best.get(bar, NEVER), found - cost * parts)
    return best


def _fill(items: tuple[tuple[int, int, int, int], ...], *, longest: int) -> tuple[int, IntArray, IntArray]:
    """Return the grain, every sum of lengths that pieces can come to, and the greatest value of each sum."""
    grain = math.gcd(*(length for length, _, _, _ in items)) or 1
    size = max(0, longest) // grain
    table = np.full(size + 1, NEVER, dtype=np.int64)
    start = sum(least * (length // grain) for length, _, least, _ in items)
    if start <= size:
        table[start] = sum(least * worth for _, worth, least, _ in items)
    for length, worth, least, most in items:
        step = length // grain
        for _ in range(min(most - least, size // step)):
            longer = np.where(table[: size + 1 - step] == NEVER, NEVER, table[: size + 1 - step] + worth)
            np.maximum(table[step:], longer, out=table[step:])
    lengths = np.flatnonzero(table != NEVER)
    lengths = lengths[lengths > 0]
    return grain, lengths, table[lengths]


def _read_best(
    problem: CuttingProblem, *, bar: int, room: int, parts: int, lengths: IntArray, values: IntArray
) -> int | None:
    """Return the most a bar brings, its cost aside; a cut less where nothing is left, else its off-cut."""
    params, bars = problem.params, problem.bars
    fit = lengths <= room + params.kerf
    if not fit.any():
        return None
    lengths, values = lengths[fit], values[fit].copy()
    left = np.maximum(room - lengths, 0)
    worth = np.minimum(
        left * bars.offcut_value[bar] // 10_000,
        left * bars.price[bar] // bars.length[bar],
    )
    usable = (left >= params.minimum_offcut) & (params.minimum_offcut > 0)
    values += np.where(usable, worth, 0) * parts
    values += np.where(lengths == room + params.kerf, params.cut_cost * parts, 0)
    return int(values.max())
