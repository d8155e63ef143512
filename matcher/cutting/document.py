# SPDX-License-Identifier: EUPL-1.2
"""Cutting problem and cutting plan as JSON files; lengths in millimetres there."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from pathlib import Path
from typing import Any, TypeVar

from numpy.typing import NDArray

from matcher.cutting.plan import (
    PLAN_VERSION,
    BoughtNew,
    Branches,
    Contents,
    CuttingCertificate,
    CuttingPlan,
    LeafPrices,
    Patterns,
)
from matcher.cutting.problem import (
    VERSION,
    CuttingProblem,
    list_cutting_columns,
    make_cutting_problem,
    name_column,
)
from matcher.cutting.stock import CUTTING_TABLES, TENTHS, CuttingParams
from matcher.errors import InputError
from matcher.json_file import read_object, write_object
from matcher.plan import Termination
from matcher.problem.column import Column
from matcher.problem.intake import take_column

_PER_MM = 10
_PARTS = {"parts", "leaves", "branches", "prices", "cost", "bound", "baseline", "gap"}
_T = TypeVar("_T")


def write_cutting_problem(problem: CuttingProblem, path: Path) -> None:
    """Write a cutting problem as JSON.

    Parameters
    ----------
    problem
        Any cutting problem.
    path
        The file.
    """
    document: dict[str, Any] = {"version": VERSION, "params": {}}
    for name, spec in list_cutting_columns(CuttingParams).items():
        value = getattr(problem.params, name)
        document["params"][name_column(name, spec=spec)] = _tell_mm(value) if spec.unit == TENTHS else value
    for name in CUTTING_TABLES:
        table = getattr(problem, name)
        if table is not None:
            document[name] = list_table(table, problem=problem)
    write_object(document, path)


def read_cutting_problem(path: Path) -> CuttingProblem:
    """Read a cutting problem.

    Parameters
    ----------
    path
        The JSON file.

    Raises
    ------
    InputError
        Naming table, column, row, value and what was expected.
    """
    document = read_object(path, take_decimal=Decimal)
    _take_version(document, version=VERSION, what="cutting problem")
    for name in ("bars", "pieces"):
        if name not in document:
            raise InputError("this table to be given", table=name)
    return make_cutting_problem(**document)


def write_cutting_plan(problem: CuttingProblem, plan: CuttingPlan, path: Path) -> None:
    """Write a cutting plan as JSON.

    Parameters
    ----------
    problem
        The problem it answers: it names the rows.
    plan
        The plan.
    path
        The file.
    """
    certificate = plan.certificate
    document = {
        "version": PLAN_VERSION,
        "digest": plan.digest,
        "versions": plan.versions,
        "termination": str(plan.termination),
        "patterns": list_table(plan.patterns, problem=problem),
        "contents": list_table(plan.contents, problem=problem),
        "new": list_table(plan.new, problem=problem),
        "certificate": {
            "parts": certificate.parts,
            "leaves": certificate.leaves,
            "branches": list_table(certificate.branches, problem=problem),
            "prices": list_table(certificate.prices, problem=problem),
            "cost": certificate.cost,
            "bound": certificate.bound,
            "baseline": certificate.baseline,
            "gap": certificate.gap,
        },
        "figures": plan.figures,
    }
    write_object(document, path)


def read_cutting_plan(problem: CuttingProblem, path: Path) -> CuttingPlan:
    """Read a cutting plan; whether it is right is for `matcher.cutting.check` to say.

    Parameters
    ----------
    problem
        The problem it answers: it names the rows.
    path
        The JSON file.

    Raises
    ------
    InputError
        Naming table, column, row, value and what was expected.
    """
    document = read_object(path)
    _take_version(document, version=PLAN_VERSION, what="cutting plan")
    given = _take_object(document.pop("certificate", None), name="certificate")
    if set(given) != _PARTS:
        raise InputError("exactly " + ", ".join(sorted(_PARTS)), table="certificate")
    numbers = {
        name: _take_whole(given[name], table="certificate", column=name)
        for name in _PARTS
        if name != "gap" and name not in ("branches", "prices")
    }
    if isinstance(given["gap"], bool) or not isinstance(given["gap"], int | float):
        raise InputError("a number", table="certificate", column="gap", value=given["gap"])
    termination = document.pop("termination", None)
    if termination not in {str(each) for each in Termination}:
        raise InputError("one of " + ", ".join(Termination), table="termination", value=termination)
    figures = _take_object(document.pop("figures", None), name="figures")
    versions = _take_object(document.pop("versions", None), name="versions")
    digest = document.pop("digest", None)
    if not isinstance(digest, str):
        raise InputError("a digest", table="digest", value=digest)
    plan = CuttingPlan(
        digest=digest,
        versions={str(name): str(value) for name, value in versions.items()},
        termination=Termination(termination),
        patterns=_read_table(Patterns, document.pop("patterns", None), name="patterns", problem=problem),
        contents=_read_table(Contents, document.pop("contents", None), name="contents", problem=problem),
        new=_read_table(BoughtNew, document.pop("new", None), name="new", problem=problem),
        certificate=CuttingCertificate(
            branches=_read_table(Branches, given["branches"], name="branches", problem=problem),
            prices=_read_table(LeafPrices, given["prices"], name="prices", problem=problem),
            gap=float(given["gap"]),
            **numbers,
        ),
        figures={name: _take_whole(value, table="figures", column=name) for name, value in figures.items()},
    )
    if document:
        raise InputError("no such part", table=min(document))
    return plan


def list_table(table: Any, *, problem: CuttingProblem) -> dict[str, list[Any]]:
    """Return the columns of a table as they stand in a file: ids, words, null, millimetres.

    Parameters
    ----------
    table
        A table of a cutting problem or plan.
    problem
        For the ids that references stand for.
    """
    return {
        name_column(name, spec=spec): _list_column(getattr(table, name), spec=spec, problem=problem)
        for name, spec in list_cutting_columns(type(table)).items()
    }


def _list_column(array: NDArray[Any], *, spec: Column, problem: CuttingProblem) -> list[Any]:
    values: list[Any] = array.tolist()
    if spec.kind == "reference":
        ids = getattr(problem, spec.refers).id.tolist()
        return [None if value < 0 else ids[value] for value in values]
    if spec.kind == "code":
        return [spec.codes[value] for value in values]
    if spec.unit == TENTHS:
        return [_tell_mm(value) for value in values]
    return [None if spec.null is not None and value == spec.null else value for value in values]


def _tell_mm(tenths: int) -> int | float:
    return tenths // _PER_MM if tenths % _PER_MM == 0 else tenths / _PER_MM


def _read_table(kind: type[_T], given: Any, *, name: str, problem: CuttingProblem) -> _T:
    table = _take_object(given, name=name)
    columns = list_cutting_columns(kind)
    known = {name_column(column, spec=spec): column for column, spec in columns.items()}
    if set(table) != set(known):
        raise InputError("exactly the columns " + ", ".join(known), table=name)
    taken: dict[str, NDArray[Any]] = {}
    for file_name, column in known.items():
        spec, values = columns[column], table[file_name]
        rows = {}
        if spec.kind == "reference":
            rows = {value: row for row, value in enumerate(getattr(problem, spec.refers).id.tolist())}
        if spec.unit == TENTHS and isinstance(values, list):
            values = [
                _take_tenths(value, table=name, column=file_name, row=row) for row, value in enumerate(values)
            ]
        taken[column] = take_column(
            values, kind=spec.kind, column=spec, table=name, name=file_name, rows=rows, size=len(rows)
        )
    return kind(**taken)


def _take_tenths(value: Any, *, table: str, column: str, row: int) -> int:
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise InputError("a number of millimetres", table=table, column=column, row=row, value=value)
    tenths = Decimal(str(value)) * _PER_MM
    if tenths != tenths.to_integral_value():
        raise InputError("whole tenths of a millimetre", table=table, column=column, row=row, value=value)
    return int(tenths)


def _take_object(value: Any, *, name: str) -> dict[str, Any]:
    if not isinstance(value, Mapping):
        raise InputError("a JSON object", table=name, value=type(value).__name__)
    return dict(value)


def _take_whole(value: Any, *, table: str, column: str) -> int:
    if isinstance(value, bool) or not isinstance(value, int):
        raise InputError("a whole number", table=table, column=column, value=value)
    return value


def _take_version(document: dict[str, Any], *, version: int, what: str) -> None:
    found = document.pop("version", None)
    if found != version or isinstance(found, bool):
        raise InputError(f"version {version} of a {what}", table="version", value=found)
