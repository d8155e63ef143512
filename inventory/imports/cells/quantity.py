# SPDX-License-Identifier: EUPL-1.2
"""The only place where quantities of files become whole steps."""

from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

# More steps than any site could hold; far below int64, so that sums of many lots stay exact.
MOST_STEPS = 1_000_000_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Steps:
    """A quantity in whole steps; `changed` says that rounding altered the number."""

    count: int
    changed: bool


def round_to_steps(value: Decimal, *, step: Decimal) -> Steps:
    """Round a quantity half up to whole steps.

    Parameters
    ----------
    value
        Quantity in the class's unit (pieces, m, m2, m3, kg, t), not negative.
    step
        The class's step in the same unit, above 0: 0.1 for m2 counted in tenths.

    Returns
    -------
    Steps
        `count` steps; 2.25 m2 of step 0.1 are 23, changed; 2.20 are 22, not changed.

    Raises
    ------
    ValueError
        If the value is negative or not finite, or the step not above 0.
    """
    if not value.is_finite() or value < 0:
        raise ValueError(f"a quantity is a number of at least 0, not {value}")
    if not step.is_finite() or step <= 0:
        raise ValueError(f"a step is above 0, not {step}")
    exact = value / step
    count = int(exact.to_integral_value(rounding=ROUND_HALF_UP))
    return Steps(count=count, changed=count * step != value)


def show_steps(count: int, *, step: Decimal) -> Decimal:
    """Turn whole steps back into the class's unit, exactly: 23 steps of 0.1 are 2.3."""
    return count * step
