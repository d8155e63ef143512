# SPDX-License-Identifier: EUPL-1.2
"""Cutting bars to pieces: in what is saved against peers given as long, in time on published instances."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import lru_cache, partial
from time import perf_counter

from benchmarks.bars import Bar
from benchmarks.contest import SECONDS, Answer, Contest, Sides
from benchmarks.cutting_instances import BAR_COST, PUBLISHED, PublishedCutting, pose_published
from benchmarks.make_cutting import BrokenAnswerError, draw_cutting, save_dkk
from benchmarks.peers.cutting_arc_flow import count_bars
from benchmarks.peers.cutting_assignment import cut_by_cp_sat, cut_by_highs
from benchmarks.peers.cutting_first_fit import cut_first_fit
from benchmarks.scale import Scale
from matcher.cutting.account import Chosen
from matcher.cutting.check import check_cutting
from matcher.cutting.lanes import Lanes, lay_lanes
from matcher.cutting.plan import CuttingPlan
from matcher.cutting.problem import CuttingProblem
from matcher.cutting.solve import solve_cutting

PARTS_PER_DKK = 100_000
LEAST_S = 1.0
"""What a peer is given at least."""
Peer = Callable[[CuttingProblem, Lanes, float], Chosen]

_MORE = (
    "patterns know what a bar can hold; given as long, a peer that places piece by piece must not save more"
)
_QUALITY: tuple[tuple[str, str, tuple[str, ...], Peer], ...] = (
    (
        "cutting_first_fit",
        "First fit decreasing, cheapest bar by the metre",
        (),
        lambda problem, lanes, _: cut_first_fit(problem, lanes=lanes),
    ),
    (
        "cutting_highs",
        "HiGHS by highspy's arrays, pieces assigned to bars, as long",
        ("highspy",),
        lambda problem, lanes, seconds: cut_by_highs(problem, lanes=lanes, seconds=seconds),
    ),
    (
        "cutting_cp_sat",
        "CP-SAT on two threads, pieces assigned to bars, as long",
        ("ortools",),
        lambda problem, lanes, seconds: cut_by_cp_sat(problem, lanes=lanes, seconds=seconds),
    ),
)


def list_cutting_contests(scale: Scale) -> list[Contest]:
    """List the contests of cutting."""
    contests = [
        Contest(
            group="cutting",
            name=name,
            bar=Bar(least_ratio=1.0, reason=_MORE),
            peer=peer,
            unit="DKK saved",
            runs=1,
            packages=packages,
            open_sides=partial(_open_quality, run, size=scale.cutting),
        )
        for name, peer, packages, run in _QUALITY
    ]
    return contests + [
        Contest(
            group="cutting",
            name=f"cutting_published_{instance.name}",
            bar=Bar(reason="both prove the published optimum; ours checks its plan without a solver too"),
            peer="HiGHS by highspy's arrays, arc flow",
            unit=SECONDS,
            runs=scale.runs,
            packages=("highspy",),
            open_sides=partial(_open_published, instance),
        )
        for instance in PUBLISHED
    ]


@lru_cache(maxsize=2)
def _solve_drawn(size: tuple[int, int]) -> tuple[CuttingPlan, float]:
    """Return the plan of the drawn problem and the seconds it takes the second time, all being compiled."""
    problem = draw_cutting(bars=size[0], pieces=size[1])
    _solve_well(problem)
    start = perf_counter()
    return _solve_well(problem), perf_counter() - start


@contextmanager
def _open_quality(peer: Peer, *, size: tuple[int, int]) -> Iterator[Sides]:
    problem = draw_cutting(bars=size[0], pieces=size[1])
    plan, seconds = _solve_drawn(size)
    gap = 100 * plan.certificate.gap
    yield Sides(
        ours=partial(_save_ours, plan),
        theirs=partial(_save_theirs, problem, peer, max(LEAST_S, seconds)),
        size=f"{size[0]} bars, {problem.pieces.quantity.sum()} pieces of {size[1]} lengths, "
        f"{seconds:.1f} s, ours proven within {gap:.2g} %",
    )


def _solve_well(problem: CuttingProblem) -> CuttingPlan:
    plan = solve_cutting(problem)
    broken = check_cutting(problem, plan, digest=problem.digest)
    if broken:
        raise BrokenAnswerError("; ".join(str(each) for each in broken[:3]))
    return plan


def _save_ours(plan: CuttingPlan) -> Answer:
    return Answer(value=(plan.certificate.baseline - plan.certificate.cost) / PARTS_PER_DKK)


def _save_theirs(problem: CuttingProblem, peer: Peer, seconds: float) -> Answer:
    lanes = lay_lanes(problem)
    return Answer(value=save_dkk(problem, lanes=lanes, chosen=peer(problem, lanes, seconds)))


@contextmanager
def _open_published(instance: PublishedCutting) -> Iterator[Sides]:
    yield Sides(
        ours=partial(_count_ours, instance),
        theirs=partial(_count_theirs, instance),
        size=f"{sum(instance.pieces.values())} pieces of {len(instance.pieces)} lengths",
        expected=instance.optimum,
    )


def _count_ours(instance: PublishedCutting) -> Answer:
    certificate = _solve_well(pose_published(instance)).certificate
    if certificate.bound != certificate.cost:
        raise BrokenAnswerError(f"{instance.name}: not proven, gap {certificate.gap:g}")
    return Answer(value=certificate.cost / BAR_COST)


def _count_theirs(instance: PublishedCutting) -> Answer:
    return Answer(value=count_bars(instance))
