# SPDX-License-Identifier: EUPL-1.2
"""From a problem to a plan, in one straight line."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

from matcher.account import certify, count_pairs, explain_unmet, list_versions, spread_matches
from matcher.candidates import lay_world
from matcher.decompose import solve_families
from matcher.figures import key_figures
from matcher.plan import Plan, Termination
from matcher.problem import Problem
from matcher.rules import refuse_side_rules
from matcher.types import gather_types
from matcher.value import set_rates


@dataclass(frozen=True, slots=True, kw_only=True)
class Progress:
    """How far a solve is.

    Parameters
    ----------
    step
        ``gather``, ``solve``, ``explain`` or ``done``, in this order.
    done, total
        Kinds of requirement solved and all of them.
    gap
        Gap reached, once known.
    """

    step: str
    done: int
    total: int
    gap: float | None


def solve(problem: Problem, *, workers: int = 1, progress: Callable[[Progress], None] | None = None) -> Plan:
    """Return an optimal plan with the certificate that proves it.

    Parameters
    ----------
    problem
        The frozen input.
    workers
        Processes to share the class families among; the plan does not depend on it.
    progress
        Called now and then, in the process and thread of the caller.

    Raises
    ------
    UnsupportedError
        Where the problem has a rule that a flow alone cannot keep.
    SolverError
        Where the flow engine fails.

    Notes
    -----
    Alike rows are gathered into types; each class family is solved as a flow over its cheapest pairs, and
    every allowed pair is priced until none would improve it; so C = LB (matching.md, sections 2 and 3).
    """
    refuse_side_rules(problem)
    tell = progress or (lambda _: None)
    tell(Progress(step="gather", done=0, total=len(problem.requirements.id), gap=None))
    typed = gather_types(problem)
    world = lay_world(typed.problem, quantum=set_rates(problem).quantum)
    kinds = len(typed.problem.requirements.id)
    tell(Progress(step="solve", done=0, total=kinds, gap=None))
    answer = solve_families(
        typed.problem,
        world=world,
        weights=typed.lots.count,
        workers=workers,
        report=lambda done: tell(Progress(step="solve", done=done, total=kinds, gap=None)),
    )
    tell(Progress(step="explain", done=kinds, total=kinds, gap=None))
    matches = spread_matches(problem, typed=typed, answer=answer)
    unmet = explain_unmet(problem, typed=typed, world=world, matches=matches)
    certificate = certify(problem, typed=typed, world=world, answer=answer, matches=matches, unmet=unmet)
    plan = Plan(
        digest=problem.digest,
        params=problem.params,
        versions=list_versions(),
        termination=Termination.OPTIMAL,
        matches=matches,
        unmet=unmet,
        certificate=certificate,
        tiers={"flow": len(problem.requirements.id)},
        pairs=count_pairs(typed=typed, answer=answer),
        figures={},
    )
    plan = replace(plan, figures=key_figures(problem, plan))
    tell(Progress(step="done", done=kinds, total=kinds, gap=certificate.gap))
    return plan
