# SPDX-License-Identifier: EUPL-1.2
"""What one column of a table holds: kind, unit, default, null, limits and meaning."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Literal

import numpy as np
from numpy.typing import NDArray

IntArray = NDArray[np.int64]
DayArray = NDArray[np.int32]
RowArray = NDArray[np.int32]
CodeArray = NDArray[np.int8]
FloatArray = NDArray[np.float64]
BoolArray = NDArray[np.bool_]
TextArray = NDArray[np.object_]

UNKNOWN = -(2**31)
"""An attribute without a value, or a lower bound that is open."""
OPEN = 2**31 - 1
"""An upper bound that is open, or a decide-by day that never comes."""
NONE = -1
"""No row referred to, or 'the default of the params'."""

MOST_STEPS = 10**11
"""Most steps of one lot or requirement."""
MOST_CONVERSION = 10**6
"""Most steps in a conversion from one class to another."""

DOCUMENTATION_CODES = ("none", "basic", "tested")
SCREENING_CODES = ("clean", "unknown", "contaminated", "hazardous")
FIRMNESS_CODES = ("possible", "permit_applied", "permit_given", "started")


Kind = Literal[
    "id", "text", "reference", "int32", "int64", "float", "bool", "day", "code", "matrix", "attributes"
]
DTYPES: dict[str, Any] = {
    "id": np.object_,
    "text": np.object_,
    "reference": np.int32,
    "int32": np.int32,
    "int64": np.int64,
    "float": np.float64,
    "bool": np.bool_,
    "day": np.int32,
    "code": np.int8,
    "matrix": np.int32,
}


class Required:
    """Stands for 'this column has no default'."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """What one column of a table holds.

    Parameters
    ----------
    kind
        How values are held and read; ``attributes`` is a family of int32 or bool columns, one per attribute.
    text
        What it means, for the reference page.
    unit
        Unit of a value, empty where it has none.
    default
        Value of every row where the column is left out; `Required` where it may not be.
    null
        Value held where a file says null; None where null is refused.
    refers
        Table whose ids a reference holds.
    codes
        Words a code column may hold; its place here is its number in memory.
    minimum, maximum
        Inclusive limits of a number.
    item
        Kind of one attribute column of an ``attributes`` family.
    later
        Added after problems were first digested: where every row holds the default the column is left out of
        the digest, so that a problem that says nothing new keeps the digest it had.
    """

    kind: Kind
    text: str
    unit: str = ""
    default: Any = Required
    null: Any = None
    refers: str = ""
    codes: tuple[str, ...] = ()
    minimum: float | None = None
    maximum: float | None = None
    item: Kind = "int32"
    later: bool = False


def describe(kind: Kind, text: str, **settings: Any) -> dict[str, Column]:
    """Return the metadata that ties a column to a dataclass field.

    Parameters
    ----------
    kind, text, settings
        As in `Column`.
    """
    return {"column": Column(kind=kind, text=text, **settings)}
