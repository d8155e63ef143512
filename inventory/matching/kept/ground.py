# SPDX-License-Identifier: EUPL-1.2
"""What a question stands on: classes, rates, vehicles, roads, hubs, params, and no lots."""

from __future__ import annotations

from dataclasses import dataclass, fields
from typing import Any

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray
from sqlalchemy import Connection

from inventory.matching.facts import Facts
from inventory.matching.kept.packed import ATTRIBUTE_COLUMNS
from inventory.matching.lay_requirements import list_waits, make_projects, make_requirements
from inventory.matching.params import RunParams
from inventory.matching.read_classes import (
    make_classes,
    make_lot_defaults,
    make_vehicles,
    read_class_rows,
    read_substitutes,
)
from inventory.matching.read_hubs import measure_floors, read_hubs
from inventory.matching.read_places import read_roads, read_sites
from inventory.matching.snapshot import name_params
from matcher.problem.problem import Problem, make_problem

FloatArray = NDArray[np.float64]


@dataclass(frozen=True, slots=True, kw_only=True)
class Ground:
    """The requirements of one question with all that lots would be held against, and no lots.

    Parameters
    ----------
    problem
        Every tradable class, its vehicles, roads and hubs; the requirements and their sites.
    class_rows
        Row in the problem of each class, by its number.
    defaults
        What a lot that says nothing costs, by rate: of each row of the classes.
    quantile
        What counts of an estimate.
    """

    problem: Problem
    class_rows: dict[int, int]
    defaults: dict[str, FloatArray]
    quantile: str

    def is_like(self, other: Ground) -> bool:
        """Tell whether lots laid out for the one are laid out for the other: requirements aside."""
        one, two = self.problem, other.problem
        return (
            self.quantile == other.quantile
            and self.class_rows == other.class_rows
            and all(np.array_equal(rate, other.defaults[name]) for name, rate in self.defaults.items())
            and _is_same(one.params, two.params)
            and all(
                _is_same(getattr(one, name), getattr(two, name))
                for name in ("classes", "substitutes", "vehicles", "roads")
            )
            and _list_hubs(one) == _list_hubs(two)
        )


def read_ground(connection: Connection, *, params: RunParams, facts: Facts, requirements: pa.Table) -> Ground:
    """Read what a question stands on, inside the connection's transaction.

    Parameters
    ----------
    connection
        A connection over psycopg 3.
    params, facts
        How costs are counted.
    requirements
        Those of the question, each with a place.

    Raises
    ------
    MissingFactorError
        A tradable class has no price or emission in force, whether it is asked for or not.
    """
    rows = read_class_rows(connection)
    codes = {row.id: row.code for row in rows}
    hubs = read_hubs(connection, facts=facts)
    sites = read_sites(connection, ids=set(requirements["site"].to_pylist()) | set(hubs["site"]))
    waits = dict(zip(sites["id"], sites.pop("storage_days"), strict=True))
    classes = make_classes(rows, facts=facts)
    if hubs["id"]:
        classes["area_cm2"] = measure_floors(classes["volume_ml"], facts=facts)
    problem = make_problem(
        params=name_params(params),
        classes=classes,
        substitutes=read_substitutes(connection, codes=codes),
        vehicles=make_vehicles(facts=facts, trip_costs=params.trip_costs),
        roads=read_roads(connection),
        sites=sites,
        lots={
            name: []
            for name in (
                *("id", "class", "site", "quantity", "available_from", "available_to"),
                *ATTRIBUTE_COLUMNS,
            )
        },
        requirements=make_requirements(requirements, codes=codes, rows=rows, classes=classes)
        | {"builder_storage_days": list_waits(requirements, waits=waits, empty=0)},
        projects=make_projects(requirements),
        hubs=hubs,
    )
    place = {str(code): row for row, code in enumerate(problem.classes.id.tolist())}
    order = np.argsort([place[row.code] for row in rows])
    return Ground(
        problem=problem,
        class_rows={row.id: place[row.code] for row in rows},
        defaults={
            name: np.array(values, dtype=np.float64)[order]
            for name, values in make_lot_defaults(rows, facts=facts).items()
        },
        quantile=params.quantile,
    )


def _is_same(one: Any, two: Any) -> bool:
    """Tell whether two tables, or two sets of params, hold the same; what selected requirements aside."""
    return all(
        item.name == "selection" or np.array_equal(getattr(one, item.name), getattr(two, item.name))
        for item in fields(one)
    )


def _list_hubs(problem: Problem) -> list[tuple[Any, ...]]:
    """List the hubs with where they are: sites are numbered anew in every problem."""
    hubs, sites = problem.hubs, problem.sites
    columns = [getattr(hubs, item.name).tolist() for item in fields(hubs) if item.name != "site"]
    places = [getattr(sites, item.name)[hubs.site].tolist() for item in fields(sites)]
    return list(zip(*columns, *places, strict=True))
