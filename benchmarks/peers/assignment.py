# SPDX-License-Identifier: EUPL-1.2
"""SciPy's linear_sum_assignment on the whole matrix of elements."""

import numpy as np
from scipy.optimize import linear_sum_assignment

from benchmarks.reuse_paper import Elements, count_saving_kg


def assign_by_matrix(elements: Elements) -> float:
    """Return the kg CO2e saved, from the measures: the matrix of savings is made here, as the peer needs it.

    Notes
    -----
    A pair that does not fit, or saves nothing, counts 0: it may be chosen and changes nothing.
    """
    saving = np.zeros((len(elements.demand), len(elements.supply)))
    for row, wanted in enumerate(elements.demand):
        fits = (elements.supply >= wanted).all(axis=1)
        saving[row, fits] = np.maximum(0.0, count_saving_kg(wanted, elements.supply[fits]))
    return float(saving[linear_sum_assignment(saving, maximize=True)].sum())
