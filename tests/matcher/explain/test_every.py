# SPDX-License-Identifier: EUPL-1.2
"""All requirements of a plan explained together: the same as one by one, and nothing contradicts the plan."""

from collections.abc import Callable
from decimal import Decimal
from typing import Any

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from matcher.explain.advice import find_advice
from matcher.explain.explain import explain, explain_requirements
from matcher.explain.market import MOST_TAKERS
from matcher.explain.told import Outcome, PairExplanation, list_named, list_pairs
from matcher.explain.voice import Measure, Voice
from matcher.problem.problem import Problem
from matcher.reasons import Reason
from matcher.solve import solve

Build = Callable[..., Problem]


@settings(max_examples=15)
@given(data=st.data())
def test_no_plan_is_contradicted(build: Build, rows: Any, data: st.DataObject) -> None:
    """Of random problems: quantities add up, outcomes agree with costs, every sentence can be said."""
    lots, requirements, params = data.draw(rows)
    hubs = {"id": ["a"], "site": ["near"], "area_cm2": [data.draw(st.sampled_from([0, 300, None]))]}
    problem = build(lots=lots, requirements=requirements, params=params, hubs=hubs)
    plan = solve(problem)
    every = np.arange(len(problem.requirements.id))
    unit = problem.classes.unit[problem.requirements.class_].tolist()
    step = problem.classes.step[problem.requirements.class_].tolist()
    measures = {
        name: Measure(unit[row], Decimal(step[row]))
        for row, name in enumerate(problem.requirements.id.tolist())
    }
    for told in explain_requirements(problem, plan, rows=every):
        row = problem.requirements.id.tolist().index(told.requirement)
        mine = plan.matches.requirement == row
        assert sum(pair.quantity for pair in told.matched) == plan.matches.quantity[mine].sum()
        assert (told.advice is None) == (told.unmet is None)
        for pair in told.nearest:
            assert pair.quantity == 0
            assert (pair.outcome == Outcome.STOPPED) == (pair.cost is None)
            assert (pair.outcome == Outcome.TOO_DEAR) == (
                pair.cost is not None and pair.cost >= pair.new_cost
            )
            assert pair.outcome != Outcome.MATCHED
        if told.advice:
            assert told.advice == find_advice(problem, plan, told.requirement)
        assert {name for kind, name in list_named(told) if kind == "lot"} == {
            pair.lot for pair in list_pairs(told)
        }
        for language in ("da", "en"):
            said = Voice(language=language, measures=measures, names={}).tell(told)
            assert said
            assert not any("{" in sentence for sentence in said)


def test_a_rule_of_the_plan_is_named_where_no_pair_fails(build: Build) -> None:
    """All or nothing cannot be reached: the lot is stopped by that, not by better ones at hand."""
    problem = build(lots=[{"quantity": 20}], requirements=[{"minimum_fulfilment": 1000}])
    told = explain(problem, solve(problem), "r0", lot="l0")
    assert isinstance(told, PairExplanation)
    assert (told.outcome, told.reason) == (Outcome.STOPPED, Reason.FULFILMENT)


def test_of_many_takers_those_who_got_most_are_named(build: Build) -> None:
    """A lot shared by nine names the five largest, by requirement."""
    wanted = [{"quantity": 1 + row % 5} for row in range(9)]
    problem = build(requirements=[*wanted, {"new_price_ore": 200.0}])
    plan = solve(problem)
    assert len(plan.matches.lot) == 9
    told = explain(problem, plan, "r9", lot="l0")
    assert isinstance(told, PairExplanation)
    assert len(told.takers) == MOST_TAKERS
    assert [taker.quantity for taker in told.takers] == [3, 4, 5, 3, 4]


def test_stopped_lots_come_furthest_then_nearest(build: Build) -> None:
    """Of lots that are too far the nearest is told first; one that lacks papers comes after all of them."""
    lots = [{"documentation": "none"}, {"site": "far"}, {"site": "over"}]
    problem = build(lots=lots, requirements=[{"max_metres": 5000}])
    told = next(explain_requirements(problem, solve(problem), rows=np.array([0])))
    assert [(pair.lot, pair.reason) for pair in told.nearest] == [
        ("l2", Reason.DISTANCE),
        ("l1", Reason.DISTANCE),
        ("l0", Reason.DOCUMENTATION),
    ]
