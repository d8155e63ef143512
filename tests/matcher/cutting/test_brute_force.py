# SPDX-License-Identifier: EUPL-1.2
"""Against every plan there is: bounds never above the best, proven plans exactly the best."""

from collections.abc import Callable
from itertools import product
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from matcher.cutting.check import check_cutting
from matcher.cutting.problem import CuttingProblem
from matcher.cutting.solve import Effort, solve_cutting
from matcher.plan import Termination

MillMaker = Callable[..., CuttingProblem]
QUICK = Effort(rounds=1, dives=1, branches=0, nodes=1, moves=0)

BARS = st.lists(
    st.fixed_dictionaries(
        {
            "length_mm": st.sampled_from([5, 9, 10, 12, 13.5, 20]),
            "quantity": st.sampled_from([1, 1, 2]),
            "trim_mm": st.sampled_from([0, 0, 0.5]),
            "cost": st.sampled_from([-3, 0, 40, 77, 100, 130]),
            "price": st.sampled_from([0, 30, 60]),
            "offcut_value": st.sampled_from([0, 3_000, 9_000]),
            "grade": st.sampled_from([None, 1, 2]),
        }
    ),
    min_size=1,
    max_size=3,
)
PIECES = st.lists(
    st.fixed_dictionaries(
        {
            "length_mm": st.sampled_from([2.5, 4, 4.5, 5, 6.5, 9]),
            "quantity": st.sampled_from([1, 2]),
            "new_cost": st.sampled_from([0, 25, 50, 61, 90]),
            "grade": st.sampled_from([None, None, 1, 2]),
            "site": st.sampled_from(["", "", "x"]),
        }
    ),
    min_size=1,
    max_size=3,
)
PARAMS = st.fixed_dictionaries(
    {
        "kerf_mm": st.sampled_from([0, 0.5, 1]),
        "minimum_offcut_mm": st.sampled_from([0, 0.5, 3, 5]),
        "cut_cost": st.sampled_from([0, 2, 5]),
    }
)


def cost_bar(problem: CuttingProblem, bar: int, pieces: list[int]) -> int | None:
    """Return what a bar cut to pieces costs, None where it cannot be; laid out along the bar in one sum."""
    bars, wanted, params = problem.bars, problem.pieces, problem.params
    if len({str(wanted.site[piece]) for piece in pieces}) > 1:
        return None
    if any(bars.grade[bar] < wanted.grade[piece] for piece in pieces):
        return None
    room = int(bars.length[bar]) - 2 * int(bars.trim[bar])
    rest = room - sum(int(wanted.length[piece]) for piece in pieces) - params.kerf * (len(pieces) - 1)
    if rest < 0:
        return None
    cuts = len(pieces) - (rest == 0) + 2 * bool(bars.trim[bar])
    cost = int(bars.cost[bar]) + cuts * params.cut_cost
    left = rest - params.kerf
    if 0 < params.minimum_offcut <= left:
        cost -= min(
            left * int(bars.offcut_value[bar]) // 10_000, left * int(bars.price[bar]) // int(bars.length[bar])
        )
    return cost


def find_best(problem: CuttingProblem) -> int:
    """Return the least cost over every way to hand single pieces to single bars."""
    single = [bar for bar, count in enumerate(problem.bars.quantity.tolist()) for _ in range(count)]
    wanted = [piece for piece, count in enumerate(problem.pieces.quantity.tolist()) for _ in range(count)]
    best = sum(int(problem.pieces.new_cost[piece]) for piece in wanted)
    for places in product(range(len(single) + 1), repeat=len(wanted)):
        total = sum(
            int(problem.pieces.new_cost[piece])
            for piece, place in zip(wanted, places, strict=True)
            if place == len(single)
        )
        for place, bar in enumerate(single):
            held = [piece for piece, at in zip(wanted, places, strict=True) if at == place]
            cost = cost_bar(problem, bar, held) if held else 0
            if cost is None:
                break
            total += cost
        else:
            best = min(best, total)
    return best


def count_ways(bars: list[dict[str, Any]], pieces: list[dict[str, Any]]) -> int:
    """Return how many plans the search would look at."""
    return (sum(bar["quantity"] for bar in bars) + 1) ** sum(piece["quantity"] for piece in pieces)


@given(bars=BARS, pieces=PIECES, params=PARAMS)
def test_no_plan_is_better_and_no_bound_too_high(
    mill: MillMaker, bars: list[dict[str, Any]], pieces: list[dict[str, Any]], params: dict[str, Any]
) -> None:
    """The bound is at most the best of all plans, the plan at least; where they meet it is the best."""
    if count_ways(bars, pieces) > 4_096:
        pieces = pieces[:1]
    problem = mill(bars=bars, pieces=pieces, **params)
    best = find_best(problem)
    for effort in (Effort(), QUICK):
        plan = solve_cutting(problem, effort=effort)
        assert check_cutting(problem, plan, digest=problem.digest) == []
        assert plan.certificate.bound <= best <= plan.certificate.cost
        if plan.termination == Termination.OPTIMAL:
            assert plan.certificate.cost == best


@given(bars=BARS, pieces=PIECES, params=PARAMS)
def test_single_bars_are_solved_to_the_end(
    mill: MillMaker, bars: list[dict[str, Any]], pieces: list[dict[str, Any]], params: dict[str, Any]
) -> None:
    """Where each row is one bar that costs something, small problems are always proven."""
    bars = [{**bar, "quantity": 1, "cost": abs(bar["cost"])} for bar in bars]
    problem = mill(bars=bars, pieces=pieces, **params)
    plan = solve_cutting(problem)
    assert plan.termination == Termination.OPTIMAL
    assert plan.certificate.cost == find_best(problem)
