# SPDX-License-Identifier: EUPL-1.2
"""What would have to change for a requirement to get more than the plan gives it: the engine asked again."""

from __future__ import annotations

import numpy as np

from matcher.errors import InputError
from matcher.explain.told import Advice
from matcher.instant.ask import ask_project
from matcher.instant.offer import lay_offer
from matcher.instant.question import pose_question, take_requirements
from matcher.plan import Plan
from matcher.problem.columns import IntArray
from matcher.problem.problem import Problem


def find_advice(problem: Problem, plan: Plan, requirement: str) -> tuple[Advice, ...]:
    """Return the changes of one bound that would let a requirement get more, the greatest gain first.

    Parameters
    ----------
    problem, plan
        A problem and a plan of it.
    requirement
        Id of a requirement.

    Raises
    ------
    InputError
        Where no requirement has the id, or the pairs are given: then no rule is known that could be loosened.

    Notes
    -----
    Each change is tried on the requirement alone, at the prices of the plan: a lot that others want counts at
    what it is worth to them, so what is promised here takes nothing from anyone who would miss it more.
    """
    if problem.pairs is not None:
        raise InputError("a problem whose pairs are computed, not given", table="pairs")
    rows = np.flatnonzero(problem.requirements.id == requirement)
    if not len(rows):
        raise InputError("the id of a requirement", value=requirement)
    return advise(problem, plan, rows=rows)[requirement]


def advise(problem: Problem, plan: Plan, *, rows: IntArray) -> dict[str, tuple[Advice, ...]]:
    """Return for each of many requirements what `find_advice` does, by id; the lots are laid out once.

    Parameters
    ----------
    problem, plan
        A problem whose pairs are computed, and a plan of it.
    rows
        Rows of requirements.
    """
    if not len(rows):
        return {}
    offer = lay_offer(problem, prices=plan.certificate.lot_prices, quanta=plan.certificate.quanta)
    found: dict[str, tuple[Advice, ...]] = {}
    # those of one project share a site, whose roads are measured once
    project = problem.requirements.project[rows]
    for number in np.unique(project).tolist():
        asked = take_requirements(problem, rows=rows[project == number])
        for answer in ask_project(offer, pose_question(offer, asked=asked)).requirements:
            found[answer.requirement] = tuple(
                Advice(
                    kind=str(change.kind),
                    attribute=change.attribute,
                    value=change.value,
                    by=change.by,
                    lots=change.lots,
                    met=change.met,
                    gain=change.gain,
                )
                for change in answer.relaxations
                if change.met > 0
            )
    return found
