# SPDX-License-Identifier: EUPL-1.2
"""What the checker looks at: the lots of each class by the square they lie in, and what is asked of them."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from matcher.distance import Places, lay_places
from matcher.problem.columns import OPEN, UNKNOWN, BoolArray, CodeArray, DayArray, IntArray, RowArray
from matcher.problem.problem import Problem
from matcher.rates import Rates, set_rates
from matcher.storing import Stores, lay_stores

SQUARE_METRES = 15_000
"""Side of a square, unless the lots span more than `MOST_SQUARES` of them."""
MOST_SQUARES = 80


class Shelf(NamedTuple):
    """Lots by class, then square, then row; all columns in that order.

    Parameters
    ----------
    lot
        Row of lots.
    start
        Those of class k in square s stand from ``start[k * squares + s]`` to ``start[k * squares + s + 1]``.
    x_m, y_m, site
        Where they are.
    group, group_land, group_node
        Number of the land mass and road node that each has; and those of each number.
    opens, closes, decide_by, documentation, screening, attribute
        Columns of lots.
    west_m, south_m, side_m, columns, rows
        Corner, side and number of the squares.
    """

    lot: RowArray
    start: IntArray
    x_m: IntArray
    y_m: IntArray
    site: RowArray
    group: RowArray
    group_land: RowArray
    group_node: RowArray
    opens: DayArray
    closes: DayArray
    decide_by: DayArray
    documentation: CodeArray
    screening: CodeArray
    attribute: DayArray
    west_m: int
    south_m: int
    side_m: int
    columns: int
    rows: int


class Asked(NamedTuple):
    """Columns of requirements, the defaults of the params put in.

    Parameters
    ----------
    own, site, wanted_from, wanted_to, commit_from, documentation, unscreened, minimum, maximum, unknown_ok
        As in the problem.
    metres, storage
        Longest road and most days in storage.
    swaps
        Whether substitutes may stand in.
    bounds
        Whether any attribute is bounded.
    offer_start, offer
        Classes that may stand in for each class: ``offer[offer_start[k]:offer_start[k + 1]]``, itself first.
    sort
        Number of all that is asked of a lot but place and time.
    """

    own: RowArray
    site: RowArray
    wanted_from: DayArray
    wanted_to: DayArray
    commit_from: DayArray
    documentation: CodeArray
    unscreened: BoolArray
    minimum: DayArray
    maximum: DayArray
    unknown_ok: BoolArray
    metres: IntArray
    storage: IntArray
    swaps: BoolArray
    bounds: BoolArray
    offer_start: IntArray
    offer: IntArray
    sort: IntArray


class Market(NamedTuple):
    """Everything the checker's loops look at.

    Parameters
    ----------
    shelf, asked, places, stores, rates
        Lots, requirements, roads, where lots can wait, and money.
    given
        Whether pairs are given.
    given_start, given_lot, given_cost, given_trip, given_load
        Those pairs, by requirement.
    """

    shelf: Shelf
    asked: Asked
    places: Places
    stores: Stores
    rates: Rates
    given: bool
    given_start: IntArray
    given_lot: RowArray
    given_cost: IntArray
    given_trip: IntArray
    given_load: IntArray


def lay_market(problem: Problem) -> Market:
    """Prepare what the checker looks at.

    Parameters
    ----------
    problem
        Any problem.
    """
    places = lay_places(problem)
    none = np.zeros(0, dtype=np.int64)
    pairs = problem.pairs
    rows = np.arange(len(problem.requirements.id) + 1)
    market = Market(
        _lay_shelf(problem, places),
        _list_asked(problem),
        places,
        lay_stores(problem, places),
        set_rates(problem),
        pairs is not None,
        np.searchsorted(none if pairs is None else pairs.requirement, rows),
        np.zeros(0, dtype=np.int32) if pairs is None else pairs.lot,
        none if pairs is None else pairs.cost,
        none if pairs is None else pairs.trip,
        none if pairs is None else pairs.load,
    )
    for part in (market.shelf, market.asked, market):
        for array in part:
            if isinstance(array, np.ndarray):
                array.setflags(write=False)
    return market


def _lay_shelf(problem: Problem, places: Places) -> Shelf:
    lots, sites = problem.lots, problem.sites
    x, y = sites.x_m[lots.site], sites.y_m[lots.site]
    west, south = int(x.min(initial=0)), int(y.min(initial=0))
    if len(x):
        west, south = int(x.min()), int(y.min())
    span = max(int(x.max(initial=west)) - west, int(y.max(initial=south)) - south) + 1
    side = max(SQUARE_METRES, -(-span // MOST_SQUARES))
    columns = (int(x.max(initial=west)) - west) // side + 1
    rows = (int(y.max(initial=south)) - south) // side + 1
    key = (lots.class_.astype(np.int64) * rows + (y - south) // side) * columns + (x - west) // side
    order = np.argsort(key, kind="stable")
    start = np.searchsorted(key[order], np.arange(len(problem.classes.id) * rows * columns + 1))
    site = lots.site[order]
    width = len(problem.roads.id) + 1
    spots, group = np.unique(
        (places.land[site] + 1).astype(np.int64) * width + places.node[site] + 1, return_inverse=True
    )
    return Shelf(
        order.astype(np.int32),
        start,
        x[order],
        y[order],
        site,
        group.astype(np.int32),
        (spots // width - 1).astype(np.int32),
        (spots % width - 1).astype(np.int32),
        lots.available_from[order],
        lots.available_to[order],
        lots.decide_by[order],
        lots.documentation[order],
        lots.screening[order],
        np.ascontiguousarray(lots.attribute[order]),
        west,
        south,
        side,
        int(columns),
        int(rows),
    )


def _list_asked(problem: Problem) -> Asked:
    wanted, params, swaps = problem.requirements, problem.params, problem.substitutes
    metres = np.where(wanted.max_metres == -1, params.default_max_metres, wanted.max_metres)
    storage = np.where(wanted.storage_days == -1, params.default_storage_days, wanted.storage_days)
    count = len(problem.classes.id)
    offers = [[row, *swaps.substitute[swaps.class_ == row].tolist()] for row in range(count)]
    start = np.zeros(count + 1, dtype=np.int64)
    np.cumsum([len(each) for each in offers], out=start[1:])
    return Asked(
        wanted.class_,
        wanted.site,
        wanted.wanted_from,
        wanted.wanted_to,
        wanted.commit_from,
        wanted.documentation_min,
        wanted.unknown_screening_ok,
        wanted.minimum,
        wanted.maximum,
        wanted.unknown_ok,
        np.minimum(metres, params.cap_metres).astype(np.int64),
        storage.astype(np.int64),
        wanted.substitutes_ok,
        np.any((wanted.minimum != UNKNOWN) | (wanted.maximum != OPEN), axis=1),
        start,
        np.array([one for each in offers for one in each], dtype=np.int64),
        _number_sorts(problem),
    )


def _number_sorts(problem: Problem) -> IntArray:
    wanted = problem.requirements
    plain = (wanted.class_, wanted.substitutes_ok, wanted.documentation_min, wanted.unknown_screening_ok)
    columns = [*plain, *wanted.minimum.T, *wanted.maximum.T, *wanted.unknown_ok.T]
    number = np.zeros(len(wanted.id), dtype=np.int64)
    for column in columns:
        _, code = np.unique(column, return_inverse=True)
        _, number = np.unique(number * (int(code.max(initial=0)) + 1) + code, return_inverse=True)
    return number.astype(np.int64)
