# SPDX-License-Identifier: EUPL-1.2
"""Quantities of files become whole steps, half up, exactly."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from inventory.imports.cells.quantity import round_to_steps, show_steps

STEPS = st.sampled_from([Decimal(1), Decimal("0.1"), Decimal("0.01"), Decimal("0.5"), Decimal("0.25")])
VALUES = st.decimals(min_value=0, max_value=10**9, places=6)


@pytest.mark.parametrize(
    ("value", "step", "count", "changed"),
    [
        ("2.25", "0.1", 23, True),
        ("2.20", "0.1", 22, False),
        ("2.249999", "0.1", 22, True),
        ("0.5", "1", 1, True),
        ("1.5", "1", 2, True),
        ("2.5", "1", 3, True),
        ("0.05", "0.1", 1, True),
        ("0.049", "0.1", 0, True),
        ("12000", "1", 12000, False),
    ],
)
def test_half_goes_up(value: str, step: str, count: int, *, changed: bool):
    """A half step goes up, never to even, and a changed number says so."""
    steps = round_to_steps(Decimal(value), step=Decimal(step))
    assert (steps.count, steps.changed) == (count, changed)


@given(value=VALUES, step=STEPS)
def test_rounding_is_nearest(value: Decimal, step: Decimal):
    """The steps are never more than half a step away, and exactly half only upwards."""
    steps = round_to_steps(value, step=step)
    away = show_steps(steps.count, step=step) - value
    assert -step / 2 < away <= step / 2
    assert steps.changed == (away != 0)


@given(count=st.integers(min_value=0, max_value=10**9), step=STEPS)
def test_whole_steps_stay(count: int, step: Decimal):
    """What is whole steps already is not changed."""
    steps = round_to_steps(show_steps(count, step=step), step=step)
    assert (steps.count, steps.changed) == (count, False)


@given(first=VALUES, second=VALUES, step=STEPS)
def test_more_is_never_fewer_steps(first: Decimal, second: Decimal, step: Decimal):
    """Rounding keeps the order of quantities."""
    low, high = sorted((first, second))
    assert round_to_steps(low, step=step).count <= round_to_steps(high, step=step).count


@pytest.mark.parametrize(
    ("value", "step"), [("-1", "1"), ("NaN", "1"), ("Infinity", "1"), ("1", "0"), ("1", "-1")]
)
def test_nonsense_is_refused(value: str, step: str):
    """No quantity is negative or endless, and no step is zero."""
    with pytest.raises(ValueError, match=r"above 0|at least 0"):
        round_to_steps(Decimal(value), step=Decimal(step))
