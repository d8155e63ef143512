# SPDX-License-Identifier: EUPL-1.2
"""Turning given tables into sorted columns: nothing unknown, nothing unequal, references as rows."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
from numpy.typing import NDArray

from matcher.errors import InputError
from matcher.problem.column import Column, Required
from matcher.problem.columns import ATTRIBUTE_PREFIXES, TABLES, list_columns
from matcher.problem.intake import fill_column, take_column

Table = Mapping[str, Any]


def take_tables(
    given: Mapping[str, Table],
) -> tuple[dict[str, dict[str, NDArray[Any]]], tuple[str, ...], dict[str, NDArray[np.int64]]]:
    """Return every table as arrays by column, rows by id, the names of the attributes, and rows as given.

    Parameters
    ----------
    given
        Tables by name, each a mapping of column to values, as `make_problem` takes them.

    Returns
    -------
    tuple
        Columns by table; names of the attributes; of each table, the row each of its rows was given in.

    Raises
    ------
    InputError
        For a column that is unknown or missing, of another length, or with a value that cannot be one.
    """
    for name, table in given.items():
        _refuse_unknown_columns(table, name=name)
    attributes = _list_attributes(given)
    ids = {name: _index_ids(table, name=name) for name, table in given.items()}
    taken = {name: _take_table(given, name=name, ids=ids, attributes=attributes) for name in given}
    return taken, attributes, _sort_tables(taken)


def _split_attribute(name: str) -> tuple[str, str] | None:
    for family, prefix in ATTRIBUTE_PREFIXES.items():
        if name.startswith(prefix) and len(name) > len(prefix):
            return family, name[len(prefix) :]
    return None


def _refuse_unknown_columns(table: Any, *, name: str) -> None:
    if not isinstance(table, Mapping):
        raise InputError("columns by name", table=name, value=type(table).__name__)
    known = list_columns(TABLES[name])
    for column in table:
        split = _split_attribute(column)
        if split is not None and split[0] in known:
            continue
        if column not in known or known[column].kind == "attributes":
            raise InputError("one of " + ", ".join(known), table=name, column=column)
    for column, spec in known.items():
        if spec.default is Required and column not in table and table:
            raise InputError("this column to be given", table=name, column=column)
    if not table and name in ("classes", "sites", "lots", "requirements"):
        raise InputError("this column to be given", table=name, column="id")


def _list_attributes(given: Mapping[str, Table]) -> tuple[str, ...]:
    names = {
        split[1]
        for table in ("lots", "requirements")
        for name in given[table]
        if (split := _split_attribute(name))
    }
    return tuple(sorted(names))


def _index_ids(table: Table, *, name: str) -> dict[str, int]:
    if "id" not in table:
        return {}
    spec = list_columns(TABLES[name])["id"]
    ids = take_column(table["id"], kind="id", column=spec, table=name, name="id")
    rows: dict[str, int] = {}
    for row, value in enumerate(ids.tolist()):
        if value in rows:
            raise InputError(
                f"ids that differ (row {rows[value]} has it too)",
                table=name,
                column="id",
                row=row,
                value=value,
            )
        rows[value] = row
    return rows


def _take_table(
    given: Mapping[str, Table],
    *,
    name: str,
    ids: Mapping[str, Mapping[str, int]],
    attributes: tuple[str, ...],
) -> dict[str, NDArray[Any]]:
    table = given[name]
    lengths = {column: len(values) if hasattr(values, "__len__") else -1 for column, values in table.items()}
    length = next(iter(lengths.values()), 0)
    for column, count in lengths.items():
        if count != length:
            raise InputError(
                f"a list of {length} values, as in the first column", table=name, column=column, value=count
            )
    taken: dict[str, NDArray[Any]] = {}
    for column, spec in list_columns(TABLES[name]).items():
        if spec.kind == "attributes":
            taken[column] = _take_family(
                table, name=name, family=column, spec=spec, length=length, attributes=attributes
            )
        elif spec.kind == "matrix":
            taken[column] = _take_matrix(
                table.get(column, []), spec=spec, table=name, name=column, length=length
            )
        elif column in table:
            rows = ids.get(spec.refers, {})
            taken[column] = take_column(
                table[column], kind=spec.kind, column=spec, table=name, name=column, rows=rows, size=len(rows)
            )
        else:
            taken[column] = fill_column(spec, kind=spec.kind, length=length)
    return taken


def _take_family(
    table: Table, *, name: str, family: str, spec: Column, length: int, attributes: tuple[str, ...]
) -> NDArray[Any]:
    columns = []
    for attribute in attributes:
        column = ATTRIBUTE_PREFIXES[family] + attribute
        if column in table:
            columns.append(take_column(table[column], kind=spec.item, column=spec, table=name, name=column))
        else:
            columns.append(fill_column(spec, kind=spec.item, length=length))
    if not columns:
        return np.empty((length, 0), dtype=np.bool_ if spec.item == "bool" else np.int32)
    return np.ascontiguousarray(np.column_stack(columns))


def _take_matrix(values: Any, *, spec: Column, table: str, name: str, length: int) -> NDArray[Any]:
    matrix = np.empty((length, length), dtype=np.int32)
    for row, entries in enumerate(values):
        if isinstance(entries, str) or not hasattr(entries, "__len__") or len(entries) != length:
            raise InputError(f"{length} numbers, one for each node", table=table, column=name, row=row)
        try:
            matrix[row] = take_column(entries, kind="matrix", column=spec, table=table, name=name)
        except InputError as error:
            raise InputError(error.expected, table=table, column=name, row=row, value=error.value) from error
    return matrix


def _sort_tables(taken: dict[str, dict[str, NDArray[Any]]]) -> dict[str, NDArray[np.int64]]:
    moved: dict[str, NDArray[np.int64]] = {}
    rows_given: dict[str, NDArray[np.int64]] = {}
    for name, columns in taken.items():
        if "id" in columns:
            order = np.argsort(columns["id"], kind="stable")
            moved[name] = np.empty_like(order)
            moved[name][order] = np.arange(len(order))
            rows_given[name] = order
            for column in columns:
                columns[column] = columns[column][order]
            if name == "roads":
                columns["metres"] = np.ascontiguousarray(columns["metres"][:, order])
    for name, columns in taken.items():
        for column, spec in list_columns(TABLES[name]).items():
            if spec.kind == "reference":
                rows = columns[column]
                columns[column] = (
                    np.where(rows >= 0, moved[spec.refers][rows], rows).astype(np.int32)
                    if len(moved[spec.refers])
                    else rows
                )
    for name, keys in (("substitutes", ("substitute", "class")), ("pairs", ("lot", "requirement"))):
        if name in taken:
            columns = taken[name]
            order = np.lexsort([columns[key] for key in keys])
            rows_given[name] = order
            for column in columns:
                columns[column] = columns[column][order]
    return rows_given
