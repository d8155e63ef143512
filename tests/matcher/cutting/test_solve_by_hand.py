# SPDX-License-Identifier: EUPL-1.2
"""Cutting plans small enough to be worked out on paper."""

from collections.abc import Callable
from typing import Any

import pytest

from matcher.cutting.check import check_cutting
from matcher.cutting.plan import CuttingPlan
from matcher.cutting.problem import CuttingProblem
from matcher.cutting.solve import solve_cutting
from matcher.plan import Termination

MillMaker = Callable[..., CuttingProblem]


def solve_well(problem: CuttingProblem) -> CuttingPlan:
    """Solve, and see that the plan is checked and proven optimal."""
    plan = solve_cutting(problem)
    assert check_cutting(problem, plan, digest=problem.digest) == []
    assert plan.termination == Termination.OPTIMAL
    assert plan.certificate.bound == plan.certificate.cost
    return plan


def list_pattern(plan: CuttingPlan, row: int = 0) -> dict[str, int]:
    """Return the numbers of one pattern."""
    return {
        name: int(getattr(plan.patterns, name)[row]) for name in ("count", "cuts", "offcut", "waste", "cost")
    }


def test_a_piece_as_long_as_the_bar_needs_no_cut(mill: MillMaker, krone: int) -> None:
    """The saw is not started: no kerf, no cost of a cut, no waste."""
    problem = mill(
        bars=[{"length_mm": 2000, "cost": 100 * krone}], kerf_mm=4, cut_cost=10 * krone, minimum_offcut_mm=1
    )
    plan = solve_well(problem)
    assert list_pattern(plan) == {"count": 1, "cuts": 0, "offcut": 0, "waste": 0, "cost": 100 * krone}


def test_pieces_that_end_with_the_bar_save_the_last_cut(mill: MillMaker, krone: int) -> None:
    """Three pieces with two saw cuts between them fill the bar to the last tenth: two cuts, not three."""
    bars, pieces = [{"length_mm": 6000.8}], [{"length_mm": 1997.6, "quantity": 3}]
    plan = solve_well(mill(bars=bars, pieces=pieces, kerf_mm=4, cut_cost=krone))
    assert list_pattern(plan) == {"count": 1, "cuts": 2, "offcut": 0, "waste": 80, "cost": 102 * krone}


def test_a_tenth_too_short_is_too_short(mill: MillMaker) -> None:
    """The kerf between the pieces is needed; a tenth of a millimetre less and one is bought new."""
    pieces = [{"length_mm": 1997.6, "quantity": 3}]
    assert solve_well(mill(bars=[{"length_mm": 6000.8}], pieces=pieces, kerf_mm=4)).figures["pieces_new"] == 0
    assert solve_well(mill(bars=[{"length_mm": 6000.7}], pieces=pieces, kerf_mm=4)).figures["pieces_new"] == 1


def test_a_rest_thinner_than_the_saw_is_sawn_away(mill: MillMaker, krone: int) -> None:
    """The last piece is cut though less than a kerf is behind it; nothing is left over."""
    problem = mill(bars=[{"length_mm": 2003}], kerf_mm=4, cut_cost=krone, minimum_offcut_mm=0.1)
    plan = solve_well(problem)
    assert list_pattern(plan) == {"count": 1, "cuts": 1, "offcut": 0, "waste": 30, "cost": 101 * krone}


@pytest.mark.parametrize(("minimum", "offcut", "credit"), [(996, 9_960, 99_600), (996.1, 0, 0)])
def test_an_offcut_exactly_at_the_minimum_comes_back(
    mill: MillMaker, krone: int, minimum: float, offcut: int, credit: int
) -> None:
    """3000 - 2000 - 4 mm = 996 mm: a bar again where 996 mm will do, waste where a tenth more is asked."""
    bars = [{"length_mm": 3000, "price": 100 * krone, "cost": 100 * krone, "offcut_value": krone}]
    plan = solve_well(mill(bars=bars, kerf_mm=4, minimum_offcut_mm=minimum))
    expected = {
        "count": 1,
        "cuts": 1,
        "offcut": offcut,
        "waste": 10_000 - offcut,
        "cost": 100 * krone - credit,
    }
    assert list_pattern(plan) == expected


def test_an_offcut_is_worth_no_more_than_its_share_of_the_price(mill: MillMaker, krone: int) -> None:
    """A third of a bar that cost 30 kroner is worth 10, whatever a metre is said to be worth."""
    bars = [{"length_mm": 3000, "price": 30 * krone, "cost": 50 * krone, "offcut_value": 500 * krone}]
    plan = solve_well(mill(bars=bars, minimum_offcut_mm=100))
    assert list_pattern(plan)["cost"] == 40 * krone


def test_the_ends_are_trimmed_first(mill: MillMaker, krone: int) -> None:
    """Two cuts trim the ends; what is between them then just holds the pieces."""
    bars = [{"length_mm": 4104, "trim_mm": 50}]
    plan = solve_well(mill(bars=bars, pieces=[{"quantity": 2}], kerf_mm=4, cut_cost=krone))
    assert list_pattern(plan) == {"count": 1, "cuts": 3, "offcut": 0, "waste": 1_040, "cost": 103 * krone}
    short = [{"length_mm": 4103.9, "trim_mm": 50}]
    assert solve_well(mill(bars=short, pieces=[{"quantity": 2}], kerf_mm=4)).figures["pieces_cut"] < 2


