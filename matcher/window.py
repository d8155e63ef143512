# SPDX-License-Identifier: EUPL-1.2
"""Windows of days: when a lot and a requirement meet, directly or through storage."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from matcher.compiling import compiled

NEVER = -1
"""Days of storage of two windows that cannot meet."""


@compiled
def count_storage(available_from: int, available_to: int, wanted_from: int, wanted_to: int) -> int:
    """Return the days in storage between pick-up and delivery: 0 if direct, `NEVER` if it comes too late.

    Parameters
    ----------
    available_from, available_to
        The lot's window [a, b), days.
    wanted_from, wanted_to
        The requirement's window [e, l), days.

    Notes
    -----
    Direct if max(a, e) < min(b, l). Otherwise, if b <= e, it is picked up on the last day b - 1 and delivered
    on e: e - b + 1 days. Never if a >= l. Source: contracts.md, "What is allowed".
    """
    if max(available_from, wanted_from) < min(available_to, wanted_to):
        return 0
    if available_to <= wanted_from:
        return wanted_from - available_to + 1
    return NEVER


@compiled
def count_storages(
    available_from: NDArray[np.int32],
    available_to: NDArray[np.int32],
    wanted_from: NDArray[np.int32],
    wanted_to: NDArray[np.int32],
) -> NDArray[np.int64]:
    """Return the days in storage of many pairs; arrays of one length, as in `count_storage`."""
    days = np.empty(len(available_from), dtype=np.int64)
    for pair in range(len(days)):
        days[pair] = count_storage(
            available_from[pair], available_to[pair], wanted_from[pair], wanted_to[pair]
        )
    return days
