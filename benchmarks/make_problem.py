# SPDX-License-Identifier: EUPL-1.2
"""Made-up problems of any size over the real towns of Denmark: same seed, same problem.

`python -m benchmarks.make_problem --lots 50000 --requirements 5000 --to FOLDER` writes files to import.
"""

import csv
from collections.abc import Mapping
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import click
import numpy as np
from numpy.typing import NDArray

from benchmarks.rates import ORE_PER_DKK, ReferenceRates, read_rates
from inventory.geography.land import land_mass_of
from inventory.geography.reference import read_land_masses, read_reference, read_road_graph
from inventory.geography.roads import all_pairs_metres, nearest_road_node
from matcher.columns import DOCUMENTATION_CODES, FIRMNESS_CODES, NONE, SCREENING_CODES, UNKNOWN
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


def write_import_files(tables: Mapping[str, Mapping[str, Any]], *, folder: Path) -> tuple[Path, Path]:
    """Write drawn tables as the two files that `genbro import lots` and `genbro import requirements` read.

    Parameters
    ----------
    tables
        From `draw_tables`.
    folder
        Made if it is not there; ``lots.csv`` and ``requirements.csv`` in it are overwritten.
    """
    folder.mkdir(parents=True, exist_ok=True)
    lots, wanted = folder / "lots.csv", folder / "requirements.csv"
    _write_csv(lots, _list_lots(tables))
    _write_csv(wanted, _list_requirements(tables))
    return lots, wanted


def _scatter_sites(random: np.random.Generator, count: int) -> _Sites:
    towns = read_reference("towns.csv")
    centre = np.array([(float(town["x"]), float(town["y"])) for town in towns])
    people = np.array([float(town["population"]) for town in towns])
    land = land_mass_of(centre, masses=read_land_masses())
    # A site lies where its town lies, also where the scatter puts its point into a fjord.
    town = random.choice(len(towns), size=count, p=people / people.sum())
    wide = np.clip(8.0 * np.sqrt(people), 800.0, 9000.0)[town]
    xy = np.round(centre[town] + random.normal(size=(count, 2)) * wide[:, None]).astype(np.int64)
    node = nearest_road_node(xy.astype(np.float64), lands=land[town], roads=read_road_graph())
    return xy, land[town], node


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


def _list_lots(tables: Mapping[str, Mapping[str, Any]]) -> dict[str, list[Any]]:
    lots, sites, step = tables["lots"], tables["sites"], _read_steps(tables)
    site, of_class = lots["site"], lots["class"]
    names = [sites["id"][row] for row in site.tolist()]
    return {
        "ref": lots["id"],
        "site_ref": names,
        "site_name": names,
        "x": sites["x_m"][site].tolist(),
        "y": sites["y_m"][site].tolist(),
        "class": [tables["classes"]["id"][row] for row in of_class.tolist()],
        "quantity": _in_units(lots["quantity"], step[of_class]),
        "unit": [tables["classes"]["unit"][row] for row in of_class.tolist()],
        "available_from": _list_days(lots["available_from"]),
        "available_to": _list_days(lots["available_to"]),
        "firmness": [FIRMNESS_CODES[code] for code in lots["firmness"].tolist()],
        "price_dkk": _in_dkk(lots["price_ore"], step[of_class]),
        "preparation_dkk": _in_dkk(lots["preparation_ore"], step[of_class]),
        "documentation": [DOCUMENTATION_CODES[code] for code in lots["documentation"].tolist()],
        "screening": [SCREENING_CODES[code] for code in lots["screening"].tolist()],
        "product_status": ["used"] * len(names),
        "grade": ["" if grade == UNKNOWN else grade for grade in lots["attribute.grade"].tolist()],
    }


def _list_requirements(tables: Mapping[str, Mapping[str, Any]]) -> dict[str, list[Any]]:
    wanted, sites, step = tables["requirements"], tables["sites"], _read_steps(tables)
    site, of_class = wanted["site"], wanted["class"]
    names = [sites["id"][row] for row in site.tolist()]
    return {
        "ref": wanted["id"],
        "project_ref": names,
        "project_name": names,
        "x": sites["x_m"][site].tolist(),
        "y": sites["y_m"][site].tolist(),
        "class": [tables["classes"]["id"][row] for row in of_class.tolist()],
        "quantity": _in_units(wanted["quantity"], step[of_class]),
        "unit": [tables["classes"]["unit"][row] for row in of_class.tolist()],
        "wanted_from": _list_days(wanted["wanted_from"]),
        "wanted_to": _list_days(wanted["wanted_to"]),
        "max_km": ["" if metres == NONE else metres // 1000 for metres in wanted["max_metres"].tolist()],
        "storage_days": ["" if days == NONE else days for days in wanted["storage_days"].tolist()],
        "substitutes_ok": _list_answers(wanted["substitutes_ok"]),
        "unknown_screening_ok": _list_answers(wanted["unknown_screening_ok"]),
        "documentation_min": [DOCUMENTATION_CODES[code] for code in wanted["documentation_min"].tolist()],
        "new_price_dkk": _in_dkk(wanted["new_price_ore"], step[of_class]),
        "grade_min": ["" if grade == UNKNOWN else grade for grade in wanted["minimum.grade"].tolist()],
        "unknown_ok": ["grade" if answer else "" for answer in wanted["unknown_ok.grade"].tolist()],
    }


def _read_steps(tables: Mapping[str, Mapping[str, Any]]) -> NDArray[np.float64]:
    return np.array([float(step) for step in tables["classes"]["step"]])


def _in_units(steps: NDArray[np.int64], step: NDArray[np.float64]) -> list[str]:
    return [f"{number:.10g}" for number in np.round(steps * step, 3).tolist()]


def _in_dkk(ore_per_step: NDArray[np.float64], step: NDArray[np.float64]) -> list[str]:
    return [f"{number:.4f}" for number in (ore_per_step / step / ORE_PER_DKK).tolist()]


def _list_days(days: NDArray[np.int64]) -> list[str]:
    return [(date(1970, 1, 1) + timedelta(days=day)).isoformat() for day in days.tolist()]


def _list_answers(answers: NDArray[np.bool_]) -> list[str]:
    return ["yes" if answer else "no" for answer in answers.tolist()]


def _write_csv(path: Path, columns: Mapping[str, list[Any]]) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(columns)
        writer.writerows(zip(*columns.values(), strict=True))


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
