# SPDX-License-Identifier: EUPL-1.2
"""The published reuse-matching instances (doi 10.1088/2634-4505/acf341), solved to their proven optimum."""

from pathlib import Path

import numpy as np
import pytest

from matcher.check.check import check
from matcher.problem.problem import Problem, make_problem
from matcher.solve import solve
from matcher.types import Groups, gather_rows, spread_flow

PER_KG = 10**9
"""Units of cost for a kg CO2e: fine enough that 4,096 roundings stay far below a gram."""
NEW_KG_PER_M3 = 28.9
REUSED_KG_PER_M3 = 2.25


def read_elements(path: Path) -> np.ndarray:
    """Read length, area and moment of inertia of each element."""
    return np.loadtxt(path, delimiter=",", skiprows=1)


def pose_problem(demand: np.ndarray, supply: np.ndarray) -> tuple[Problem, Groups, Groups]:
    """Gather identical elements into types, and give the pairs between types that save something.

    A supply element serves a demand element where length, area and inertia are each at least the demand's.
    """
    wanted, offered = gather_rows([demand]), gather_rows([supply])
    need, have = demand[wanted.first], supply[offered.first]
    fits = (have[None, :, :] >= need[:, None, :]).all(axis=2)
    row, lot = np.nonzero(fits)
    new_kg = need[:, 0] * need[:, 1] * NEW_KG_PER_M3
    reused_kg = need[row, 0] * have[lot, 1] * REUSED_KG_PER_M3
    useful = reused_kg < new_kg[row]
    problem = make_problem(
        classes={"id": ["timber"]},
        sites={"id": ["here"], "x_m": [0], "y_m": [0]},
        lots={
            "id": [f"s{place:06d}" for place in range(len(have))],
            "class": np.zeros(len(have), dtype=int),
            "site": np.zeros(len(have), dtype=int),
            "quantity": offered.count,
            "available_from": np.zeros(len(have), dtype=int),
            "available_to": np.ones(len(have), dtype=int),
        },
        requirements={
            "id": [f"d{place:06d}" for place in range(len(need))],
            "class": np.zeros(len(need), dtype=int),
            "site": np.zeros(len(need), dtype=int),
            "quantity": wanted.count,
            "wanted_from": np.zeros(len(need), dtype=int),
            "wanted_to": np.ones(len(need), dtype=int),
            "new_price_ore": new_kg * (PER_KG / 1000),
        },
        pairs={
            "lot": lot[useful],
            "requirement": row[useful],
            "cost": np.rint(reused_kg[useful] * PER_KG).astype(np.int64),
        },
    )
    return problem, wanted, offered


@pytest.mark.parametrize(
    ("size", "optimum_kg"),
    [("512x5120", 615.0164), ("1024x10240", 1193.6633), ("2048x20480", 2436.9388), ("4096x40960", 4744.6611)],
)
def test_published_instances(real_data: Path, size: str, optimum_kg: float) -> None:
    """Each is solved to its proven optimum, checked, and spread over its elements."""
    folder = real_data / "10_reuse_matching_paper"
    demand = read_elements(folder / f"amount_{size}_demand.csv")
    supply = read_elements(folder / f"amount_{size}_supply.csv")
    problem, wanted, offered = pose_problem(demand, supply)
    plan = solve(problem)
    assert check(problem, plan, digest=problem.digest) == []
    assert plan.certificate.cost == plan.certificate.bound
    saved = (plan.certificate.baseline - plan.certificate.cost) / PER_KG
    assert saved == pytest.approx(optimum_kg, abs=0.001)
    one, other, steps = spread_flow(
        lot=plan.matches.lot.astype(np.int64),
        wanted=plan.matches.requirement.astype(np.int64),
        flow=plan.matches.quantity,
        lots=offered,
        requirements=wanted,
        supply=np.ones(len(supply), dtype=np.int64),
        demand=np.ones(len(demand), dtype=np.int64),
    )
    assert (steps == 1).all()
    assert len(np.unique(one)) == len(one)
    assert len(np.unique(other)) == len(other)
    assert (supply[one] >= demand[other]).all()
    kg = demand[other, 0] * (NEW_KG_PER_M3 * demand[other, 1] - REUSED_KG_PER_M3 * supply[one, 1])
    assert kg.sum() == pytest.approx(optimum_kg, abs=0.001)
