# SPDX-License-Identifier: EUPL-1.2
"""The whole country: its plan and proof, the check of them, what simpler ways lose, and time as it grows."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial

from benchmarks.bars import BARS
from benchmarks.contest import SECONDS, Answer, Contest, Published, Side, Sides, Unit
from benchmarks.country import PARTS_PER_DKK, Ended, draw_country, open_country
from benchmarks.peers.greedy_with_rules import save_by_rules
from benchmarks.peers.highs import solve_by_highs
from benchmarks.peers.nearest import save_by_nearest
from benchmarks.scale import Scale, Size
from benchmarks.transportation import count_saving, list_transportations
from matcher.greedy import assign_greedily
from matcher.problem.problem import Problem
from matcher.solve import solve
from matcher.value import set_rates

WORKERS = 2
STUDIED_S = 66.0
"""Fastest national optimum of the study before this engine, on 2 cores: 1,000,000 lots, 86.3 M pairs."""
Peer = Callable[[Problem], int]


class NotOptimalError(Exception):
    """The plan is not proven optimal."""


def list_national_contests(scale: Scale) -> list[Contest]:
    """List the contests of the whole country; those of one stand together, since it is solved once."""
    whole = scale.national
    return [
        _make(
            "plain",
            "OR-Tools flow over pairs added in rounds, as studied beforehand on a like problem",
            unit=SECONDS,
            runs=scale.runs_long,
            opened=partial(_open_plain, size=whole),
        ),
        _make(
            "plain_check",
            "The solve of the plan that is checked",
            unit=SECONDS,
            runs=scale.runs_long,
            opened=partial(_open_check, mixed=False, size=whole),
        ),
        *(
            _make(
                name,
                peer,
                unit="DKK saved",
                runs=1,
                opened=partial(_open_quality, baseline, mixed=False, size=whole),
            )
            for name, peer, baseline in (
                ("greedy", "Greedy, first day first, cheapest lots", _save_greedily),
                ("nearest_20", "Optimum over the 20 nearest allowed lots", partial(_save_nearest, 20)),
                ("nearest_50", "Optimum over the 50 nearest allowed lots", partial(_save_nearest, 50)),
            )
        ),
        _make(
            "mixed",
            "Greedy that keeps the rules: first day first, cheapest lots with their trips",
            unit="DKK saved",
            runs=1,
            opened=partial(_open_mixed, size=whole),
        ),
        _make(
            "mixed_check",
            "The solve of the plan that is checked",
            unit=SECONDS,
            runs=scale.runs_long,
            opened=partial(_open_check, mixed=True, size=whole),
        ),
        *(
            _make(
                f"curve_{place}",
                "HiGHS by highspy's arrays, given every pair",
                unit=SECONDS,
                runs=scale.runs_long,
                packages=("highspy",),
                bar="national_curve",
                opened=partial(_open_curve, size=size),
            )
            for place, size in enumerate(scale.curve, start=1)
        ),
    ]


def _make(
    name: str,
    peer: str,
    *,
    unit: Unit,
    runs: int,
    opened: Callable[[], object],
    packages: tuple[str, ...] = (),
    bar: str = "",
) -> Contest:
    return Contest(
        group="national",
        name=f"national_{name}",
        bar=BARS[bar or f"national_{name}"],
        peer=peer,
        unit=unit,
        runs=runs,
        packages=packages,
        open_sides=opened,  # type: ignore[arg-type]
    )


@contextmanager
def _open_plain(*, size: Size) -> Iterator[Sides]:
    country = open_country(mixed=False, size=size)

    def run() -> Answer:
        ended = country.solve(workers=WORKERS)
        if ended.cost != ended.bound:
            raise NotOptimalError(f"gap {ended.gap_saving_percent} %")
        return _tell(ended, seconds=ended.seconds)

    yield Sides(
        ours=run,
        theirs=Published(seconds=STUDIED_S),
        size=f"{size.describe()}, {WORKERS} workers",
        warm=country.warm,
    )


@contextmanager
def _open_mixed(*, size: Size) -> Iterator[Sides]:
    country = open_country(mixed=True, size=size)
    country.warm()
    problem = draw_country(mixed=True, size=size)
    yield Sides(
        ours=lambda: _tell(country.solve(workers=WORKERS)),
        theirs=lambda: Answer(value=save_by_rules(problem) / PARTS_PER_DKK),
        size=f"{size.describe()}, {WORKERS} workers",
    )


@contextmanager
def _open_check(*, mixed: bool, size: Size) -> Iterator[Sides]:
    country = open_country(mixed=mixed, size=size)
    solved = country.hold(workers=WORKERS)

    def run() -> Answer:
        ended = country.check(workers=WORKERS)
        return _tell(ended, seconds=ended.seconds)

    yield Sides(
        ours=run,
        theirs=lambda: Answer(value=solved.saved_dkk, seconds=solved.seconds),
        size=f"{size.describe()}, {solved.pairs:,} allowed pairs, {WORKERS} threads",
        warm=country.warm,
    )


@contextmanager
def _open_quality(baseline: Peer, *, mixed: bool, size: Size) -> Iterator[Sides]:
    country, problem = open_country(mixed=mixed, size=size), draw_country(mixed=mixed, size=size)
    yield Sides(
        ours=lambda: _tell(country.hold(workers=WORKERS)),
        theirs=lambda: Answer(value=baseline(problem) / PARTS_PER_DKK),
        size=size.describe(),
    )


@contextmanager
def _open_curve(*, size: Size) -> Iterator[Sides]:
    problem = draw_country(mixed=False, size=size)
    cases = list_transportations(problem)
    theirs: Side = lambda: Answer(  # noqa: E731
        value=sum(count_saving(case, flow=solve_by_highs(case)) for case in cases) / PARTS_PER_DKK
    )
    yield Sides(
        ours=partial(_solve_here, problem),
        theirs=theirs,
        size=f"{size.describe()}, {sum(len(case.lot) for case in cases):,} pairs that save",
    )


def _tell(ended: Ended, *, seconds: float | None = None) -> Answer:
    figures = {
        "seconds": ended.seconds,
        "peak_gib": ended.peak_gib,
        "gap_saving_percent": ended.gap_saving_percent,
        "gap_cost_percent": ended.gap_cost_percent,
        "cost_dkk": ended.cost / PARTS_PER_DKK,
        "bound_dkk": ended.bound / PARTS_PER_DKK,
    }
    return Answer(value=ended.saved_dkk, figures=figures, seconds=seconds)


def _solve_here(problem: Problem) -> Answer:
    certificate = solve(problem, workers=1).certificate
    if certificate.gap != 0.0:
        raise NotOptimalError(f"gap {certificate.gap}")
    return Answer(value=(certificate.baseline - certificate.cost) / PARTS_PER_DKK)


def _save_greedily(problem: Problem) -> int:
    *_, cost = assign_greedily(problem)
    new = set_rates(problem).new_cost
    both = zip(new.tolist(), problem.requirements.quantity.tolist(), strict=True)
    return sum(price * steps for price, steps in both) - cost


def _save_nearest(nearest: int, problem: Problem) -> int:
    return save_by_nearest(problem, nearest=nearest)
