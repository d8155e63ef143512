# SPDX-License-Identifier: EUPL-1.2
"""Made-up problems of any size over the real towns of Denmark: same seed, same problem.

`python -m benchmarks.make_problem --lots 50000 --requirements 5000 --to FOLDER` writes files to import.
"""

from datetime import date
from pathlib import Path
from typing import Any

import click
import numpy as np
from numpy.typing import NDArray

from benchmarks.import_files import write_import_files
from benchmarks.rates import ReferenceRates, read_rates
from inventory.geography.land import land_mass_of
from inventory.geography.reference import read_land_masses, read_reference, read_road_graph
from inventory.geography.roads import all_pairs_metres, nearest_road_node
from matcher.columns import NONE, UNKNOWN
from matcher.problem import Problem, make_problem

SEED = 20261123
N_CLASSES = 60
LOTS_PER_SITE = 4
REQUIREMENTS_PER_PROJECT = 10
FIRST_DAY = (date(2027, 1, 1) - date(1970, 1, 1)).days
HORIZON_DAYS = 730
TYPICAL_UNITS = {"piece": 25.0, "m": 120.0, "m2": 150.0, "m3": 40.0, "kg": 500.0, "t": 60.0}
"""Median quantity of a lot in units; of pieces a hand can lift there are `MANY_PIECES`."""
MANY_PIECES = 4000.0
LIGHT_KG = 5.0
SHARES_OF_OFFSET = (1.0, 0.5, 0.5, 0.5, 0.0)
"""A point at sea is drawn towards its town, step by step."""
FARTHEST_OFF_LAND_M = 300.0
WANTED_PER_LOT = 3.0
"""A requirement's median quantity in lots: it takes several donors to serve it."""

Tables = dict[str, dict[str, Any]]
_Sites = tuple[NDArray[np.int64], NDArray[np.str_], NDArray[np.int32]]


def draw_problem(
    *, n_lots: int, n_requirements: int, n_classes: int = N_CLASSES, seed: int = SEED
) -> Problem:
    """Draw a problem; see `draw_tables`."""
    return make_problem(
        **draw_tables(n_lots=n_lots, n_requirements=n_requirements, n_classes=n_classes, seed=seed)
    )


