# SPDX-License-Identifier: EUPL-1.2
"""Every reason the plain tier can give, reached by a plan."""

from collections.abc import Callable
from typing import Any

import pytest

from matcher.check.check import check
from matcher.problem.problem import Problem
from matcher.reasons import REASONS, Reason
from matcher.solve import solve

CASES: dict[Reason, tuple[dict[str, Any], dict[str, Any]]] = {
    Reason.NO_LOT_OF_CLASS: ({"class": "door"}, {}),
    Reason.DOCUMENTATION: ({"documentation": "none"}, {}),
    Reason.SCREENING: ({"screening": "hazardous"}, {"unknown_screening_ok": True}),
    Reason.ATTRIBUTE: ({"attribute.length_mm": 99}, {"minimum.length_mm": 100}),
    Reason.DISTANCE: ({"site": "far"}, {}),
    Reason.NO_ROAD: ({"site": "island"}, {}),
    Reason.WINDOW: ({"available_from": 20_530, "available_to": 20_540}, {}),
    Reason.TAKEN: ({"quantity": 10}, {}),
    Reason.TOO_DEAR: ({"price_ore": 500.0}, {}),
}


@pytest.mark.parametrize(("reason", "case"), CASES.items(), ids=list(CASES))
def test_a_reason_is_reached(
    build: Callable[..., Problem], reason: Reason, case: tuple[dict[str, Any], dict[str, Any]]
) -> None:
    """One lot, stopped at one rule, gives exactly that reason and is counted there."""
    problem = build(lots=[case[0]], requirements=[case[1]])
    plan = solve(problem)
    assert [REASONS[number] for number in plan.unmet.reason] == [reason]
    counts = dict(zip(REASONS, plan.unmet.stopped[0].tolist(), strict=True))
    expected = 0 if reason == Reason.NO_LOT_OF_CLASS else 1
    assert counts == {one: expected if one == reason else 0 for one in REASONS}
    assert not check(problem, plan, digest=problem.digest)


def test_the_furthest_reason_stands(build: Callable[..., Problem]) -> None:
    """Of many lots, the one that came furthest gives the reason; all are counted where they stopped."""
    lots = [case[0] for case in CASES.values()]
    problem = build(lots=lots, requirements=[{"minimum.length_mm": 100, "unknown_ok.length_mm": True}])
    plan = solve(problem)
    assert REASONS[int(plan.unmet.reason[0])] == Reason.TOO_DEAR
    counts = dict(zip(REASONS, plan.unmet.stopped[0].tolist(), strict=True))
    assert {reason for reason, count in counts.items() if count == 1} == set(CASES) - {Reason.NO_LOT_OF_CLASS}
    assert plan.unmet.stopped.sum() == len(lots) - 1


@pytest.mark.parametrize(
    ("lot", "requirement", "met"),
    [
        ({"screening": "unknown"}, {}, False),
        ({"screening": "unknown"}, {"unknown_screening_ok": True}, True),
        ({"screening": "contaminated"}, {"unknown_screening_ok": True}, False),
        ({"documentation": "none"}, {"documentation_min": "none"}, True),
        ({"documentation": "basic"}, {"documentation_min": "tested"}, False),
        ({"class": "brick_old"}, {}, False),
        ({"class": "brick_old"}, {"substitutes_ok": True}, True),
        ({"class": "brick"}, {"class": "brick_old", "substitutes_ok": True}, False),
        ({"attribute.length_mm": 100}, {"minimum.length_mm": 100, "maximum.length_mm": 100}, True),
        ({"attribute.length_mm": 101}, {"minimum.length_mm": 100, "maximum.length_mm": 100}, False),
        ({"attribute.length_mm": None}, {"minimum.length_mm": 100}, False),
        ({"attribute.length_mm": None}, {"minimum.length_mm": 100, "unknown_ok.length_mm": True}, True),
        ({"attribute.length_mm": None}, {}, True),
        ({"site": "near"}, {"max_metres": 6500}, True),
        ({"site": "near"}, {"max_metres": 6499}, False),
        ({"site": "over"}, {}, True),
        ({"site": "far"}, {"max_metres": 100_000}, True),
    ],
)
def test_a_rule_at_its_edge(
    build: Callable[..., Problem],
    lot: dict[str, Any],
    requirement: dict[str, Any],
    met: bool,  # noqa: FBT001
) -> None:
    """Each rule holds on one side of its edge and fails on the other."""
    plan = solve(build(lots=[lot], requirements=[requirement]))
    assert bool(plan.matches.quantity.sum()) == met


def test_the_cap_of_the_run_holds_for_everyone(build: Callable[..., Problem]) -> None:
    """A requirement cannot ask for lots from beyond the run's cap."""
    requirement = {"max_metres": 100_000}
    assert solve(build(lots=[{"site": "far"}], requirements=[requirement])).matches.quantity.sum()
    capped = build(lots=[{"site": "far"}], requirements=[requirement], params={"cap_metres": 83_199})
    assert not solve(capped).matches.quantity.sum()
