# SPDX-License-Identifier: EUPL-1.2
"""Types: identical lots and requirements gathered into one row each, and a plan spread back by id."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, fields, replace
from typing import Any, TypeVar

import numpy as np
from numpy.typing import NDArray

from matcher.compiling import compiled
from matcher.problem.columns import BoolArray, IntArray, Lots, Requirements
from matcher.problem.problem import Problem

_T = TypeVar("_T", Lots, Requirements)
_SALT = 0x9E3779B97F4A7C15


@dataclass(frozen=True, slots=True, kw_only=True)
class Groups:
    """Rows that are alike, gathered.

    Parameters
    ----------
    first
        First row of each type, ascending.
    type_of
        Type of each row.
    count
        Rows of each type.
    """

    first: IntArray
    type_of: IntArray
    count: IntArray


@dataclass(frozen=True, slots=True, kw_only=True)
class Typed:
    """A problem with one row for each type of lot and of requirement.

    Parameters
    ----------
    problem
        The smaller problem; its quantities are sums. It has no digest of its own.
    lots, requirements
        How the rows of the whole problem were gathered.
    """

    problem: Problem
    lots: Groups
    requirements: Groups


def gather_rows(columns: Sequence[NDArray[Any]]) -> Groups:
    """Gather rows that are equal in every column.

    Parameters
    ----------
    columns
        Arrays of one length, of one or two dimensions: numbers, flags or text.

    Notes
    -----
    Rows are sorted by a hash of 64 bits and compared with the first of the same hash, column by column;
    should two that differ share a hash, they are sorted by their bytes instead.
    """
    parts = [_number_column(column) for column in columns]
    hashes = np.full(len(columns[0]), _SALT, dtype=np.uint64)
    for part in parts:
        for place in range(part.shape[1]):
            hashes = _mix_bits(hashes ^ part[:, place])
    groups = _group_keys(hashes)
    first_of = groups.first[groups.type_of]
    if all(np.array_equal(part, part[first_of]) for part in parts):
        return groups
    rows = np.ascontiguousarray(np.hstack(parts))
    return _group_keys(rows.view(np.dtype((np.void, rows.shape[1] * rows.itemsize))).ravel())


def _number_column(column: NDArray[Any]) -> NDArray[np.uint64]:
    """Return a column as bits that are equal where its values are, of two dimensions."""
    if column.dtype == np.object_:
        seen: dict[str, int] = {}
        numbers = [seen.setdefault(value, len(seen)) for value in column.tolist()]
        return np.array(numbers, dtype=np.uint64).reshape(len(column), -1)
    wide = column.reshape(len(column), -1)
    if wide.dtype.kind == "f":
        return (wide.astype(np.float64) + 0.0).view(np.uint64)
    return wide.astype(np.int64).view(np.uint64)


def _mix_bits(bits: NDArray[np.uint64]) -> NDArray[np.uint64]:
    """Return well mixed bits; two different ones never become the same (splitmix64's last step)."""
    bits = (bits ^ (bits >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
    bits = (bits ^ (bits >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    return bits ^ (bits >> np.uint64(31))


def _group_keys(keys: NDArray[Any]) -> Groups:
    _, first, inverse = np.unique(keys, return_index=True, return_inverse=True)
    order = np.argsort(first)
    place = np.empty_like(order)
    place[order] = np.arange(len(order))
    type_of = place[inverse.ravel()]
    return Groups(first=first[order], type_of=type_of, count=np.bincount(type_of, minlength=len(first)))


def gather_types(problem: Problem, *, apart: BoolArray) -> Typed:
    """Gather lots that differ in nothing but id and quantity, and requirements likewise.

    Parameters
    ----------
    problem
        Any problem. Where its pairs are given, nothing is gathered: give the pairs between types instead
        (`gather_rows`, `spread_flow`).
    apart
        Of each class, whether its lots and requirements stay as they are: side rules count lots and look at
        single quantities.

    Notes
    -----
    Alike rows have equal least prices, so nothing is lost: 167.8 M pairs of elements became 207 k pairs of
    types in the largest published case (matching.md, section 3).
    """
    lots, wanted = problem.lots, problem.requirements
    if problem.pairs is not None or not len(lots.id) or not len(wanted.id):
        each_lot, each_wanted = _keep_rows(len(lots.id)), _keep_rows(len(wanted.id))
        return Typed(problem=problem, lots=each_lot, requirements=each_wanted)
    lot_groups = gather_rows(
        [
            *_list_numbers(lots, leaving=("id", "quantity", "kind", "low", "likely", "high")),
            np.where(apart[lots.class_], np.arange(len(lots.id)), -1),
        ]
    )
    wanted_groups = gather_rows(
        [
            *_list_numbers(wanted, leaving=("id", "quantity", "project", "design_option")),
            np.where(apart[wanted.class_], np.arange(len(wanted.id)), -1),
        ]
    )
    smaller = replace(
        problem,
        lots=_take_types(lots, lot_groups),
        requirements=_take_types(wanted, wanted_groups),
        digest="",
    )
    return Typed(problem=smaller, lots=lot_groups, requirements=wanted_groups)


def spread_flow(
    *,
    lot: IntArray,
    wanted: IntArray,
    flow: IntArray,
    lots: Groups,
    requirements: Groups,
    supply: IntArray,
    demand: IntArray,
) -> tuple[IntArray, IntArray, IntArray]:
    """Spread steps between types over the rows of each type, in the order of the rows.

    Parameters
    ----------
    lot, wanted, flow
        Types at the ends of each match between types, and its steps.
    lots, requirements
        How the rows were gathered.
    supply, demand
        Quantities of the rows.

    Returns
    -------
    tuple
        Row of the lot, row of the requirement and steps of each match, by requirement, then lot.
    """
    order = np.lexsort((lot, wanted))
    found = _spread(
        lot[order],
        wanted[order],
        flow[order],
        *_list_members(lots),
        *_list_members(requirements),
        supply,
        demand,
    )
    order = np.lexsort((found[0], found[1]))
    return found[0][order], found[1][order], found[2][order]


def _keep_rows(length: int) -> Groups:
    rows = np.arange(length)
    return Groups(first=rows, type_of=rows, count=np.ones(length, dtype=np.int64))


def _list_numbers(table: Lots | Requirements, *, leaving: tuple[str, ...]) -> list[NDArray[Any]]:
    return [getattr(table, item.name) for item in fields(table) if item.name not in leaving]


def _take_types(table: _T, groups: Groups) -> _T:
    columns = {
        item.name: np.ascontiguousarray(getattr(table, item.name)[groups.first]) for item in fields(table)
    }
    quantity = np.zeros(len(groups.first), dtype=np.int64)
    np.add.at(quantity, groups.type_of, table.quantity)
    columns["quantity"] = quantity
    for array in columns.values():
        array.setflags(write=False)
    return type(table)(**columns)


def _list_members(groups: Groups) -> tuple[IntArray, IntArray]:
    start = np.zeros(len(groups.first) + 1, dtype=np.int64)
    np.cumsum(groups.count, out=start[1:])
    return start, np.argsort(groups.type_of, kind="stable")


@compiled
def _spread(  # Numba takes no keyword-only arguments
    lot: IntArray,
    wanted: IntArray,
    flow: IntArray,
    lot_start: IntArray,
    lot_member: IntArray,
    wanted_start: IntArray,
    wanted_member: IntArray,
    supply: IntArray,
    demand: IntArray,
) -> tuple[IntArray, IntArray, IntArray]:
    most = len(lot_member) + len(wanted_member) + len(flow)
    out_lot = np.empty(most, dtype=np.int64)
    out_wanted = np.empty(most, dtype=np.int64)
    out_flow = np.empty(most, dtype=np.int64)
    lot_place, wanted_place = lot_start.copy(), wanted_start.copy()
    supply_left, demand_left = supply.copy(), demand.copy()
    size = 0
    for match in range(len(flow)):
        left = flow[match]
        seller, buyer = lot[match], wanted[match]
        while left > 0:
            one, other = lot_member[lot_place[seller]], wanted_member[wanted_place[buyer]]
            if supply_left[one] == 0:
                lot_place[seller] += 1
                continue
            if demand_left[other] == 0:
                wanted_place[buyer] += 1
                continue
            steps = min(left, supply_left[one], demand_left[other])
            out_lot[size], out_wanted[size], out_flow[size] = one, other, steps
            size += 1
            left -= steps
            supply_left[one] -= steps
            demand_left[other] -= steps
    return out_lot[:size], out_wanted[:size], out_flow[:size]
