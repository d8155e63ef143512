# SPDX-License-Identifier: EUPL-1.2
"""The published instances of reclaimed timber: read, typed, solved, checked and spread back over elements.

Tomczak, Haakonsen, Luczkowski 2023, doi 10.1088/2634-4505/acf341, table "variable amount".
"""

from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from benchmarks.transportation import Transportation
from matcher.check.check import check
from matcher.plan import Plan
from matcher.problem.problem import Problem, make_problem
from matcher.solve import solve
from matcher.types import Groups, gather_rows, spread_flow

FOLDER = "10_reuse_matching_paper"
NEW_KG_PER_M3, REUSED_KG_PER_M3 = 28.9, 2.25
"""kg CO2e of a cubic metre of timber: the paper's own factors, not those of the building code."""
PARTS_PER_KG = 10**9
"""Costs are whole micrograms, so that rounding moves the sum of 4,096 pairs by less than 0.00001 kg."""
ORE_PER_PART = 1 / 1000

FloatArray = NDArray[np.float64]
IntArray = NDArray[np.int64]


@dataclass(frozen=True, slots=True, kw_only=True)
class PublishedInstance:
    """What is known of an instance.

    Parameters
    ----------
    demand, supply
        Elements wanted and at hand.
    greedy_s, bipartite_s, cp_sat_s
        Seconds the paper prints; None = not run there.
    proven_kg
        Optimum, proven with the data (the paper's own 1,183.29 kg of the second is not optimal).
    """

    demand: int
    supply: int
    greedy_s: float
    bipartite_s: float
    cp_sat_s: float | None
    proven_kg: float

    @property
    def name(self) -> str:
        """Return the name in the files."""
        return f"{self.demand}x{self.supply}"