def test_a_bar_longer_than_its_trims_alone_is_no_error(mill: MillMaker) -> None:
    """A bar that trimming uses up serves nobody."""
    plan = solve_well(mill(bars=[{"length_mm": 100, "trim_mm": 60}]))
    assert plan.figures["pieces_new"] == 1


@pytest.mark.parametrize(
    ("bar", "piece", "fits"),
    [
        ({"section": "HEB200"}, {"section": "HEB200"}, True),
        ({"section": "HEB200"}, {"section": "HEB220"}, False),
        ({"section": "HEB200"}, {"section": ""}, True),
        ({"width_mm": 45, "height_mm": 197}, {"width_mm": 45, "height_mm": 195, "tolerance_mm": 2}, True),
        ({"width_mm": 45, "height_mm": 198}, {"width_mm": 45, "height_mm": 195, "tolerance_mm": 2}, False),
        ({"width_mm": 43, "height_mm": 195}, {"width_mm": 45, "height_mm": 195, "tolerance_mm": 1}, False),
        ({"width_mm": None}, {"width_mm": 45, "tolerance_mm": 100}, False),
        ({"grade": 3}, {"grade": 3}, True),
        ({"grade": 2}, {"grade": 3}, False),
        ({"grade": None}, {"grade": 1}, False),
        ({"grade": None}, {"grade": None}, True),
        ({"length_mm": 2000}, {"length_mm": 2000.01}, False),
        ({"quantity": 0}, {}, False),
    ],
)
def test_a_bar_serves_the_pieces_it_fits(
    mill: MillMaker, *, bar: dict[str, Any], piece: dict[str, Any], fits: bool
) -> None:
    """Section equal or within tolerance, grade at least, length enough; unknown fails where it is asked."""
    plan = solve_well(mill(bars=[{"cost": 0, **bar}], pieces=[piece]))
    assert plan.figures["pieces_cut"] == int(fits)


def test_a_bar_goes_to_one_site(mill: MillMaker, krone: int) -> None:
    """Two pieces of two sites need two bars, each with its carriage; where one may not go it does not."""
    problem = mill(
        bars=[{"quantity": 2, "cost": 50 * krone}],
        pieces=[{"site": "north"}, {"site": "south"}],
        carriage={"bar": ["b0", "b0"], "site": ["north", "south"], "cost": [10 * krone, 20 * krone]},
    )
    assert solve_well(problem).certificate.cost == 130 * krone
    problem = mill(
        bars=[{"quantity": 2, "cost": 50 * krone}],
        pieces=[{"site": "north"}, {"site": "south"}],
        carriage={"bar": ["b0"], "site": ["north"], "cost": [10 * krone]},
    )
    assert solve_well(problem).certificate.cost == 260 * krone


def test_only_listed_pairs_are_cut(mill: MillMaker, krone: int) -> None:
    """A table of fits leaves out what it does not list."""
    dear = {"cost": 300 * krone}
    problem = mill(bars=[dear], pieces=[{}, {}], fits={"bar": ["b0"], "piece": ["p1"]})
    problem_free = mill(bars=[dear], pieces=[{}, {}])
    assert solve_well(problem).figures["pieces_cut"] == 0  # one piece alone does not pay for the bar
    assert solve_well(problem_free).figures["pieces_cut"] == 2


def test_a_dear_bar_is_left_and_the_pieces_bought_new(mill: MillMaker, krone: int) -> None:
    """Three pieces of 200 kroner are cheaper new than from a bar of 601 kroner, dearer than of 599."""
    pieces = [{"quantity": 3}]
    assert solve_well(mill(bars=[{"cost": 601 * krone}], pieces=pieces)).figures["bars_used"] == 0
    assert solve_well(mill(bars=[{"cost": 599 * krone}], pieces=pieces)).figures["bars_used"] == 1


def test_few_bars_of_many_lengths(mill: MillMaker, krone: int) -> None:
    """4.1 m serves 2 x 2 m, 3.0 m serves 3 m, 5.2 m serves 3 m + 2 m, at 10 kroner a metre."""
    bars = [{"length_mm": mm, "cost": mm * krone // 100} for mm in (4100, 3000, 5200, 1900)]
    pieces = [{"length_mm": 2000, "quantity": 3}, {"length_mm": 3000, "quantity": 2, "new_cost": 300 * krone}]
    plan = solve_well(mill(bars=bars, pieces=pieces, kerf_mm=3))
    assert plan.certificate.cost == (4100 + 3000 + 5200) * krone // 100
    assert plan.certificate.baseline == 1200 * krone


@pytest.mark.parametrize("empty", ["bars", "pieces", "both"])
def test_an_empty_side_gives_an_empty_plan(mill: MillMaker, empty: str) -> None:
    """No bars: everything is bought new. No pieces: nothing is. Neither is an error."""
    bars = [] if empty != "pieces" else [{}]
    pieces = [] if empty != "bars" else [{}]
    plan = solve_well(mill(bars=bars, pieces=pieces))
    assert plan.figures["bars_used"] == 0
    assert plan.figures["pieces_new"] == len(pieces)
    assert plan.certificate.gap == 0


def test_a_bar_that_someone_pays_to_be_rid_of(mill: MillMaker, krone: int) -> None:
    """A negative cost, as where disposal is avoided, earns once per bar that serves a piece."""
    problem = mill(bars=[{"cost": -50 * krone, "quantity": 3}])
    assert solve_cutting(problem).certificate.cost == -50 * krone
    assert check_cutting(problem, solve_cutting(problem), digest=problem.digest) == []
