# SPDX-License-Identifier: EUPL-1.2
"""A task: one class family cut out of a problem, whole in itself, so that any process can solve it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, fields, replace
from typing import Any, Protocol, TypeVar

import numpy as np
from numpy.typing import NDArray

from matcher.families import label_families
from matcher.grid import CELL_METRES
from matcher.plan import Termination
from matcher.problem.columns import CodeArray, IntArray, Lots, Pairs, Projects, Requirements, Sites
from matcher.problem.problem import Problem
from matcher.space import Fees

_T = TypeVar("_T", Lots, Requirements, Sites, Projects)


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """When a family is good enough.

    Parameters
    ----------
    gap
        It ends when its gap is at most this; 0 = when it is optimal.
    work
        Most pairs looked at while improving, for every pair of a lot and a requirement of one family; None =
        any number. Counted work, so that the same plan comes out everywhere.
    held
        Most pairs of a family held in memory, 12 bytes each; beyond that, the cheapest, and others once they
        would improve the plan. The optimum and its prices do not depend on it.
    """

    gap: float = 0.0
    work: float | None = None
    held: int = 64_000_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Task:
    """One family.

    Parameters
    ----------
    number
        Its place among the tasks of a solve.
    problem
        Its lots and requirements with their sites, without ids; classes, vehicles and roads whole.
    lots, requirements, projects
        Where its rows stand in the whole problem.
    weights
        How many lots each of its lots stands for.
    quanta
        Quantum of each class, chosen from the whole problem.
    limits
        When to end.
    fees
        Prices of space in hubs, where there are any.
    """

    number: int
    problem: Problem
    lots: IntArray
    requirements: IntArray
    projects: IntArray
    weights: IntArray
    quanta: IntArray
    limits: Limits
    fees: Fees | None = None

    @property
    def work(self) -> int:
        """Return what the family counts as in the work to be done."""
        return count_work(len(self.lots), len(self.requirements))


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """The plan of one family, or of all, and what proves how good it is.

    Parameters
    ----------
    lot, requirement, flow, cost
        Rows, steps and c of each match.
    priced, prices
        Rows of lots and their prices; all others are 0.
    rows, allowed, worth
        Rows of requirements, how many pairs are allowed for each, and v: the least a step of it costs at
        these prices over all its pairs, or new.
    short, stopped
        Rows of requirements with an unmet part, and how many lots each reason stopped, a column a reason.
    total, bound, baseline
        What it adds to C, LB and B.
    termination
        How it ended.
    bounded
        How the least cost of each of `rows` was bounded (`matcher.plan.Bounded`).
    projects, project_prices, options
        Rows of the projects planned as a whole, the price of the budget of each in permille, and the number
        of the design option it builds (`matcher.blocks.list_options`).
    tier
        Which engine planned it: ``flow``, ``simplex`` or ``block``.
    """

    lot: IntArray
    requirement: IntArray
    flow: IntArray
    cost: IntArray
    priced: IntArray
    prices: IntArray
    rows: IntArray
    allowed: IntArray
    worth: IntArray
    short: IntArray
    stopped: IntArray
    total: int
    bound: int
    baseline: int
    termination: Termination
    bounded: CodeArray
    projects: IntArray
    project_prices: IntArray
    options: IntArray
    tier: str


class Signal(Protocol):
    """The line between a task and whoever waits for it."""

    def tell(self, share: float) -> bool:
        """Say which share of the task is done; return whether it should come to an end."""


class Silence:
    """Nobody listens, nobody stops it."""

    def tell(self, share: float) -> bool:
        """Return False."""
        del share
        return False


def count_work(lots: int, requirements: int) -> int:
    """Return the work of a family of so many lots and requirements: its pairs, and its rows."""
    return lots * requirements + lots + requirements


def list_tasks(problem: Problem, *, weights: IntArray, quanta: IntArray, limits: Limits) -> list[Task]:
    """Cut a problem into its families, those with the most work first.

    Parameters
    ----------
    problem
        Any problem; families without requirements are left out.
    weights
        How many lots each row of lots stands for.
    quanta
        Quantum of each class.
    limits
        When each ends.
    """
    families = label_families(problem)
    parts = list(_part_rows(problem, families=families))
    parts.sort(key=lambda part: (-count_work(len(part[0]), len(part[1])), int(part[1][0])))
    return [
        Task(
            number=number,
            problem=cut_rows(problem, lots=lots, requirements=requirements),
            lots=lots,
            requirements=requirements,
            projects=list_projects(problem, requirements),
            weights=weights[lots],
            quanta=quanta,
            limits=limits,
        )
        for number, (lots, requirements) in enumerate(parts)
    ]


def list_projects(problem: Problem, requirements: IntArray) -> IntArray:
    """Return the rows of the projects that some requirements belong to, rising.

    Parameters
    ----------
    problem
        Any problem.
    requirements
        Rows.
    """
    projects = np.unique(problem.requirements.project[requirements]).astype(np.int64)
    return projects[projects >= 0]


def _part_rows(problem: Problem, *, families: NDArray[np.int32]) -> Iterator[tuple[IntArray, IntArray]]:
    """Yield the lots and the requirements of each family, neighbours next to each other."""
    lots, requirements = _sort_rows(problem, problem.lots), _sort_rows(problem, problem.requirements)
    of_lots, of_wanted = (
        families[problem.lots.class_[lots]],
        families[problem.requirements.class_[requirements]],
    )
    lots, requirements = (
        rows[np.argsort(of, kind="stable")] for rows, of in ((lots, of_lots), (requirements, of_wanted))
    )
    lot_ends = np.cumsum(np.bincount(of_lots, minlength=len(families)))
    wanted_ends = np.cumsum(np.bincount(of_wanted, minlength=len(families)))
    for family in range(len(families)):
        first = wanted_ends[family - 1] if family else 0
        if first < wanted_ends[family]:
            begin = lot_ends[family - 1] if family else 0
            yield lots[begin : lot_ends[family]], requirements[first : wanted_ends[family]]


def _sort_rows(problem: Problem, table: Lots | Requirements) -> IntArray:
    """Return rows by class and place; as they stand where pairs are given."""
    if problem.pairs is not None:
        return np.arange(len(table.id))
    x, y = problem.sites.x_m[table.site] // CELL_METRES, problem.sites.y_m[table.site] // CELL_METRES
    return np.lexsort((x, y, table.class_))


def cut_rows(problem: Problem, *, lots: IntArray, requirements: IntArray) -> Problem:
    """Return the part of a problem that some of its lots and requirements need, without ids.

    Parameters
    ----------
    problem
        Any problem.
    lots, requirements
        Rows in the order they are to have.
    """
    sites, place = np.unique(
        np.concatenate([problem.lots.site[lots], problem.requirements.site[requirements], problem.hubs.site]),
        return_inverse=True,
    )
    projects, project = np.unique(problem.requirements.project[requirements], return_inverse=True)
    if len(projects) and projects[0] < 0:  # some belong to none
        projects, project = projects[1:], project - 1
    place, project = place.astype(np.int32), project.astype(np.int32)
    count = len(lots)
    ends = count + len(requirements)
    hubs = place[ends:].astype(np.int32)
    hubs.setflags(write=False)
    return replace(
        problem,
        hubs=replace(problem.hubs, site=hubs),
        lots=take_rows(problem.lots, lots, site=place[:count]),
        requirements=take_rows(problem.requirements, requirements, site=place[count:ends], project=project),
        sites=take_rows(problem.sites, sites),
        projects=take_rows(problem.projects, projects),
        pairs=_cut_pairs(problem, lots=lots, requirements=requirements),
        digest="",
    )


def take_rows(table: _T, rows: NDArray[np.signedinteger[Any]], **other: NDArray[Any]) -> _T:
    """Return some rows of a table, without ids.

    Parameters
    ----------
    table
        A table of a problem.
    rows
        Rows in the order they are to have; one may come more than once.
    other
        Columns to put in instead.
    """
    columns = {
        item.name: other[item.name] if item.name in other else getattr(table, item.name)[rows]
        for item in fields(table)
        if item.name != "id"
    }
    columns["id"] = np.full(len(rows), "", dtype=np.object_)
    for array in columns.values():
        array.setflags(write=False)
    return type(table)(**columns)


def _cut_pairs(problem: Problem, *, lots: IntArray, requirements: IntArray) -> Pairs | None:
    pairs = problem.pairs
    if pairs is None:
        return None
    lot_place = np.full(len(problem.lots.id), -1, dtype=np.int32)
    wanted_place = np.full(len(problem.requirements.id), -1, dtype=np.int32)
    lot_place[lots], wanted_place[requirements] = np.arange(len(lots)), np.arange(len(requirements))
    kept = np.flatnonzero(wanted_place[pairs.requirement] >= 0)
    columns = {item.name: getattr(pairs, item.name)[kept] for item in fields(pairs)}
    columns["lot"], columns["requirement"] = lot_place[columns["lot"]], wanted_place[columns["requirement"]]
    for array in columns.values():
        array.setflags(write=False)
    return Pairs(**columns)
