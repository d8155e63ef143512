# SPDX-License-Identifier: EUPL-1.2
"""The lots on offer, laid out once: by class and cell, with quantities and prices that may change."""

from __future__ import annotations

from dataclasses import dataclass, fields, replace
from typing import Any, TypeVar

import numpy as np

from matcher.candidates import World, lay_world
from matcher.errors import InputError
from matcher.grid import lay_grid
from matcher.problem.columns import IntArray
from matcher.problem.problem import Problem
from matcher.value import set_rates

_T = TypeVar("_T")


@dataclass(frozen=True, slots=True, kw_only=True)
class Offer:
    """All lots of a problem, laid out so that a question reads those of a class one after the other.

    Parameters
    ----------
    problem
        The problem, its lots by class, then cell, then row; its requirements are those of the run.
    world
        The same, prepared.
    row
        Row in the problem as given of each place.
    place
        Place of each row of the problem as given.
    quantity
        Steps still there, at each place.
    prices
        u, at each place: what a step is worth to others, in 1/1000 øre.
    lands
        Number of each land mass by name.
    """

    problem: Problem
    world: World
    row: IntArray
    place: IntArray
    quantity: IntArray
    prices: IntArray
    lands: dict[str, int]

    @property
    def nbytes(self) -> int:
        """Return the memory of the arrays, the ids aside."""
        facts, grid, rates = self.world.facts, self.world.grid, self.world.rates
        arrays = [*facts, *facts.places, *grid, *rates, self.row, self.place, self.quantity, self.prices]
        return sum(array.nbytes for array in arrays if isinstance(array, np.ndarray))

    def set_quantity(self, row: int, *, steps: int) -> None:
        """Change how much there is of a lot; 0 withdraws it. The next question sees it.

        Parameters
        ----------
        row
            Row in the problem as given.
        steps
            Steps from now on.

        Raises
        ------
        InputError
            For fewer than no steps.
        """
        if steps < 0:
            raise InputError("at least 0 steps", table="lots", column="quantity", value=steps)
        self.quantity[self.place[row]] = steps

    def set_prices(self, prices: IntArray) -> None:
        """Take over the prices of a newer run.

        Parameters
        ----------
        prices
            u of each lot of the problem as given, not below 0.

        Raises
        ------
        InputError
            For a price below 0, or not one for each lot.
        """
        self.prices[:] = _check_prices(prices, lots=len(self.row))[self.row]


def lay_offer(problem: Problem, *, prices: IntArray | None = None, quanta: IntArray | None = None) -> Offer:
    """Lay the lots of a problem out.

    Parameters
    ----------
    problem
        Any problem whose pairs are not given. Its requirements need not be those that will be asked about.
    prices
        u of each lot, as a certificate holds them; None = 0, as if nobody else wanted anything.
    quanta
        Quantum of each class, as a certificate holds it; None = chosen as a run of the problem would.

    Raises
    ------
    InputError
        Where the pairs are given: then there are no rules to ask. For a price below 0.
    """
    if problem.pairs is not None:
        raise InputError("a problem whose pairs are found, not given", table="pairs")
    row = lay_grid(problem).lots.astype(np.int64)
    place = np.empty(len(row), dtype=np.int64)
    place[row] = np.arange(len(row))
    laid = replace(problem, lots=take_rows(problem.lots, row=row), digest="")
    quantum = set_rates(problem).quantum if quanta is None else quanta.copy()
    known = np.zeros(len(row), dtype=np.int64) if prices is None else _check_prices(prices, lots=len(row))
    names = np.unique(problem.sites.land.astype(str)).tolist()
    return Offer(
        problem=laid,
        world=lay_world(laid, quantum=quantum),
        row=row,
        place=place,
        quantity=laid.lots.quantity.copy(),
        prices=known[row],
        lands={name: number if name else -1 for number, name in enumerate(names)},
    )


def take_rows(table: _T, *, row: IntArray) -> _T:
    """Return the rows of a table, in the order asked for; its arrays are read-only.

    Parameters
    ----------
    table
        A table of a problem.
    row
        Rows of it.
    """
    columns: dict[str, Any] = {}
    for item in fields(table):  # type: ignore[arg-type]  # every table is a dataclass
        columns[item.name] = np.ascontiguousarray(getattr(table, item.name)[row])
        columns[item.name].setflags(write=False)
    return type(table)(**columns)


def _check_prices(prices: IntArray, *, lots: int) -> IntArray:
    if len(prices) != lots:
        raise InputError(f"a price for each of {lots} lots", table="certificate", column="lot_prices")
    if len(prices) and prices.min() < 0:
        raise InputError("at least 0", table="certificate", column="lot_prices", value=int(prices.min()))
    return np.ascontiguousarray(prices, dtype=np.int64)
