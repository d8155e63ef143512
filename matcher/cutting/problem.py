# SPDX-License-Identifier: EUPL-1.2
"""The cutting problem: validated, sorted by id, digested; lengths in whole tenths of a millimetre."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields
from decimal import Decimal
from typing import Any

import numpy as np
from numpy.typing import NDArray

from matcher.cutting.lengths import round_lengths
from matcher.cutting.stock import (
    CUTTING_TABLES,
    TENTHS,
    Bars,
    Carriage,
    CuttingParams,
    Fits,
    Pieces,
)
from matcher.errors import InputError
from matcher.problem.canonical import digest_tables
from matcher.problem.column import Column, Required
from matcher.problem.intake import fill_column, take_column

Table = Mapping[str, Any]
VERSION = 1
_MOST_COST = 2**60


@dataclass(frozen=True, slots=True, kw_only=True)
class CuttingProblem:
    """The frozen input of a cutting; rows of bars and pieces sorted by id, references as row numbers.

    Parameters
    ----------
    params, bars, pieces
        What the saw does, what is there, what is wanted.
    fits, carriage
        None where every bar may serve every piece it fits, or may go anywhere free.
    digest
        SHA-256 of the canonical columns.
    """

    params: CuttingParams
    bars: Bars
    pieces: Pieces
    fits: Fits | None
    carriage: Carriage | None
    digest: str


def make_cutting_problem(
    *,
    params: Table | None = None,
    bars: Table,
    pieces: Table,
    fits: Table | None = None,
    carriage: Table | None = None,
    **unknown: Any,
) -> CuttingProblem:
    """Validate, round, sort and digest the tables of a cutting problem.

    Parameters
    ----------
    params
        Values by name; what is left out has its default.
    bars, pieces, fits, carriage
        Columns by the names of `matcher.cutting.stock`, all of one length; lengths in mm as ``NAME_mm``. A
        reference is a str id or a whole row number of the other table as given here.
    unknown
        Refused: a table that is not known is not ignored.

    Raises
    ------
    InputError
        Naming table, column, row (as given, from 0), value and what was expected.
    """
    if unknown:
        raise InputError("one of params, " + ", ".join(CUTTING_TABLES), table=min(unknown))
    made_params = CuttingParams(**_take_params(params or {}))
    given = {"bars": bars, "pieces": pieces}
    given |= {name: table for name, table in (("fits", fits), ("carriage", carriage)) if table is not None}
    rows: dict[str, dict[str, int]] = {}
    taken: dict[str, dict[str, NDArray[Any]]] = {}
    for name, table in given.items():
        taken[name] = _take_table(table, name=name, rows=rows)
        if "id" in taken[name]:
            rows[name] = _index_ids(taken[name]["id"], table=name)
    _check_rows(taken)
    _sort_tables(taken)
    for columns in taken.values():
        for array in columns.values():
            array.setflags(write=False)
    problem = CuttingProblem(
        params=made_params,
        bars=Bars(**taken["bars"]),
        pieces=Pieces(**taken["pieces"]),
        fits=Fits(**taken["fits"]) if "fits" in taken else None,
        carriage=Carriage(**taken["carriage"]) if "carriage" in taken else None,
        digest="",
    )
    return _with_digest(problem)


def digest_cutting(problem: CuttingProblem) -> str:
    """Compute the digest again from the columns; the problem's own `digest` is not looked at."""
    params = {item.name: getattr(problem.params, item.name) for item in fields(CuttingParams)}
    return digest_tables(
        {"kind": "cutting", **params},
        (
            (name, item.name, getattr(getattr(problem, name), item.name))
            for name, kind in CUTTING_TABLES.items()
            if getattr(problem, name) is not None
            for item in fields(kind)
        ),
    )


def name_column(name: str, *, spec: Column) -> str:
    """Return what a column is called in files: lengths are given in millimetres there."""
    return f"{name}_mm" if spec.unit == TENTHS else name


def list_cutting_columns(kind: type) -> dict[str, Column]:
    """Return the columns of a table, or of the params, by their name in memory, in order."""
    return {item.name: item.metadata["column"] for item in fields(kind)}


def _with_digest(problem: CuttingProblem) -> CuttingProblem:
    return CuttingProblem(
        params=problem.params,
        bars=problem.bars,
        pieces=problem.pieces,
        fits=problem.fits,
        carriage=problem.carriage,
        digest=digest_cutting(problem),
    )


def _take_params(given: Any) -> dict[str, int]:
    if not isinstance(given, Mapping):
        raise InputError("values by name", table="params", value=type(given).__name__)
    columns = list_cutting_columns(CuttingParams)
    known = {name_column(name, spec=spec): name for name, spec in columns.items()}
    values = {name: int(spec.default) for name, spec in columns.items()}
    for file_name, value in given.items():
        if file_name not in known:
            raise InputError("one of " + ", ".join(known), table="params", column=str(file_name))
        name = known[file_name]
        array = _take_values([value], spec=columns[name], table="params", name=name, rows={})
        values[name] = int(array[0])
    return values


