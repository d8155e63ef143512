# SPDX-License-Identifier: EUPL-1.2
"""The whole country, plain: time to a certified optimum, what simpler ways lose, and time as it grows."""

import resource
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import lru_cache, partial

from benchmarks.bars import BARS
from benchmarks.contest import SECONDS, Answer, Contest, Published, Side, Sides
from benchmarks.make_problem import draw_problem
from benchmarks.mix import NATIONAL
from benchmarks.peers.highs import solve_by_highs
from benchmarks.peers.nearest import save_by_nearest
from benchmarks.scale import Scale, Size
from benchmarks.transportation import count_saving, list_transportations
from matcher.greedy import assign_greedily
from matcher.problem.problem import Problem
from matcher.solve import solve

PARTS_PER_DKK = 100_000
WORKERS = 2
MOST_GIB = 4.0
STUDIED_S = 66.0
"""Fastest national optimum of the study before this engine, on 2 cores: 1,000,000 lots, 86.3 M pairs."""


class TooMuchMemoryError(Exception):
    """All processes together took more memory than a small machine has."""


class NotOptimalError(Exception):
    """The plan is not proven optimal."""


def list_national_contests(scale: Scale) -> list[Contest]:
    """List the contests of the whole country."""
    whole, curve = scale.national, scale.curve
    return [
        Contest(
            group="national",
            name="national_plain",
            bar=BARS["national_plain"],
            peer="OR-Tools flow over pairs added in rounds, as studied beforehand on a like problem",
            unit=SECONDS,
            runs=scale.runs_long,
            packages=(),
            open_sides=partial(_open_plain, size=whole),
        ),
        *(
            Contest(
                group="national",
                name=f"national_{name}",
                bar=BARS[f"national_{name}"],
                peer=peer,
                unit="DKK saved",
                runs=1,
                packages=(),
                open_sides=partial(_open_quality, baseline, size=whole),
            )
            for name, peer, baseline in (
                ("greedy", "Greedy, first day first, cheapest lots", _save_greedily),
                ("nearest_20", "Optimum over the 20 nearest allowed lots", partial(_save_nearest, 20)),
                ("nearest_50", "Optimum over the 50 nearest allowed lots", partial(_save_nearest, 50)),
            )
        ),
        *(
            Contest(
                group="national",
                name=f"national_curve_{place}",
                bar=BARS["national_curve"],
                peer="HiGHS by highspy's arrays, given every pair",
                unit=SECONDS,
                runs=scale.runs_long,
                packages=("highspy",),
                open_sides=partial(_open_curve, size=size),
            )
            for place, size in enumerate(curve, start=1)
        ),
    ]


@lru_cache(maxsize=1)
def _draw(size: Size) -> Problem:
    return draw_problem(
        mix=NATIONAL, n_lots=size.n_lots, n_requirements=size.n_requirements, n_classes=size.n_classes
    )


@contextmanager
def _open_plain(*, size: Size) -> Iterator[Sides]:
    problem = _draw(size)
    yield Sides(
        ours=partial(_solve, problem, workers=WORKERS),
        theirs=Published(seconds=STUDIED_S),
        size=f"{size.describe()}, {WORKERS} workers, at most {MOST_GIB:g} GiB",
    )


@contextmanager
def _open_quality(baseline: Callable[[Problem], int], *, size: Size) -> Iterator[Sides]:
    problem = _draw(size)
    yield Sides(
        ours=partial(_solve, problem, workers=WORKERS),
        theirs=lambda: Answer(value=baseline(problem) / PARTS_PER_DKK),
        size=size.describe(),
    )


@contextmanager
def _open_curve(*, size: Size) -> Iterator[Sides]:
    problem = _draw(size)
    cases = list_transportations(problem)
    theirs: Side = lambda: Answer(  # noqa: E731
        value=sum(count_saving(case, flow=solve_by_highs(case)) for case in cases) / PARTS_PER_DKK
    )
    yield Sides(
        ours=partial(_solve, problem, workers=1),
        theirs=theirs,
        size=f"{size.describe()}, {sum(len(case.lot) for case in cases):,} pairs that save",
    )


def _solve(problem: Problem, *, workers: int) -> Answer:
    plan = solve(problem, workers=workers)
    certificate = plan.certificate
    if certificate.gap != 0.0:
        raise NotOptimalError(f"gap {certificate.gap}")
    own = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    each = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss if workers > 1 else 0
    if own + workers * each > MOST_GIB * 2**20:
        raise TooMuchMemoryError(f"{(own + workers * each) / 2**20:.1f} GiB")
    return Answer(value=(certificate.baseline - certificate.cost) / PARTS_PER_DKK)


def _save_greedily(problem: Problem) -> int:
    *_, cost = assign_greedily(problem)
    return solve(problem, workers=WORKERS).certificate.baseline - cost


def _save_nearest(nearest: int, problem: Problem) -> int:
    return save_by_nearest(problem, nearest=nearest)
