# SPDX-License-Identifier: EUPL-1.2
"""Makes the demo's donor buildings as rows of the building register, with the register's slips."""

from dataclasses import dataclass
from datetime import date, timedelta
from random import Random
from typing import TypeVar
from uuid import UUID

from demo_maker.building_kinds import (
    CASES,
    FLAT_ROOFED,
    HEATING,
    KINDS,
    ROOFS,
    SHED_ROOFS,
    WALLS,
    BuildingKind,
)
from demo_maker.places import Town, draw_address, draw_point

from inventory.geography.coordinate import unproject_metres

Key = TypeVar("Key", int, str)
BUILDINGS = 600
# life cycle code -> how many of the 600; the rest stands (6)
NOT_STANDING: dict[int, int] = {9: 34, 10: 26, 2: 12, 11: 8, 3: 5, 14: 2}
COUNTS = {
    "negative area": 6, "no coordinate": 34, "year 1000": 34, "year 0": 30, "year empty": 4,
    "area zero": 40, "area empty": 8, "use empty": 2, "case without window": 14, "listed": 3,
    "asbestos registered": 4,
}  # fmt: skip
FIRST_DAY, LAST_START = date(2026, 12, 1), date(2028, 10, 1)
COLUMNS = [
    "id_lokalId", "kommunekode", "status", "forretningsproces", "virkningFra", "byg007Bygningsnummer",
    "byg021BygningensAnvendelse", "byg026Opførelsesår", "byg027OmTilbygningsår",
    "byg032YdervæggensMateriale", "byg033Tagdækningsmateriale", "byg034SupplerendeYdervæggensMateriale",
    "byg035SupplerendeTagdækningsMateriale", "byg036AsbestholdigtMateriale",
    "byg037KildeTilBygningensMaterialer", "byg038SamletBygningsareal",
    "byg039BygningensSamledeBoligAreal", "byg040BygningensSamledeErhvervsAreal", "byg041BebyggetAreal",
    "byg054AntalEtager", "byg055AfvigendeEtager", "byg056Varmeinstallation", "byg057Opvarmningsmiddel",
    "byg070Fredning", "byg029DatoForMidlertidigOpførtBygning", "byg133KildeTilKoordinatsæt",
    "byg134KvalitetAfKoordinatsæt", "byg404Koordinat", "jordstykke", "husnummer", "grund", "adresse",
    "postnr", "postdistrikt", "x_utm32", "y_utm32", "lon", "lat", "genbro_available_from",
    "genbro_available_to", "genbro_firmness",
]  # fmt: skip


@dataclass(slots=True, kw_only=True)
class Building:
    """A building and what is true of it, whatever its row in the register says."""

    group: str
    town: Town
    year: int
    area: int
    floors: int
    window: tuple[date, date] | None
    row: dict[str, str]

    @property
    def floor_area(self) -> int:
        """Square metres over all floors."""
        return self.area * max(self.floors, 1)


def draw_uuid(rng: Random) -> str:
    """A version 4 UUID from the maker's own random numbers."""
    return str(UUID(int=rng.getrandbits(128), version=4))


def draw_weighted(weights: dict[Key, int], *, rng: Random) -> Key:
    """One key, as often as its weight says."""
    return rng.choices(list(weights), weights=list(weights.values()))[0]


def make_buildings(towns: tuple[Town, ...], *, rng: Random) -> list[Building]:
    """600 buildings: most stand, under half of them are due for demolition, some are odd.

    Parameters
    ----------
    towns
        From `demo_maker.places.read_towns`.
    rng
        Its state alone decides the answer.
    """
    buildings = [_make_standing(towns, rng=rng) for _ in range(BUILDINGS)]
    order = list(range(BUILDINGS))
    rng.shuffle(order)
    for status, count in NOT_STANDING.items():
        for at in (order.pop() for _ in range(count)):
            _end_building(buildings[at], status=status, rng=rng)
    for slip, count in COUNTS.items():
        done = 0
        for at in sorted(order, key=lambda _: rng.random()):
            if done < count and _slip(buildings[at], slip=slip, rng=rng):
                done += 1
    return buildings


