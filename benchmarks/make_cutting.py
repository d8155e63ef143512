# SPDX-License-Identifier: EUPL-1.2
"""Made-up reclaimed bars and the pieces wanted of them: few of each length, four grades, fixed seeds."""

from functools import lru_cache

import numpy as np

from matcher.cutting.account import Chosen, count_figures, lay_plan, list_versions, trim_surplus
from matcher.cutting.bounds import Leaf, Proof, list_branches, list_prices
from matcher.cutting.check import check_cutting
from matcher.cutting.lanes import Lanes
from matcher.cutting.plan import CuttingCertificate, CuttingPlan
from matcher.cutting.problem import CuttingProblem, make_cutting_problem
from matcher.plan import Termination

PARTS_PER_DKK = 100_000
KERF_MM, SHORTEST_MM, DKK_PER_CUT = 4, 600, 5
"""A circular saw for structural timber; off-cuts below 60 cm are not worth a tag; a cut takes a minute."""


class BrokenAnswerError(Exception):
    """A peer's answer cannot be sawn."""


@lru_cache(maxsize=4)
def draw_cutting(*, bars: int, pieces: int, seed: int = 7) -> CuttingProblem:
    """Draw a problem: every bar its own length, its price by the metre, one to six pieces of each length.

    Parameters
    ----------
    bars, pieces
        Rows of each.
    seed
        Of the draw.

    Notes
    -----
    Bars 1.8 to 9 m, pieces 0.6 to 4.2 m, in whole millimetres; 8 to 14 DKK a metre of bar and 10 to 60 DKK to
    take it out and bring it; 25 to 40 DKK a metre new; a metre of off-cut is worth 4 DKK. There is about as
    much bar as is wanted, and a piece of the best grade fits one bar in four.
    """
    draw = np.random.Generator(np.random.PCG64(seed))
    length, wanted = draw.integers(1_800, 9_000, bars), draw.integers(600, 4_200, pieces)
    price = length * draw.integers(800, 1_400, bars)
    return make_cutting_problem(
        params={
            "kerf_mm": KERF_MM,
            "minimum_offcut_mm": SHORTEST_MM,
            "cut_cost": DKK_PER_CUT * PARTS_PER_DKK,
        },
        bars={
            "id": [f"b{row:05d}" for row in range(bars)],
            "length_mm": length,
            "grade": draw.integers(1, 5, bars),
            "cost": price + draw.integers(10, 60, bars) * PARTS_PER_DKK,
            "price": price,
            "offcut_value": np.full(bars, 4 * PARTS_PER_DKK),
        },
        pieces={
            "id": [f"p{row:05d}" for row in range(pieces)],
            "length_mm": wanted,
            "quantity": draw.integers(1, 7, pieces),
            "grade": draw.integers(1, 5, pieces),
            "new_cost": wanted * draw.integers(2_500, 4_000, pieces),
        },
    )


def save_dkk(problem: CuttingProblem, *, lanes: Lanes, chosen: Chosen) -> float:
    """Return what a peer's plan saves, counted and checked as our own.

    Parameters
    ----------
    problem, lanes
        What was cut.
    chosen
        Bars by lane and content; pieces beyond the demand are taken out where that saves most.

    Raises
    ------
    BrokenAnswerError
        The check found something.
    """
    laid = lay_plan(problem, lanes=lanes, chosen=trim_surplus(problem, lanes=lanes, chosen=chosen))
    nothing = Leaf(prices=np.zeros(len(problem.pieces.id), dtype=np.int64), special={})
    proof = Proof(parts=1, bound=0, branches=(), leaves=(nothing,))
    new = zip(problem.pieces.quantity.tolist(), problem.pieces.new_cost.tolist(), strict=True)
    baseline = sum(count * cost for count, cost in new)
    plan = CuttingPlan(
        digest=problem.digest,
        versions=list_versions(),
        termination=Termination.TIME,
        patterns=laid.patterns,
        contents=laid.contents,
        new=laid.new,
        certificate=CuttingCertificate(
            parts=1,
            leaves=1,
            branches=list_branches(proof),
            prices=list_prices(proof),
            cost=laid.cost,
            bound=0,
            baseline=baseline,
            gap=0.0,
        ),
        figures=count_figures(problem, laid=laid),
    )
    broken = check_cutting(problem, plan, digest=problem.digest)
    rules = [str(each) for each in broken if each.subject not in {"bound", "gap"}]
    if rules:
        raise BrokenAnswerError("; ".join(rules[:3]))
    return (baseline - laid.cost) / PARTS_PER_DKK
