# SPDX-License-Identifier: EUPL-1.2
"""Lengths become whole tenths of a millimetre, never to anybody's advantage."""

from collections.abc import Callable
from decimal import Decimal
from typing import Any

import pytest

from matcher.cutting.lengths import round_lengths
from matcher.cutting.problem import CuttingProblem
from matcher.errors import InputError

MillMaker = Callable[..., CuttingProblem]


@pytest.mark.parametrize(
    ("value", "down", "up"),
    [
        (6000, 60_000, 60_000),
        (1.1, 11, 11),  # 1.1 * 10 is a little more than 11 in binary
        (1234.56, 12_345, 12_346),
        (Decimal("0.01") + 1, 10, 11),
        (99.99999, 999, 1000),
    ],
)
def test_stock_is_rounded_down_and_pieces_up(value: Any, down: int, up: int) -> None:
    """The decimal number written counts, not its neighbour in binary."""
    assert round_lengths([value], down=True, least=1, table="bars", column="length_mm")[0] == down
    assert round_lengths([value], down=False, least=1, table="pieces", column="length_mm")[0] == up


def test_each_column_is_rounded_its_way(mill: MillMaker) -> None:
    """Only what is there is rounded down; trim, kerf and the shortest off-cut are rounded up like pieces."""
    problem = mill(
        bars=[{"length_mm": 5999.99, "trim_mm": 0.01}],
        pieces=[{"length_mm": 1999.91}],
        kerf_mm=3.14,
        minimum_offcut_mm=500.01,
    )
    assert problem.bars.length[0] == 59_999
    assert problem.bars.trim[0] == 1
    assert problem.pieces.length[0] == 20_000
    assert (problem.params.kerf, problem.params.minimum_offcut) == (32, 5_001)


@pytest.mark.parametrize("value", [0, -1, 0.05, 100_001, float("nan"), float("inf"), "6000", True, None])
def test_what_is_no_length_is_refused(value: Any) -> None:
    """A bar of no length, an endless one and words name their row."""
    with pytest.raises(InputError, match=r"table 'bars', column 'length_mm', row 1"):
        round_lengths([1, value], down=True, least=1, table="bars", column="length_mm")
