# SPDX-License-Identifier: EUPL-1.2
"""What the instant answer says is what the rules, the plan and a changed problem say."""

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from matcher.candidates import collect_pairs, lay_world
from matcher.instant.answer import ProjectAnswer, RequirementAnswer
from matcher.instant.ask import ask_project
from matcher.instant.offer import lay_offer
from matcher.instant.question import pose_question, take_requirements
from matcher.problem.columns import IntArray
from matcher.problem.problem import Problem
from matcher.reasons import Reason
from matcher.solve import solve

Build = Callable[..., Problem]
DAY = 20_500


def ask(problem: Problem, *, prices: IntArray | None = None, **more: Any) -> ProjectAnswer:
    """Ask about all requirements of a problem as one project."""
    offer = lay_offer(problem, prices=prices)
    rows = np.arange(len(problem.requirements.id))
    question = pose_question(offer, asked=take_requirements(problem, rows=rows))
    return ask_project(offer, question, **more)


def list_allowed(problem: Problem) -> list[dict[str, int]]:
    """List the allowed lots of each requirement with their cost, as a run collects them."""
    world = lay_world(problem)
    lots, costs = np.empty(len(problem.lots.id), np.int32), np.empty(len(problem.lots.id), np.int64)
    allowed = []
    for row in range(len(problem.requirements.id)):
        size = collect_pairs(world, row, lots, costs)
        pairs = zip(lots[:size].tolist(), costs[:size].tolist(), strict=True)
        allowed.append({str(problem.lots.id[lot]): cost for lot, cost in pairs if problem.lots.quantity[lot]})
    return allowed


def price_mix(answer: RequirementAnswer) -> int:
    """Add up what a requirement costs with the prices of its lots."""
    return answer.cost + answer.others


@settings(max_examples=150)
@given(data=st.data())
def test_each_lot_is_judged_as_a_run_judges(build: Build, rows: Any, data: st.DataObject) -> None:
    """Allowed lots, their costs and the cheapest mix are those of a run."""
    lots, requirements, params = data.draw(rows)
    problem = build(lots=lots, requirements=requirements, params=params)
    prices = np.array([data.draw(st.sampled_from([0, 0, 5000, 90_000])) for _ in lots], dtype=np.int64)
    price = dict(zip(problem.lots.id.tolist(), prices.tolist(), strict=True))
    quantity = dict(zip(problem.lots.id.tolist(), problem.lots.quantity.tolist(), strict=True))
    for one, allowed in enumerate(list_allowed(problem)):
        offer = lay_offer(problem, prices=prices)
        asked = take_requirements(problem, rows=np.array([one]))
        answer = ask_project(offer, pose_question(offer, asked=asked), alternatives=99).requirements[0]
        shown = {each.offer.lot: each.offer.cost for each in answer.mix}
        shown |= {each.lot: each.cost for each in answer.alternatives}
        assert shown == allowed
        assert answer.allowed == len(allowed)
        left, best = answer.quantity, 0
        for key, lot in sorted((cost + price[lot], lot) for lot, cost in allowed.items()):
            if key <= answer.new_cost and allowed[lot] < answer.new_cost:
                best += key * min(left, quantity[lot])
                left -= min(left, quantity[lot])
        assert price_mix(answer) == best + left * answer.new_cost
        assert answer.bought == left
        assert answer.met + answer.bought == answer.quantity
        assert answer.saving == answer.quantity * answer.new_cost - answer.cost
        assert (answer.reason is None) == (left == 0)


@settings(max_examples=80)
@given(data=st.data())
def test_stops_are_those_of_an_unmet_part(build: Build, rows: Any, data: st.DataObject) -> None:
    """Lots stopped by each rule are counted as a plan counts them, were there no lot worth taking."""
    lots, requirements, params = data.draw(rows)
    lots = [{**lot, "quantity": max(1, lot["quantity"]), "price_ore": 9e6} for lot in lots]
    problem = build(lots=lots, requirements=requirements, params=params)
    unmet = solve(problem).unmet
    answers = ask(problem).requirements
    for row, reason, stopped in zip(unmet.requirement, unmet.reason, unmet.stopped, strict=True):
        assert answers[row].reason == tuple(Reason)[reason]
        counts = {tuple(Reason)[number]: int(count) for number, count in enumerate(stopped) if count}
        assert answers[row].stopped == counts