def draw_tables(*, n_lots: int, n_requirements: int, n_classes: int = N_CLASSES, seed: int = SEED) -> Tables:
    """Draw the tables of a problem.

    Parameters
    ----------
    n_lots, n_requirements
        Rows; ten lots a requirement make some goods scarce and others plenty.
    n_classes
        Classes in use, the first of the packaged table.
    seed
        The same gives the same tables on every machine with the same NumPy.

    Returns
    -------
    dict
        The tables `matcher.problem.make_problem` takes.

    Notes
    -----
    Sites scatter around a town (a Gaussian, wider for larger towns), towns drawn by population, four lots a
    donor and ten requirements a project. Classes are drawn by a power law; quantities are log-normal, prices
    uniform around the packaged factors; two years of windows; some grades and screenings are unknown. Towns,
    roads, land masses and factors are real, everything else is invented.
    """
    random = np.random.default_rng(seed)
    rates = read_rates(n_classes=n_classes)
    n_donors, n_projects = -(-n_lots // LOTS_PER_SITE), -(-n_requirements // REQUIREMENTS_PER_PROJECT)
    roads = read_road_graph()
    xy, land, node = _scatter_sites(random, n_donors + n_projects)
    weight = 1.0 / (1.0 + random.permutation(n_classes)) ** 0.7
    popular = np.asarray(weight / weight.sum(), dtype=np.float64)
    return {
        "params": {"carbon_price_ore_per_tonne": 75_000, "selection": {"seed": str(seed)}},
        "classes": rates.classes,
        "substitutes": rates.substitutes,
        "vehicles": rates.vehicles,
        "roads": {
            "id": roads.ids.tolist(),
            "x_m": roads.xy[:, 0],
            "y_m": roads.xy[:, 1],
            "metres": all_pairs_metres(
                len(roads.ids), edges=roads.edges, metres=roads.metres, kinds=roads.kinds
            ),
        },
        "sites": {
            "id": [f"D{row:07d}" for row in range(n_donors)] + [f"P{row:07d}" for row in range(n_projects)],
            "x_m": xy[:, 0],
            "y_m": xy[:, 1],
            "land": land.tolist(),
            "node": node,
        },
        "lots": _draw_lots(random, n_lots, rates=rates, popular=popular),
        "requirements": _draw_requirements(
            random, n_requirements, rates=rates, popular=popular, n_donors=n_donors
        ),
        "projects": {"id": [f"P{row:07d}" for row in range(n_projects)]},
    }


def _scatter_sites(random: np.random.Generator, count: int) -> _Sites:
    towns = read_reference("towns.csv")
    centre = np.array([(float(town["x"]), float(town["y"])) for town in towns])
    people = np.array([float(town["population"]) for town in towns])
    town = random.choice(len(towns), size=count, p=people / people.sum())
    wide = np.clip(8.0 * np.sqrt(people), 800.0, 9000.0)[town]
    offset = random.normal(size=(count, 2)) * wide[:, None]
    masses, land = read_land_masses(), np.full(count, "", dtype=object)
    at_sea = np.arange(count)
    for share in SHARES_OF_OFFSET:
        xy = np.round(centre[town[at_sea]] + share * offset[at_sea])
        land[at_sea] = land_mass_of(xy, masses=masses, farthest_m=FARTHEST_OFF_LAND_M)
        offset[at_sea] *= share
        at_sea = at_sea[land[at_sea] == ""]
    xy = np.round(centre[town] + offset).astype(np.int64)
    node = nearest_road_node(xy.astype(np.float64), lands=land.astype(str), roads=read_road_graph())
    return xy, land.astype(str), node


def _draw_quantities(
    random: np.random.Generator, of_class: NDArray[np.int64], *, rates: ReferenceRates, times: float
) -> NDArray[np.int64]:
    units = np.array([TYPICAL_UNITS[unit] for unit in rates.unit.tolist()])
    units = np.where((rates.unit == "piece") & (rates.mass_kg < LIGHT_KG), MANY_PIECES, units)
    steps = (units / rates.step)[of_class] * times * random.lognormal(0.0, 0.9, size=len(of_class))
    return np.maximum(1, np.round(steps)).astype(np.int64)


def _draw_lots(
    random: np.random.Generator, count: int, *, rates: ReferenceRates, popular: NDArray[np.float64]
) -> dict[str, Any]:
    of_class = random.choice(len(popular), size=count, p=popular)
    start = FIRST_DAY + random.integers(0, HORIZON_DAYS, size=count)
    grade = random.integers(1, 6, size=count)

    def around(rate: NDArray[np.float64], low: float, high: float) -> NDArray[np.float64]:
        return np.round(rate[of_class] * random.uniform(low, high, size=count), 3)

    return {
        "id": [f"L{row:07d}" for row in range(count)],
        "class": of_class.astype(np.int32),
        "site": (np.arange(count) // LOTS_PER_SITE).astype(np.int32),
        "quantity": _draw_quantities(random, of_class, rates=rates, times=1.0),
        "available_from": start,
        "available_to": start + random.integers(30, 181, size=count),
        "price_ore": around(rates.used_ore, 0.5, 1.5),
        "preparation_ore": around(rates.preparation_ore, 0.8, 1.3),
        "preparation_co2e_mg": rates.preparation_co2e_mg[of_class],
        "disposal_avoided_ore": rates.disposal_ore[of_class],
        "documentation": random.choice(3, size=count, p=[0.1, 0.7, 0.2]).astype(np.int8),
        "screening": random.choice(4, size=count, p=[0.85, 0.12, 0.02, 0.01]).astype(np.int8),
        "firmness": random.choice(4, size=count, p=[0.3, 0.3, 0.25, 0.15]).astype(np.int8),
        "attribute.grade": np.where(random.random(count) < 0.1, UNKNOWN, grade).astype(np.int32),
    }


def _draw_requirements(
    random: np.random.Generator,
    count: int,
    *,
    rates: ReferenceRates,
    popular: NDArray[np.float64],
    n_donors: int,
) -> dict[str, Any]:
    of_class = random.choice(len(popular), size=count, p=popular)
    start = FIRST_DAY + random.integers(0, HORIZON_DAYS, size=count)
    project = (np.arange(count) // REQUIREMENTS_PER_PROJECT).astype(np.int32)
    grade = random.integers(2, 5, size=count)
    return {
        "id": [f"R{row:07d}" for row in range(count)],
        "class": of_class.astype(np.int32),
        "site": (n_donors + project).astype(np.int32),
        "project": project,
        "quantity": _draw_quantities(random, of_class, rates=rates, times=WANTED_PER_LOT),
        "wanted_from": start,
        "wanted_to": start + random.integers(45, 151, size=count),
        "max_metres": random.choice(
            np.array([NONE, 30_000, 50_000, 120_000]), size=count, p=[0.4, 0.2, 0.2, 0.2]
        ),
        "storage_days": random.choice(np.array([NONE, 0, 30, 90]), size=count, p=[0.1, 0.4, 0.25, 0.25]),
        "substitutes_ok": random.random(count) < 0.3,
        "unknown_screening_ok": random.random(count) < 0.5,
        "documentation_min": random.choice(3, size=count, p=[0.15, 0.8, 0.05]).astype(np.int8),
        "new_price_ore": np.round(rates.new_ore[of_class] * random.uniform(0.9, 1.2, size=count), 3),
        "new_co2e_mg": rates.new_co2e_mg[of_class],
        "minimum.grade": np.where(random.random(count) < 0.4, grade, UNKNOWN).astype(np.int32),
        "unknown_ok.grade": random.random(count) < 0.5,
    }


@click.command()
@click.option("--lots", "n_lots", type=click.IntRange(1), default=50_000, show_default=True)
@click.option("--requirements", "n_requirements", type=click.IntRange(1), default=5_000, show_default=True)
@click.option("--classes", "n_classes", type=click.IntRange(1), default=N_CLASSES, show_default=True)
@click.option("--seed", type=int, default=SEED, show_default=True)
@click.option("--to", "folder", type=click.Path(path_type=Path, file_okay=False), required=True)
def main(*, n_lots: int, n_requirements: int, n_classes: int, seed: int, folder: Path) -> None:
    """Write a made-up problem as lots.csv and requirements.csv in a folder, ready to import."""
    tables = draw_tables(n_lots=n_lots, n_requirements=n_requirements, n_classes=n_classes, seed=seed)
    for path in write_import_files(tables, folder=folder):
        click.echo(path)


if __name__ == "__main__":
    main()
