# SPDX-License-Identifier: EUPL-1.2
"""Makes the demo's requirements: 25 public building projects with ten lines each."""

from dataclasses import dataclass
from datetime import date, timedelta
from random import Random

from demo_maker.buildings import draw_weighted
from demo_maker.goods import Goods, read_goods, read_table
from demo_maker.places import Town, draw_point

LINES = 10
ATTRIBUTES = (
    "length_mm", "width_mm", "height_mm", "thickness_mm", "grade", "year", "strength", "fire", "colour",
)  # fmt: skip
COLUMNS = [
    "ref", "project_ref", "project_name", "organisation", "building_type", "project_area_m2",
    "project_starts", "project_ends", "x", "y", "municipality",
    "class", "quantity", "unit", "wanted_from", "wanted_to", "commit_from", "max_km", "storage_days",
    "substitutes_ok", "unknown_screening_ok", "documentation_min", "new_price_dkk",
    *(f"{name}_{end}" for name in ATTRIBUTES for end in ("min", "max")), "unknown_ok",
]  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Dials:
    """The tables this module reads, once."""

    goods: dict[str, Goods]
    wanted: dict[str, tuple[str, ...]]
    limits: dict[str, list[dict[str, str]]]


def read_dials() -> Dials:
    """Read goods, what each type of building asks for, and attribute limits."""
    limits: dict[str, list[dict[str, str]]] = {}
    for row in read_table("limits.csv"):
        limits.setdefault(row["class"], []).append(row)
    wanted = {r["building_type"]: tuple(r["classes"].split()) for r in read_table("wanted.csv")}
    return Dials(goods=read_goods(), wanted=wanted, limits=limits)


def make_requirements(towns: tuple[Town, ...], *, rng: Random) -> list[dict[str, str]]:
    """25 projects with ten requirements each, of ten different classes."""
    dials = read_dials()
    return [
        row
        for project in read_table("projects.csv")
        for row in _make_project(project, towns, dials=dials, rng=rng)
    ]


def _make_project(
    project: dict[str, str], towns: tuple[Town, ...], *, dials: Dials, rng: Random
) -> list[dict[str, str]]:
    ref, kind = project["ref"], project["building_type"]
    town = next(town for town in towns if town.name == project["town"])
    x, y = draw_point(town, rng=rng)
    begins = date.fromisoformat(f"{project['begins']}-01")
    rows = []
    for number, code in enumerate(rng.sample(dials.wanted[kind], LINES), start=1):
        row = dict.fromkeys(COLUMNS, "")
        row |= {
            "ref": f"{ref}-{number:02}",
            "project_ref": ref,
            "project_name": project["name"],
            "organisation": f"{project['builder']} (demo)",
            "building_type": kind,
            "project_area_m2": project["m2"],
            "project_starts": begins.isoformat(),
            "project_ends": _add_months(begins, months=int(project["months"])).isoformat(),
            "x": f"{x:.2f}",
            "y": f"{y:.2f}",
            "municipality": town.municipality,
        }
        _fill_line(row, dials.goods[code], begins=begins, dials=dials, rng=rng)
        rows.append(row)
    return rows


def _add_months(first: date, *, months: int) -> date:
    years, month = divmod(first.month - 1 + months, 12)
    return first.replace(year=first.year + years, month=month + 1)


def _fill_line(row: dict[str, str], goods: Goods, *, begins: date, dials: Dials, rng: Random) -> None:
    low, high = goods.wanted
    amount = low + (high - low) * rng.betavariate(1.3, 2.2)
    start = begins + timedelta(days=rng.randrange(0, 240))
    row["class"], row["unit"] = goods.code, goods.unit
    row["quantity"] = goods.round(amount)
    row["wanted_from"] = start.isoformat()
    row["wanted_to"] = (start + timedelta(days=rng.choice((30, 45, 60, 90, 120)))).isoformat()
    if rng.random() < 0.2:
        row["commit_from"] = (begins - timedelta(days=rng.choice((30, 90, 150)))).isoformat()
    row["max_km"] = draw_weighted({"": 56, "40": 8, "60": 8, "100": 18, "150": 10}, rng=rng)
    row["storage_days"] = draw_weighted({"": 62, "0": 8, "30": 10, "90": 12, "180": 8}, rng=rng)
    row["substitutes_ok"] = draw_weighted({"yes": 45, "no": 35, "": 20}, rng=rng)
    row["unknown_screening_ok"] = draw_weighted({"yes": 68, "no": 22, "": 10}, rng=rng)
    row["documentation_min"] = draw_weighted({"": 50, "basic": 26, "none": 12, "tested": 12}, rng=rng)
    for limit in dials.limits.get(goods.code, []):
        if rng.random() < 0.35:
            attribute = limit["attribute"]
            row[f"{attribute}_min"], row[f"{attribute}_max"] = limit["min"], limit["max"]
            if rng.random() < 0.6:
                row["unknown_ok"] = f"{row['unknown_ok']} {attribute}".strip()