@settings(max_examples=100)
@given(data=st.data())
def test_answers_at_a_plans_prices_add_up_to_its_bound(build: Build, rows: Any, data: st.DataObject) -> None:
    """Each requirement alone at the prices of a plan costs v d: less u q, that is the plan's bound."""
    lots, requirements, params = data.draw(rows)
    problem = build(lots=lots, requirements=requirements, params=params)
    certificate = solve(problem).certificate
    offer = lay_offer(problem, prices=certificate.lot_prices, quanta=certificate.quanta)
    total = 0
    for row in range(len(requirements)):
        asked = take_requirements(problem, rows=np.array([row]))
        total += price_mix(ask_project(offer, pose_question(offer, asked=asked)).requirements[0])
    supply = sum(a * b for a, b in zip(certificate.lot_prices, problem.lots.quantity, strict=True))
    # a requirement may want more of a lot than there is: then its mix goes on at a price no lower than v
    assert total - supply >= certificate.bound
    assert all(answer.exact for answer in ask(problem).requirements)


@settings(max_examples=100)
@given(data=st.data())
def test_a_project_alone_gets_what_a_plan_gives_it(build: Build, rows: Any, data: st.DataObject) -> None:
    """With nobody else about, the mixes share the lots as well as the optimal plan does."""
    lots, requirements, params = data.draw(rows)
    problem = build(lots=lots, requirements=requirements, params=params)
    answer = ask(problem)
    assert answer.cost == solve(problem).certificate.cost
    assert answer.others == 0
    assert answer.saving == solve(problem).certificate.baseline - answer.cost
    taken: dict[str, int] = {}
    for requirement in answer.requirements:
        for each in requirement.mix:
            taken[each.offer.lot] = taken.get(each.offer.lot, 0) + each.steps
            assert each.steps > 0
    quantity = dict(zip(problem.lots.id.tolist(), problem.lots.quantity.tolist(), strict=True))
    assert all(steps <= quantity[lot] for lot, steps in taken.items())


CHANGED: dict[str, Callable[[dict[str, Any], int], dict[str, Any]]] = {
    "farther": lambda row, value: {**row, "max_metres": value},
    "later": lambda row, value: {**row, "wanted_to": value},
    "earlier": lambda row, value: {**row, "wanted_from": value},
    "stored_longer": lambda row, value: {**row, "storage_days": value},
    "documentation": lambda row, value: {**row, "documentation_min": ["none", "basic", "tested"][value]},
    "screening": lambda row, _: {**row, "unknown_screening_ok": True},
    "substitutes": lambda row, _: {**row, "substitutes_ok": True},
    "attribute_minimum": lambda row, value: {**row, "minimum.length_mm": value},
    "attribute_maximum": lambda row, value: {**row, "maximum.length_mm": value},
    "attribute_unknown": lambda row, _: {**row, "unknown_ok.length_mm": True},
}


@settings(max_examples=150)
@given(data=st.data())
def test_a_relaxation_gives_what_the_changed_requirement_gets(
    build: Build, rows: Any, data: st.DataObject
) -> None:
    """Asked with the bound as the answer says, the same engine lets in so many lots and saves so much."""
    lots, requirements, params = data.draw(rows)
    prices = np.array([data.draw(st.sampled_from([0, 0, 20_000])) for _ in lots], dtype=np.int64)
    row = {**requirements[0], "maximum.length_mm": data.draw(st.sampled_from([None, 150, 160]))}
    if row["minimum.length_mm"] == 150 and row["maximum.length_mm"] == 150:
        row["maximum.length_mm"] = None
    before = ask(build(lots=lots, requirements=[row], params=params), prices=prices).requirements[0]
    assert len({(each.kind, each.attribute) for each in before.relaxations}) == len(before.relaxations)
    for relaxation in before.relaxations:
        changed = CHANGED[relaxation.kind](row, relaxation.value)
        problem = build(lots=lots, requirements=[changed], params=params)
        after = ask(problem, prices=prices).requirements[0]
        assert after.allowed - before.allowed == relaxation.lots > 0
        assert after.met - before.met == relaxation.met
        assert price_mix(before) - price_mix(after) == relaxation.gain
    # and nothing that would have helped is left out
    told = {each.kind for each in before.relaxations}
    for kind, value in (("later", row["wanted_to"] + 14), ("earlier", row["wanted_from"] - 14)):
        problem = build(lots=lots, requirements=[CHANGED[kind](row, value)], params=params)
        assert (ask(problem, prices=prices).requirements[0].allowed > before.allowed) == (kind in told)


