# SPDX-License-Identifier: EUPL-1.2
"""Estimated quantities as whole steps of their class."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from inventory.estimates.spread import Floats


def count_steps(quantities: Floats, *, step: float) -> NDArray[np.int64]:
    """Turn quantities into whole steps, half up: the only place where an estimate becomes an integer.

    Parameters
    ----------
    quantities : array of float, shape (n,)
        In the class's unit, finite and not negative.
    step : float
        Units per step, positive.

    Returns
    -------
    array of int64, shape (n,)

    Raises
    ------
    ValueError
        Where a quantity is negative or not finite, or too large for int64.
    """
    counted = np.floor(quantities / step + 0.5)
    if not np.all((counted >= 0) & (counted < 2.0**62)):
        raise ValueError("an estimated quantity is negative, unknown or too large")
    return counted.astype(np.int64)
