# SPDX-License-Identifier: EUPL-1.2
"""Millimetres as given into whole tenths: stock rounded down, pieces, cuts and limits rounded up."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal
from typing import Any

import numpy as np

from matcher.cutting.stock import LONGEST
from matcher.errors import InputError
from matcher.problem.column import IntArray

_PER_MM = 10


def round_lengths(values: object, *, down: bool, least: int, table: str, column: str) -> IntArray:
    """Return lengths in tenths of a millimetre.

    Parameters
    ----------
    values
        Millimetres, a row each: whole numbers, decimals or floats. A float counts as the decimal number
        that it is written as, so 1.1 mm is 11 tenths whichever way it is rounded.
    down
        Round down (stock) or up (pieces, kerf, trim, shortest off-cut).
    least
        Fewest tenths that will do.
    table, column
        Where it stands, for the error.

    Raises
    ------
    InputError
        Naming table, column, row, value and what was expected.

    Notes
    -----
    What is there is never made longer than it is, what is wanted never shorter. Source: matching.md,
    section 5.
    """
    if isinstance(values, str) or not isinstance(values, Sequence | np.ndarray):
        raise InputError("a list of values, one a row", table=table, column=column, value=values)
    tenths = np.empty(len(values), dtype=np.int64)
    for row, value in enumerate(values.tolist() if isinstance(values, np.ndarray) else values):
        tenths[row] = _round_one(value, down=down, least=least, table=table, column=column, row=row)
    return tenths


def _round_one(value: Any, *, down: bool, least: int, table: str, column: str, row: int) -> int:
    if isinstance(value, bool | np.bool_) or not isinstance(value, int | float | Decimal | np.number):
        raise InputError("a number of millimetres", table=table, column=column, row=row, value=value)
    exact = value if isinstance(value, Decimal) else Decimal(str(value))
    expected = f"millimetres from {least / _PER_MM:g} to {LONGEST // _PER_MM}"
    if not exact.is_finite() or abs(exact) > LONGEST:
        raise InputError(expected, table=table, column=column, row=row, value=float(value))
    rounded = int((exact * _PER_MM).to_integral_value(ROUND_FLOOR if down else ROUND_CEILING))
    if not least <= rounded <= LONGEST:
        raise InputError(expected, table=table, column=column, row=row, value=float(value))
    return rounded