INSTANCES = (
    PublishedInstance(
        demand=512, supply=5_120, greedy_s=9.17, bipartite_s=5.29, cp_sat_s=722.0, proven_kg=615.0164
    ),
    PublishedInstance(
        demand=1_024, supply=10_240, greedy_s=72.8, bipartite_s=22.5, cp_sat_s=2_972.0, proven_kg=1_193.6633
    ),
    PublishedInstance(
        demand=2_048, supply=20_480, greedy_s=594.0, bipartite_s=86.7, cp_sat_s=None, proven_kg=2_436.9388
    ),
    PublishedInstance(
        demand=4_096, supply=40_960, greedy_s=4_056.0, bipartite_s=271.0, cp_sat_s=None, proven_kg=4_744.6611
    ),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Elements:
    """Elements as the files give them: shape (n, 3), length in m, area in m2, inertia in m4."""

    demand: FloatArray
    supply: FloatArray


@dataclass(frozen=True, slots=True, kw_only=True)
class TypedElements:
    """Elements gathered by equal measures, with the pairs of types that fit and save something.

    Parameters
    ----------
    demand, supply
        How the elements were gathered.
    wanted, lot, saving_kg
        Of each pair of types.
    new_kg
        kg CO2e of a new element of each type of demand.
    """

    demand: Groups
    supply: Groups
    wanted: IntArray
    lot: IntArray
    saving_kg: FloatArray
    new_kg: FloatArray


@dataclass(frozen=True, slots=True, kw_only=True)
class Assignment:
    """An answer: which element serves which, with the plan of types behind it and what it saves."""

    problem: Problem
    plan: Plan
    demand: IntArray
    supply: IntArray
    saved_kg: float


class BrokenPlanError(Exception):
    """The independent check found a rule broken."""


def read_elements(folder: Path, *, instance: PublishedInstance) -> Elements:
    """Read an instance.

    Parameters
    ----------
    folder
        The folder of real data.
    instance
        Which.
    """
    base = folder / FOLDER
    return Elements(
        demand=np.loadtxt(base / f"amount_{instance.name}_demand.csv", delimiter=",", skiprows=1),
        supply=np.loadtxt(base / f"amount_{instance.name}_supply.csv", delimiter=",", skiprows=1),
    )


def type_elements(elements: Elements) -> TypedElements:
    """Gather equal elements and list the pairs of types where one can serve the other.

    Notes
    -----
    The paper's rule: length, area and inertia each at least the demand's. The supply's length does not enter
    the saving: what is cut off is not counted.
    """
    demand, supply = gather_rows([elements.demand]), gather_rows([elements.supply])
    wanted, offered = elements.demand[demand.first], elements.supply[supply.first]
    fits = np.ones((len(wanted), len(offered)), dtype=np.bool_)
    for measure in range(3):
        fits &= offered[None, :, measure] >= wanted[:, measure, None]
    saving = count_saving_kg(wanted[:, None], offered[None, :])
    rows, columns = np.nonzero(fits & (saving > 0))
    return TypedElements(
        demand=demand,
        supply=supply,
        wanted=rows,
        lot=columns,
        saving_kg=saving[rows, columns],
        new_kg=wanted[:, 0] * wanted[:, 1] * NEW_KG_PER_M3,
    )


def count_saving_kg(demand: FloatArray, supply: FloatArray) -> FloatArray:
    """Return kg CO2e saved by serving elements with others; arrays (..., 3) that broadcast."""
    return demand[..., 0] * (NEW_KG_PER_M3 * demand[..., 1] - REUSED_KG_PER_M3 * supply[..., 1])


def pose_problem(typed: TypedElements) -> Problem:
    """Pose the types as a problem with its pairs given, in micrograms of CO2e."""
    types_wanted, types_offered = len(typed.demand.count), len(typed.supply.count)
    new_parts = np.round(typed.new_kg * PARTS_PER_KG).astype(np.int64)
    return make_problem(
        classes={"id": ["timber"]},
        sites={"id": ["paper"], "x_m": [0], "y_m": [0]},
        lots={
            "id": [f"S{row:05d}" for row in range(types_offered)],
            "class": np.zeros(types_offered, dtype=np.int32),
            "site": np.zeros(types_offered, dtype=np.int32),
            "quantity": typed.supply.count,
            "available_from": np.zeros(types_offered, dtype=np.int32),
            "available_to": np.ones(types_offered, dtype=np.int32),
        },
        requirements={
            "id": [f"D{row:05d}" for row in range(types_wanted)],
            "class": np.zeros(types_wanted, dtype=np.int32),
            "site": np.zeros(types_wanted, dtype=np.int32),
            "quantity": typed.demand.count,
            "wanted_from": np.zeros(types_wanted, dtype=np.int32),
            "wanted_to": np.ones(types_wanted, dtype=np.int32),
            "new_price_ore": new_parts * ORE_PER_PART,
        },
        pairs={
            "lot": typed.lot.astype(np.int32),
            "requirement": typed.wanted.astype(np.int32),
            "cost": new_parts[typed.wanted] - np.round(typed.saving_kg * PARTS_PER_KG).astype(np.int64),
        },
    )


def assign_elements(elements: Elements) -> Assignment:
    """Go the whole way from measures to a checked plan, and from types back to elements.

    Raises
    ------
    BrokenPlanError
        The check found something.
    """
    typed = type_elements(elements)
    problem = pose_problem(typed)
    plan = solve(problem)
    broken = check(problem, plan, digest=problem.digest)
    if broken:
        raise BrokenPlanError("; ".join(str(violation) for violation in broken[:5]))
    supply, demand, _ = spread_flow(
        lot=plan.matches.lot.astype(np.int64),
        wanted=plan.matches.requirement.astype(np.int64),
        flow=plan.matches.quantity,
        lots=typed.supply,
        requirements=typed.demand,
        supply=np.ones(len(elements.supply), dtype=np.int64),
        demand=np.ones(len(elements.demand), dtype=np.int64),
    )
    saved = count_saving_kg(elements.demand[demand], elements.supply[supply])
    return Assignment(problem=problem, plan=plan, demand=demand, supply=supply, saved_kg=float(np.sum(saved)))


def list_transportation(typed: TypedElements) -> Transportation:
    """Return the types as arrays for a peer, savings in micrograms."""
    return Transportation(
        wanted=typed.wanted,
        lot=typed.lot,
        saving=np.round(typed.saving_kg * PARTS_PER_KG).astype(np.int64),
        demand=typed.demand.count,
        supply=typed.supply.count,
        quantum=1,
    )
