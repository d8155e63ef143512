# SPDX-License-Identifier: EUPL-1.2
"""Whether a lot and a requirement may meet, and which rule fails first: the order of contracts.md."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from matcher.compiling import compiled
from matcher.distance import NO_WAY, Places, lay_places, measure_road
from matcher.problem.columns import OPEN, UNKNOWN, BoolArray, CodeArray, DayArray, IntArray, RowArray
from matcher.problem.problem import Problem
from matcher.reasons import ATTRIBUTE, DISTANCE, DOCUMENTATION, NO_LOT_OF_CLASS, NO_ROAD, SCREENING, WINDOW
from matcher.routes import choose_route
from matcher.storing import Stores, lay_stores
from matcher.window import NEVER, count_storage

ALLOWED = -1
"""No rule is failed."""
_SAME_CLASS = 2


class Facts(NamedTuple):
    """What the rules look at, as the compiled loops want it.

    Parameters
    ----------
    places, stores
        Sites and roads, and where lots can wait.
    lot_class .. lot_attribute
        Columns of lots.
    wanted_class .. wanted_unknown_ok
        Columns of requirements, with the defaults of the params put in and the run's cap applied.
    kinship
        By wanted class and offered class: 2 = the same, 1 = a substitute, 0 = neither.
    bound_start, bound_column
        Attributes each requirement bounds: ``bound_column[bound_start[j]:bound_start[j + 1]]``.
    """

    places: Places
    stores: Stores
    lot_class: RowArray
    lot_site: RowArray
    lot_from: DayArray
    lot_to: DayArray
    lot_decide_by: DayArray
    lot_documentation: CodeArray
    lot_screening: CodeArray
    lot_attribute: DayArray
    wanted_class: RowArray
    wanted_site: RowArray
    wanted_from: DayArray
    wanted_to: DayArray
    wanted_commit: DayArray
    wanted_metres: DayArray
    wanted_storage: DayArray
    wanted_swap_ok: BoolArray
    wanted_unscreened_ok: BoolArray
    wanted_documentation: CodeArray
    wanted_minimum: DayArray
    wanted_maximum: DayArray
    wanted_unknown_ok: BoolArray
    kinship: CodeArray
    bound_start: DayArray
    bound_column: DayArray


def gather_facts(problem: Problem) -> Facts:
    """Prepare what the rules look at.

    Parameters
    ----------
    problem
        Any problem.
    """
    lots, wanted, params = problem.lots, problem.requirements, problem.params
    metres = np.where(wanted.max_metres < 0, params.default_max_metres, wanted.max_metres)
    storage = np.where(wanted.storage_days < 0, params.default_storage_days, wanted.storage_days)
    count = len(problem.classes.id)
    kinship = 2 * np.eye(count, dtype=np.int8)
    kinship[problem.substitutes.class_, problem.substitutes.substitute] = 1
    bounded = (wanted.minimum != UNKNOWN) | (wanted.maximum != OPEN)
    start = np.zeros(len(wanted.id) + 1, dtype=np.int32)
    np.cumsum(bounded.sum(axis=1), out=start[1:])
    places = lay_places(problem)
    facts = Facts(
        places,
        lay_stores(problem, places),
        lots.class_,
        lots.site,
        lots.available_from,
        lots.available_to,
        lots.decide_by,
        lots.documentation,
        lots.screening,
        lots.attribute,
        wanted.class_,
        wanted.site,
        wanted.wanted_from,
        wanted.wanted_to,
        wanted.commit_from,
        np.minimum(metres, params.cap_metres).astype(np.int32),
        storage.astype(np.int32),
        wanted.substitutes_ok,
        wanted.unknown_screening_ok,
        wanted.documentation_min,
        wanted.minimum,
        wanted.maximum,
        wanted.unknown_ok,
        kinship,
        start,
        np.nonzero(bounded)[1].astype(np.int32),
    )
    for array in facts[2:]:
        array.setflags(write=False)
    return facts


@compiled
def is_documented(facts: Facts, lot: int, wanted: int) -> bool:
    """Return whether a lot is documented as well as the requirement asks."""
    return bool(facts.lot_documentation[lot] >= facts.wanted_documentation[wanted])


@compiled
def is_screened(facts: Facts, lot: int, wanted: int) -> bool:
    """Return whether a lot's screening will do: hazardous never, unknown where the requirement says so."""
    # codes of a lot: 0 clean, 1 unknown, 2 contaminated, 3 hazardous
    return bool(facts.lot_screening[lot] <= np.int64(facts.wanted_unscreened_ok[wanted]))


@compiled
def is_of_class(facts: Facts, lot: int, wanted: int) -> bool:
    """Return whether a lot is of the class wanted or of an accepted substitute."""
    kinship = facts.kinship[facts.wanted_class[wanted], facts.lot_class[lot]]
    return bool(kinship + np.int64(facts.wanted_swap_ok[wanted]) >= _SAME_CLASS)


@compiled
def is_within_bounds(facts: Facts, lot: int, wanted: int) -> bool:
    """Return whether every attribute that the requirement bounds is within its bounds."""
    for place in range(facts.bound_start[wanted], facts.bound_start[wanted + 1]):
        column = facts.bound_column[place]
        value = facts.lot_attribute[lot, column]
        if value == UNKNOWN:
            if not facts.wanted_unknown_ok[wanted, column]:
                return False
        elif value < facts.wanted_minimum[wanted, column] or value > facts.wanted_maximum[wanted, column]:
            return False
    return True


