# SPDX-License-Identifier: EUPL-1.2
"""What is left over is stock again: the next problem can cut it."""

from collections.abc import Callable

from matcher.cutting.check import check_cutting
from matcher.cutting.offcuts import list_offcuts
from matcher.cutting.problem import CuttingProblem, make_cutting_problem
from matcher.cutting.solve import solve_cutting

MillMaker = Callable[..., CuttingProblem]


def test_offcuts_come_back_as_bars(mill: MillMaker, krone: int) -> None:
    """Two bars of 3 m give a piece of 2 m and an off-cut of 996 mm each, known as well as its bar."""
    money = {"cost": 90 * krone, "price": 90 * krone, "offcut_value": 20 * krone}
    known = {"section": "IPE200", "grade": 4, "width_mm": 100}
    bars = [{"length_mm": 3000, "quantity": 2, **money, **known}]
    problem = mill(bars=bars, pieces=[{"quantity": 2, "site": "north"}], kerf_mm=4, minimum_offcut_mm=500)
    plan = solve_cutting(problem)
    columns = list_offcuts(problem, plan)
    assert columns["id"] == ["b0/9960/north"]
    assert (columns["length_mm"], columns["quantity"], columns["site"]) == ([996], [2], ["north"])
    assert (columns["section"], columns["grade"], columns["width_mm"]) == (["IPE200"], [4], [100])
    assert columns["cost"] == columns["price"] == [996 * 20 * krone // 1000]
    assert plan.certificate.cost == 2 * (90 * krone - columns["cost"][0])

    stock = {name: values for name, values in columns.items() if name != "site"}
    wanted = {"id": ["short"], "length_mm": [400], "quantity": [4], "new_cost": [50 * krone]}
    later = make_cutting_problem(params={"kerf_mm": 4}, bars=stock, pieces=wanted)
    second = solve_cutting(later)
    assert check_cutting(later, second, digest=later.digest) == []
    assert second.figures["pieces_cut"] == 4


def test_no_offcut_no_row(mill: MillMaker) -> None:
    """Waste is not listed."""
    problem = mill(kerf_mm=4)
    assert list_offcuts(problem, solve_cutting(problem))["id"] == []
