# SPDX-License-Identifier: EUPL-1.2
"""Many lots judged for one requirement whose roads are known: the rule that stops each, its way and wait."""

from __future__ import annotations

from matcher.compatibility import (
    Facts,
    find_first_failed,
    is_documented,
    is_in_time,
    is_joined,
    is_near,
    is_of_class,
    is_screened,
    is_within_bounds,
    judge_measured,
)
from matcher.compiling import compiled
from matcher.problem.columns import CodeArray, DayArray, IntArray, RowArray
from matcher.window import count_storage


@compiled
def judge_many(  # Numba takes no keyword-only arguments
    facts: Facts,
    road: DayArray,
    wanted: int,
    lots: RowArray,
    reasons: CodeArray,
    metres: IntArray,
    waits: IntArray,
) -> None:
    """Judge lots for one requirement.

    Parameters
    ----------
    facts, road
        Of a question: the rules, and the direct road from every site to the requirement.
    wanted
        Row of the requirement.
    lots
        Rows of lots.
    reasons, metres, waits
        Filled, in the order of the lots: as `matcher.compatibility.judge_pair` tells.

    Notes
    -----
    Whether there is any store to choose is asked once, not for every lot: a choice inside the loop makes
    Numba count references to every array of the facts, which takes ten times as long as the rest.
    """
    if facts.stores.chosen:
        _judge_with_stores(facts, road, wanted, lots, reasons, metres, waits)
    else:
        _judge_on_site(facts, road, wanted, lots, reasons, metres, waits)


@compiled
def _judge_with_stores(  # as above
    facts: Facts,
    road: DayArray,
    wanted: int,
    lots: RowArray,
    reasons: CodeArray,
    metres: IntArray,
    waits: IntArray,
) -> None:
    for place in range(len(lots)):
        lot = lots[place]
        reason, way, wait = judge_measured(facts, lot, wanted, road[facts.lot_site[lot]])
        reasons[place], metres[place], waits[place] = reason, way, wait


@compiled
def _judge_on_site(  # as above
    facts: Facts,
    road: DayArray,
    wanted: int,
    lots: RowArray,
    reasons: CodeArray,
    metres: IntArray,
    waits: IntArray,
) -> None:
    for place in range(len(lots)):
        lot = lots[place]
        length = road[facts.lot_site[lot]]
        days = count_storage(
            facts.lot_from[lot], facts.lot_to[lot], facts.wanted_from[wanted], facts.wanted_to[wanted]
        )
        reasons[place] = find_first_failed(
            is_documented(facts, lot, wanted),
            is_screened(facts, lot, wanted),
            is_of_class(facts, lot, wanted),
            is_within_bounds(facts, lot, wanted),
            is_joined(length),
            is_near(facts, wanted, length),
            is_in_time(facts, lot, wanted, days),
        )
        metres[place], waits[place] = length, days
