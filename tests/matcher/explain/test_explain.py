# SPDX-License-Identifier: EUPL-1.2
"""Why a pair is or is not in a plan."""

from collections.abc import Callable

import pytest

from matcher.errors import InputError
from matcher.explain.explain import explain
from matcher.explain.told import LotExplanation, Outcome, PairExplanation, RequirementExplanation, Taker
from matcher.problem.problem import Problem
from matcher.reasons import Reason
from matcher.solve import solve

Build = Callable[..., Problem]


def tell(problem: Problem, requirement: str, lot: str) -> PairExplanation:
    """Solve and explain one pair."""
    told = explain(problem, solve(problem), requirement, lot=lot)
    assert isinstance(told, PairExplanation)
    return told


def test_a_match_is_told_with_its_numbers(build: Build) -> None:
    """Cost, road and quantity of a match; the lot is left over, so its price is 0."""
    told = tell(build(), "r0", "l0")
    assert told == PairExplanation(
        lot="l0",
        requirement="r0",
        outcome=Outcome.MATCHED,
        reason=None,
        quantity=60,
        metres=6500,
        storage_days=0,
        storage=None,
        hub=None,
        cost=301_950,
        new_cost=500_000,
        price=0,
        best=301_950,
        worth=198_050,
        takers=(Taker(requirement="r0", quantity=60, worth=198_050),),
    )


def test_a_stopped_pair_names_its_rule(build: Build) -> None:
    """A lot on an island is stopped for want of a road, one of another class for its class."""
    problem = build(lots=[{"site": "island"}, {"class": "door"}])
    assert (tell(problem, "r0", "l0").outcome, tell(problem, "r0", "l0").reason) == (
        Outcome.STOPPED,
        Reason.NO_ROAD,
    )
    assert tell(problem, "r0", "l0").metres is None
    assert tell(problem, "r0", "l1").reason == Reason.NO_LOT_OF_CLASS


def test_a_lot_dearer_than_new_is_too_dear(build: Build) -> None:
    """What costs as much as new is not taken."""
    told = tell(build(lots=[{"price_ore": 398.05}]), "r0", "l0")
    assert (told.outcome, told.cost, told.new_cost) == (Outcome.TOO_DEAR, 500_000, 500_000)


def test_a_lot_lost_at_its_price_names_who_got_it(build: Build) -> None:
    """Two want the only lot; the loser is told its price, what it was worth here and who took it."""
    problem = build(
        lots=[{"quantity": 60}],
        requirements=[{}, {"new_price_ore": 450.0}, {"site": "near", "new_price_ore": 400.0}],
    )
    told = tell(problem, "r1", "l0")
    assert (told.outcome, told.reason) == (Outcome.TAKEN, Reason.TAKEN)
    assert (told.price, told.worth) == (148_050, 148_050)
    assert told.takers == (Taker(requirement="r0", quantity=60, worth=198_050),)
    third = tell(problem, "r2", "l0")
    assert (third.outcome, third.price, third.worth) == (Outcome.TAKEN, 148_050, 100_000)


def test_a_tie_is_told_as_a_tie(build: Build) -> None:
    """Two alike want the only lot: the one that did not get it is told that it was as good."""
    problem = build(lots=[{"quantity": 60}], requirements=[{}, {}])
    plan = solve(problem)
    assert plan.matches.requirement.tolist() == [0]
    told = explain(problem, plan, "r1", lot="l0")
    assert isinstance(told, PairExplanation)
    assert (told.outcome, told.price, told.worth) == (Outcome.TIED, 198_050, 198_050)


def test_a_lot_nobody_needed(build: Build) -> None:
    """An allowed lot that is dearer than the ones at hand is not needed; nobody paid for it."""
    told = tell(build(lots=[{}, {"price_ore": 201.0}]), "r0", "l1")
    assert (told.outcome, told.reason, told.price, told.worth) == (Outcome.NOT_NEEDED, None, 0, -1000)


def test_a_requirement_is_told_whole(build: Build) -> None:
    """What it got, what it did not and why, and the lots that came nearest, furthest first."""
    problem = build(lots=[{"quantity": 20}, {"price_ore": 900.0}, {"site": "far"}, {"documentation": "none"}])
    told = explain(problem, solve(problem), "r0")
    assert isinstance(told, RequirementExplanation)
    assert [(pair.lot, pair.quantity) for pair in told.matched] == [("l0", 20)]
    assert told.unmet is not None
    assert (told.unmet.quantity, told.unmet.reason) == (40, Reason.TOO_DEAR)
    assert told.unmet.stopped == {
        Reason.DOCUMENTATION: 1,
        Reason.DISTANCE: 1,
        Reason.TAKEN: 1,
        Reason.TOO_DEAR: 1,
    }
    assert [pair.lot for pair in told.nearest] == ["l1", "l2", "l3"]
    assert told.best == told.new_cost == 500_000


def test_a_lot_is_told_whole(build: Build) -> None:
    """Who got it, at what price, and what is left."""
    problem = build(lots=[{"quantity": 100}], requirements=[{"quantity": 30}, {"quantity": 50}])
    told = explain(problem, solve(problem), "l0")
    assert isinstance(told, LotExplanation)
    assert (told.quantity, told.left, told.price) == (100, 20, 0)
    assert [(pair.requirement, pair.quantity) for pair in told.matched] == [("r0", 30), ("r1", 50)]


def test_given_pairs_are_explained_too(build: Build) -> None:
    """Where the pairs are given there is no road to tell, and a pair not given is none."""
    problem = build(lots=[{}, {}], pairs={"lot": ["l0"], "requirement": ["r0"], "cost": [123]})
    told = tell(problem, "r0", "l0")
    assert (told.outcome, told.cost, told.metres) == (Outcome.MATCHED, 123, None)
    assert tell(problem, "r0", "l1").outcome == Outcome.STOPPED


def test_an_id_nobody_has(build: Build) -> None:
    """Asking for what is not there is bad input."""
    problem = build()
    with pytest.raises(InputError, match="the id of a requirement or a lot"):
        explain(problem, solve(problem), "x")
