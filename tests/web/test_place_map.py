# SPDX-License-Identifier: EUPL-1.2
"""The drawn map of a place: the land as one small file, the place and its towns where they belong."""

from typing import NamedTuple
from xml.etree import ElementTree as ET

from flask.testing import FlaskClient

from tests.web.reading import find_all, find_id, get_page
from tests.web.sample_ids import site_id
from web.place_map import HEIGHT, NEAR_HEIGHT, NEAR_WIDTH, WIDTH, draw_land, draw_place


class Town(NamedTuple):
    """A town of a test."""

    name: str
    easting: float
    northing: float


def test_land_is_small_well_formed_and_kept(client: FlaskClient):
    """The land is valid SVG under 100 kB with Bornholm on it, and a browser asks for it once a day."""
    answer = client.get("/maps/land.svg")
    assert answer.mimetype == "image/svg+xml"
    assert answer.cache_control.max_age == 86_400
    assert 20_000 < len(answer.data) < 100_000
    root = ET.fromstring(draw_land())
    path = root[0].get("d", "")
    starts = [tuple(map(int, part.split("l")[0].split())) for part in path.split("M")[1:]]
    assert all(0 <= x <= WIDTH and 0 <= y <= HEIGHT for x, y in starts)
    assert any(x > 4_300 for x, _ in starts)


def test_place_is_in_the_middle_and_towns_keep_apart():
    """A place is in the middle of its near drawing; a town beside another, or outside, is not named."""
    drawing = draw_place(
        easting=574_000,
        northing=6_225_000,
        towns=[
            Town("Aarhus", 575_000, 6_224_000),
            Town("Beside", 575_500, 6_224_500),
            Town("Far", 700_000, 6_180_000),
            Town("South", 574_000, 6_212_000),
        ],
    )
    assert (drawing.left + NEAR_WIDTH / 2, drawing.top + NEAR_HEIGHT / 2) == (drawing.x, drawing.y)
    assert drawing.x == (574_000 - 430_000) / 100
    assert [name for name, _, _ in drawing.towns] == ["Aarhus", "South"]


def test_page_draws_the_public_place(client: FlaskClient):
    """The building's page shows where it stands, with Aarhus named, and needs no script for it."""
    figure = find_id(get_page(client, f"/sites/{site_id('school_aarhus')}"), "place")
    (here,) = find_all(figure, "circle", class_="gb-place-here")
    assert abs(float(here.getAttribute("cx")) - (574_210 - 430_000) / 100) < 0.1
    assert "Aarhus" in {text.firstChild.data for text in find_all(figure, "text")}  # type: ignore[union-attr]
    assert "coarse" not in here.getAttribute("class")
    home = find_id(get_page(client, f"/sites/{site_id('home_aarhus')}"), "place")
    (here,) = find_all(home, "circle", class_="gb-place-here")
    assert float(here.getAttribute("cx")) % 1 == 0  # a corner of a square of 100 m
    assert "gb-place-coarse" in here.getAttribute("class")
