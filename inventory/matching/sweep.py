# SPDX-License-Identifier: EUPL-1.2
"""The front of money against CO2e over one look at the database."""

from collections.abc import Callable, Sequence
from functools import partial

from sqlalchemy import Engine

from inventory.errors import GenbroError
from inventory.matching.params import RunParams
from inventory.matching.snapshot import read_snapshot
from matcher.errors import MatcherError
from matcher.solve import solve
from matcher.tradeoffs.front import Point, sweep_carbon_price


class SweepUnsolvedError(GenbroError):
    """There is no front: {why}"""


def sweep_prices(
    engine: Engine,
    *,
    params: RunParams,
    prices: Sequence[int],
    workers: int = 1,
    report: Callable[[int], None] | None = None,
) -> tuple[Point, ...]:
    """Solve what the params select at each carbon price.

    Parameters
    ----------
    engine
        The database; it is only read, all of it as of one instant.
    params
        What takes part; its own carbon price is not used.
    prices
        Oere per tonne CO2e.
    workers
        Processes each solve may use; the plans do not depend on it.
    report
        Called with the number of prices done.

    Raises
    ------
    SweepUnsolvedError
        The matcher could not read or solve the problem.
    """
    try:
        problem = read_snapshot(engine, params=params).problem
        return sweep_carbon_price(problem, prices, solver=partial(solve, workers=workers), report=report)
    except MatcherError as error:
        raise SweepUnsolvedError(why=str(error)) from error
