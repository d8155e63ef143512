# SPDX-License-Identifier: EUPL-1.2
"""A small saw mill for the tests of cutting: bars and pieces that say only what differs from the usual."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

import numpy as np
import pytest

from matcher.cutting.problem import CuttingProblem, make_cutting_problem

KRONE = 100_000
"""A krone in 1/1000 øre."""
BAR: dict[str, Any] = {"length_mm": 6000, "quantity": 1, "cost": 100 * KRONE}
PIECE: dict[str, Any] = {"length_mm": 2000, "quantity": 1, "new_cost": 200 * KRONE}


def stack_columns(
    rows: Sequence[Mapping[str, Any]], *, base: Mapping[str, Any], letter: str
) -> dict[str, list[Any]]:
    """Turn rows that say only what differs from a base into columns."""
    empty = {"section": "", "site": "", "trim_mm": 0, "price": 0, "offcut_value": 0, "tolerance_mm": 0}
    names = list(dict.fromkeys([*base, *(name for row in rows for name in row if name != "id")]))
    columns = {"id": [row.get("id", f"{letter}{place}") for place, row in enumerate(rows)]}
    return columns | {
        name: [row.get(name, base.get(name, empty.get(name))) for row in rows] for name in names
    }


def build_mill(
    *,
    bars: Sequence[Mapping[str, Any]] = ({},),
    pieces: Sequence[Mapping[str, Any]] = ({},),
    fits: Mapping[str, Any] | None = None,
    carriage: Mapping[str, Any] | None = None,
    **params: Any,
) -> CuttingProblem:
    """Make a cutting problem."""
    return make_cutting_problem(
        params=params,
        bars=stack_columns(bars, base=BAR, letter="b"),
        pieces=stack_columns(pieces, base=PIECE, letter="p"),
        fits=fits,
        carriage=carriage,
    )


@pytest.fixture(scope="session")
def mill() -> Callable[..., CuttingProblem]:
    """Give the maker of small cutting problems."""
    return build_mill


@pytest.fixture(scope="session")
def krone() -> int:
    """Give a krone in 1/1000 øre."""
    return KRONE


def draw_mill(*, bars: int, pieces: int, seed: int, sites: int = 1) -> CuttingProblem:
    """Draw a problem of reclaimed bars: few of each length, lengths in whole millimetres, four grades."""
    draw = np.random.Generator(np.random.PCG64(seed))
    length, wanted = draw.integers(1_800, 9_000, bars), draw.integers(600, 4_200, pieces)
    price = length * draw.integers(800, 1_400, bars)
    return make_cutting_problem(
        params={"kerf_mm": 4, "minimum_offcut_mm": 600, "cut_cost": 5 * KRONE},
        bars={
            "id": [f"b{row:04d}" for row in range(bars)],
            "length_mm": length,
            "grade": draw.integers(1, 5, bars),
            "cost": price + draw.integers(10, 60, bars) * KRONE,
            "price": price,
            "offcut_value": np.full(bars, 4 * KRONE),
        },
        pieces={
            "id": [f"p{row:04d}" for row in range(pieces)],
            "length_mm": wanted,
            "quantity": draw.integers(1, 7, pieces),
            "grade": draw.integers(1, 5, pieces),
            "new_cost": wanted * draw.integers(2_500, 4_000, pieces),
            "site": [f"s{row % sites}" for row in range(pieces)],
        },
    )


@pytest.fixture(scope="session")
def drawn() -> Callable[..., CuttingProblem]:
    """Give the maker of drawn cutting problems."""
    return draw_mill
