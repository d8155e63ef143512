# SPDX-License-Identifier: EUPL-1.2
"""A plan that stays solved: every change gives what a solve of the changed problem gives."""

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from matcher.errors import InputError, SolverError
from matcher.instant.ask import ask_project
from matcher.instant.live import LivePlan
from matcher.instant.question import pose_question, take_requirements
from matcher.problem.problem import Problem
from matcher.solve import solve

Build = Callable[..., Problem]


@settings(max_examples=100)
@given(data=st.data())
def test_changes_give_what_a_solve_gives(build: Build, rows: Any, data: st.DataObject) -> None:
    """Quantities, demands, requirements gone and new: cost, bound and prices are those of a solve."""
    lots, wanted, params = data.draw(rows)
    lots = [{**row, "id": f"l{place:02}"} for place, row in enumerate(lots)]
    wishes = {f"r{place:02}": {**row, "id": f"r{place:02}"} for place, row in enumerate(wanted)}

    def make() -> Problem:
        # a bound on the length in each: a question must know the attributes that the lots have
        return build(lots=lots, requirements=list(wishes.values()), params=params)

    problem = make()
    live = LivePlan(problem, solve(problem))
    for turn in range(data.draw(st.integers(1, 5))):
        change = data.draw(st.sampled_from(["quantity", "demand", "add", "remove"]))
        if change == "quantity" and lots:
            row = data.draw(st.integers(0, len(lots) - 1))
            lots[row] = {**lots[row], "quantity": data.draw(st.integers(0, 60))}
            live.set_quantity(row, steps=lots[row]["quantity"])
        elif change == "demand":
            one = data.draw(st.sampled_from(sorted(wishes)))
            wishes[one] = {**wishes[one], "quantity": data.draw(st.integers(1, 90))}
            live.set_demand(one, steps=wishes[one]["quantity"])
        elif change == "remove" and len(wishes) > 1:
            one = data.draw(st.sampled_from(sorted(wishes)))
            del wishes[one]
            live.remove_requirement(one)
        elif lots:
            one = f"new{turn}"
            wishes[one] = {**data.draw(rows)[1][0], "id": one}
            place = sorted(wishes).index(one)
            live.add_requirements(take_requirements(make(), rows=np.array([place])))
        changed = make()
        certificate = solve(changed).certificate
        proof = live.prove()
        assert (proof.cost, proof.bound) == (certificate.cost, certificate.bound)
        assert proof.baseline == certificate.baseline
        assert proof.gap == 0
        assert live.prices.tolist() == certificate.lot_prices.tolist()


def test_the_next_question_sees_the_change(build: Build) -> None:
    """A rival that goes makes the lot cheap again for whoever asks next."""
    problem = build(
        lots=[{"id": "a", "quantity": 60}],
        requirements=[{"id": "r1"}, {"id": "r2", "new_price_ore": 450.0}],
    )
    live = LivePlan(problem, solve(problem))
    asked = take_requirements(problem, rows=np.array([0]))
    before = ask_project(live.offer, pose_question(live.offer, asked=asked))
    assert before.others > 0
    live.remove_requirement("r2")
    assert ask_project(live.offer, pose_question(live.offer, asked=asked)).others == 0
    live.set_quantity(0, steps=0)
    gone = ask_project(live.offer, pose_question(live.offer, asked=asked))
    assert (gone.requirements[0].met, live.prove().cost) == (0, live.prove().baseline)


def test_what_cannot_be_changed_is_refused(build: Build) -> None:
    """Unknown ids, ids used twice, and a plan that is not the optimum of plain requirements."""
    problem = build(requirements=[{"id": "r1"}], lots=[{"quantity": 5}, {"quantity": 3, "price_ore": 1.0}])
    plan = solve(problem)
    live = LivePlan(problem, plan)
    for change in (live.remove_requirement, lambda one: live.set_demand(one, steps=5)):
        with pytest.raises(InputError, match="id of a requirement"):
            change("r9")
    with pytest.raises(InputError, match="no other requirement"):
        live.add_requirements(take_requirements(problem, rows=np.array([0])))
    with pytest.raises(InputError, match="'quantity'"):
        live.set_quantity(0, steps=-1)
    other = build(requirements=[{"id": "r1", "quantity": 4}], lots=[{"quantity": 5}, {"quantity": 3}])
    with pytest.raises(SolverError, match="not an optimum"):
        LivePlan(other, plan).set_quantity(0, steps=1)
    nearby = build(requirements=[{"id": "r1", "max_metres": 1}], lots=[{"quantity": 5}, {"quantity": 3}])
    with pytest.raises(SolverError, match="not an optimum"):
        LivePlan(nearby, plan).set_quantity(0, steps=1)
