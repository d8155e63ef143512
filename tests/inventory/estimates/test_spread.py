# SPDX-License-Identifier: EUPL-1.2
"""The arithmetic of log-normal spreads against answers computed by hand and by drawing numbers."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from inventory.estimates.spread import Spread, fit_log_normal, pool_estimates, read_quantile

positive = st.floats(0.01, 1e6)
variances = st.floats(1e-6, 4.0)


def make_spread(median: float, variance: float) -> Spread:
    """Make a spread of one building."""
    return Spread(log_median=np.array([math.log(median)]), variance=np.array([variance]))


def test_fit_gives_back_its_percentiles() -> None:
    """A factor of 5, 10, 20 (symmetric in ratio) has exactly those P10, P50 and P90."""
    log_median, variance = fit_log_normal(low=5, likely=10, high=20)
    spread = Spread(log_median=np.array([log_median]), variance=np.array([variance]))
    read = [read_quantile(spread, probability=p)[0] for p in (0.1, 0.5, 0.9)]
    assert read == pytest.approx([5, 10, 20])


@pytest.mark.parametrize("values", [(0, 1, 2), (2, 1, 3), (1, 3, 2), (-1, 1, 2)])
def test_fit_refuses_what_is_no_spread(values: tuple[float, float, float]) -> None:
    """Values that are not positive or not in order are refused."""
    low, likely, high = values
    with pytest.raises(ValueError, match="not a spread"):
        fit_log_normal(low=low, likely=likely, high=high)


def test_product_agrees_with_drawn_numbers() -> None:
    """The closed form of a product with presence agrees with a million draws within a percent."""
    first, second = make_spread(100, 0.09), make_spread(0.5, 0.16)
    drawn = np.random.default_rng(7)
    n = 1_000_000
    values = 50 * np.exp(drawn.normal(0, 0.3, n) + drawn.normal(0, 0.4, n)) * (drawn.random(n) < 0.95)
    product = first.times(second)
    for probability in (0.1, 0.5, 0.9):
        read = read_quantile(product, probability=probability, presence=0.95)[0]
        assert read == pytest.approx(np.quantile(values, probability), rel=0.01)


def test_rare_thing_has_zero_low_quantile() -> None:
    """What is there with probability 0.7 has a P10 of nothing, and its P50 is the spread's at 0.2 / 0.7."""
    spread = make_spread(10, 0.25)
    assert read_quantile(spread, probability=0.1, presence=0.7)[0] == 0
    # ndtri(2/7) = -0.5659488; exp(-0.5659488 * 0.5) = 0.753539
    assert read_quantile(spread, probability=0.5, presence=0.7)[0] == pytest.approx(7.53539, rel=1e-5)


def test_pool_weighs_by_inverse_variance() -> None:
    """Log medians 0 (variance 1) and 1 (variance 3) pool to 0.25 with variance 0.75."""
    pooled = pool_estimates(make_spread(1, 1), make_spread(math.e, 3))
    assert pooled.log_median[0] == pytest.approx(0.25)
    assert pooled.variance[0] == pytest.approx(0.75)


def test_pool_widens_where_estimates_disagree() -> None:
    """Log medians 0 and 4, both variance 1: pooled variance 0.5 grows by the Birge ratio 16 / 2 = 8."""
    pooled = pool_estimates(make_spread(1, 1), make_spread(math.exp(4), 1))
    assert pooled.log_median[0] == pytest.approx(2)
    assert pooled.variance[0] == pytest.approx(4)


def test_pool_keeps_first_where_second_is_unknown() -> None:
    """An unknown second estimate changes nothing."""
    first = make_spread(3, 0.2)
    unknown = Spread(log_median=np.array([np.nan]), variance=np.array([0.0]))
    pooled = pool_estimates(first, unknown)
    assert pooled.log_median[0] == first.log_median[0]
    assert pooled.variance[0] == first.variance[0]


@given(positive, variances, st.floats(0.01, 1.0))
def test_quantiles_are_in_order(median: float, variance: float, presence: float) -> None:
    """P10 <= P50 <= P90 whatever the spread and the presence."""
    spread = make_spread(median, variance)
    low, likely, high = (read_quantile(spread, probability=p, presence=presence)[0] for p in (0.1, 0.5, 0.9))
    assert 0 <= low <= likely <= high


@given(positive, variances, positive, variances)
def test_pooled_median_lies_between(first: float, v1: float, second: float, v2: float) -> None:
    """The pooled median lies between the two medians."""
    pooled = pool_estimates(make_spread(first, v1), make_spread(second, v2)).median[0]
    low, high = sorted([first, second])
    assert low * (1 - 1e-9) <= pooled <= high * (1 + 1e-9)
