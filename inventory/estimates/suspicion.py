# SPDX-License-Identifier: EUPL-1.2
"""Which harmful substances are suspected in which part of a building, and why."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from inventory.estimates.attributes import Attributes
from inventory.estimates.holding import find_holding
from inventory.estimates.rules import EstimateRules


def find_suspicions(attributes: Attributes, *, part: str, rules: EstimateRules) -> NDArray[np.int64]:
    """Find the suspicions of one part of every building.

    Returns
    -------
    array of int64, shape (n,)
        A bit per row of `suspicion_rules.csv` that holds, the first row the lowest bit.
    """
    bits = np.zeros(attributes.count, dtype=np.int64)
    for number, suspicion in enumerate(rules.suspicions):
        if part in suspicion.parts:
            bits[find_holding(suspicion.condition, attributes)] |= 1 << number
    return bits


def name_suspicions(bits: int, *, rules: EstimateRules) -> tuple[str, ...]:
    """Name the codes of a set of suspicions, in the order of the table."""
    return tuple(
        suspicion.suspicion for number, suspicion in enumerate(rules.suspicions) if bits >> number & 1
    )


def find_asbestos_bits(rules: EstimateRules) -> int:
    """Find the bits that mean asbestos."""
    return sum(1 << number for number, suspicion in enumerate(rules.suspicions) if suspicion.asbestos)
