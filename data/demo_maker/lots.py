# SPDX-License-Identifier: EUPL-1.2
"""Makes the demo's surveyed lots: found in buildings that come down, and lying in depots."""

from dataclasses import dataclass
from datetime import date, timedelta
from random import Random

from demo_maker.buildings import Building, draw_weighted
from demo_maker.goods import Goods, read_goods, read_table
from demo_maker.places import Town, draw_point

LOTS = 150
IN_DEPOTS = 36
COLUMNS = [
    "ref", "bbr_id", "site_ref", "site_name", "x", "y", "municipality", "organisation", "class",
    "quantity", "unit", "available_from", "available_to", "firmness", "decide_by", "price_dkk",
    "preparation_dkk", "documentation", "screening", "product_status", "length_mm", "width_mm",
    "height_mm", "thickness_mm", "grade", "year", "strength", "fire", "colour", "note",
]  # fmt: skip
# classes a depot holds; crushed goods and pallets of surplus lie there more than doors do
DEPOT_CLASSES = (
    "crushed_concrete", "crushed_brick", "gravel", "soil_clean", "asphalt_granulate",
    "paving_concrete", "kerb_granite", "brick_lime_mortar", "roof_tile_clay", "floorboard_timber",
    "carpet_tile", "ceiling_tile", "luminaire", "door_inner", "glass_partition", "steel_beam",
)  # fmt: skip
RECYCLED = frozenset(DEPOT_CLASSES[:5])

NEWEST_DEPOT_START_DAYS = 240


@dataclass(frozen=True, slots=True, kw_only=True)
class Dials:
    """The tables this module reads, once."""

    goods: dict[str, Goods]
    depots: list[dict[str, str]]
    prices: dict[str, tuple[float, float]]


def read_dials() -> Dials:
    """Read goods, depots and prices."""
    prices = {
        row["class"]: (float(row["low_dkk"]), float(row["high_dkk"])) for row in read_table("prices.csv")
    }
    return Dials(goods=read_goods(), depots=read_table("depots.csv"), prices=prices)


def make_lots(buildings: list[Building], towns: tuple[Town, ...], *, rng: Random) -> list[dict[str, str]]:
    """150 lots: most in buildings with a demolition window, some in depots, each class once per
    site.
    """
    dials = read_dials()
    rows: list[dict[str, str]] = []
    seen: set[tuple[str, str]] = set()
    for at in range(IN_DEPOTS):
        row = _make_depot_lot(at, towns, dials=dials, rng=rng)
        if (row["site_ref"], row["class"]) not in seen:
            seen.add((row["site_ref"], row["class"]))
            rows.append(row)
    due = [b for b in buildings if b.window and b.group != "shed" and b.row["x_utm32"]]
    while len(rows) < LOTS:
        building = rng.choices(due, weights=[min(b.floor_area, 1500) ** 0.5 for b in due])[0]
        fits = [
            goods
            for goods in dials.goods.values()
            if building.group in goods.groups and goods.years[0] <= building.year < goods.years[1]
        ]
        found = rng.choice(fits) if fits else None
        if found is None or (building.row["id_lokalId"], found.code) in seen:
            continue
        seen.add((building.row["id_lokalId"], found.code))
        rows.append(_make_building_lot(building, found, dials=dials, rng=rng))
    for number, row in enumerate(rows, start=1):
        row["ref"] = f"L{number:03}"
    return rows


def _make_building_lot(building: Building, goods: Goods, *, dials: Dials, rng: Random) -> dict[str, str]:
    window = building.window
    if window is None:
        raise ValueError("a lot needs a building with a window")
    amount = rng.uniform(*goods.found) * (1 if goods.found_per_building else building.floor_area)
    row = _describe(goods, made=building.year, dials=dials, rng=rng)
    row["bbr_id"] = building.row["id_lokalId"]
    row["quantity"] = goods.round(amount)
    row["organisation"] = f"{rng.choice(('Nord', 'Bælt', 'Øst'))} Nedrivning (demo)"
    if rng.random() < 0.25:  # its own days inside the site's window
        third = (window[1] - window[0]).days // 3
        row["available_from"] = (window[0] + timedelta(days=rng.randrange(third))).isoformat()
        row["available_to"] = (window[1] - timedelta(days=rng.randrange(third))).isoformat()
    if rng.random() < 0.3:
        row["decide_by"] = (window[0] - timedelta(days=rng.choice((14, 30, 45)))).isoformat()
    return row


def _make_depot_lot(at: int, towns: tuple[Town, ...], *, dials: Dials, rng: Random) -> dict[str, str]:
    depot = dials.depots[at % len(dials.depots)]
    ref, name = depot["ref"], depot["name"]
    town = next(town for town in towns if town.name == depot["town"])
    code = DEPOT_CLASSES[(at * 5 + at // len(dials.depots)) % len(DEPOT_CLASSES)]
    goods = dials.goods[code]
    x, y = draw_point(town, rng=Random(f"depot {ref}"))  # one place per depot, whatever lot it is
    row = _describe(goods, made=rng.randint(1985, 2015), dials=dials, rng=rng)
    start = date(2026, 12, 1) + timedelta(days=rng.randrange(NEWEST_DEPOT_START_DAYS))
    row |= {
        "site_ref": ref,
        "site_name": name,
        "x": f"{x:.2f}",
        "y": f"{y:.2f}",
        "municipality": town.municipality,
        "organisation": f"{name} (demo)",
        "quantity": goods.round(rng.uniform(*goods.wanted) * rng.choice((0.5, 0.8, 1.2))),
        "available_from": start.isoformat(),
        "available_to": (start + timedelta(days=rng.choice((180, 270, 365, 540)))).isoformat(),
        "firmness": "started",
    }
    if code not in RECYCLED and rng.random() < 0.4:
        row["product_status"] = "surplus"
        row["note"] = "Restparti"
    return row


def _describe(goods: Goods, *, made: int, dials: Dials, rng: Random) -> dict[str, str]:
    row = dict.fromkeys(COLUMNS, "")
    row["class"], row["unit"] = goods.code, goods.unit
    row["documentation"] = draw_weighted({"none": 8, "basic": 62, "tested": 30}, rng=rng)
    row["screening"] = draw_weighted({"clean": 76, "unknown": 14, "contaminated": 6, "hazardous": 4}, rng=rng)
    row["product_status"] = "recycled" if goods.code in RECYCLED else "used"
    row["grade"] = draw_weighted({"2": 12, "3": 46, "4": 34, "5": 4, "": 4}, rng=rng)
    if goods.code not in RECYCLED:
        row["year"] = str(made)
        for attribute, values in goods.sizes:
            row[attribute] = str(rng.choice(values)) if rng.random() < 0.9 else ""
    if goods.code in dials.prices and rng.random() < 0.6:
        row["price_dkk"] = f"{rng.uniform(*dials.prices[goods.code]):.2f}"
    return row
