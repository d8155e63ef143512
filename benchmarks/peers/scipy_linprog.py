# SPDX-License-Identifier: EUPL-1.2
"""SciPy's linprog on sparse arrays."""

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import linprog
from scipy.sparse import csc_array

from benchmarks.peers.highs import PeerFailedError
from benchmarks.transportation import Transportation


def solve_by_scipy(case: Transportation) -> NDArray[np.int64]:
    """Return the steps of each pair by ``linprog(method="highs")`` with a sparse matrix by columns.

    Raises
    ------
    PeerFailedError
        The status is not optimal.
    """
    pairs, lots = len(case.lot), len(case.supply)
    index = np.column_stack([case.lot, lots + case.wanted]).astype(np.int32).ravel()
    matrix = csc_array(
        (np.ones(2 * pairs), index, np.arange(0, 2 * pairs + 1, 2, dtype=np.int32)),
        shape=(lots + len(case.demand), pairs),
    )
    limits = np.concatenate([case.supply, case.demand]).astype(np.float64)
    cost = -case.saving.astype(np.float64)
    found = linprog(  # type: ignore[call-overload]  # the stubs know dense matrices alone
        cost, A_ub=matrix, b_ub=limits, bounds=(0, None), method="highs"
    )
    if found.status != 0:
        raise PeerFailedError(f"SciPy: {found.message}")
    return np.asarray(np.round(found.x)).astype(np.int64)
