# SPDX-License-Identifier: EUPL-1.2
"""The problem: the frozen, validated, sorted and digested input of a solve."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, fields
from typing import Any, TypeVar

from numpy.typing import NDArray

from matcher.errors import InputError
from matcher.problem.assemble import Table, take_tables
from matcher.problem.canonical import digest_tables
from matcher.problem.column import Column
from matcher.problem.columns import (
    TABLES,
    Classes,
    Hubs,
    Lots,
    Pairs,
    Params,
    Projects,
    Requirements,
    Roads,
    Sites,
    Substitutes,
    Vehicles,
    list_columns,
    read_column,
)
from matcher.problem.consistency import check_columns
from matcher.problem.intake import take_column

VERSION = 1
_T = TypeVar("_T")


@dataclass(frozen=True, slots=True, kw_only=True)
class Problem:
    """The frozen input of a solve; rows of every table sorted by id, references as row numbers.

    Parameters
    ----------
    params, classes, substitutes, vehicles, roads, sites, lots, requirements, projects, hubs, pairs
        The tables; `pairs` is None unless the allowed pairs are given with their cost.
    attributes
        Names of the attributes, the columns of ``lots.attribute`` and ``requirements.minimum``.
    digest
        SHA-256 of the canonical columns.
    """

    params: Params
    classes: Classes
    substitutes: Substitutes
    vehicles: Vehicles
    roads: Roads
    sites: Sites
    lots: Lots
    requirements: Requirements
    projects: Projects
    hubs: Hubs
    pairs: Pairs | None
    attributes: tuple[str, ...]
    digest: str


def make_problem(
    *,
    params: Table | None = None,
    classes: Table,
    sites: Table,
    lots: Table,
    requirements: Table,
    substitutes: Table | None = None,
    vehicles: Table | None = None,
    roads: Table | None = None,
    projects: Table | None = None,
    hubs: Table | None = None,
    pairs: Table | None = None,
    **unknown: Table,
) -> Problem:
    """Validate, sort and digest the tables of a problem.

    Parameters
    ----------
    params
        Values by name; what is left out has its default (`Params`).
    classes, sites, lots, requirements, substitutes, vehicles, roads, projects, hubs, pairs
        Columns by the names of `problem.columns`, all of one length. A reference is a str id, or a whole row
        number of the other table *as given here*. Attribute columns are ``attribute.NAME`` of lots and
        ``minimum.NAME``, ``maximum.NAME``, ``unknown_ok.NAME`` of requirements.
    unknown
        Refused: a table that is not known is not ignored.

    Returns
    -------
    Problem
        Rows sorted by id, whatever the order given.

    Raises
    ------
    InputError
        Naming table, column, row (as given, from 0), value and what was expected.
    """
    if unknown:
        raise InputError("one of params, " + ", ".join(TABLES), table=min(unknown))
    given: dict[str, Table] = {
        "classes": classes,
        "substitutes": substitutes or {},
        "vehicles": vehicles or {},
        "roads": roads or {},
        "sites": sites,
        "lots": lots,
        "requirements": requirements,
        "projects": projects or {},
        "hubs": hubs or {},
    }
    if pairs is not None:
        given["pairs"] = pairs
    taken, attributes, rows = take_tables(given)
    check_columns(taken, rows=rows)
    for columns in taken.values():
        for array in columns.values():
            array.setflags(write=False)
    made_params = make_params(params or {})
    return Problem(
        params=made_params,
        classes=_build(Classes, taken["classes"]),
        substitutes=_build(Substitutes, taken["substitutes"]),
        vehicles=_build(Vehicles, taken["vehicles"]),
        roads=_build(Roads, taken["roads"]),
        sites=_build(Sites, taken["sites"]),
        lots=_build(Lots, taken["lots"]),
        requirements=_build(Requirements, taken["requirements"]),
        projects=_build(Projects, taken["projects"]),
        hubs=_build(Hubs, taken["hubs"]),
        pairs=_build(Pairs, taken["pairs"]) if pairs is not None else None,
        attributes=attributes,
        digest=digest_tables(
            _list_digested_params(made_params, attributes=attributes),
            (
                (name, column, array)
                for name in taken
                for column, array in taken[name].items()
                if _is_digested(array, column=list_columns(TABLES[name])[column])
            ),
        ),
    )


def make_params(given: Table) -> Params:
    """Validate the params and fill in what was left out.

    Parameters
    ----------
    given
        Values by name.

    Raises
    ------
    InputError
        For a name that is not known or a value out of range.
    """
    columns = list_columns(Params)
    for name in given:
        if name not in columns:
            raise InputError("one of " + ", ".join(columns), table="params", column=name)
    values: dict[str, Any] = {}
    for name, column in columns.items():
        value = given.get(name)
        if name == "selection":
            values[name] = _take_selection(value)
        elif value is None:
            values[name] = column.default
        else:
            values[name] = take_column([value], kind=column.kind, column=column, table="params", name=name)[0]
            values[name] = values[name] if column.kind == "text" else values[name].item()
    return Params(**values)


def list_params(params: Params) -> dict[str, Any]:
    """Return the params by name, as they stand in a file."""
    return {item.name: getattr(params, item.name) for item in fields(params)}


def list_tables(problem: Problem) -> Iterator[tuple[str, dict[str, NDArray[Any]]]]:
    """Yield the name and columns (by their names in files, attribute families whole) of every table.

    Parameters
    ----------
    problem
        Any problem; `pairs` is left out where it has none.
    """
    for name, kind in TABLES.items():
        table = getattr(problem, name)
        if table is not None:
            yield (name, {column: read_column(table, name=column) for column in list_columns(kind)})


def digest_problem(problem: Problem) -> str:
    """Compute the digest again from the columns.

    Parameters
    ----------
    problem
        Any problem; its own `digest` is not looked at.
    """
    return digest_tables(
        _list_digested_params(problem.params, attributes=problem.attributes),
        (
            (name, column, array)
            for name, columns in list_tables(problem)
            for column, array in columns.items()
            if _is_digested(array, column=list_columns(TABLES[name])[column])
        ),
    )


def _list_digested_params(params: Params, *, attributes: tuple[str, ...]) -> dict[str, Any]:
    columns = list_columns(Params)
    said = {
        name: value
        for name, value in list_params(params).items()
        if not columns[name].later or value != columns[name].default
    }
    return {**said, "attributes": list(attributes)}


def _is_digested(array: NDArray[Any], *, column: Column) -> bool:
    return not column.later or bool((array != column.default).any())


def _take_selection(value: Any) -> dict[str, Any]:
    if value is None:
        return {}
    if not isinstance(value, Mapping):
        raise InputError(
            "names with a text or a list of texts each", table="params", column="selection", value=value
        )
    taken: dict[str, Any] = {}
    for key, entry in value.items():
        entries = [entry] if isinstance(entry, str) else entry
        if (
            not isinstance(key, str)
            or not isinstance(entries, list | tuple)
            or not all(isinstance(e, str) for e in entries)
        ):
            raise InputError(
                "names with a text or a list of texts each", table="params", column="selection", value=entry
            )
        taken[key] = entry if isinstance(entry, str) else list(entry)
    return taken


def _build(kind: type[_T], columns: Mapping[str, NDArray[Any]]) -> _T:
    return kind(**{"class_" if name == "class" else name: array for name, array in columns.items()})