@compiled
def is_joined(metres: int) -> bool:
    """Return whether a road joins the two sites."""
    return metres != NO_WAY


@compiled
def is_near(facts: Facts, wanted: int, metres: int) -> bool:
    """Return whether the road is no longer than the requirement and the run allow."""
    return bool(metres <= facts.wanted_metres[wanted])


@compiled
def is_in_time(facts: Facts, lot: int, wanted: int, days: int) -> bool:
    """Return whether the windows meet, in storage if allowed, and the project can commit in time."""
    if days == NEVER or days > facts.wanted_storage[wanted]:
        return False
    return bool(facts.wanted_commit[wanted] <= facts.lot_decide_by[lot])


@compiled
def judge_pair(facts: Facts, lot: int, wanted: int) -> tuple[int, int, int]:
    """Return the first rule a pair fails, its road metres and its wait.

    Parameters
    ----------
    facts
        From `gather_facts`.
    lot, wanted
        Rows of lots and requirements.

    Returns
    -------
    tuple
        `ALLOWED` or the number of the reason; metres, or `NO_WAY`; days in
        storage and the store (`matcher.storing`), or `NEVER`.

    Notes
    -----
    All rules are looked at before the first failed one is chosen: returning early would make Numba count
    references to every array on every pair, which costs fifty times as much.
    """
    documented = is_documented(facts, lot, wanted)
    screened = is_screened(facts, lot, wanted)
    of_class = is_of_class(facts, lot, wanted)
    within = is_within_bounds(facts, lot, wanted)
    metres = measure_road(facts.places, facts.lot_site[lot], facts.wanted_site[wanted])
    near = is_near(facts, wanted, metres)
    days = count_storage(
        facts.lot_from[lot], facts.lot_to[lot], facts.wanted_from[wanted], facts.wanted_to[wanted]
    )
    way, wait = metres, days
    if facts.stores.chosen and days > 0:
        start, end, first = facts.lot_site[lot], facts.wanted_site[wanted], facts.wanted_from[wanted]
        way, wait = choose_route(
            facts.stores, lot, wanted, start, end, facts.lot_class[lot], first, metres, days
        )
    in_time = is_in_time(facts, lot, wanted, days) and wait != NEVER
    reason = find_first_failed(documented, screened, of_class, within, is_joined(metres), near, in_time)
    return reason, way, wait


@compiled
def judge_measured(facts: Facts, lot: int, wanted: int, metres: int) -> tuple[int, int, int]:
    """Return the first rule a pair fails, its metres and its wait, where its direct road is known.

    Parameters
    ----------
    facts, lot, wanted
        As in `judge_pair`, which cannot call this: handing the facts on twice takes half as long again.
    metres
        The road, or `NO_WAY`.
    """
    documented = is_documented(facts, lot, wanted)
    screened = is_screened(facts, lot, wanted)
    of_class = is_of_class(facts, lot, wanted)
    within = is_within_bounds(facts, lot, wanted)
    near = is_near(facts, wanted, metres)
    days = count_storage(
        facts.lot_from[lot], facts.lot_to[lot], facts.wanted_from[wanted], facts.wanted_to[wanted]
    )
    way, wait = metres, days
    if facts.stores.chosen and days > 0:
        start, end, first = facts.lot_site[lot], facts.wanted_site[wanted], facts.wanted_from[wanted]
        way, wait = choose_route(
            facts.stores, lot, wanted, start, end, facts.lot_class[lot], first, metres, days
        )
    in_time = is_in_time(facts, lot, wanted, days) and wait != NEVER
    reason = find_first_failed(documented, screened, of_class, within, is_joined(metres), near, in_time)
    return reason, way, wait


@compiled
def judge_pairs(facts: Facts, lots: RowArray, wanted: RowArray) -> tuple[IntArray, IntArray]:
    """Return the metres and the wait of many allowed pairs; as `judge_pair`."""
    metres, waits = np.empty(len(lots), np.int64), np.empty(len(lots), np.int64)
    for pair in range(len(lots)):
        _reason, metres[pair], waits[pair] = judge_pair(facts, lots[pair], wanted[pair])
    return metres, waits


@compiled
def find_first_failed(  # Numba takes no keyword-only arguments
    documented: bool,  # noqa: FBT001 - as above
    screened: bool,  # noqa: FBT001
    of_class: bool,  # noqa: FBT001
    within: bool,  # noqa: FBT001
    joined: bool,  # noqa: FBT001
    near: bool,  # noqa: FBT001
    in_time: bool,  # noqa: FBT001
) -> int:
    """Return the first rule failed, or `ALLOWED`.

    Notes
    -----
    Order: documentation, screening, class, attributes, joined by road, road metres, windows. Source:
    contracts.md, "What is allowed".
    """
    reason = ALLOWED
    if not documented:
        reason = DOCUMENTATION
    elif not screened:
        reason = SCREENING
    elif not of_class:
        reason = NO_LOT_OF_CLASS
    elif not within:
        reason = ATTRIBUTE
    elif not joined:
        reason = NO_ROAD
    elif not near:
        reason = DISTANCE
    elif not in_time:
        reason = WINDOW
    return reason
