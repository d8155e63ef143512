# SPDX-License-Identifier: EUPL-1.2
"""Homes are shown roughly, on page and map alike; no street, number or register id of one gets out."""

import pytest
from flask.testing import FlaskClient
from sqlalchemy import text

from inventory.database import open_session
from tests.web.opening import open_app
from tests.web.reading import fetch_tile, find_id, find_place, find_tile, get_page, read_text
from tests.web.sample import DONORS, insert_sample
from tests.web.sample_ids import lot_id, site_id
from tests.web.test_pages import PAGES

HOMES = [donor[0] for donor in DONORS if donor[0].startswith("home_")]
OTHERS = [donor[0] for donor in DONORS if not donor[0].startswith("home_")]


def _exact(url: str, site: str) -> tuple[float, float]:
    with open_session(url) as session:
        query = "SELECT ST_X(p), ST_Y(p) FROM (SELECT ST_Transform(geom, 4326) p FROM site WHERE id = :id) s"
        lon, lat = session.execute(text(query), {"id": site_id(site)}).one()
    return float(lon), float(lat)


def _shown(client: FlaskClient, address: str) -> tuple[float, float]:
    place = find_id(get_page(client, address), "place")
    return float(place.getAttribute("data-lon")), float(place.getAttribute("data-lat"))


def _metres(a: tuple[float, float], b: tuple[float, float]) -> float:
    return float((((a[0] - b[0]) * 62_300) ** 2 + ((a[1] - b[1]) * 111_300) ** 2) ** 0.5)


@pytest.mark.parametrize("home", HOMES)
def test_home_is_moved_up_to_a_hundred_metres(client: FlaskClient, sample_url: str, home: str):
    """A home's point is moved, by less than a square's diagonal, and the page says why."""
    exact = _exact(sample_url, home)
    for address in (f"/sites/{site_id(home)}", f"/lots/{lot_id(home, 'joist_timber')}"):
        moved = _metres(_shown(client, address), exact)
        assert 1 < moved < 75
        assert "Det er en bolig" in read_text(get_page(client, address))
        assert find_id(get_page(client, address), "place").getAttribute("data-coarse") == "1"


@pytest.mark.parametrize("site", OTHERS)
def test_other_buildings_are_shown_where_they_stand(client: FlaskClient, sample_url: str, site: str):
    """A school or an office is shown exactly."""
    assert _metres(_shown(client, f"/sites/{site_id(site)}"), _exact(sample_url, site)) < 2


@pytest.mark.parametrize("home", HOMES)
def test_no_tile_gives_the_exact_place_of_a_home(client: FlaskClient, sample_url: str, home: str):
    """At the closest zoom the map shows a home no nearer than its page does."""
    shown = _shown(client, f"/sites/{site_id(home)}")
    x, y = find_tile(*shown, zoom=18)
    lots = fetch_tile(client, f"/tiles/supply/18/{x}/{y}.mvt")["lots"]
    (found,) = (one for one in lots if one["properties"]["site"] == str(site_id(home)))
    there = find_place(found["geometry"]["coordinates"], z=18, x=x, y=y)
    assert _metres(there, shown) < 1
    assert _metres(there, _exact(sample_url, home)) > 1


@pytest.mark.parametrize("name", PAGES)
def test_no_street_on_any_page(client: FlaskClient, name: str):
    """The street of a building is in the database and on no page."""
    for prefix in ("", "/en"):
        assert "Hemmelig Vej" not in client.get(prefix + PAGES[name]).text


def test_register_id_of_a_home_is_not_shown(client: FlaskClient):
    """The register's id, with which anybody can look the address up, is on the page of a school alone."""
    assert "Register-id" not in read_text(get_page(client, f"/sites/{site_id('home_aarhus')}"))
    assert "Register-id" in read_text(get_page(client, f"/sites/{site_id('school_aarhus')}"))


def test_home_is_shown_once_its_owner_offers_a_survey(front_end: None, own_database_url: str):
    """An owner who offers a surveyed lot has chosen to show the place, on page and map alike."""
    with open_session(own_database_url) as session:
        insert_sample(session)
        session.execute(
            text("UPDATE lot SET basis = 'surveyed' WHERE id = :id"),
            {"id": lot_id("home_odense", "joist_timber")},
        )
    with open_app(own_database_url) as app:
        client = app.test_client()
        page = get_page(client, f"/sites/{site_id('home_odense')}")
        assert "Det er en bolig" not in read_text(page)
        shown = _shown(client, f"/sites/{site_id('home_odense')}")
        assert _metres(shown, _exact(own_database_url, "home_odense")) < 2
