# SPDX-License-Identifier: EUPL-1.2
"""The checker's own account of the pairs of one requirement: every lot of an accepted class, rule by rule."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from matcher.columns import OPEN, UNKNOWN, BoolArray, IntArray
from matcher.distance import Places, measure_roads
from matcher.problem import Problem
from matcher.reasons import REASONS, Reason
from matcher.value import Rates, price_pairs


@dataclass(frozen=True, slots=True, kw_only=True)
class Priced:
    """All allowed pairs of one requirement, and how many lots were stopped where.

    Parameters
    ----------
    lots, costs, metres, days
        Row, c, road and storage of each allowed lot, by row.
    stopped
        Rows of the lots stopped, by reason.
    """

    lots: IntArray
    costs: IntArray
    metres: IntArray
    days: IntArray
    stopped: dict[Reason, IntArray]

    def count_stops(self, new_cost: int) -> IntArray:
        """Return the lots stopped at each reason; an allowed lot is too dear if new costs no more."""
        counts = np.zeros(len(REASONS), dtype=np.int64)
        for reason, lots in self.stopped.items():
            counts[REASONS.index(reason)] = len(lots)
        dear = int((self.costs >= new_cost).sum())
        counts[REASONS.index(Reason.TOO_DEAR)] = dear
        counts[REASONS.index(Reason.TAKEN)] = len(self.lots) - dear
        return counts


@dataclass(frozen=True, slots=True, kw_only=True)
class Pricing:
    """What is needed to price the pairs of a requirement.

    Parameters
    ----------
    problem
        The problem.
    rates, places
        Prepared by value and distance.
    by_class
        Rows of the lots of each class.
    first_pair
        Where the pairs are given, the first of each requirement, and the end.
    """

    problem: Problem
    rates: Rates
    places: Places
    by_class: list[IntArray]
    first_pair: IntArray

    def name_reason(self, priced: Priced, lot: int) -> str:
        """Return the rule that stopped a lot; `no_lot_of_class` where it is of another class."""
        for reason, lots in priced.stopped.items():
            if lot in lots:
                return str(reason)
        return str(Reason.NO_LOT_OF_CLASS)


def find_first_pairs(problem: Problem) -> IntArray:
    """Return the first given pair of each requirement, and the end; zeros where none are given.

    Parameters
    ----------
    problem
        Any problem; its pairs are sorted by requirement.
    """
    rows = np.arange(len(problem.requirements.id) + 1)
    given = (
        np.zeros(0, dtype=np.int64) if problem.pairs is None else problem.pairs.requirement.astype(np.int64)
    )
    return np.searchsorted(given, rows)


def price_requirement(pricing: Pricing, *, requirement: int) -> Priced:
    """Look at every lot of an accepted class and price those that no rule stops.

    Parameters
    ----------
    pricing
        The problem, prepared.
    requirement
        Row of requirements.

    Notes
    -----
    The rules are those of contracts.md, "What is allowed", in that order, written down a second time: nothing
    here comes from `matcher.compatibility`, `matcher.window` or `matcher.candidates`.
    """
    problem = pricing.problem
    lots, wanted, params = problem.lots, problem.requirements, problem.params
    if problem.pairs is not None:
        first, last = pricing.first_pair[requirement : requirement + 2].tolist()
        none = np.zeros(last - first, dtype=np.int64)
        return Priced(
            lots=problem.pairs.lot[first:last].astype(np.int64),
            costs=problem.pairs.cost[first:last],
            metres=none,
            days=none,
            stopped={},
        )
    own = int(wanted.class_[requirement])
    accepted = [own]
    if wanted.substitutes_ok[requirement]:
        accepted += problem.substitutes.substitute[problem.substitutes.class_ == own].tolist()
    rows = np.sort(np.concatenate([pricing.by_class[row] for row in accepted]))
    stopped: dict[Reason, IntArray] = {}

    def keep(good: BoolArray, reason: Reason) -> None:
        nonlocal rows
        stopped[reason] = rows[~good]
        rows = rows[good]

    keep(lots.documentation[rows] >= wanted.documentation_min[requirement], Reason.DOCUMENTATION)
    screening = lots.screening[rows]
    clean = screening == 0
    if wanted.unknown_screening_ok[requirement]:
        clean |= screening == 1
    keep(clean, Reason.SCREENING)
    within = np.ones(len(rows), dtype=np.bool_)
    for column in range(len(problem.attributes)):
        low, high = wanted.minimum[requirement, column], wanted.maximum[requirement, column]
        if low == UNKNOWN and high == OPEN:
            continue
        values = lots.attribute[rows, column]
        good = (values >= low) & (values <= high)
        empty = values == UNKNOWN
        within &= np.where(empty, wanted.unknown_ok[requirement, column], good)
    keep(within, Reason.ATTRIBUTE)
    here = np.full(len(rows), wanted.site[requirement], dtype=np.int32)
    metres = measure_roads(pricing.places, lots.site[rows], here)
    joined = metres >= 0
    keep(joined, Reason.NO_ROAD)
    metres = metres[joined]
    longest = int(wanted.max_metres[requirement])
    longest = min(params.default_max_metres if longest == -1 else longest, params.cap_metres)
    near = metres <= longest
    keep(near, Reason.DISTANCE)
    metres = metres[near]
    days, in_time = _meet_windows(problem, rows, requirement)
    keep(in_time, Reason.WINDOW)
    metres, days = metres[in_time], days[in_time]
    owns, row = np.full(len(rows), own, dtype=np.int32), np.full(len(rows), requirement, dtype=np.int32)
    costs = price_pairs(pricing.rates, rows, lots.class_[rows], owns, metres, days, row)
    return Priced(lots=rows, costs=costs, metres=metres, days=days, stopped=stopped)


def _meet_windows(problem: Problem, rows: IntArray, requirement: int) -> tuple[IntArray, BoolArray]:
    """Return days in storage, and whether lot [a, b) and requirement [e, l) meet."""
    lots, wanted = problem.lots, problem.requirements
    a, b = lots.available_from[rows].astype(np.int64), lots.available_to[rows].astype(np.int64)
    e, end = int(wanted.wanted_from[requirement]), int(wanted.wanted_to[requirement])
    most = int(wanted.storage_days[requirement])
    most = problem.params.default_storage_days if most == -1 else most
    direct = (a < end) & (e < b)
    stored = ~direct & (b <= e) & (a < end) & (e - b + 1 <= most)
    committed = lots.decide_by[rows] >= wanted.commit_from[requirement]
    return np.where(direct, 0, e - b + 1), (direct | stored) & committed
