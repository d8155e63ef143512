# SPDX-License-Identifier: EUPL-1.2
"""PuLP with the CBC it brings along: the model goes through a file."""

import warnings
from typing import Any

import numpy as np
import pulp as typed_pulp
from numpy.typing import NDArray

from benchmarks.peers.highs import PeerFailedError
from benchmarks.transportation import Transportation

pulp: Any = typed_pulp  # its annotations are partial


def solve_by_cbc(case: Transportation) -> NDArray[np.int64]:
    """Return the steps of each pair by CBC on one thread, expressions made of lists of pairs at once.

    Raises
    ------
    PeerFailedError
        The status is not optimal.
    """
    model = pulp.LpProblem("transportation", pulp.LpMaximize)
    steps = [model.add_variable(f"x{pair}", lowBound=0) for pair in range(len(case.lot))]
    model += pulp.LpAffineExpression(list(zip(steps, case.saving.tolist(), strict=True)))
    for row, limit in ((case.lot, case.supply), (case.wanted, case.demand)):
        order = np.argsort(row, kind="stable")
        ends = np.searchsorted(row[order], np.arange(len(limit) + 1)).tolist()
        for place, most in enumerate(limit.tolist()):
            members = order[ends[place] : ends[place + 1]].tolist()
            terms = pulp.LpAffineExpression([(steps[pair], 1) for pair in members])
            model.addConstraint(pulp.LpConstraint(terms, pulp.LpConstraintLE, rhs=most))
    with warnings.catch_warnings():
        # PuLP 4 will no longer bring a CBC along; the version locked here does.
        warnings.simplefilter("ignore", DeprecationWarning)
        cbc = pulp.PULP_CBC_CMD(msg=False, threads=1)
    model.solve(cbc)
    if pulp.LpStatus[model.status] != "Optimal":
        raise PeerFailedError(f"CBC: {pulp.LpStatus[model.status]}")
    return np.round(np.array([step.value() for step in steps])).astype(np.int64)
