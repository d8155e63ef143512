# SPDX-License-Identifier: EUPL-1.2
"""Projects whose requirements are planned together: those with designs to choose from, or a budget."""

from __future__ import annotations

import numpy as np

from matcher.problem.columns import NONE, BoolArray, IntArray, TextArray
from matcher.problem.problem import Problem


def find_joint_projects(problem: Problem) -> BoolArray:
    """Return of each project whether it has designs to choose from, or a budget.

    Parameters
    ----------
    problem
        Any problem.
    """
    wanted = problem.requirements
    joint: BoolArray = problem.projects.budget_ore != NONE
    joint[wanted.project[wanted.design_option != ""]] = True
    return joint


def is_planned_jointly(problem: Problem) -> BoolArray:
    """Return of each requirement whether its project has designs to choose from, or a budget.

    Parameters
    ----------
    problem
        Any problem.
    """
    return np.append(find_joint_projects(problem), False)[problem.requirements.project]


def list_designs(problem: Problem) -> dict[int, list[str]]:
    """Return the designs each project may choose from, in the order of their names, by row of the project.

    Parameters
    ----------
    problem
        Any problem; projects without designs are left out.
    """
    wanted = problem.requirements
    named = np.flatnonzero(wanted.design_option != "")
    designs: dict[int, set[str]] = {}
    for project, design in zip(wanted.project[named].tolist(), wanted.design_option[named], strict=True):
        designs.setdefault(project, set()).add(design)
    return {project: sorted(designs[project]) for project in sorted(designs)}


def choose_cheapest_designs(problem: Problem, *, all_new: IntArray) -> dict[int, str]:
    """Return the design of each project that has designs which is cheapest bought new, ties by name.

    Parameters
    ----------
    problem
        Any problem.
    all_new
        Of each requirement, what buying all of it new costs.
    """
    wanted = problem.requirements
    sums: dict[tuple[int, str], int] = {}
    for row in np.flatnonzero(wanted.design_option != "").tolist():
        key = (int(wanted.project[row]), str(wanted.design_option[row]))
        sums[key] = sums.get(key, 0) + int(all_new[row])
    return {
        project: min(designs, key=lambda design: (sums[project, design], design))
        for project, designs in list_designs(problem).items()
    }


def is_wanted(problem: Problem, *, designs: dict[int, str]) -> BoolArray:
    """Return of each requirement whether it is wanted once designs are chosen.

    Parameters
    ----------
    problem
        Any problem.
    designs
        Chosen design by row of the project.
    """
    wanted = problem.requirements
    chosen: TextArray = np.array(
        [*(designs.get(row, "") for row in range(len(problem.projects.id))), ""], object
    )
    kept: BoolArray = (wanted.design_option == "") | (wanted.design_option == chosen[wanted.project])
    return kept