def _take_table(table: Any, *, name: str, rows: Mapping[str, Mapping[str, int]]) -> dict[str, NDArray[Any]]:
    if not isinstance(table, Mapping):
        raise InputError("columns by name", table=name, value=type(table).__name__)
    columns = list_cutting_columns(CUTTING_TABLES[name])
    known = {name_column(column, spec=spec): column for column, spec in columns.items()}
    for file_name in table:
        if file_name not in known:
            raise InputError("one of " + ", ".join(known), table=name, column=str(file_name))
    length = -1
    for file_name, values in table.items():
        count = len(values) if hasattr(values, "__len__") and not isinstance(values, str) else -1
        length = count if length < 0 else length
        if count < 0 or count != length:
            raise InputError(f"a list of {max(length, 0)} values", table=name, column=file_name, value=count)
    taken: dict[str, NDArray[Any]] = {}
    for file_name, column in known.items():
        spec = columns[column]
        if file_name in table:
            taken[column] = _take_values(table[file_name], spec=spec, table=name, name=column, rows=rows)
        elif spec.default is Required and length > 0:
            raise InputError("this column to be given", table=name, column=file_name)
        elif spec.default is Required:
            taken[column] = _take_values([], spec=spec, table=name, name=column, rows=rows)
        else:
            taken[column] = fill_column(spec, kind=spec.kind, length=max(length, 0))
    return taken


def _take_values(
    values: Any, *, spec: Column, table: str, name: str, rows: Mapping[str, Mapping[str, int]]
) -> NDArray[Any]:
    if spec.unit == TENTHS:
        down = (table, name) == ("bars", "length")
        column = name_column(name, spec=spec)
        return round_lengths(values, down=down, least=int(spec.minimum or 0), table=table, column=column)
    if isinstance(values, list):  # from a file, where decimals are read exactly for the sake of the lengths
        values = [float(value) if isinstance(value, Decimal) else value for value in values]
    known = rows.get(spec.refers, {})
    return take_column(
        values, kind=spec.kind, column=spec, table=table, name=name, rows=known, size=len(known)
    )


def _index_ids(ids: NDArray[Any], *, table: str) -> dict[str, int]:
    rows: dict[str, int] = {}
    for row, value in enumerate(ids.tolist()):
        if value in rows:
            raise InputError(
                f"ids that differ (row {rows[value]} has it too)",
                table=table,
                column="id",
                row=row,
                value=value,
            )
        rows[value] = row
    return rows


def _sort_tables(taken: dict[str, dict[str, NDArray[Any]]]) -> None:
    moved: dict[str, NDArray[np.int64]] = {}
    for name in ("bars", "pieces"):
        order = np.argsort(taken[name]["id"], kind="stable")
        moved[name] = np.empty_like(order)
        moved[name][order] = np.arange(len(order))
        taken[name] = {column: array[order] for column, array in taken[name].items()}
    for name, key in (("fits", "piece"), ("carriage", "site")):
        if name not in taken:
            continue
        columns = taken[name]
        columns["bar"] = moved["bars"][columns["bar"]].astype(np.int32)
        if name == "fits":
            columns["piece"] = moved["pieces"][columns["piece"]].astype(np.int32)
        order = np.array(
            sorted(range(len(columns["bar"])), key=lambda row: (columns["bar"][row], columns[key][row])),
            dtype=np.int64,
        )
        taken[name] = {column: array[order] for column, array in columns.items()}


def _check_rows(taken: dict[str, dict[str, NDArray[Any]]]) -> None:
    for name, key in (("fits", "piece"), ("carriage", "site")):
        seen: dict[tuple[int, Any], int] = {}
        columns = taken.get(name, {"bar": np.zeros(0), key: np.zeros(0)})
        for row, pair in enumerate(zip(columns["bar"].tolist(), columns[key].tolist(), strict=True)):
            if pair in seen:
                expected = f"each bar and {key} once (row {seen[pair]} has it too)"
                raise InputError(expected, table=name, column="bar", row=row, value=pair[0])
            seen[pair] = row
    if "carriage" in taken:
        sites = set(taken["pieces"]["site"].tolist())
        for row, site in enumerate(taken["carriage"]["site"].tolist()):
            if site not in sites:
                raise InputError("a site of a piece", table="carriage", column="site", row=row, value=site)
    for name, column in (("bars", "cost"), ("pieces", "new_cost")):
        costs, counts = np.abs(taken[name][column]).tolist(), taken[name]["quantity"].tolist()
        if sum(cost * count for cost, count in zip(costs, counts, strict=True)) >= _MOST_COST:
            raise InputError("costs that add up to less than 2**60", table=name, column=column)
