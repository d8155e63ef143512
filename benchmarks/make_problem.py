# SPDX-License-Identifier: EUPL-1.2
"""Made-up problems of any size over the real towns of Denmark: same seed, same problem.

`python -m benchmarks.make_problem --lots 50000 --requirements 5000 --to FOLDER` writes files to import.
"""

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import click
import numpy as np
from numpy.typing import NDArray

from benchmarks.import_files import write_import_files
from benchmarks.mix import ORDINARY, Mix, Share
from benchmarks.rates import ReferenceRates, read_rates
from inventory.geography.land import land_mass_of
from inventory.geography.reference import read_land_masses, read_reference, read_road_graph
from inventory.geography.roads import all_pairs_metres, nearest_road_node
from matcher.problem.columns import UNKNOWN
from matcher.problem.problem import Problem, make_problem

TYPICAL_UNITS = {"piece": 25.0, "m": 120.0, "m2": 150.0, "m3": 40.0, "kg": 500.0, "t": 60.0}
"""Median quantity of a lot in units; of pieces a hand can lift there are `MANY_PIECES`."""
MANY_PIECES = 4000.0
LIGHT_KG = 5.0
SHARES_OF_OFFSET = (1.0, 0.5, 0.5, 0.5, 0.0)
"""A point at sea is drawn towards its town, step by step."""
FARTHEST_OFF_LAND_M = 300.0

RULES = 3
"""Fulfilment, donors, minimum take: among them the rows with side rules are dealt evenly."""

Tables = dict[str, dict[str, Any]]
_Sites = tuple[NDArray[np.int64], NDArray[np.str_], NDArray[np.int32]]


def draw_problem(*, mix: Mix = ORDINARY, **size: int) -> Problem:
    """Draw a problem; arguments as of `draw_tables`."""
    return make_problem(**draw_tables(mix=mix, **size))


