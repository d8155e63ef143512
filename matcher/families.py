# SPDX-License-Identifier: EUPL-1.2
"""Class families: classes joined by substitutes or by a project planned as a whole; nothing crosses them."""

from __future__ import annotations

import numpy as np
from scipy.sparse import coo_array
from scipy.sparse.csgraph import connected_components

from matcher.joint import is_planned_jointly
from matcher.problem.columns import RowArray
from matcher.problem.problem import Problem


def label_families(problem: Problem) -> RowArray:
    """Return the family of each class, numbered in the order of their first class.

    Parameters
    ----------
    problem
        Any problem. Given pairs join the classes of their ends too, and a project with designs or a budget
        joins the classes of all its requirements.
    """
    count = len(problem.classes.id)
    ends = [(problem.substitutes.class_, problem.substitutes.substitute)]
    if problem.pairs is not None:
        ends.append(
            (problem.requirements.class_[problem.pairs.requirement], problem.lots.class_[problem.pairs.lot])
        )
    rows = np.flatnonzero(is_planned_jointly(problem))
    rows = rows[np.argsort(problem.requirements.project[rows], kind="stable")]
    alike = problem.requirements.project[rows[1:]] == problem.requirements.project[rows[:-1]]
    joined = problem.requirements.class_[rows]
    ends.append((joined[:-1][alike], joined[1:][alike]))
    tail = np.concatenate([pair[0] for pair in ends])
    head = np.concatenate([pair[1] for pair in ends])
    graph = coo_array((np.ones(len(tail), dtype=np.int8), (tail, head)), shape=(count, count))
    labels = connected_components(graph, directed=False)[1]
    _, first, inverse = np.unique(labels, return_index=True, return_inverse=True)
    return np.argsort(np.argsort(first))[inverse].astype(np.int32)
