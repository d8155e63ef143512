# SPDX-License-Identifier: EUPL-1.2
"""A solve that ends before the optimum: still a proven plan, and the same wherever work is counted."""

import os
import signal
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np
import pytest

from benchmarks.make_problem import draw_problem
from benchmarks.mix import NATIONAL
from matcher.__main__ import _noticing_interrupts, main
from matcher.check.check import check
from matcher.document import write_problem
from matcher.plan import Plan, Termination
from matcher.problem.problem import Problem
from matcher.progress import Progress
from matcher.read_plan import read_plan
from matcher.solve import solve

pytestmark = pytest.mark.long


@pytest.fixture(scope="module")
def problem() -> Problem:
    """Give a problem of a dozen families."""
    return draw_problem(mix=NATIONAL, n_lots=4000, n_requirements=400, n_classes=30)


@pytest.fixture(scope="module")
def best(problem: Problem) -> Plan:
    """Give its optimal plan."""
    return solve(problem)


def assert_proven(problem: Problem, plan: Plan, best: Plan) -> None:
    """Assert that a plan passes the check and its bound holds."""
    assert check(problem, plan, digest=problem.digest) == []
    assert plan.certificate.bound <= best.certificate.cost <= plan.certificate.cost
    assert plan.certificate.cost < plan.certificate.baseline


def same_plans(one: Plan, other: Plan) -> bool:
    """Return whether two plans have the same matches and prices."""
    return bool(
        np.array_equal(one.matches.lot, other.matches.lot)
        and np.array_equal(one.matches.requirement, other.matches.requirement)
        and np.array_equal(one.matches.quantity, other.matches.quantity)
        and np.array_equal(one.certificate.lot_prices, other.certificate.lot_prices)
        and one.certificate.bound == other.certificate.bound
        and one.termination == other.termination
    )


@pytest.mark.parametrize("after", [1, 20, 60])
@pytest.mark.parametrize("workers", [1, 2])
def test_a_stop_leaves_a_plan_with_its_bound(
    problem: Problem, best: Plan, *, after: int, workers: int
) -> None:
    """Stopped at once or half way, on one process or two, the plan at hand is proven to its gap."""
    told: list[Progress] = []
    plan = solve(problem, workers=workers, progress=told.append, should_stop=lambda: len(told) >= after)
    assert_proven(problem, plan, best)
    assert plan.termination in {Termination.STOPPED, Termination.OPTIMAL}
    if after == 1:
        assert plan.termination is Termination.STOPPED
        assert 0.0 < plan.certificate.gap < 1.0


def test_time_that_is_up_at_once(problem: Problem, best: Plan) -> None:
    """Without any time left the plan is still proven, and says why it ended."""
    plan = solve(problem, seconds=1e-6)
    assert_proven(problem, plan, best)
    assert plan.termination is Termination.TIME


def test_time_enough_changes_nothing(problem: Problem, best: Plan) -> None:
    """A limit that is not reached leaves the optimum."""
    assert same_plans(solve(problem, seconds=3600.0), best)


def test_a_gap_is_kept_and_the_same_for_any_workers(problem: Problem, best: Plan) -> None:
    """A family ends once its gap is small enough; one process and two end alike."""
    plan = solve(problem, gap=0.2)
    assert_proven(problem, plan, best)
    assert plan.termination is Termination.GAP
    assert 0.0 < plan.certificate.gap <= 0.2
    assert same_plans(plan, solve(problem, gap=0.2, workers=2))


def test_counted_work_ends_alike_for_any_workers(problem: Problem, best: Plan) -> None:
    """So much work and no more; one process and two end alike."""
    plan = solve(problem, work=0.05)
    assert_proven(problem, plan, best)
    assert plan.termination is Termination.WORK_LIMIT
    assert same_plans(plan, solve(problem, work=0.05, workers=2))


def test_any_executor_will_do(problem: Problem, best: Plan) -> None:
    """Threads, or whatever else takes tasks, find the same plan."""
    with ThreadPoolExecutor(2) as threads:
        assert same_plans(solve(problem, executor=threads), best)


def test_what_goes_wrong_in_a_callback_comes_through(problem: Problem) -> None:
    """An error of whoever listens ends the solve, in processes too."""

    def fail(progress: Progress) -> None:
        if progress.step == "solve":
            raise ZeroDivisionError

    for workers in (1, 2):
        with pytest.raises(ZeroDivisionError):
            solve(problem, workers=workers, progress=fail)


def test_the_first_interrupt_is_noticed_the_second_ends(capsys: pytest.CaptureFixture[str]) -> None:
    """Ctrl-C asks for the best plan so far; twice ends."""
    with pytest.raises(KeyboardInterrupt), _noticing_interrupts() as noticed:
        os.kill(os.getpid(), signal.SIGINT)
        assert noticed == [signal.SIGINT]
        os.kill(os.getpid(), signal.SIGINT)
    assert "again to end" in capsys.readouterr().err


def test_the_command_takes_gap_and_time(
    build: Callable[..., Problem], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """The command tells how far it is, takes a gap and a time, and refuses what is neither."""
    problem = build()
    write_problem(problem, tmp_path / "problem.json")
    path, plan = str(tmp_path / "problem.json"), str(tmp_path / "plan.json")
    assert main(["solve", path, "-o", plan, "--gap", "0.1", "--time", "60", "--progress"]) == 0
    assert "solve: " in capsys.readouterr().err
    assert read_plan(problem, Path(plan)).termination is Termination.OPTIMAL
    assert main(["solve", path, "-o", plan]) == 0
    assert capsys.readouterr().err == ""
    for wrong in (["--gap", "2"], ["--time", "0"], ["--time", "nan"]):
        with pytest.raises(SystemExit):
            main(["solve", path, "-o", plan, *wrong])
