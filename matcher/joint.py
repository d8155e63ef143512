# SPDX-License-Identifier: EUPL-1.2
"""Projects whose requirements are planned together: those with designs to choose from, or a budget."""

from __future__ import annotations

import numpy as np

from matcher.columns import NONE, BoolArray
from matcher.problem import Problem


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
