# SPDX-License-Identifier: EUPL-1.2
"""From a problem to a plan, in one straight line."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from dataclasses import replace

import numpy as np

from matcher.account import certify, count_pairs, explain_unmet, list_versions, spread_matches
from matcher.blocks import name_options
from matcher.capacity import fit_hubs, fits_hubs
from matcher.decompose import Executor, join_answers, solve_tasks
from matcher.families import label_families
from matcher.figures.figures import key_figures
from matcher.plan import Plan, Termination, choose_designs
from matcher.problem.columns import BoolArray
from matcher.problem.problem import Problem
from matcher.progress import Pace, Progress
from matcher.rules import is_plain_requirement
from matcher.space import Fees
from matcher.task import Answer, Limits, Task, list_tasks
from matcher.types import Groups, gather_types
from matcher.value import set_rates

__all__ = ["Progress", "solve"]

Tell = Callable[[Progress], None]


def solve(
    problem: Problem,
    *,
    workers: int = 1,
    progress: Tell | None = None,
    gap: float = 0.0,
    work: float | None = None,
    seconds: float | None = None,
    should_stop: Callable[[], bool] | None = None,
    executor: Executor | None = None,
) -> Plan:
    """Return a plan with the certificate that proves how good it is: optimal, unless told to end sooner.

    Parameters
    ----------
    problem
        The frozen input.
    workers
        Processes to share the class families among; the plan does not depend on it.
    progress
        Called now and then, in the process and thread of the caller.
    gap
        A family is good enough when its gap is at most this.
    work
        As `matcher.task.Limits.work`: counted, so that the same plan comes out everywhere.
    seconds
        Seconds from now at which the plan should be there. It rests on the clock, so the plan may differ from
        one run to the next.
    should_stop
        Asked now and then, in the process and thread of the caller; where it says True the plan at hand is
        returned, with the bound its prices give.
    executor
        Runs the families instead of processes of our own.

    Raises
    ------
    SolverError
        Where prices do not agree with a plan, or sums would not fit 64 bits.

    Notes
    -----
    Alike rows are gathered into types; each plain class family is solved over all its allowed pairs until
    none would improve it; so C = LB. A family with side rules is planned around prices, searched, and bounded
    over all its pairs (matching.md, sections 2 and 3).
    """
    plain = is_plain_requirement(problem)
    rows = len(problem.lots.id) + len(problem.requirements.id)
    tell = progress or _tell_nobody
    tell(Progress(step="gather", done=0, total=rows, gap=None))
    typed = gather_types(problem, apart=_find_sided_classes(problem, plain))
    rates = set_rates(problem)
    tasks = list_tasks(
        typed.problem, weights=typed.lots.count, quanta=rates.quantum, limits=Limits(gap=gap, work=work)
    )
    pace = Pace(tasks, rows=rows, clock=time.monotonic)
    ended = []

    def watch(shares: Sequence[float]) -> bool:
        tell(pace.report(shares))
        if should_stop is not None and should_stop():
            ended.append(Termination.STOPPED)
        elif seconds is not None and pace.close_by(shares) >= seconds:
            ended.append(Termination.TIME)
        return bool(ended)

    answers = solve_tasks(tasks, workers=workers, executor=executor, watch=watch)
    answer = join_answers(tasks, answers)
    tell(pace.report_tail())
    matches = spread_matches(problem, typed=typed, rates=rates, answer=answer)

    def listen() -> bool:
        return watch([1.0] * len(tasks))

    proof, prices, ending = answer, None, answer.termination
    if fits_hubs(problem, matches):
        unmet = explain_unmet(problem, typed=typed, answer=answer, matches=matches)
    else:
        fitted = fit_hubs(
            problem,
            typed=typed,
            rates=rates,
            answer=answer,
            again=lambda fees: _plan_again(
                tasks, answers, fees=fees, workers=workers, executor=executor, stop=listen
            ),
            stop=listen,
        )
        answer, matches, unmet, prices = fitted.answer, fitted.matches, fitted.unmet, fitted.prices
        proof = replace(fitted.proof, total=fitted.cost, bound=fitted.bound)
        ending = Termination.STOPPED if ended else Termination.WORK_LIMIT
        ending = Termination.OPTIMAL if fitted.cost == fitted.bound else ending
    certificate = certify(
        problem, typed=typed, rates=rates, answer=proof, matches=matches, unmet=unmet, hub_prices=prices
    )
    plan = Plan(
        digest=problem.digest,
        params=problem.params,
        versions=list_versions(),
        termination=ended[0] if ending is Termination.STOPPED else ending,
        matches=matches,
        unmet=unmet,
        certificate=certificate,
        tiers=_count_tiers(tasks, answers, requirements=typed.requirements),
        pairs=count_pairs(typed=typed, answer=answer),
        figures={},
        designs=choose_designs(name_options(problem, answer)),
    )
    plan = replace(plan, figures=key_figures(problem, plan))
    tell(Progress(step="done", done=pace.total, total=pace.total, gap=certificate.gap, seconds_left=0.0))
    return plan


def _plan_again(
    tasks: Sequence[Task],
    answers: Sequence[Answer],
    *,
    fees: Fees,
    workers: int,
    executor: Executor | None,
    stop: Callable[[], bool],
) -> Answer:
    """Return the answers at prices of hub space: those of families that take none stand."""
    takes = [bool(fees.area[task.problem.lots.class_].any()) for task in tasks]
    charged = [replace(task, fees=fees) for task, one in zip(tasks, takes, strict=True) if one]
    fresh = iter(solve_tasks(charged, workers=workers, executor=executor, watch=lambda _shares: stop()))
    return join_answers(tasks, [next(fresh) if one else old for one, old in zip(takes, answers, strict=True)])


def _find_sided_classes(problem: Problem, plain: BoolArray) -> BoolArray:
    """Return of each class whether it belongs to a family in which some requirement has a side rule."""
    families = label_families(problem)
    sided = np.zeros(len(families), dtype=np.bool_)
    sided[families[problem.requirements.class_[~plain]]] = True
    found: BoolArray = sided[families]
    return found


def _count_tiers(tasks: Sequence[Task], answers: Sequence[Answer], *, requirements: Groups) -> dict[str, int]:
    """Return how many requirements each engine planned."""
    tiers = dict.fromkeys(("flow", "simplex", "block"), 0)
    for task, answer in zip(tasks, answers, strict=True):
        tiers[answer.tier] += int(requirements.count[task.requirements].sum())
    return tiers


def _tell_nobody(progress: Progress) -> None:
    del progress
