# SPDX-License-Identifier: EUPL-1.2
"""Genbro's flow engine against solvers given the same arrays, family by family."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial

import numpy as np
from numpy.typing import NDArray

from benchmarks.bars import BARS
from benchmarks.contest import SECONDS, Answer, Contest, Sides
from benchmarks.peers.highs import solve_by_highs
from benchmarks.peers.lmcf import solve_by_lmcf
from benchmarks.peers.networkx_simplex import solve_by_networkx
from benchmarks.peers.pulp_cbc import solve_by_cbc
from benchmarks.peers.scipy_linprog import solve_by_scipy
from benchmarks.scale import Scale, Size
from benchmarks.transportation import Transportation, count_saving, draw_transportations
from matcher.plain.flow import find_flow
from matcher.plain.simplex_flow import find_flow_by_simplex

Engine = Callable[[Transportation], NDArray[np.int64]]


def _solve_by_ortools(case: Transportation) -> NDArray[np.int64]:
    return find_flow(
        wanted=case.wanted, lot=case.lot, saving=case.saving, demand=case.demand, supply=case.supply
    )


_HIGHS = "HiGHS by highspy's arrays, primal simplex"
_ORTOOLS = "OR-Tools SimpleMinCostFlow, arrays"
_SCIPY = "SciPy linprog, sparse matrix, HiGHS"
_LEMON = "pylmcf, LEMON's network simplex, arrays"
_CBC = "PuLP with its own CBC"
_PEERS: tuple[tuple[str, str, str, Engine, str, bool], ...] = (
    ("flow_ortools", "flow", _ORTOOLS, _solve_by_ortools, "ortools", False),
    ("flow_ortools_1m", "flow_1m", _ORTOOLS, _solve_by_ortools, "ortools", True),
    ("flow_highspy", "flow", _HIGHS, solve_by_highs, "highspy", False),
    ("flow_highspy_10k", "flow_10k", _HIGHS, solve_by_highs, "highspy", False),
    ("flow_highspy_1m", "flow_1m", _HIGHS, solve_by_highs, "highspy", True),
    ("flow_pylmcf", "flow", _LEMON, solve_by_lmcf, "pylmcf", False),
    ("flow_pylmcf_10k", "flow_10k", _LEMON, solve_by_lmcf, "pylmcf", False),
    ("flow_pylmcf_1m", "flow_1m", _LEMON, solve_by_lmcf, "pylmcf", True),
    ("flow_scipy", "flow", _SCIPY, solve_by_scipy, "scipy", False),
    ("flow_scipy_10k", "flow_10k", _SCIPY, solve_by_scipy, "scipy", False),
    ("flow_scipy_1m", "flow_1m", _SCIPY, solve_by_scipy, "scipy", True),
    ("flow_networkx", "flow_10k", "NetworkX network_simplex", solve_by_networkx, "networkx", True),
    ("flow_pulp_cbc", "flow", _CBC, solve_by_cbc, "pulp", True),
    ("flow_pulp_cbc_400k", "flow_400k", _CBC, solve_by_cbc, "pulp", True),
)
"""Name, size by its name in `Scale`, peer, engine, distribution, and whether it takes long."""


def list_flow_contests(scale: Scale) -> list[Contest]:
    """List the contests of the flow engine."""
    return [
        Contest(
            group="flow",
            name=name,
            bar=BARS[name],
            peer=peer,
            unit=SECONDS,
            runs=scale.runs_long if long else scale.runs,
            packages=(package,),
            open_sides=partial(_open_sides, engine, size=getattr(scale, size)),
        )
        for name, size, peer, engine, package, long in _PEERS
    ]


@contextmanager
def _open_sides(engine: Engine, *, size: Size) -> Iterator[Sides]:
    cases = draw_transportations(
        n_lots=size.n_lots, n_requirements=size.n_requirements, n_classes=size.n_classes
    )
    pairs = sum(len(case.lot) for case in cases)
    yield Sides(
        ours=partial(_run, _solve_by_flow, cases),
        theirs=partial(_run, engine, cases),
        size=f"{size.describe()}, {pairs:,} pairs in {len(cases)} families",
    )


def _run(engine: Engine, cases: list[Transportation]) -> Answer:
    return Answer(value=sum(count_saving(case, flow=engine(case)) for case in cases))


def _solve_by_flow(case: Transportation) -> NDArray[np.int64]:
    return find_flow_by_simplex(
        wanted=case.wanted, lot=case.lot, saving=case.saving, demand=case.demand, supply=case.supply
    )
