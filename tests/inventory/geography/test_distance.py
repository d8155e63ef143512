# SPDX-License-Identifier: EUPL-1.2
"""Road metres between sites of the packaged geography, as the matcher measures them."""

import numpy as np
import pytest

from inventory.geography.coordinate import project_degrees
from inventory.geography.land import land_mass_of
from inventory.geography.reference import read_land_masses, read_reference, read_road_graph
from inventory.geography.roads import all_pairs_metres, nearest_road_node
from matcher.distance import NO_WAY, Places, lay_places, measure_road
from matcher.problem.problem import make_problem

PLACES = {
    "København": (12.5683, 55.6761),
    "Aarhus": (10.2039, 56.1500),
    "Korsør": (11.1390, 55.3300),
    "Nyborg": (10.7900, 55.3120),
    "Næstved": (11.7600, 55.2300),
    "Thisted": (8.6949, 56.9569),
    "Skive": (9.0270, 56.5660),
    "Aalborg": (9.9200, 57.0470),
    "Nørresundby": (9.9220, 57.0640),
    "Odense": (10.3880, 55.4000),
    "Svendborg": (10.6070, 55.0610),
    "Troense": (10.6480, 55.0330),
    "Rønne": (14.7060, 55.1000),
    "Nexø": (15.1300, 55.0600),
    "Tranebjerg": (10.5870, 55.8330),
}


@pytest.fixture(scope="module")
def places() -> Places:
    """The places as sites of a problem, ordered as `PLACES`."""
    roads = read_road_graph()
    metres = all_pairs_metres(len(roads.ids), edges=roads.edges, metres=roads.metres, kinds=roads.kinds)
    lon, lat = np.array(list(PLACES.values())).T
    xy = project_degrees(lon, lat)
    lands = land_mass_of(xy, masses=read_land_masses())
    nodes = nearest_road_node(xy, lands=lands, roads=roads)
    names = [f"{at:02}" for at in range(len(PLACES))]
    problem = make_problem(
        classes={
            "id": ["a"], "unit": ["piece"], "step": ["1"], "mass_g": [1], "volume_ml": [0],
            "new_price_ore": [1.0], "new_co2e_mg": [0.0], "storage_ore_per_day": [0.0], "vehicle": ["v"],
        },
        vehicles={
            "id": ["v"], "payload_g": [1], "volume_ml": [0],
            "ore_per_tonne_km": [0.0], "co2e_mg_per_tonne_km": [0.0],
        },
        sites={
            "id": names, "x_m": np.rint(xy[:, 0]).astype(np.int64), "y_m": np.rint(xy[:, 1]).astype(np.int64),
            "land": lands.astype(str), "node": nodes,
        },
        roads={
            "id": roads.ids, "x_m": roads.xy[:, 0], "y_m": roads.xy[:, 1], "metres": metres,
        },
        lots={
            "id": ["l"], "class": ["a"], "site": [names[0]], "quantity": [1],
            "available_from": [0], "available_to": [1], "price_ore": [0.0], "preparation_ore": [0.0],
            "preparation_co2e_mg": [0.0], "disposal_avoided_ore": [0.0], "documentation": [1],
            "screening": [0], "counts_zero": [True], "estimated": [False], "firmness": [3],
        },
        requirements={
            "id": ["r"], "class": ["a"], "site": [names[0]], "project": ["p"], "quantity": [1],
            "wanted_from": [0], "wanted_to": [1], "new_price_ore": [1.0], "new_co2e_mg": [0.0],
        },
        projects={"id": ["p"], "builder": ["b"]},
    )  # fmt: skip
    return lay_places(problem)


def between(places: Places, a: str, b: str) -> float:
    """Kilometres between two places, -0.001 where there is no way."""
    names = list(PLACES)
    return measure_road(places, names.index(a), names.index(b)) / 1000


@pytest.mark.parametrize(
    ("a", "b", "low", "high"),
    [
        ("København", "Aarhus", 295, 325),
        ("København", "Odense", 155, 175),
        ("Korsør", "Nyborg", 24, 32),
        ("Næstved", "Nyborg", 66, 84),
        ("Thisted", "Skive", 58, 78),
        ("Aalborg", "Nørresundby", 2, 5),
        ("Svendborg", "Troense", 4, 12),
        ("Rønne", "Nexø", 27, 40),
    ],
)
def test_across_the_water_by_bridge(places: Places, a: str, b: str, low: float, high: float) -> None:
    """Known ways over bridges and along Bornholm lie in a band around the real road."""
    assert low <= between(places, a, b) <= high
    assert between(places, a, b) == between(places, b, a)


@pytest.mark.parametrize(
    ("a", "b"), [("København", "Rønne"), ("Aarhus", "Tranebjerg"), ("Rønne", "Tranebjerg")]
)
def test_no_way_to_islands_without_a_link(places: Places, a: str, b: str) -> None:
    """An island reached by ferry alone has no road to the rest."""
    assert between(places, a, b) * 1000 == NO_WAY


def test_every_town_pair_is_at_least_the_straight_line() -> None:
    """Road nodes' pairwise metres are never shorter than the straight line less a metre."""
    roads = read_road_graph()
    metres = all_pairs_metres(len(roads.ids), edges=roads.edges, metres=roads.metres, kinds=roads.kinds)
    line = np.hypot(*(roads.xy[:, None] - roads.xy[None]).transpose(2, 0, 1))
    assert (metres >= line - 1).sum() + (metres == NO_WAY).sum() == metres.size


def test_towns_over_land_get_a_node() -> None:
    """Every town on a land mass with fixed links has a node of its own land within 40 km."""
    towns = read_reference("towns.csv")
    xy = np.array([(float(town["x"]), float(town["y"])) for town in towns])
    roads = read_road_graph()
    lands = land_mass_of(xy, masses=read_land_masses())
    nodes = nearest_road_node(xy, lands=lands, roads=roads)
    reached = nodes >= 0
    away = np.hypot(*(xy[reached] - roads.xy[nodes[reached]]).T)
    assert away.max() < 40_000
    assert set(lands[~reached]) <= {"christiansoe", "fejoe", "anholt", "fur", "oroe"}
