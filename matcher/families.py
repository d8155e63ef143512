# SPDX-License-Identifier: EUPL-1.2
"""Class families: classes joined by substitutes, so that no match ever crosses from one family to another."""

from __future__ import annotations

import numpy as np
from scipy.sparse import coo_array
from scipy.sparse.csgraph import connected_components

from matcher.columns import RowArray
from matcher.problem import Problem


def label_families(problem: Problem) -> RowArray:
    """Return the family of each class, numbered in the order of their first class.

    Parameters
    ----------
    problem
        Any problem. Given pairs join the classes of their ends too.
    """
    count = len(problem.classes.id)
    ends = [(problem.substitutes.class_, problem.substitutes.substitute)]
    if problem.pairs is not None:
        ends.append(
            (problem.requirements.class_[problem.pairs.requirement], problem.lots.class_[problem.pairs.lot])
        )
    tail = np.concatenate([pair[0] for pair in ends])
    head = np.concatenate([pair[1] for pair in ends])
    graph = coo_array((np.ones(len(tail), dtype=np.int8), (tail, head)), shape=(count, count))
    labels = connected_components(graph, directed=False)[1]
    _, first, inverse = np.unique(labels, return_index=True, return_inverse=True)
    return np.argsort(np.argsort(first))[inverse].astype(np.int32)
