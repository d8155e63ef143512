# SPDX-License-Identifier: EUPL-1.2
"""Side rules on every requirement against solvers of mixed-integer programmes given the same time."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import lru_cache, partial
from time import perf_counter

from benchmarks.bars import BARS
from benchmarks.contest import Answer, Contest, Sides
from benchmarks.peers.side_cp_sat import plan_by_cp_sat
from benchmarks.peers.side_highs import plan_by_highs
from benchmarks.peers.side_scip import plan_by_scip
from benchmarks.scale import Scale
from benchmarks.side_case import Found, SideCase, lay_case
from benchmarks.side_instances import draw_side_problem
from matcher.check.check import check
from matcher.solve import solve

PARTS_PER_DKK = 100_000
MOST_S = 30.0
"""Seconds at which a solve of ours is to end, wherever it is."""
LEAST_S = 1.0
"""What a peer is given at least."""
Peer = Callable[[SideCase, float], Found]

_PEERS: tuple[tuple[str, str, tuple[str, ...], Peer], ...] = (
    ("highs", "HiGHS by highspy's arrays, two threads", ("highspy",), plan_by_highs),
    ("scip", "SCIP by OR-Tools' model builder, arrays", ("ortools",), plan_by_scip),
    ("cp_sat", "CP-SAT, two workers", ("ortools",), plan_by_cp_sat),
)


class RefusedPlanError(Exception):
    """The checker refuses our own plan."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Ours:
    """A case, and our plan of it: C, LB and B in 1/1000 øre, seconds of the solve and of the check."""

    case: SideCase
    cost: int
    bound: int
    baseline: int
    seconds: float
    check_s: float


def list_side_contests(scale: Scale) -> list[Contest]:
    """List the contests of side rules, by instance and peer."""
    made = []
    for pairs, fulfilment in scale.side:
        label = f"side_{_shorten(pairs)}" + ("_whole" if fulfilment == 1.0 else "")
        made += [
            _make(f"{label}_{short}", peer, packages, run, pairs=pairs, fulfilment=fulfilment, times=1.0)
            for short, peer, packages, run in _PEERS
        ]
    pairs, fulfilment = scale.side_thrice
    short, peer, packages, run = _PEERS[0]
    name, told = f"side_{_shorten(pairs)}_{short}_thrice", f"{peer}, given three times as long"
    return [*made, _make(name, told, packages, run, pairs=pairs, fulfilment=fulfilment, times=3.0)]


def _make(
    name: str,
    peer: str,
    packages: tuple[str, ...],
    run: Peer,
    *,
    pairs: int,
    fulfilment: float,
    times: float,
) -> Contest:
    return Contest(
        group="side",
        name=name,
        bar=BARS[_name_bar(name, pairs=pairs, fulfilment=fulfilment)],
        peer=peer,
        unit="DKK saved",
        runs=1,
        packages=packages,
        open_sides=partial(_open_sides, run, pairs=pairs, fulfilment=fulfilment, times=times),
    )


def _name_bar(name: str, *, pairs: int, fulfilment: float) -> str:
    if name.endswith("_thrice"):
        return "side_thrice"
    if pairs < LARGE:
        return "side"
    return "side_large_whole" if fulfilment == 1.0 else "side_large"


LARGE = 25_000
"""Pairs from which on the bars are on the gap too."""


def _shorten(pairs: int) -> str:
    return f"{pairs // 1000}k" if pairs >= 1000 else str(pairs)


@lru_cache(maxsize=2)
def _solve_ours(pairs: int, fulfilment: float) -> Ours:
    """Return our plan, made once for all peers, all being compiled and loaded before."""
    solve(draw_side_problem(pairs=200, fulfilment=fulfilment))
    problem = draw_side_problem(pairs=pairs, fulfilment=fulfilment)
    start = perf_counter()
    plan = solve(problem, seconds=MOST_S)
    solved = perf_counter()
    broken = check(problem, plan, digest=problem.digest)
    ended = perf_counter()
    if broken:
        raise RefusedPlanError("; ".join(str(one) for one in broken[:3]))
    certificate = plan.certificate
    return Ours(
        case=lay_case(problem),
        cost=certificate.cost,
        bound=certificate.bound,
        baseline=certificate.baseline,
        seconds=solved - start,
        check_s=ended - solved,
    )


@contextmanager
def _open_sides(run: Peer, *, pairs: int, fulfilment: float, times: float) -> Iterator[Sides]:
    ours = _solve_ours(pairs, fulfilment)
    seconds = max(LEAST_S, times * ours.seconds)
    yield Sides(
        ours=partial(_tell_ours, ours),
        theirs=partial(_run_peer, run, ours, seconds),
        size=f"{len(ours.case.lot):,} pairs of {len(ours.case.supply):,} lots and {len(ours.case.demand):,}"
        f" requirements, phi {fulfilment:g}, K 3, {seconds:.3g} s for the peer",
    )


def _tell_ours(ours: Ours) -> Answer:
    short = ours.cost - ours.bound
    figures = {
        "seconds": ours.seconds,
        "check_s": ours.check_s,
        "gap_saving_percent": 100.0 * short / max(ours.baseline - ours.bound, 1),
        "gap_cost_percent": 100.0 * short / max(ours.cost, 1),
        "cost_dkk": ours.cost / PARTS_PER_DKK,
        "bound_dkk": ours.bound / PARTS_PER_DKK,
    }
    return Answer(value=(ours.baseline - ours.cost) / PARTS_PER_DKK, figures=figures)


def _run_peer(run: Peer, ours: Ours, seconds: float) -> Answer:
    found = run(ours.case, seconds)
    cost = ours.case.reckon(found.steps)
    gap = 100.0 * (cost - found.bound) / max(ours.baseline - found.bound, 1.0)
    own = 100.0 * (ours.cost - ours.bound) / max(ours.baseline - ours.bound, 1)
    figures = {
        "their_build_s": found.built_s,
        "their_seconds": found.solved_s,
        "their_gap_saving_percent": gap,
        "gap_above_theirs_percent": own - gap,
        "their_cost_dkk": cost / PARTS_PER_DKK,
        "their_bound_dkk": found.bound / PARTS_PER_DKK,
    }
    return Answer(value=(ours.baseline - cost) / PARTS_PER_DKK, figures=figures)
