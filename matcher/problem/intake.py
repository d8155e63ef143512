# SPDX-License-Identifier: EUPL-1.2
"""Turning one given column into the array that holds it, or saying exactly which value is wrong."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

import numpy as np
from numpy.typing import NDArray

from matcher.errors import InputError
from matcher.problem.column import DTYPES, Column, Kind

_EPOCH = date(1970, 1, 1).toordinal()
_RANGES: dict[str, np.iinfo[Any]] = {
    "int32": np.iinfo(np.int32),
    "day": np.iinfo(np.int32),
    "matrix": np.iinfo(np.int32),
    "int64": np.iinfo(np.int64),
}


def take_column(
    values: object,
    *,
    kind: Kind,
    column: Column,
    table: str,
    name: str,
    rows: Mapping[str, int] | None = None,
    size: int = 0,
) -> NDArray[Any]:
    """Return one column as an array of its own type.

    Parameters
    ----------
    values
        A sequence or array, one value a row. Ids may be str; references str ids or whole row numbers; days
        whole days since 1970-01-01, ISO dates or datetime64; codes their words or numbers; null (None, NaN,
        NaT) where the column has a null.
    kind, column
        How it is held; for an attribute family the kind of one column.
    table, name
        Where it stands, for the error.
    rows, size
        For a reference: the row number of each id of the table referred to, and how many rows it has.

    Raises
    ------
    InputError
        Naming table, column, row, value and what was expected.
    """
    if isinstance(values, str) or not isinstance(values, Sequence | np.ndarray):
        if not hasattr(values, "__array__"):
            raise InputError(
                "a list of values, one a row", table=table, column=name, value=type(values).__name__
            )
        values = np.asarray(values)
    if kind in ("id", "text"):
        return _take_text(values, table=table, name=name, filled=kind == "id")
    if kind == "bool":
        return _take_bool(values, table=table, name=name)
    if kind == "float":
        return _take_float(values, column=column, table=table, name=name)
    whole = _take_whole(values, kind=kind, column=column, table=table, name=name, rows=rows)
    low, high = _limits(kind, column=column, size=size)
    wrong = (whole < low) | (whole > high)
    if column.null is not None:
        wrong &= whole != column.null
    if wrong.any():
        row = int(np.flatnonzero(wrong)[0])
        raise InputError(
            _describe_whole(kind, column=column, low=low, high=high),
            table=table,
            column=name,
            row=row,
            value=int(whole[row]),
        )
    return whole.astype(DTYPES[kind])


def fill_column(column: Column, *, kind: Kind, length: int) -> NDArray[Any]:
    """Return a column left out: its default in every row.

    Parameters
    ----------
    column
        A column that has a default.
    kind
        How it is held.
    length
        Number of rows.
    """
    array = np.empty(length, dtype=DTYPES[kind])
    if length:
        array[:] = column.default
    return array


def _take_text(values: Any, *, table: str, name: str, filled: bool) -> NDArray[np.object_]:
    array = np.empty(len(values), dtype=np.object_)
    for row, value in enumerate(values.tolist() if isinstance(values, np.ndarray) else values):
        if not isinstance(value, str):
            raise InputError("text", table=table, column=name, row=row, value=value)
        if filled and not value:
            raise InputError("an id that is not empty", table=table, column=name, row=row, value=value)
        array[row] = value
    return array


def _take_bool(values: Any, *, table: str, name: str) -> NDArray[np.bool_]:
    array = np.asarray(values)
    if array.dtype == np.bool_:
        return array.copy()
    for row, value in enumerate(values):
        if not isinstance(value, bool | np.bool_):
            raise InputError("true or false", table=table, column=name, row=row, value=value)
    return np.asarray(values, dtype=np.bool_)


def _take_float(values: Any, *, column: Column, table: str, name: str) -> NDArray[np.float64]:
    if column.null is not None:
        values = [
            column.null if value is None or (isinstance(value, float) and math.isnan(value)) else value
            for value in values
        ]
    array = np.asarray(values)
    if array.dtype.kind not in "iuf":
        for row, value in enumerate(values):
            if isinstance(value, bool) or not isinstance(value, int | float | np.number):
                raise InputError("a number", table=table, column=name, row=row, value=value)
    array = np.asarray(values, dtype=np.float64) + 0.0
    wrong = ~np.isfinite(array) | (np.abs(array) > 1e15)
    expected = "a finite number below 1e15"
    if column.minimum is not None:
        below = array < column.minimum
        wrong |= below if column.null is None else below & (array != column.null)
        expected = f"a number of at least {column.minimum:g} and below 1e15"
    if wrong.any():
        row = int(np.flatnonzero(wrong)[0])
        raise InputError(expected, table=table, column=name, row=row, value=float(array[row]))
    return array


def _take_whole(
    values: Any, *, kind: Kind, column: Column, table: str, name: str, rows: Mapping[str, int] | None
) -> NDArray[np.int64]:
    array = (
        np.asarray(values)
        if isinstance(values, np.ndarray) or kind != "matrix"
        else np.asarray(values, dtype=object)
    )
    if array.dtype.kind in "iu":
        if array.dtype == np.uint64 and array.size and int(array.max()) > np.iinfo(np.int64).max:
            raise InputError("a whole number below 2**63", table=table, column=name, row=int(array.argmax()))
        return array.astype(np.int64)
    if array.dtype.kind == "M" and kind == "day":
        days = array.astype("datetime64[D]").astype(np.int64)
        return _put_null(days, np.isnat(array), column=column, table=table, name=name)
    if array.dtype.kind == "f":
        empty = np.isnan(array)
        whole = np.where(empty, 0.0, array)
        wrong = (whole != np.floor(whole)) | (np.abs(whole) >= 2.0**53)
        if wrong.any():
            row = int(np.flatnonzero(wrong)[0])
            raise InputError("a whole number", table=table, column=name, row=row, value=float(array[row]))
        return _put_null(whole.astype(np.int64), empty, column=column, table=table, name=name)
    whole = np.empty(len(values), dtype=np.int64)
    for row, value in enumerate(values):
        whole[row] = _take_one(value, kind=kind, column=column, table=table, name=name, row=row, rows=rows)
    return whole


def _put_null(
    whole: NDArray[np.int64], empty: NDArray[np.bool_], *, column: Column, table: str, name: str
) -> NDArray[np.int64]:
    if empty.any():
        if column.null is None:
            raise InputError(
                "a value", table=table, column=name, row=int(np.flatnonzero(empty)[0]), value="null"
            )
        whole[empty] = column.null
    return whole


def _take_one(
    value: Any, *, kind: Kind, column: Column, table: str, name: str, row: int, rows: Mapping[str, int] | None
) -> int:
    def refuse(expected: str) -> InputError:
        return InputError(
            expected, table=table, column=name, row=row, value="null" if value is None else value
        )

    if value is None or (isinstance(value, float) and math.isnan(value)):
        if column.null is None:
            raise refuse("a value")
        return int(column.null)
    if isinstance(value, bool | np.bool_):
        raise refuse("a whole number")
    if isinstance(value, int | np.integer):
        if abs(int(value)) >= 2**63:
            raise refuse("a whole number below 2**63")
        return int(value)
    if isinstance(value, str) and kind == "reference":
        if rows is None or value not in rows:
            raise refuse(f"an id of table '{column.refers}'")
        return rows[value]
    if isinstance(value, str) and kind == "code":
        if value not in column.codes:
            raise refuse("one of " + ", ".join(column.codes))
        return column.codes.index(value)
    if kind == "day" and isinstance(value, str | date):
        try:
            day = date.fromisoformat(value) if isinstance(value, str) else value
        except ValueError:
            raise refuse("a date such as 2027-03-31") from None
        return day.toordinal() - _EPOCH
    if isinstance(value, float) and value == int(value):
        return int(value)
    raise refuse(_describe_whole(kind, column=column, low=None, high=None))


def _limits(kind: Kind, *, column: Column, size: int) -> tuple[int, int]:
    if kind == "reference":
        return 0, size - 1
    if kind == "code":
        return 0, len(column.codes) - 1
    range_ = _RANGES[kind]
    low = range_.min if column.minimum is None else int(column.minimum)
    high = range_.max if column.maximum is None else int(column.maximum)
    if kind == "day":  # what an ISO date can say, years 1 to 9999
        low, high = date.min.toordinal() - _EPOCH, date.max.toordinal() - _EPOCH
    return low, high


def _describe_whole(kind: Kind, *, column: Column, low: int | None, high: int | None) -> str:
    if kind == "reference":
        return f"an id or row number of table '{column.refers}'"
    if kind == "code":
        return "one of " + ", ".join(column.codes)
    if kind == "day":
        return "a date such as 2027-03-31, or whole days since 1970-01-01"
    return "a whole number" if low is None else f"a whole number from {low} to {high}"
