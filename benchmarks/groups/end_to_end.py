# SPDX-License-Identifier: EUPL-1.2
"""A whole solve of a made-up problem: against greedy in what is saved, against HiGHS in time."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import lru_cache, partial

from benchmarks.bars import BARS
from benchmarks.contest import SECONDS, Answer, Contest, Side, Sides
from benchmarks.make_problem import draw_problem
from benchmarks.peers.best_first import assign_best_first
from benchmarks.peers.highs import solve_by_highs
from benchmarks.scale import Scale, Size
from benchmarks.transportation import Transportation, count_saving, list_transportations
from matcher.greedy import assign_greedily
from matcher.problem.problem import Problem
from matcher.solve import solve

PARTS_PER_DKK = 100_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Whole:
    """A problem, and every pair of it that saves something."""

    problem: Problem
    cases: list[Transportation]


def list_end_to_end_contests(scale: Scale) -> list[Contest]:
    """List the contests of a whole solve."""
    return [
        Contest(
            group="end_to_end",
            name="end_to_end_greedy_first_day",
            bar=BARS["end_to_end_greedy_first_day"],
            peer="Greedy, first day first, cheapest lots",
            unit="DKK saved",
            runs=1,
            packages=(),
            open_sides=partial(_open_sides, peer="first_day", size=scale.end_to_end),
        ),
        Contest(
            group="end_to_end",
            name="end_to_end_greedy_best_first",
            bar=BARS["end_to_end_greedy_best_first"],
            peer="Greedy, best pair first",
            unit="DKK saved",
            runs=1,
            packages=(),
            open_sides=partial(_open_sides, peer="best_first", size=scale.end_to_end),
        ),
        Contest(
            group="end_to_end",
            name="end_to_end_highspy",
            bar=BARS["end_to_end_highspy"],
            peer="HiGHS by highspy's arrays, given every pair",
            unit=SECONDS,
            runs=scale.runs_long,
            packages=("highspy",),
            open_sides=partial(_open_sides, peer="highspy", size=scale.end_to_end),
        ),
    ]


@lru_cache(maxsize=1)
def _draw_whole(size: Size) -> Whole:
    problem = draw_problem(n_lots=size.n_lots, n_requirements=size.n_requirements, n_classes=size.n_classes)
    return Whole(problem=problem, cases=list_transportations(problem))


@contextmanager
def _open_sides(*, peer: str, size: Size) -> Iterator[Sides]:
    whole = _draw_whole(size)
    pairs = sum(len(case.lot) for case in whole.cases)
    sides: dict[str, Side] = {
        "first_day": partial(_run_first_day, whole),
        "best_first": partial(_run_best_first, whole),
        "highspy": partial(_run_highs, whole),
    }
    yield Sides(
        ours=partial(_run_solve, whole),
        theirs=sides[peer],
        size=f"{size.describe()}, {pairs:,} pairs that save",
    )


def _run_solve(whole: Whole) -> Answer:
    certificate = solve(whole.problem, workers=1).certificate
    return Answer(value=(certificate.baseline - certificate.cost) / PARTS_PER_DKK)


def _run_first_day(whole: Whole) -> Answer:
    *_, cost = assign_greedily(whole.problem)
    return Answer(value=(solve(whole.problem).certificate.baseline - cost) / PARTS_PER_DKK)


def _run_best_first(whole: Whole) -> Answer:
    saved = sum(count_saving(case, flow=assign_best_first(case)) for case in whole.cases)
    return Answer(value=saved / PARTS_PER_DKK)


def _run_highs(whole: Whole) -> Answer:
    saved = sum(count_saving(case, flow=solve_by_highs(case)) for case in whole.cases)
    return Answer(value=saved / PARTS_PER_DKK)
