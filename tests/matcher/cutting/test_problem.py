# SPDX-License-Identifier: EUPL-1.2
"""Bad input of a cutting is refused with its place and the reason; the order of rows does not matter."""

from collections.abc import Callable
from typing import Any

import pytest

from matcher.cutting.problem import CuttingProblem, digest_cutting, make_cutting_problem
from matcher.errors import InputError

MillMaker = Callable[..., CuttingProblem]


@pytest.mark.parametrize(
    ("given", "place"),
    [
        ({"bars": [{"quantity": -1}]}, "table 'bars', column 'quantity', row 0: found -1"),
        ({"bars": [{}, {"id": "b0"}]}, "table 'bars', column 'id', row 1: found 'b0', expected ids"),
        ({"bars": [{"cost": 10**12 + 1}]}, "table 'bars', column 'cost', row 0"),
        ({"bars": [{"quantity": 10**12}]}, "table 'bars', column 'quantity', row 0"),
        ({"bars": [{"price": -1}]}, "table 'bars', column 'price', row 0"),
        ({"bars": [{"width": 1}]}, "table 'bars', column 'width': expected one of id, section"),
        ({"bars": [{"length": 6000}]}, "table 'bars', column 'length'"),
        ({"bars": [{"width_mm": 1.5}]}, "table 'bars', column 'width_mm', row 0: found 1.5"),
        ({"pieces": [{"quantity": 0}]}, "table 'pieces', column 'quantity', row 0: found 0"),
        ({"pieces": [{"new_cost": -5}]}, "table 'pieces', column 'new_cost', row 0: found -5"),
        ({"pieces": [{"length_mm": "long"}]}, "table 'pieces', column 'length_mm', row 0: found 'long'"),
        ({"pieces": [{"section": 7}]}, "table 'pieces', column 'section', row 0: found 7"),
        ({"kerf_mm": -1}, "table 'params', column 'kerf_mm', row 0"),
        ({"blade": 3}, "table 'params', column 'blade': expected one of kerf_mm"),
        ({"fits": {"bar": ["b9"], "piece": ["p0"]}}, "table 'fits', column 'bar', row 0"),
        ({"fits": {"bar": ["b0", "b0"], "piece": ["p0", "p0"]}}, "table 'fits', column 'bar', row 1"),
        ({"fits": {"bar": ["b0"]}}, "table 'fits', column 'piece': expected this column to be given"),
        ({"carriage": {"bar": ["b0"], "site": ["moon"], "cost": [0]}}, "table 'carriage', column 'site'"),
        (
            {"bars": [{"cost": 10**12, "quantity": 10**6}, {"cost": 10**12, "quantity": 10**6}]},
            "table 'bars', column 'cost': expected costs that add up",
        ),
    ],
)  # fmt: skip
def test_bad_input_names_its_place(mill: MillMaker, given: dict[str, Any], place: str) -> None:
    """Table, column and row, and what was expected there."""
    with pytest.raises(InputError) as caught:
        mill(**given)
    assert str(caught.value).startswith(place)


def test_an_unknown_table_is_refused() -> None:
    """A table that nobody reads is not ignored."""
    with pytest.raises(InputError, match="table 'boards'"):
        make_cutting_problem(bars={}, pieces={}, boards={})


def test_columns_of_different_length_are_refused() -> None:
    """The shorter column is named."""
    with pytest.raises(InputError, match=r"table 'bars', column 'length_mm'.*a list of 2 values"):
        make_cutting_problem(bars={"id": ["a", "b"], "length_mm": [1], "cost": [1, 1]}, pieces={})


def test_the_order_of_rows_does_not_change_the_problem(mill: MillMaker) -> None:
    """Rows are sorted by id, references follow, so the digest is the same."""
    one = mill(
        bars=[{"id": "x", "length_mm": 3000}, {"id": "a"}],
        pieces=[{"id": "q", "site": "t"}, {"id": "c", "site": "s"}],
        fits={"bar": ["x", "a"], "piece": ["q", "c"]},
        carriage={"bar": [0, 1], "site": ["t", "s"], "cost": [5, 6]},
    )
    other = mill(
        bars=[{"id": "a"}, {"id": "x", "length_mm": 3000}],
        pieces=[{"id": "c", "site": "s"}, {"id": "q", "site": "t"}],
        fits={"bar": ["a", "x"], "piece": ["c", "q"]},
        carriage={"bar": [1, 0], "site": ["t", "s"], "cost": [5, 6]},
    )
    assert one.digest == other.digest == digest_cutting(one)
    assert one.digest != mill(bars=[{"id": "x", "length_mm": 3000.1}, {"id": "a"}]).digest


def test_the_columns_cannot_be_written(mill: MillMaker) -> None:
    """A problem is frozen."""
    with pytest.raises(ValueError, match="read-only"):
        mill().bars.length[0] = 1