def draw_tables(
    *,
    mix: Mix = ORDINARY,
    n_lots: int | None = None,
    n_requirements: int | None = None,
    n_classes: int | None = None,
    seed: int | None = None,
) -> Tables:
    """Draw the tables of a problem.

    Parameters
    ----------
    mix
        What it is made of.
    n_lots, n_requirements, n_classes, seed
        Other than the mix says. Classes are the first of the packaged table; ten lots a requirement make some
        goods scarce and others plenty. The same seed gives the same tables on every machine with the same
        NumPy.

    Returns
    -------
    dict
        The tables `matcher.problem.problem.make_problem` takes.

    Notes
    -----
    Sites scatter around a town (a Gaussian, wider for larger towns), towns drawn by population. Classes are
    drawn by a power law; quantities are log-normal, prices uniform around the packaged factors; some grades
    and screenings are unknown. Towns, roads, land masses and factors are real, everything else is invented.
    """
    asked = {"n_lots": n_lots, "n_requirements": n_requirements, "n_classes": n_classes, "seed": seed}
    mix = replace(mix, **{name: value for name, value in asked.items() if value is not None})
    random = np.random.default_rng(mix.seed)
    rates = read_rates(n_classes=mix.n_classes)
    n_donors = -(-mix.n_lots // mix.lots_per_site)
    n_projects = -(-mix.n_requirements // mix.requirements_per_project)
    roads = read_road_graph()
    xy, land, node = _scatter_sites(random, n_donors + n_projects)
    weight = 1.0 / (1.0 + random.permutation(mix.n_classes)) ** mix.popularity
    popular = np.asarray(weight / weight.sum(), dtype=np.float64)
    lots = _draw_lots(random, mix, rates=rates, popular=popular)
    wanted = _draw_requirements(random, mix, rates=rates, popular=popular, n_donors=n_donors)
    if mix.ruled:
        lots.update(_draw_lot_rules(random, mix, quantity=lots["quantity"]))
        wanted.update(_draw_requirement_rules(random, mix))
    return {
        "params": {
            "carbon_price_ore_per_tonne": mix.carbon_price_ore_per_tonne,
            "default_max_metres": mix.default_max_metres,
            "default_storage_days": mix.default_storage_days,
            "selection": {"seed": str(mix.seed)},
        },
        "classes": rates.classes,
        "substitutes": rates.substitutes,
        "vehicles": _price_trips(mix, rates=rates),
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
        "lots": lots,
        "requirements": wanted,
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
    random: np.random.Generator,
    of_class: NDArray[np.int64],
    *,
    rates: ReferenceRates,
    times: NDArray[np.float64],
    spread: float,
) -> NDArray[np.int64]:
    units = np.array([TYPICAL_UNITS[unit] for unit in rates.unit.tolist()])
    units = np.where((rates.unit == "piece") & (rates.mass_kg < LIGHT_KG), MANY_PIECES, units)
    steps = (units * times / rates.step)[of_class] * random.lognormal(0.0, spread, size=len(of_class))
    return np.maximum(1, np.round(steps)).astype(np.int64)


def _deal_classes(
    random: np.random.Generator, shares: Sequence[tuple[float, float]], *, count: int
) -> NDArray[np.float64]:
    """Give each class a value, so many of each as its share says, shuffled; one value needs no draw."""
    ends = np.round(np.cumsum([share for share, _ in shares]) * count).astype(np.int64)
    values = np.repeat([value for _, value in shares], np.diff(ends, prepend=0))
    return random.permutation(values) if len(shares) > 1 else values


def _draw_shares(random: np.random.Generator, shares: Sequence[Share], *, count: int) -> NDArray[np.int64]:
    values = np.array([value for _, value in shares])
    return np.asarray(random.choice(values, size=count, p=[share for share, _ in shares]))


def _draw_lots(
    random: np.random.Generator, mix: Mix, *, rates: ReferenceRates, popular: NDArray[np.float64]
) -> dict[str, Any]:
    count = mix.n_lots
    of_class = random.choice(len(popular), size=count, p=popular)
    start = mix.first_day + random.integers(0, mix.release_days, size=count)
    grade = random.integers(1, 6, size=count)

    def around(rate: NDArray[np.float64], span: tuple[float, float]) -> NDArray[np.float64]:
        return np.round(rate[of_class] * random.uniform(*span, size=count), 3)

    ones = np.ones(mix.n_classes)
    return {
        "id": [f"L{row:07d}" for row in range(count)],
        "class": of_class.astype(np.int32),
        "site": (np.arange(count) // mix.lots_per_site).astype(np.int32),
        "quantity": _draw_quantities(random, of_class, rates=rates, times=ones, spread=mix.lot_spread),
        "available_from": start,
        "available_to": start + random.integers(*_close(mix.release_window), size=count),
        "price_ore": around(rates.used_ore, mix.lot_price),
        "preparation_ore": around(rates.preparation_ore, mix.preparation),
        "preparation_co2e_mg": rates.preparation_co2e_mg[of_class],
        "disposal_avoided_ore": rates.disposal_ore[of_class],
        "documentation": random.choice(3, size=count, p=mix.documentation).astype(np.int8),
        "screening": random.choice(4, size=count, p=mix.screening).astype(np.int8),
        "firmness": random.choice(4, size=count, p=mix.firmness).astype(np.int8),
        "attribute.grade": np.where(random.random(count) < mix.unknown_grade, UNKNOWN, grade).astype(
            np.int32
        ),
    }


def _draw_requirements(
    random: np.random.Generator,
    mix: Mix,
    *,
    rates: ReferenceRates,
    popular: NDArray[np.float64],
    n_donors: int,
) -> dict[str, Any]:
    count = mix.n_requirements
    of_class = random.choice(len(popular), size=count, p=popular)
    start = mix.first_day + mix.delay_days + random.integers(0, mix.start_days, size=count)
    project = (np.arange(count) // mix.requirements_per_project).astype(np.int32)
    grade = random.integers(2, 5, size=count)
    times = _deal_classes(random, mix.wanted_per_lot, count=mix.n_classes)
    return {
        "id": [f"R{row:07d}" for row in range(count)],
        "class": of_class.astype(np.int32),
        "site": (n_donors + project).astype(np.int32),
        "project": project,
        "quantity": _draw_quantities(random, of_class, rates=rates, times=times, spread=mix.wanted_spread),
        "wanted_from": start,
        "wanted_to": start + random.integers(*_close(mix.wanted_window), size=count),
        "max_metres": _draw_shares(random, mix.max_metres, count=count),
        "storage_days": _draw_shares(random, mix.storage_days, count=count),
        "substitutes_ok": random.random(count) < mix.substitutes_ok,
        "unknown_screening_ok": random.random(count) < mix.unknown_screening_ok,
        "documentation_min": random.choice(3, size=count, p=mix.documentation_min).astype(np.int8),
        "new_price_ore": np.round(rates.new_ore[of_class] * random.uniform(*mix.new_price, size=count), 3),
        "new_co2e_mg": rates.new_co2e_mg[of_class],
        "minimum.grade": np.where(random.random(count) < mix.bounded_grade, grade, UNKNOWN).astype(np.int32),
        "unknown_ok.grade": random.random(count) < mix.unknown_grade_ok,
    }


def _draw_lot_rules(random: np.random.Generator, mix: Mix, *, quantity: NDArray[np.int64]) -> dict[str, Any]:
    ruled = random.random(len(quantity)) < mix.ruled / RULES
    part = random.uniform(*mix.minimum_take, size=len(quantity))
    return {"minimum_take": np.where(ruled, np.ceil(part * quantity), 0).astype(np.int64)}


def _draw_requirement_rules(random: np.random.Generator, mix: Mix) -> dict[str, Any]:
    chance = random.random(mix.n_requirements)
    fulfilment = _draw_shares(random, mix.minimum_fulfilment, count=mix.n_requirements)
    donors = _draw_shares(random, mix.most_donors, count=mix.n_requirements)
    third = mix.ruled / RULES
    return {
        "minimum_fulfilment": np.where(chance < third, fulfilment, 0),
        "most_donors": np.where((third <= chance) & (chance < 2 * third), donors, 0),
    }


def _price_trips(mix: Mix, *, rates: ReferenceRates) -> dict[str, Any]:
    if not mix.trip_ore and not mix.trip_ore_per_km:
        return rates.vehicles
    count = len(rates.vehicles["id"])
    return {
        **rates.vehicles,
        "trip_ore": [mix.trip_ore] * count,
        "trip_ore_per_km": [mix.trip_ore_per_km] * count,
    }


def _close(span: tuple[int, int]) -> tuple[int, int]:
    return span[0], span[1] + 1


@click.command()
@click.option("--lots", "n_lots", type=click.IntRange(1), default=ORDINARY.n_lots, show_default=True)
@click.option(
    "--requirements",
    "n_requirements",
    type=click.IntRange(1),
    default=ORDINARY.n_requirements,
    show_default=True,
)
@click.option("--classes", "n_classes", type=click.IntRange(1), default=ORDINARY.n_classes, show_default=True)
@click.option("--seed", type=int, default=ORDINARY.seed, show_default=True)
@click.option("--to", "folder", type=click.Path(path_type=Path, file_okay=False), required=True)
def main(*, n_lots: int, n_requirements: int, n_classes: int, seed: int, folder: Path) -> None:
    """Write a made-up problem as lots.csv and requirements.csv in a folder, ready to import."""
    tables = draw_tables(n_lots=n_lots, n_requirements=n_requirements, n_classes=n_classes, seed=seed)
    for path in write_import_files(tables, folder=folder):
        click.echo(path)


if __name__ == "__main__":
    main()
