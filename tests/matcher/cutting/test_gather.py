# SPDX-License-Identifier: EUPL-1.2
"""Lots and requirements of a family become bars and pieces, with the rules and costs of the whole problem."""

from collections.abc import Callable
from typing import Any

import pytest

from matcher.cutting.check import check_cutting
from matcher.cutting.gather import gather_bars
from matcher.cutting.problem import CuttingProblem
from matcher.cutting.solve import solve_cutting
from matcher.errors import InputError
from matcher.problem.problem import Problem

Build = Callable[..., Problem]
DAY = 20_500
CLASSES: dict[str, list[Any]] = {
    "id": ["beam", "brick", "joist"],
    "unit": ["m", "piece", "piece"],
    "step": ["0.1", "1", "1"],
}
BAR = {
    "class": "joist",
    "quantity": 3,
    "attribute.length_mm": 4100,
    "price_ore": 8_000.0,
    "preparation_ore": 0.0,
}
PIECE = {
    "class": "joist",
    "quantity": 5,
    "minimum.length_mm": 2000,
    "new_price_ore": 9_000.0,
    "new_co2e_mg": 0.0,
}


def gather(
    build: Build, *, lots: list[dict[str, Any]], requirements: list[dict[str, Any]], classes: list[str]
) -> CuttingProblem:
    """Gather the bars of a yard."""
    tables = {"classes": CLASSES, "substitutes": {}, "vehicles": {}}
    problem = build(
        lots=[{**BAR, **lot} for lot in lots],
        requirements=[{**PIECE, **wanted} for wanted in requirements],
        **tables,
    )
    return gather_bars(problem, classes=classes, kerf_mm=4, minimum_offcut_mm=500, cut_cost=1_000)


def test_joists_are_cut_to_two(build: Build) -> None:
    """Five pieces of 2 m from bars of 4.1 m take three bars; one after another they would take five."""
    cutting = gather(build, lots=[{}], requirements=[{}], classes=["joist"])
    assert (cutting.bars.length[0], cutting.bars.quantity[0]) == (41_000, 3)
    assert (cutting.pieces.length[0], cutting.pieces.quantity[0]) == (20_000, 5)
    assert cutting.pieces.new_cost[0] == 9_000_000
    assert cutting.carriage is not None
    assert cutting.carriage.cost.tolist() == [8_000_000]
    assert cutting.bars.price[0] == 8_000_000
    assert cutting.bars.offcut_value[0] == 8_000_000 * 500 // 4_100
    plan = solve_cutting(cutting)
    assert check_cutting(cutting, plan, digest=cutting.digest) == []
    assert (plan.figures["bars_used"], plan.figures["pieces_new"]) == (3, 0)
    assert plan.figures["offcut_length"] == 41_000 - 20_000 - 40


def test_metres_become_whole_bars_and_pieces(build: Build) -> None:
    """12.2 m of 4.1 m is two bars, not three; 7 m wanted in pieces of 2 m is four of them."""
    lots = [{"class": "beam", "quantity": 122, "price_ore": 100.0}]
    requirements = [{"class": "beam", "quantity": 70, "new_price_ore": 500.0}]
    cutting = gather(build, lots=lots, requirements=requirements, classes=["beam"])
    assert cutting.bars.quantity[0] == 2
    assert cutting.pieces.quantity[0] == 4
    assert cutting.carriage is not None
    assert cutting.carriage.cost[0] == 41 * 100_000
    assert cutting.pieces.new_cost[0] == 20 * 500_000


def test_the_rules_of_the_problem_say_who_may(build: Build) -> None:
    """A lot too far off, too late, too low in grade or without a length is left out, as are other classes."""
    lots = [
        {"id": "good", "attribute.grade": 4},
        {"id": "far", "site": "far", "attribute.grade": 4},
        {"id": "gone", "available_from": DAY - 900, "available_to": DAY - 800, "attribute.grade": 4},
        {"id": "poor", "attribute.grade": 2},
        {"id": "short", "attribute.length_mm": 1999, "attribute.grade": 4},
        {"id": "bricks", "class": "brick", "attribute.length_mm": None},
        {"id": "unmeasured", "attribute.length_mm": None, "attribute.grade": 4},
    ]
    requirements = [
        {"id": "fussy", "minimum.grade": 3, "max_metres": 20_000, "unknown_ok.length_mm": True},
        {"id": "wall", "class": "brick", "minimum.length_mm": None},
    ]
    cutting = gather(build, lots=lots, requirements=requirements, classes=["joist"])
    assert cutting.bars.id.tolist() == ["good"]
    assert cutting.pieces.id.tolist() == ["fussy"]


def test_a_bar_serves_one_delivery(build: Build) -> None:
    """Requirements of one site and window may share a bar, those of another window may not."""
    requirements = [
        {"id": "a", "quantity": 1},
        {"id": "b", "quantity": 1},
        {"id": "c", "quantity": 1, "wanted_from": DAY + 5},
    ]
    cutting = gather(build, lots=[{"quantity": 9}], requirements=requirements, classes=["joist"])
    assert len(set(cutting.pieces.site.tolist())) == 2
    plan = solve_cutting(cutting)
    assert plan.figures["bars_used"] == 2


@pytest.mark.parametrize(
    ("change", "message"),
    [
        (
            {"classes": ["plank"]},
            "table 'classes', column 'id': found 'plank', expected a class of the problem",
        ),
        ({"length": "span_mm"}, "column 'span_mm': expected an attribute of the problem: length_mm"),
    ],
)
def test_what_cannot_be_gathered_is_refused(build: Build, change: dict[str, Any], message: str) -> None:
    """The class or attribute that is not there is named."""
    tables = {"classes": CLASSES, "substitutes": {}, "vehicles": {}}
    problem = build(lots=[BAR], requirements=[PIECE], **tables)
    given = {"classes": ["joist"], "kerf_mm": 4, "minimum_offcut_mm": 500, "cut_cost": 0, **change}
    with pytest.raises(InputError) as caught:
        gather_bars(problem, **given)
    assert str(caught.value) == message


def test_a_requirement_without_a_length_is_named(build: Build) -> None:
    """Pieces of no length cannot be cut."""
    with pytest.raises(InputError, match=r"column 'minimum.length_mm'.*'r0', expected a least length"):
        gather(build, lots=[{}], requirements=[{"minimum.length_mm": None}], classes=["joist"])
