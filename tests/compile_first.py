# SPDX-License-Identifier: EUPL-1.2
"""`python -m tests.compile_first`: solve, check and ask, so that what Numba compiles is kept for the tests.

After a fresh clone that takes some two minutes of a processor. Left to the tests, each of their processes
that solves at the same time would compile the same again; afterwards all of them only load it.
"""

from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context

import numpy as np

from benchmarks.country import WARM
from benchmarks.make_problem import draw_problem
from benchmarks.mix import NATIONAL, NATIONAL_MIXED
from matcher.check.check import check
from matcher.instant.ask import ask_project
from matcher.instant.offer import lay_offer
from matcher.instant.question import pose_question, take_requirements
from matcher.plan import Plan
from matcher.problem.problem import Problem
from matcher.solve import solve


def is_refused(problem: Problem, plan: Plan) -> bool:
    """Tell whether the checker finds a broken rule."""
    return bool(check(problem, plan, digest=problem.digest))


def compile_first() -> None:
    """Solve a plain country, then check its plan while one with side rules is solved and a question answered.

    Raises
    ------
    SystemExit
        A plan breaks a rule.
    """
    plain = draw_problem(mix=NATIONAL, **WARM)
    mixed = draw_problem(mix=NATIONAL_MIXED, **WARM)
    with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as pool:
        refused = [pool.submit(is_refused, plain, solve(plain))]
        refused.append(pool.submit(is_refused, mixed, solve(mixed)))
        offer = lay_offer(plain)
        ask_project(offer, pose_question(offer, asked=take_requirements(plain, rows=np.arange(8))))
        if any(each.result() for each in refused):
            raise SystemExit("the checker refuses the plan of a small country: the tests of check say why")


if __name__ == "__main__":
    compile_first()