def _make_standing(towns: tuple[Town, ...], *, rng: Random) -> Building:
    kind = rng.choices(KINDS, weights=[kind.weight for kind in KINDS])[0]
    town = rng.choices(towns, weights=[town.weight for town in towns])[0]
    first, last = kind.years
    year = first + int((last - first) * rng.betavariate(2.6, 1.6))
    low, high = kind.area
    area = low + int((high - low) * rng.betavariate(1.4, 3.0))
    floors = rng.choice(kind.floors)
    window, firmness = _draw_window(kind, rng=rng)
    building = Building(
        group=kind.group, town=town, year=year, area=area, floors=floors, window=window, row={}
    )
    building.row = _make_row(building, kind=kind, firmness=firmness, rng=rng)
    return building


def _draw_window(kind: BuildingKind, *, rng: Random) -> tuple[tuple[date, date] | None, str]:
    if rng.random() >= kind.due:
        return None, ""
    start = FIRST_DAY + timedelta(days=rng.randrange((LAST_START - FIRST_DAY).days))
    days = rng.choice((30, 45, 60, 60, 90, 90, 120, 150))
    firmness = draw_weighted(
        {"possible": 22, "permit_applied": 32, "permit_given": 34, "started": 8, "gone": 4}, rng=rng
    )
    if firmness == "started":
        start = FIRST_DAY + timedelta(days=rng.randrange(60))
    return (start, start + timedelta(days=days)), firmness


def _make_row(building: Building, *, kind: BuildingKind, firmness: str, rng: Random) -> dict[str, str]:
    town, group, total = building.town, building.group, building.floor_area
    x, y = draw_point(town, rng=rng)
    lon, lat = unproject_metres(x, y)
    home = group in ("house", "row", "block", "summer")
    rebuilt = rng.randint(building.year + 5, 2018) if building.year < 2000 and rng.random() < 0.18 else 0
    case = draw_weighted(CASES, rng=rng)
    if firmness in ("permit_applied", "permit_given", "started", "gone"):
        case = rng.choice(("32", "32", "32", "31", "3"))
    cold = group == "industry" and rng.random() < 0.4
    heating = draw_weighted(HEATING.get("farm" if cold else group, HEATING["warm"]), rng=rng)
    shed = group == "shed"
    row = dict.fromkeys(COLUMNS, "")
    row |= {
        "id_lokalId": draw_uuid(rng),
        "kommunekode": town.municipality,
        "status": "6",
        "forretningsproces": case,
        "virkningFra": _draw_stamp(rng),
        "byg007Bygningsnummer": str(rng.randint(2, 5) if shed else 1),
        "byg021BygningensAnvendelse": str(rng.choice(kind.uses)),
        "byg026Opførelsesår": str(building.year),
        "byg027OmTilbygningsår": str(rebuilt),
        "byg032YdervæggensMateriale": _draw_code(WALLS[group], rng=rng),
        "byg033Tagdækningsmateriale": _draw_roof(building, rng=rng),
        "byg037KildeTilBygningensMaterialer": rng.choice(("1", "1", "2", "2", "5", "4", "")),
        "byg038SamletBygningsareal": "0" if shed else str(total),
        "byg039BygningensSamledeBoligAreal": str(total) if home else "0",
        "byg040BygningensSamledeErhvervsAreal": "0" if home or shed else str(total),
        "byg041BebyggetAreal": str(building.area),
        "byg054AntalEtager": str(building.floors),
        "byg056Varmeinstallation": heating,
        "byg057Opvarmningsmiddel": rng.choice(("7", "7", "3", "1")) if heating in ("2", "6") else "",
        "byg133KildeTilKoordinatsæt": rng.choice(("K", "K", "K", "M", "M", "E")),
        "byg134KvalitetAfKoordinatsæt": rng.choice(("1", "1", "2", "3")),
        "byg404Koordinat": f"POINT ({x:.2f} {y:.2f})",
        "jordstykke": str(rng.randint(100_000, 2_999_999)),
        "husnummer": draw_uuid(rng),
        "grund": draw_uuid(rng),
        "adresse": draw_address(town, rng=rng),
        "postnr": town.postcode,
        "postdistrikt": town.district,
        "x_utm32": f"{x:.2f}",
        "y_utm32": f"{y:.2f}",
        "lon": f"{lon:.6f}",
        "lat": f"{lat:.6f}",
        "genbro_firmness": firmness,
    }
    if building.window:
        row["genbro_available_from"] = building.window[0].isoformat()
        row["genbro_available_to"] = building.window[1].isoformat()
    return row


