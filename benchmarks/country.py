# SPDX-License-Identifier: EUPL-1.2
"""A made-up country in a process of its own, where it is solved and checked, and its memory measured."""

import multiprocessing
import os
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, replace
from functools import lru_cache
from time import perf_counter

from benchmarks.make_problem import draw_problem
from benchmarks.memory import watch_memory
from benchmarks.mix import NATIONAL, NATIONAL_MIXED
from benchmarks.scale import Size
from matcher.check.check import check
from matcher.plan import Plan
from matcher.problem.problem import Problem
from matcher.solve import solve

PARTS_PER_DKK = 100_000
WARM = {"n_lots": 1_000, "n_requirements": 100, "n_classes": 10}
"""Just enough that everything is compiled."""


class RefusedPlanError(Exception):
    """The checker refuses the plan."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Ended:
    """What one run gave.

    Parameters
    ----------
    cost, bound, baseline
        C, LB and B in 1/1000 øre.
    seconds, peak_gib
        Of the call alone; the most that all its processes held, the problem included.
    pairs
        Looked at, or allowed.
    """

    cost: int
    bound: int
    baseline: int
    seconds: float
    peak_gib: float
    pairs: int

    @property
    def saved_dkk(self) -> float:
        """Return what the plan saves."""
        return (self.baseline - self.cost) / PARTS_PER_DKK

    @property
    def gap_saving_percent(self) -> float:
        """Return the share of the attainable saving that is not reached."""
        return 100.0 * (self.cost - self.bound) / max(self.baseline - self.bound, 1)

    @property
    def gap_cost_percent(self) -> float:
        """Return the same difference as a share of the cost."""
        return 100.0 * (self.cost - self.bound) / max(self.cost, 1)


class Country:
    """A country that lives in another process.

    Parameters
    ----------
    pool
        Of one process.
    mixed, size
        Which.
    """

    def __init__(self, pool: ProcessPoolExecutor, *, mixed: bool, size: Size) -> None:
        self._pool, self._mixed, self._size = pool, mixed, size
        self._process: int = pool.submit(os.getpid).result()
        pool.submit(_draw, mixed, size).result()

    def end(self) -> None:
        """End the process."""
        self._pool.shutdown()

    def warm(self) -> None:
        """Compile and load all that a solve and a check need, on a small country."""
        small = replace(self._size, **WARM)
        self._pool.submit(_solve, self._mixed, small, 1).result()
        self._pool.submit(_check, self._mixed, small, 1).result()

    def solve(self, *, workers: int) -> Ended:
        """Solve it."""
        with watch_memory(self._process) as peak:
            ended = self._pool.submit(_solve, self._mixed, self._size, workers).result()
        return replace(ended, peak_gib=peak.gib)

    def hold(self, *, workers: int) -> Ended:
        """Return what the last solve gave; it is solved first where it never was."""
        return self._pool.submit(_hold, self._mixed, self._size, workers).result()

    def check(self, *, workers: int) -> Ended:
        """Check the last plan.

        Raises
        ------
        RefusedPlanError
            It breaks a rule.
        """
        self.hold(workers=workers)
        with watch_memory(self._process) as peak:
            ended = self._pool.submit(_check, self._mixed, self._size, workers).result()
        return replace(ended, peak_gib=peak.gib)


def open_country(*, mixed: bool, size: Size) -> Country:
    """Return the country of a process of its own; the last one is kept for the next row, others are ended.

    Parameters
    ----------
    mixed
        With side rules and trips that cost.
    size
        How large.
    """
    if (mixed, size) not in _OPEN:
        close_countries()
        pool = ProcessPoolExecutor(max_workers=1, mp_context=multiprocessing.get_context("spawn"))
        _OPEN[mixed, size] = Country(pool, mixed=mixed, size=size)
    return _OPEN[mixed, size]


def close_countries() -> None:
    """End the process of the country that is open."""
    while _OPEN:
        _OPEN.popitem()[1].end()


@lru_cache(maxsize=2)
def draw_country(*, mixed: bool, size: Size) -> Problem:
    """Draw a country; the last ones are kept."""
    return draw_problem(
        mix=NATIONAL_MIXED if mixed else NATIONAL,
        n_lots=size.n_lots,
        n_requirements=size.n_requirements,
        n_classes=size.n_classes,
    )


_OPEN: dict[tuple[bool, Size], Country] = {}
_PLANS: dict[tuple[bool, Size], tuple[Plan, float]] = {}
"""In the country's own process: the last plan of each, and the seconds it took."""


def _draw(mixed: bool, size: Size) -> None:  # noqa: FBT001 - submitted to the pool by position
    draw_country(mixed=mixed, size=size)


def _solve(mixed: bool, size: Size, workers: int) -> Ended:  # noqa: FBT001
    problem = draw_country(mixed=mixed, size=size)
    _PLANS.pop((mixed, size), None)
    start = perf_counter()
    plan = solve(problem, workers=workers)
    _PLANS[mixed, size] = plan, perf_counter() - start
    return _hold(mixed, size, workers)


def _hold(mixed: bool, size: Size, workers: int) -> Ended:  # noqa: FBT001
    if (mixed, size) not in _PLANS:
        _solve(mixed, size, workers)
    plan, seconds = _PLANS[mixed, size]
    return _tell(plan, seconds=seconds)


def _check(mixed: bool, size: Size, workers: int) -> Ended:  # noqa: FBT001
    problem, (plan, _) = draw_country(mixed=mixed, size=size), _PLANS[mixed, size]
    start = perf_counter()
    broken = check(problem, plan, digest=problem.digest, workers=workers)
    seconds = perf_counter() - start
    if broken:
        raise RefusedPlanError("; ".join(str(one) for one in broken[:3]))
    return _tell(plan, seconds=seconds)


def _tell(plan: Plan, *, seconds: float) -> Ended:
    certificate = plan.certificate
    return Ended(
        cost=certificate.cost,
        bound=certificate.bound,
        baseline=certificate.baseline,
        seconds=seconds,
        peak_gib=0.0,
        pairs=plan.pairs,
    )
