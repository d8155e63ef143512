# SPDX-License-Identifier: EUPL-1.2
"""Quantities of lots that no plan has chosen yet, measured by the functions that measure a plan."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

import numpy as np

from inventory.matching.days import name_day
from inventory.savings.served import Figures
from matcher.compatibility import gather_facts, judge_pairs
from matcher.figures.match_rates import rate_matches
from matcher.measure import measure_matches
from matcher.plan import STORAGE_CODES
from matcher.problem.problem import Problem
from matcher.rates import Rates, set_rates


@dataclass(frozen=True, slots=True, kw_only=True)
class Pick:
    """Steps of a lot for a requirement, by their ids."""

    lot: str
    requirement: str
    steps: int


def measure_picks(problem: Problem, picks: Sequence[Pick], *, rates: Rates | None = None) -> list[Figures]:
    """Measure quantities of lots for requirements as a plan would, by the functions that measure a plan.

    Parameters
    ----------
    problem
        It holds the lots and the requirements.
    picks
        Pairs that are allowed, together: what is beyond a requirement's quantity is surplus.
    rates
        Of the problem, where they are set already.
    """
    if not picks:
        return []
    lots = {name: row for row, name in enumerate(problem.lots.id.tolist())}
    wanted = {name: row for row, name in enumerate(problem.requirements.id.tolist())}
    order = sorted((wanted[one.requirement], lots[one.lot], one.steps) for one in picks)
    requirement = np.array([row for row, _, _ in order], dtype=np.int32)
    lot = np.array([row for _, row, _ in order], dtype=np.int32)
    quantity = np.array([steps for _, _, steps in order], dtype=np.int64)
    metres, waits = judge_pairs(gather_facts(problem), lot, requirement)
    priced = rate_matches(
        problem,
        rates=set_rates(problem) if rates is None else rates,
        lot=lot,
        requirement=requirement,
        metres=metres,
        waits=waits,
    )
    matches = measure_matches(
        problem,
        lot=lot,
        requirement=requirement,
        quantity=quantity,
        metres=metres,
        waits=waits,
        step_cost=priced.cost,
        trip_cost=priced.trip,
        load_cost=priced.load,
    )
    named = {"match_id", "lot_id", "requirement_id", "pick_up", "deliver", "storage", "status"}
    plain = [name for name in Figures.__dataclass_fields__ if name not in named]
    return [
        Figures(
            match_id=None,
            lot_id=UUID(str(problem.lots.id[lot[row]])),
            requirement_id=UUID(str(problem.requirements.id[requirement[row]])),
            pick_up=name_day(int(matches.pick_up[row])),
            deliver=name_day(int(matches.deliver[row])),
            storage=STORAGE_CODES[int(matches.storage[row])],
            status="proposed",
            **{name: int(getattr(matches, name)[row]) for name in plain},
        )
        for row in range(len(order))
    ]
