# SPDX-License-Identifier: EUPL-1.2
"""Where a model stands: believed, named where it is wrong, and never mended."""

from typing import Any

import pytest

from inventory.imports.cells.places import Geography, read_geography
from inventory.imports.model.place import choose_place, list_places, measure_apart

ODENSE = (588000.0, 6139700.0)


@pytest.fixture(scope="module")
def geography() -> Geography:
    """The packaged geography."""
    return read_geography()


def conversion(crs: str, east: float, north: float) -> dict[str, Any]:
    """What a model says by its map conversion."""
    return {"map": {"crs": crs, "east": east, "north": north}, "site": None, "middle": None}


def site(lat: float, lon: float) -> dict[str, Any]:
    """What a model says by its site."""
    return {"map": None, "site": {"lat": lat, "lon": lon}, "middle": None}


@pytest.mark.parametrize(
    ("place", "source"),
    [
        (conversion("EPSG:25832", *ODENSE), "map"),
        (conversion("ETRS89 / UTM zone 32N", *ODENSE), "map"),
        (conversion("EPSG:4326", 10.3864, 55.3956), "map"),
        (site(55.3956, 10.3864), "site"),
        ({"map": None, "site": None, "middle": list(ODENSE)}, "axes"),
    ],
)
def test_a_place_in_denmark_is_believed(place: dict[str, Any], source: str, geography: Geography):
    """By its map conversion in any system, its site's degrees, or axes that are UTM's own."""
    chosen = choose_place(list_places(place, hand=None, geography=geography))
    assert chosen is not None
    assert chosen.source == source
    assert chosen.xy is not None
    assert measure_apart(chosen.xy, ODENSE) is None


@pytest.mark.parametrize(
    ("place", "problem", "name"),
    [
        (site(0.0, 0.0), "place_null_island", ""),
        (conversion("EPSG:25832", 0.0, 0.0), "place_null_island", ""),
        (site(47.37, 8.54), "place_of_template", "Zürich"),
        (site(42.213, -71.033), "place_of_template", "Boston"),
        (site(55.6761, 12.5683), "place_of_template", "København"),
        (site(49.1004, 8.4365), "outside_denmark", ""),
        (site(10.3864, 55.3956), "coordinates_swapped", ""),
        (conversion("EPSG:25832", 6139700.0, 588000.0), "coordinates_swapped", ""),
        (conversion("EPSG:25832", 500.0, 700.0), "outside_denmark", ""),
        (conversion("Local grid", *ODENSE), "place_system_unknown", ""),
        (conversion("EPSG:999999", *ODENSE), "place_system_unknown", ""),
        (site(56.0, 7.9), "in_water", ""),
    ],
)
def test_a_wrong_place_is_named(place: dict[str, Any], problem: str, name: str, geography: Geography):
    """Null island, template coordinates, other countries, swapped, at sea, an unknown system."""
    told = list_places(place, hand=None, geography=geography)
    assert [(one.problem, one.name, one.xy) for one in told] == [(problem, name, None)]
    assert choose_place(told) is None


def test_the_hand_wins(geography: Geography):
    """A point given by hand is taken before the model's, in metres or degrees; a wrong one by no other."""
    model = conversion("EPSG:25832", *ODENSE)
    for hand in ((700000.0, 6170000.0), (12.18, 55.63)):
        chosen = choose_place(list_places(model, hand=hand, geography=geography))
        assert chosen is not None
        assert (chosen.source, chosen.xy is not None and chosen.xy[0] > 690000) == ("hand", True)
    assert choose_place(list_places(model, hand=(1.0, 2.0), geography=geography)) is None