def _draw_code(weights: dict[int, int], *, rng: Random) -> str:
    code = draw_weighted(weights, rng=rng)
    return str(code) if code else ""


def _draw_roof(building: Building, *, rng: Random) -> str:
    if building.group == "shed":
        return _draw_code(SHED_ROOFS, rng=rng)
    if building.group in FLAT_ROOFED and building.year >= 1955 and rng.random() < 0.55:
        return rng.choice(("1", "1", "2"))
    weights = [roofs for first, roofs in ROOFS if building.year >= first][-1]
    return _draw_code(weights, rng=rng)


def _draw_stamp(rng: Random) -> str:
    day = date(2000, 2, 5) + timedelta(days=rng.randrange(9_700))
    clock = f"{rng.randrange(6, 18):02}:{rng.randrange(60):02}:{rng.randrange(60):02}"
    return f"{day.isoformat()}T{clock}.{rng.randrange(1_000_000):06}Z"


def _end_building(building: Building, *, status: int, rng: Random) -> None:
    """Give a building another life cycle than standing, and the emptier row that goes with it."""
    row = building.row
    building.window = None
    row["status"] = str(status)
    row["genbro_available_from"] = row["genbro_available_to"] = row["genbro_firmness"] = ""
    if status in (9, 10):
        row["forretningsproces"] = rng.choice(("3", "3", "32", "4", "11", "9"))
    elif status in (2, 3, 14):
        row["forretningsproces"] = rng.choice(("1", "1", "2"))
        row["byg026Opførelsesår"] = rng.choice(("0", "2026", "2027"))
    if status != 3 and rng.random() < 0.6:
        row["byg032YdervæggensMateriale"] = row["byg033Tagdækningsmateriale"] = ""
    if rng.random() < 0.4:
        _drop_coordinate(row, rng=rng)


def _drop_coordinate(row: dict[str, str], *, rng: Random) -> None:
    for column in ("x_utm32", "y_utm32", "lon", "lat"):
        row[column] = ""
    row["byg133KildeTilKoordinatsæt"] = row["byg134KvalitetAfKoordinatsæt"] = ""
    row["byg404Koordinat"] = rng.choice(("GEOMETRYCOLLECTION EMPTY",) * 7 + ("",))


def _slip(building: Building, *, slip: str, rng: Random) -> bool:
    """Put one of the register's slips into a standing building's row; say whether it fitted."""
    row, shed = building.row, building.group == "shed"
    if slip == "negative area" and not shed and int(row["byg038SamletBygningsareal"] or 0) > 0:
        column = rng.choice(("byg038SamletBygningsareal", "byg040BygningensSamledeErhvervsAreal"))
        row[column] = str(-abs(building.floor_area))
    elif slip == "no coordinate" and row["x_utm32"]:
        _drop_coordinate(row, rng=rng)
    elif slip.startswith("year") and int(row["byg026Opførelsesår"] or 0) > 1000:
        row["byg026Opførelsesår"] = {"1000": "1000", "0": "0", "empty": ""}[slip[5:]]
    elif slip.startswith("area") and not shed and int(row["byg038SamletBygningsareal"] or 0) > 0:
        row["byg038SamletBygningsareal"] = "0" if slip == "area zero" else ""
        row["byg054AntalEtager"] = rng.choice((row["byg054AntalEtager"], "0", ""))
    elif slip == "use empty" and building.window is None and row["byg021BygningensAnvendelse"]:
        row["byg021BygningensAnvendelse"] = ""
    elif slip == "case without window" and building.window is None and not shed:
        row["forretningsproces"] = rng.choice(("3", "31", "32"))
    elif slip == "listed" and building.window is None and building.year < 1900:
        row["byg070Fredning"] = rng.choice(("1", "2", "8"))
    elif slip == "asbestos registered" and not shed and row["byg033Tagdækningsmateriale"] == "3":
        row["byg036AsbestholdigtMateriale"] = rng.choice(("2", "2", "3"))
    else:
        return False
    return True