def test_the_backup_is_from_another_site(build: Build) -> None:
    """Were the site to be late, all its lots would be: the next best lot from elsewhere stands in."""
    problem = build(
        lots=[
            {"id": "a", "price_ore": 10.0, "quantity": 50},
            {"id": "b", "price_ore": 20.0, "quantity": 30},
            {"id": "c", "price_ore": 30.0, "site": "yard", "quantity": 20},
            {"id": "d", "price_ore": 40.0, "site": "yard"},
            {"id": "e", "price_ore": 9000.0, "site": "over"},
        ],
        requirements=[{"quantity": 90}],
    )
    answer = ask(problem).requirements[0]
    assert [(each.offer.lot, each.steps) for each in answer.mix] == [("a", 50), ("b", 30), ("c", 10)]
    backups = [each.backup.lot if each.backup else None for each in answer.mix]
    assert backups == ["c", "c", None]
    assert [each.backup_steps for each in answer.mix] == [10, 10, 0]
    assert [each.lot for each in answer.alternatives] == ["d", "e"]
    assert answer.stopped == {Reason.TOO_DEAR: 1}


def test_a_lot_worth_more_to_others_is_taken(build: Build) -> None:
    """At a price above what is saved here the lot is left to others, and the answer says so."""
    problem = build(lots=[{"id": "a"}], requirements=[{"quantity": 60}])
    free = ask(problem, prices=np.array([0])).requirements[0]
    saved = free.new_cost - free.mix[0].offer.cost
    tied = ask(problem, prices=np.array([saved])).requirements[0]
    assert (tied.met, tied.others, tied.saving) == (60, 60 * saved, 60 * saved)
    dear = ask(problem, prices=np.array([saved + 1])).requirements[0]
    assert (dear.met, dear.reason, dear.stopped) == (0, Reason.TAKEN, {Reason.TAKEN: 1})
    assert dear.alternatives[0].price == saved + 1


@pytest.mark.parametrize(
    "rule",
    [{"minimum_fulfilment": 500}, {"most_donors": 1}, {"one_kind": True}, {"breakage": 50}],
)
def test_a_mix_that_is_a_guide_says_so(build: Build, rule: dict[str, Any]) -> None:
    """A requirement with a rule beyond single lots is answered, but not called exact."""
    assert ask(build()).requirements[0].exact
    assert not ask(build(requirements=[rule])).requirements[0].exact
    assert not ask(build(lots=[{"indivisible": True}])).requirements[0].exact
    assert not ask(build(lots=[{"minimum_take": 5}])).requirements[0].exact


def test_received_earlier_what_was_stored_costs_less(build: Build) -> None:
    """Two weeks earlier let a second stored lot in, and save storage of the first, counted once."""
    lots = [
        {"id": "a", "available_from": DAY - 60, "available_to": DAY - 20},
        {"id": "b", "available_from": DAY - 60, "available_to": DAY - 40, "price_ore": 220.0},
    ]
    row = {"quantity": 150, "storage_days": 30}
    before = ask(build(lots=lots, requirements=[row])).requirements[0]
    assert [each.offer.lot for each in before.mix] == ["a"]
    (earlier,) = [each for each in before.relaxations if each.kind == "earlier"]
    after = ask(build(lots=lots, requirements=[{**row, "wanted_from": DAY - 14}])).requirements[0]
    assert [each.offer.lot for each in after.mix] == ["a", "b"]
    assert after.mix[0].offer.cost < before.mix[0].offer.cost
    assert (earlier.lots, earlier.steps, earlier.met) == (1, 100, 50)
    assert earlier.gain == price_mix(before) - price_mix(after)
