# SPDX-License-Identifier: EUPL-1.2
"""Where the demo's sites lie: real Danish towns, points on the town's own land, invented streets."""

import math
from dataclasses import dataclass
from random import Random

import shapely
from demo_maker.goods import read_table

from inventory.geography.reference import LandMasses, read_land_masses, read_reference

STREETS: tuple[str, ...] = (
    "Vestergade", "Østergade", "Nørregade", "Søndergade", "Skolegade", "Kirkevej", "Møllevej",
    "Skovvej", "Bakkevej", "Engvej", "Parkvej", "Strandvejen", "Industrivej", "Havnegade",
    "Jernbanegade", "Stationsvej", "Hovedgaden", "Lærkevej", "Birkevej", "Bøgevej", "Egevej",
    "Rosenvej", "Kærvej", "Mosevej", "Markvej", "Teglværksvej", "Ringvejen", "Fabriksvej",
    "Smedegade", "Præstemarken", "Tjørnevej", "Solbakken",
)  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Town:
    """A town of the demo with the outline it must stay on."""

    name: str
    municipality: str
    postcode: str
    district: str
    weight: int
    spread: int
    x: int
    y: int
    land: shapely.Geometry


def read_towns() -> tuple[Town, ...]:
    """The demo's towns with their place and land mass."""
    masses = read_land_masses()
    rows = {(row["name"], row["municipality_code"]): row for row in read_reference("towns.csv")}
    towns = []
    for dial in read_table("towns.csv"):
        row = rows[dial["town"], dial["municipality"]]
        x, y = int(row["x"]), int(row["y"])
        towns.append(
            Town(
                name=dial["town"],
                municipality=dial["municipality"],
                postcode=dial["postcode"],
                district=dial["district"],
                weight=int(dial["weight"]),
                spread=int(dial["spread_m"]),
                x=x,
                y=y,
                land=_land_below(x, y, masses=masses),
            )
        )
    return tuple(towns)


def _land_below(x: int, y: int, *, masses: LandMasses) -> shapely.Geometry:
    away = shapely.distance(masses.shapes, shapely.Point(x, y))
    return masses.shapes[int(away.argmin())]


def draw_point(town: Town, *, rng: Random) -> tuple[float, float]:
    """A point near a town, on the town's own land, in centimetres of EPSG:25832."""
    while True:
        away = town.spread * math.sqrt(-math.log(1.0 - rng.random()))
        turn = 2.0 * math.pi * rng.random()
        x = round(town.x + away * math.cos(turn), 2)
        y = round(town.y + away * math.sin(turn), 2)
        if town.land.contains(shapely.Point(x, y)):
            return x, y


def draw_address(town: Town, *, rng: Random) -> str:
    """An invented address: a street name found all over Denmark and a number."""
    letter = rng.choice(("", "", "", "", "A", "B"))
    street = f"{rng.choice(STREETS)} {rng.randint(1, 180)}{letter}"
    return f"{street}, {town.postcode} {town.district}"
