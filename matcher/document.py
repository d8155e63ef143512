# SPDX-License-Identifier: EUPL-1.2
"""Problem and plan as files: JSON, or for large problems a small JSON beside one Arrow file a table."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from matcher.errors import InputError
from matcher.json_file import read_object, write_object
from matcher.plan import VERSION as PLAN_VERSION
from matcher.plan import Bounded, Plan, name_month
from matcher.problem.column import Column, Kind
from matcher.problem.columns import ATTRIBUTE_PREFIXES, TABLES, list_columns, read_column
from matcher.problem.problem import VERSION, Problem, list_params, make_problem
from matcher.reasons import REASONS


def write_problem(problem: Problem, path: Path, *, arrow: bool = False) -> None:
    """Write a problem.

    Parameters
    ----------
    problem
        Any problem.
    path
        The JSON file.
    arrow
        Put the tables into Arrow files beside it, ``NAME.TABLE.arrow``, instead of into the JSON.
    """
    document: dict[str, Any] = {"version": VERSION, "params": list_params(problem.params)}
    for name in TABLES:
        if getattr(problem, name) is None:
            continue
        columns = list_values(problem, name=name)
        if arrow:
            file = path.with_name(f"{path.stem}.{name}.arrow")
            table = pa.table(
                {column: _make_arrow(values, kind=kind) for column, (values, _, kind) in columns.items()}
            )
            with pa.RecordBatchFileWriter(str(file), table.schema) as writer:  # type: ignore[no-untyped-call]  # pyarrow has no types
                writer.write_table(table)
            document.setdefault("arrow", {})[name] = file.name
        else:
            document[name] = {column: values for column, (values, _, _) in columns.items()}
    write_object(document, path)


def read_problem(path: Path) -> Problem:
    """Read a problem.

    Parameters
    ----------
    path
        The JSON file.

    Raises
    ------
    InputError
        Where it is no problem of version 1.
    """
    document = read_object(path)
    _check_version(document, version=VERSION, what="problem")
    files = document.pop("arrow", {})
    if not isinstance(files, dict) or not all(isinstance(file, str) for file in files.values()):
        raise InputError("names of files by table", table="arrow")
    for name, file in files.items():
        if name in document:
            raise InputError("a table either here or in an Arrow file", table=name)
        if Path(file).name != file:
            raise InputError("the name of a file in the same folder", table=name, value=file)
        document[name] = _read_arrow(path.with_name(file), table=name)
    for name in ("classes", "sites", "lots", "requirements"):
        if name not in document:
            raise InputError("this table to be given", table=name)
    return make_problem(**document)


def write_plan(problem: Problem, plan: Plan, path: Path) -> None:
    """Write a plan as JSON.

    Parameters
    ----------
    problem
        The problem it answers: it names the rows.
    plan
        The plan.
    path
        The JSON file.
    """
    write_object(describe_plan(problem, plan), path)


def describe_plan(problem: Problem, plan: Plan) -> dict[str, Any]:
    """Return a plan as it stands in its file.

    Parameters
    ----------
    problem, plan
        As in `write_plan`.
    """
    certificate = plan.certificate
    priced = np.flatnonzero(certificate.lot_prices)
    budgets = np.flatnonzero(certificate.project_prices)
    return {
        "version": PLAN_VERSION,
        "digest": plan.digest,
        "params": list_params(plan.params),
        "versions": plan.versions,
        "termination": str(plan.termination),
        "designs": _list_rows(problem, plan.designs),
        "matches": _list_rows(problem, plan.matches),
        "unmet": _list_rows(problem, plan.unmet, leaving="stopped")
        | {
            "stopped": [
                {str(REASONS[number]): count for number, count in enumerate(row) if count}
                for row in plan.unmet.stopped.tolist()
            ]
        },
        "certificate": {
            "lot_prices": {
                "lot": problem.lots.id[priced].tolist(),
                "price": certificate.lot_prices[priced].tolist(),
            },
            "project_prices": {
                "project": problem.projects.id[budgets].tolist(),
                "price": certificate.project_prices[budgets].tolist(),
            },
            "hub_prices": {
                "hub": problem.hubs.id[certificate.hub_prices.hub].tolist(),
                "month": [name_month(month) for month in certificate.hub_prices.month.tolist()],
                "price": certificate.hub_prices.price.tolist(),
            },
            "relaxed": problem.requirements.id[certificate.bounded == Bounded.RELAXED].tolist(),
            "cost": certificate.cost,
            "bound": certificate.bound,
            "baseline": certificate.baseline,
            "gap": certificate.gap,
            "quantum": dict(zip(problem.classes.id.tolist(), certificate.quanta.tolist(), strict=True)),
        },
        "tiers": plan.tiers,
        "figures": plan.figures,
    }


def list_values(problem: Problem, *, name: str) -> dict[str, tuple[list[Any], Column, Kind]]:
    """Return the columns of a table as they stand in a file, with what they are.

    Parameters
    ----------
    problem
        Any problem.
    name
        Name of a table.
    """
    table = getattr(problem, name)
    columns: dict[str, tuple[list[Any], Column, Kind]] = {}
    for column, spec in list_columns(TABLES[name]).items():
        array = read_column(table, name=column)
        if spec.kind == "attributes":
            for number, attribute in enumerate(problem.attributes):
                values = list_column(array[:, number], spec=spec, kind=spec.item, problem=problem)
                columns[ATTRIBUTE_PREFIXES[column] + attribute] = (values, spec, spec.item)
        else:
            columns[column] = (
                list_column(array, spec=spec, kind=spec.kind, problem=problem),
                spec,
                spec.kind,
            )
    return columns


def list_column(array: NDArray[Any], *, spec: Column, kind: Kind, problem: Problem) -> list[Any]:
    """Return one column as it stands in a file: ids, ISO dates, words, null.

    Parameters
    ----------
    array
        As held in memory.
    spec, kind
        What it holds.
    problem
        For the ids that references stand for.
    """
    values: list[Any] = array.tolist()
    if kind == "reference":
        ids = getattr(problem, spec.refers).id.tolist()
        return [None if value < 0 else ids[value] for value in values]
    if kind == "code":
        return [spec.codes[value] for value in values]
    if kind == "day":
        dates = np.datetime_as_string(array.astype("datetime64[D]")).tolist()
        return [None if value == spec.null else date for value, date in zip(values, dates, strict=True)]
    if spec.null is not None and kind != "bool":
        return [None if value == spec.null else value for value in values]
    return values


def _check_version(document: dict[str, Any], *, version: int, what: str) -> None:
    found = document.pop("version", None)
    if found != version or isinstance(found, bool):
        raise InputError(f"version {version} of a {what}", table="version", value=found)


def _list_rows(problem: Problem, table: Any, *, leaving: str = "") -> dict[str, list[Any]]:
    return {
        name: list_column(getattr(table, name), spec=spec, kind=spec.kind, problem=problem)
        for name, spec in list_columns(type(table)).items()
        if name != leaving
    }


def _make_arrow(values: list[Any], *, kind: Kind) -> pa.Array:
    if kind == "day":
        days = [None if value is None else np.datetime64(value, "D") for value in values]
        return pa.array(np.array(days, dtype="datetime64[D]"), type=pa.date32(), from_pandas=True)
    types = {"int32": pa.int32(), "int64": pa.int64(), "float": pa.float64(), "bool": pa.bool_()}
    return pa.array(values, type=types.get(kind, pa.list_(pa.int32()) if kind == "matrix" else pa.string()))


def _read_arrow(path: Path, *, table: str) -> dict[str, Any]:
    try:
        with pa.memory_map(str(path)) as source:
            read = pa.RecordBatchFileReader(source).read_all()  # type: ignore[no-untyped-call]  # as above
    except (OSError, pa.ArrowException) as error:
        raise InputError(f"an Arrow file: {path}: {error}", table=table) from error
    columns: dict[str, Any] = {}
    for name in read.column_names:
        column = read.column(name)
        plain = pa.types.is_integer(column.type) or pa.types.is_floating(column.type)
        columns[name] = column.to_numpy() if plain and not column.null_count else column.to_pylist()
    return columns
